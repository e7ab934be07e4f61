package io.timetether.scheduling.audit;

import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.http.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** The audit log, written in the transaction of what it notes; the table itself refuses changes. */
@ApplicationScoped
public class AuditLog {

    private final Sql sql;
    private final Clock clock;

    AuditLog(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Notes what a caller did to an entity of their organisation. */
    public void note(Caller.Member caller, String action, UUID entityId) {
        note(caller.organisationId(), caller.actor(), action, entityId);
    }

    /** Notes what somebody (an operator, the service itself) did to an entity of an organisation. */
    public void note(UUID organisationId, String actor, String action, UUID entityId) {
        sql.change(
                "INSERT INTO audit_entry (organisation_id, at, actor, action, entity_id) VALUES (?, ?, ?, ?, ?)",
                organisationId,
                clock.instant(),
                actor,
                action,
                entityId);
    }

    /** Newest first, below the given id. */
    List<AuditEntry> list(UUID organisationId, long before, int limit) {
        return sql.list(
                """
                SELECT id, at, actor, action, entity_id FROM audit_entry
                WHERE organisation_id = ? AND id < ? ORDER BY id DESC LIMIT ?
                """,
                row -> new AuditEntry(
                        row.number("id"),
                        row.instant("at"),
                        row.text("actor"),
                        row.text("action"),
                        row.uuid("entity_id")),
                organisationId,
                before,
                limit);
    }
}
