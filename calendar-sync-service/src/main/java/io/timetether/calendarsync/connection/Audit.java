package io.timetether.calendarsync.connection;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The append-only record of what was done to connections and feeds, without personal content. */
@ApplicationScoped
@Transactional
public class Audit implements PanacheRepositoryBase<AuditEntry, UUID> {

    private final Clock clock;

    Audit(Clock clock) {
        this.clock = clock;
    }

    /** In the transaction of what is recorded, or in one of its own. */
    public void record(UUID organisationId, @Nullable UUID personId, String action, String kind, UUID subject) {
        persist(new AuditEntry(organisationId, clock.instant(), personId, action, kind, subject));
    }
}
