package io.timetether.calendarsync.publish;

import io.timetether.calendarsync.database.Sql;
import io.timetether.calendarsync.http.Cursor;
import io.timetether.calendarsync.http.Page;
import io.timetether.calendarsync.publish.RemainingEventResource.RemainingEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Events that should be gone and still stand in Office 365, because nobody authorises us there any more. Their rows know
 * calendar and time, and nothing of whom they were about.
 */
@ApplicationScoped
class RemainingEvents {

    private final Sql sql;
    private final Clock clock;

    RemainingEvents(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** In the order of their times. */
    Page<RemainingEvent> list(UUID organisationId, @Nullable UUID staffId, @Nullable Cursor after, int limit) {
        List<RemainingEvent> rows = sql.list(
                """
                SELECT e.id, f.staff_id, f.connection_id, c.name, coalesce(e.starts_at, e.created_at) AS at, e.starts_at,
                       e.ends_at, n.state
                FROM published_event e
                JOIN feed f ON f.organisation_id = e.organisation_id AND f.id = e.feed_id
                JOIN connection n ON n.organisation_id = f.organisation_id AND n.id = f.connection_id
                JOIN remote_calendar c ON c.id = e.remote_calendar_id
                WHERE e.organisation_id = ? AND (?::uuid IS NULL OR f.staff_id = ?::uuid)
                  AND e.removal_wanted AND e.state IN ('WRITTEN', 'KEPT', 'FAILED') AND e.event_id IS NOT NULL
                  AND n.state <> 'ACTIVE'
                  AND (coalesce(e.starts_at, e.created_at), e.id) > (?::timestamptz, ?::uuid)
                ORDER BY at, e.id LIMIT ?
                """,
                row -> new RemainingEvent(
                        row.uuid("id"),
                        row.uuid("staff_id"),
                        row.uuid("connection_id"),
                        row.text("name"),
                        row.instantOrNull("starts_at"),
                        row.instantOrNull("ends_at"),
                        row.instant("at")),
                organisationId,
                staffId,
                staffId,
                after == null ? Instant.EPOCH : after.instant(0),
                after == null ? new UUID(0, 0) : after.uuid(1),
                limit + 1);
        return Page.of(rows, limit, last -> Cursor.of(last.at(), last.id()));
    }

    /**
     * A feed writes into a calendar again in which others left something: what was left and should be gone is its to take
     * away now.
     */
    void adopt(UUID feedId) {
        sql.change("""
                UPDATE published_event e
                SET feed_id = f.id, state = 'WRITTEN', wanted = e.wanted + 1, attempts = 0, not_before = '-infinity',
                    updated_at = ?
                FROM feed f
                WHERE f.id = ? AND e.organisation_id = f.organisation_id AND e.remote_calendar_id = f.remote_calendar_id
                  AND e.removal_wanted AND e.state IN ('WRITTEN', 'KEPT', 'FAILED') AND e.event_id IS NOT NULL
                  AND EXISTS (SELECT 1 FROM feed o JOIN connection n ON n.id = o.connection_id
                              WHERE o.id = e.feed_id AND o.state = 'STOPPED' AND n.state <> 'STOPPING')
                  AND NOT EXISTS (SELECT 1 FROM published_event same
                                  WHERE same.feed_id = f.id AND same.appointment_id = e.appointment_id)
                """, clock.instant(), feedId);
    }
}
