package io.timetether.calendarsync.connection;

import io.timetether.calendarsync.database.Sql;
import io.timetether.calendarsync.http.Cursor;
import io.timetether.calendarsync.http.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The append-only record of what was done to connections and feeds, without personal content. */
@ApplicationScoped
@Transactional
public class Audit {

    private final Sql sql;
    private final Clock clock;

    Audit(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** In the transaction of what is recorded, or in one of its own. */
    public void record(UUID organisationId, @Nullable UUID personId, String action, String kind, UUID subject) {
        sql.change("""
                INSERT INTO audit (id, organisation_id, at, person_id, action, subject_kind, subject_id)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """, UUID.randomUUID(), organisationId, clock.instant(), personId, action, kind, subject);
    }

    /** Newest first. */
    Page<AuditEntry> list(UUID organisationId, @Nullable Cursor after, int limit) {
        String from = after == null ? "" : "AND (a.at, a.id) < (?, ?)";
        List<@Nullable Object> arguments = after == null
                ? List.of(organisationId, limit + 1)
                : List.of(organisationId, after.instant(0), after.uuid(1), limit + 1);
        List<AuditEntry> rows = sql.list(
                """
                SELECT a.id, a.at, a.person_id, upper(translate(a.action, '.-', '__')) AS action, a.subject_id,
                       coalesce(c.staff_id, f.staff_id) AS staff_id
                FROM audit a
                LEFT JOIN connection c ON c.organisation_id = a.organisation_id AND c.id = a.subject_id
                LEFT JOIN feed f ON f.organisation_id = a.organisation_id AND f.id = a.subject_id
                WHERE a.organisation_id = ? %s
                ORDER BY a.at DESC, a.id DESC LIMIT ?
                """.formatted(from),
                row -> new AuditEntry(
                        row.uuid("id"),
                        row.instant("at"),
                        row.uuidOrNull("person_id"),
                        row.text("action"),
                        row.uuid("subject_id"),
                        row.uuidOrNull("staff_id")),
                arguments.toArray());
        return Page.of(rows, limit, last -> Cursor.of(last.at(), last.id()));
    }
}
