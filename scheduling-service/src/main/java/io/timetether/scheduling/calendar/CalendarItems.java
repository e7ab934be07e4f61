package io.timetether.scheduling.calendar;

import io.timetether.scheduling.calendar.CalendarItem.Kind;
import io.timetether.scheduling.database.Row;
import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.http.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Appointments and time off of one organisation in one list, as a viewer may see them. */
@ApplicationScoped
class CalendarItems {

    private static final Duration CONFIRMED_FOR = Duration.ofMinutes(15);

    /** An appointment and a time off that claim the same time. */
    @Schema(name = "Conflict")
    record Conflict(CalendarItem appointment, CalendarItem timeOff) {}

    /** Each branch has its own place for a condition, so that each can use its own index. */
    private static final String MERGED = """
            SELECT 'APPOINTMENT' AS kind, a.number, a.id, a.staff_id,
                   s.name || coalesce(' – ' || (
                       SELECT string_agg(c.name, ', ' ORDER BY t.position) FROM attendee t
                       JOIN client c ON c.organisation_id = t.organisation_id AND c.id = t.client_id
                       WHERE t.organisation_id = a.organisation_id AND t.appointment_id = a.id), '') AS title,
                   a.start_at, a.end_at, false AS all_day, a.status, NULL AS source, false AS stale
            FROM appointment a JOIN service s ON s.organisation_id = a.organisation_id AND s.id = a.service_id
            WHERE a.organisation_id = ? %1$s AND %4$s
            UNION ALL
            SELECT 'TIME_OFF', a.number, a.id, a.staff_id, a.title, a.start_at, a.end_at, a.start_date IS NOT NULL, NULL,
                   'MANUAL', false
            FROM time_off a WHERE a.organisation_id = ? %2$s
            UNION ALL
            SELECT 'TIME_OFF', a.number, a.id, a.staff_id,
                   '[ext] ' || CASE WHEN a.staff_id = ?::uuid OR f.subjects_shared THEN coalesce(a.title, 'Busy') ELSE 'Busy' END,
                   a.start_at, a.end_at, a.start_date IS NOT NULL, NULL, 'EXTERNAL',
                   NOT f.first_sync_completed OR f.confirmed_at IS NULL OR f.confirmed_at < ?
            FROM external_time_off a JOIN feed f ON f.organisation_id = a.organisation_id AND f.id = a.feed_id
            WHERE a.organisation_id = ? AND a.outcome = 'LOADED' %3$s
            """;

    /**
     * Which appointment and which time off: found first, so that only what is shown is looked up. OFFSET 0 has each time
     * off ask for its own appointments, by their index; together they would all be joined with all.
     */
    private static final String OVERLAPPING = """
            WITH pair AS MATERIALIZED (
                SELECT a.id AS appointment_id, t.id AS time_off_id
                FROM (SELECT id, staff_id, start_at, end_at FROM time_off
                      WHERE organisation_id = ? AND end_at > ? AND (?::uuid IS NULL OR staff_id = ?::uuid)
                      UNION ALL
                      SELECT id, staff_id, start_at, end_at FROM external_time_off
                      WHERE organisation_id = ? AND end_at > ? AND (?::uuid IS NULL OR staff_id = ?::uuid)
                        AND outcome = 'LOADED') t
                CROSS JOIN LATERAL (
                    SELECT id, start_at FROM appointment
                    WHERE organisation_id = ? AND staff_id = t.staff_id AND start_at < t.end_at
                      AND start_at > t.start_at - interval '48 hours' AND end_at > t.start_at AND end_at > ?
                      AND status <> 'CANCELLED'
                    OFFSET 0) a
                WHERE ?::timestamptz IS NULL OR (a.start_at, a.id, t.id) > (?::timestamptz, ?::uuid, ?::uuid)
                ORDER BY a.start_at, a.id, t.id LIMIT ?
            )
            """;

    private final Sql sql;
    private final Clock clock;

    CalendarItems(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** All that overlaps the range, cancelled appointments left out, by start. */
    List<CalendarItem> list(Caller.Member viewer, @Nullable UUID staffId, Instant from, Instant until, int limit) {
        String appointments =
                "AND a.start_at < ? AND a.start_at > ?::timestamptz - interval '48 hours' AND a.end_at > ?"
                        + " AND (?::uuid IS NULL OR a.staff_id = ?::uuid)";
        String timeOff = "AND a.start_at < ? AND a.end_at > ? AND (?::uuid IS NULL OR a.staff_id = ?::uuid)";
        return sql.list(
                MERGED.formatted(appointments, timeOff, timeOff, "a.status <> 'CANCELLED'")
                        + " ORDER BY start_at, id LIMIT ?",
                CalendarItems::read,
                viewer.organisationId(),
                until,
                from,
                from,
                staffId,
                staffId,
                viewer.organisationId(),
                until,
                from,
                staffId,
                staffId,
                viewer.staffId(),
                clock.instant().minus(CONFIRMED_FOR),
                viewer.organisationId(),
                until,
                from,
                staffId,
                staffId,
                limit);
    }

    /** Cancelled appointments too: a number that somebody holds in their hands is always found. */
    Optional<CalendarItem> findByNumber(Caller.Member viewer, long number) {
        String condition = "AND a.number = ?";
        return sql.find(
                MERGED.formatted(condition, condition, condition, "true"),
                CalendarItems::read,
                viewer.organisationId(),
                number,
                viewer.organisationId(),
                number,
                viewer.staffId(),
                clock.instant().minus(CONFIRMED_FOR),
                viewer.organisationId(),
                number);
    }

    /** Appointments that overlap time off of their staff member and end after {@code from}; derived, never stored. */
    List<Conflict> conflicts(
            Caller.Member viewer,
            @Nullable UUID staffId,
            Instant from,
            @Nullable Instant afterStart,
            @Nullable UUID afterAppointment,
            @Nullable UUID afterTimeOff,
            int limit) {
        String merged = MERGED.formatted(
                "AND a.id = ANY (ARRAY(SELECT appointment_id FROM pair))",
                "AND a.id = ANY (ARRAY(SELECT time_off_id FROM pair))",
                "AND a.id = ANY (ARRAY(SELECT time_off_id FROM pair))",
                "true");
        return sql.list(
                OVERLAPPING + ", item AS MATERIALIZED (" + merged + """
                )
                SELECT b.kind AS b_kind, b.number AS b_number, b.id AS b_id, b.staff_id AS b_staff_id, b.title AS b_title,
                       b.start_at AS b_start_at, b.end_at AS b_end_at, b.all_day AS b_all_day, b.status AS b_status,
                       b.source AS b_source, b.stale AS b_stale, t.*
                FROM pair JOIN item b ON b.id = pair.appointment_id JOIN item t ON t.id = pair.time_off_id
                ORDER BY b.start_at, b.id, t.id
                """,
                row -> new Conflict(readWith("b_", row), read(row)),
                viewer.organisationId(),
                from,
                staffId,
                staffId,
                viewer.organisationId(),
                from,
                staffId,
                staffId,
                viewer.organisationId(),
                from,
                afterStart,
                afterStart,
                afterAppointment,
                afterTimeOff,
                limit,
                viewer.organisationId(),
                viewer.organisationId(),
                viewer.staffId(),
                clock.instant().minus(CONFIRMED_FOR),
                viewer.organisationId());
    }

    private static CalendarItem read(Row row) throws SQLException {
        return readWith("", row);
    }

    private static CalendarItem readWith(String prefix, Row row) throws SQLException {
        return new CalendarItem(
                Kind.valueOf(row.text(prefix + "kind")),
                row.number(prefix + "number"),
                row.uuid(prefix + "id"),
                row.uuid(prefix + "staff_id"),
                row.text(prefix + "title"),
                row.instant(prefix + "start_at"),
                row.instant(prefix + "end_at"),
                row.flag(prefix + "all_day"),
                row.textOrNull(prefix + "status"),
                row.textOrNull(prefix + "source"),
                row.flag(prefix + "stale"));
    }
}
