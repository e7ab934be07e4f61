package io.timetether.calendarsync.authorization;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.timetether.calendarsync.connection.Connections;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of sign-ins under way. A state is found by its hash, and used once. */
@ApplicationScoped
@Transactional
class AuthorizationFlows implements PanacheRepositoryBase<AuthorizationFlow, UUID> {

    private final Connections connections;
    private final Clock clock;

    AuthorizationFlows(Connections connections, Clock clock) {
        this.connections = connections;
        this.clock = clock;
    }

    void begin(AuthorizationFlow flow) {
        persist(flow);
    }

    /** The flow of a state that is not used up; the state alone proves nothing about who brings it. */
    Optional<AuthorizationFlow> find(byte[] stateHash) {
        return find("stateHash = ?1 and redeemedAt is null and expiresAt > ?2", stateHash, clock.instant())
                .firstResultOptional();
    }

    /** Keeps what Microsoft answered; the first answer counts. */
    boolean answered(UUID id, @Nullable String code, @Nullable String error, byte[] ticketHash) {
        return update("""
                        code = ?1, error = ?2, ticketHash = ?3
                        where id = ?4 and ticketHash is null and redeemedAt is null
                        """, code, error, ticketHash, id) == 1;
    }

    /** Uses the flow up, and forgets its secrets and whose it was; true for exactly one caller. */
    boolean use(UUID id) {
        return update("""
                        redeemedAt = ?1, code = null, verifier = '', nonce = '', issuer = '', subject = ''
                        where id = ?2 and redeemedAt is null
                        """, clock.instant(), id) == 1;
    }

    /** Forgets the sign-ins for a staff member's accounts, whoever began them; an answer of Microsoft's finds nothing then. */
    void forget(UUID organisationId, UUID staffId) {
        delete("organisationId = ?1 and staffId = ?2", organisationId, staffId);
    }

    /** Forgets what has expired, and ends the connections whose sign-in nobody completed. */
    void clear() {
        Instant now = clock.instant();
        delete("expiresAt < ?1", now);
        connections.abandon(now.minus(AuthorizationFlow.LIFETIME));
    }
}
