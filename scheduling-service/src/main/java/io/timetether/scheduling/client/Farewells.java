package io.timetether.scheduling.client;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.timetether.scheduling.audit.AuditLog;
import io.timetether.scheduling.changes.ChangeKind;
import io.timetether.scheduling.changes.Changes;
import io.timetether.scheduling.http.Caller;
import io.timetether.scheduling.http.EntityTag;
import io.timetether.scheduling.http.IdempotencyKeys;
import io.timetether.scheduling.http.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets a client go: merged into another one, or erased. One transaction each. The row is locked first, so that a booking
 * that is being written for this client is either seen and taken along, or finds the client gone.
 */
@ApplicationScoped
class Farewells {

    private final Clients clients;
    private final Event<ClientMerged> merged;
    private final Event<ClientErased> erased;
    private final IdempotencyKeys keys;
    private final Changes changes;
    private final AuditLog audit;
    private final Clock clock;

    Farewells(
            Clients clients,
            Event<ClientMerged> merged,
            Event<ClientErased> erased,
            IdempotencyKeys keys,
            Changes changes,
            AuditLog audit,
            Clock clock) {
        this.clients = clients;
        this.merged = merged;
        this.erased = erased;
        this.keys = keys;
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
    }

    /** Gives all that {@code from} has to {@code into}, which keeps its own name and gets what it lacks. */
    Client merge(Caller.Member caller, UUID into, @Nullable String ifMatch, UUID from) {
        if (into.equals(from)) {
            throw ProblemType.invalid("clientId", "must be another client");
        }
        return QuarkusTransaction.requiringNew().call(() -> {
            UUID organisationId = caller.organisationId();
            // Always in the order of their ids, so that two merges never wait in a circle.
            boolean keptFirst = into.compareTo(from) < 0;
            Client first = clients.getForUpdate(organisationId, keptFirst ? into : from);
            Client second = clients.getForUpdate(organisationId, keptFirst ? from : into);
            Client kept = keptFirst ? first : second;
            Client gone = keptFirst ? second : first;
            EntityTag.require(ifMatch, kept.version);
            kept.email = kept.email == null ? gone.email : kept.email;
            kept.phone = kept.phone == null ? gone.phone : kept.phone;
            kept.updatedAt = clock.instant();
            merged.fire(new ClientMerged(organisationId, from, into, caller.actor()));
            // Else the later erasure of the one that stays would not find what is known under this id.
            keys.rename(organisationId, from, into);
            clients.delete(gone);
            clients.flush();
            changes.record(ChangeKind.CLIENT, organisationId, into);
            audit.note(caller, "CLIENT_MERGED", from);
            audit.note(caller, "CLIENT_CHANGED", into);
            return kept;
        });
    }

    /** Removes all that is known about a client, kept answers included; calendar-sync learns it from the change log. */
    void erase(Caller.Member caller, UUID clientId, @Nullable String ifMatch) {
        QuarkusTransaction.requiringNew().run(() -> {
            UUID organisationId = caller.organisationId();
            Client client = clients.getForUpdate(organisationId, clientId);
            EntityTag.require(ifMatch, client.version);
            erased.fire(new ClientErased(organisationId, clientId, caller.actor()));
            keys.forget(organisationId, clientId);
            clients.delete(client);
            clients.flush();
            changes.record(ChangeKind.ERASURE, organisationId, clientId);
            audit.note(caller, "CLIENT_ERASED", clientId);
        });
    }
}
