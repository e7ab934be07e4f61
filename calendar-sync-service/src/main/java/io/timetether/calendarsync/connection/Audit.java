package io.timetether.calendarsync.connection;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The append-only record of what was done to connections and feeds, without personal content. */
@ApplicationScoped
public class Audit {

    private final Jdbi jdbi;
    private final Clock clock;

    Audit(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Within the transaction of what is recorded. */
    public void record(
            Handle handle, UUID organisationId, @Nullable UUID personId, String action, String kind, UUID subject) {
        handle.createUpdate("""
                        INSERT INTO audit (id, organisation_id, at, person_id, action, subject_kind, subject_id)
                        VALUES (:id, :organisation, :at, :person, :action, :kind, :subject)
                        """)
                .bind("id", UUID.randomUUID())
                .bind("organisation", organisationId)
                .bind("at", clock.instant())
                .bind("person", personId)
                .bind("action", action)
                .bind("kind", kind)
                .bind("subject", subject)
                .execute();
    }

    /** In a transaction of its own. */
    public void record(UUID organisationId, @Nullable UUID personId, String action, String kind, UUID subject) {
        jdbi.useTransaction(handle -> record(handle, organisationId, personId, action, kind, subject));
    }
}
