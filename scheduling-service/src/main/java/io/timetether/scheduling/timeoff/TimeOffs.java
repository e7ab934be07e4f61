package io.timetether.scheduling.timeoff;

import io.timetether.scheduling.database.Row;
import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.timeoff.TimeOff.Source;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Time off of both sources, always of one organisation. Only manual entries are written here. */
@ApplicationScoped
class TimeOffs {

    /** Wall-clock times that a change of zone keeps; none for what happens once, or on whole dates. */
    record LocalTimes(
            @Nullable LocalDateTime start, @Nullable LocalDateTime end) {

        static final LocalTimes NONE = new LocalTimes(null, null);
    }

    private static final String BOTH = """
            SELECT * FROM (
                SELECT id, number, staff_id, title, start_at, end_at, start_date, end_date, 'MANUAL' AS source, version,
                       organisation_id, series_id, NULL::uuid AS feed_id, NULL AS calendar_name, NULL AS web_link
                FROM time_off WHERE organisation_id = ?
                UNION ALL
                SELECT e.id, e.number, e.staff_id,
                       '[ext] ' || CASE WHEN e.staff_id = ?::uuid OR f.subjects_shared THEN coalesce(e.title, 'Busy')
                                        ELSE 'Busy' END,
                       e.start_at, e.end_at, e.start_date, e.end_date, 'EXTERNAL', e.verdict_version, e.organisation_id,
                       NULL, f.id, f.calendar_name, CASE WHEN e.staff_id = ?::uuid THEN e.web_link END
                FROM external_time_off e JOIN feed f ON f.organisation_id = e.organisation_id AND f.id = e.feed_id
                WHERE e.organisation_id = ? AND e.outcome = 'LOADED'
            ) AS entry
            """;

    private final Sql sql;

    TimeOffs(Sql sql) {
        this.sql = sql;
    }

    /** As this viewer (a staff member, or none) may see it, or a 404. */
    TimeOff get(UUID organisationId, @Nullable UUID viewer, UUID id) {
        return sql.find(BOTH + "WHERE id = ?", TimeOffs::read, organisationId, viewer, viewer, organisationId, id)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("No time off has this id."));
    }

    List<TimeOff> list(
            UUID organisationId,
            @Nullable UUID viewer,
            @Nullable UUID staffId,
            Instant from,
            Instant until,
            @Nullable Instant afterStart,
            @Nullable UUID afterId,
            int limit) {
        return sql.list(
                BOTH + """
                        WHERE (?::uuid IS NULL OR staff_id = ?::uuid) AND start_at < ? AND end_at > ?
                          AND (?::timestamptz IS NULL OR (start_at, id) > (?::timestamptz, ?::uuid))
                        ORDER BY start_at, id LIMIT ?
                        """,
                TimeOffs::read,
                organisationId,
                viewer,
                viewer,
                organisationId,
                staffId,
                staffId,
                until,
                from,
                afterStart,
                afterStart,
                afterId,
                limit);
    }

    /** Adds one, or the occurrences of a series; {@code local} are its wall-clock times where it repeats at hours. */
    void add(UUID organisationId, TimeOff entry, LocalTimes local, Instant now) {
        sql.change(
                """
                INSERT INTO time_off (id, organisation_id, staff_id, number, title, start_at, end_at, start_date, end_date,
                                      series_id, local_start, local_end, version, created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?::date, ?::date, ?::uuid, ?::timestamp, ?::timestamp, ?, ?, ?)
                """,
                entry.id(),
                organisationId,
                entry.staffId(),
                entry.number(),
                entry.title(),
                entry.startAt(),
                entry.endAt(),
                entry.startDate(),
                entry.endDate(),
                entry.seriesId(),
                local.start(),
                local.end(),
                entry.version(),
                now,
                now);
    }

    /** False if somebody else changed it since this version was read. */
    boolean replace(UUID organisationId, TimeOff entry, long expectedVersion, Instant now) {
        return sql.change(
                        """
                        UPDATE time_off SET title = ?, start_at = ?, end_at = ?, start_date = ?::date, end_date = ?::date,
                            local_start = CASE WHEN start_at = ? AND end_at = ? THEN local_start END,
                            local_end = CASE WHEN start_at = ? AND end_at = ? THEN local_end END,
                            version = ?, updated_at = ?
                        WHERE organisation_id = ? AND id = ? AND version = ?
                        """,
                        entry.title(),
                        entry.startAt(),
                        entry.endAt(),
                        entry.startDate(),
                        entry.endDate(),
                        entry.startAt(),
                        entry.endAt(),
                        entry.startAt(),
                        entry.endAt(),
                        entry.version(),
                        now,
                        organisationId,
                        entry.id(),
                        expectedVersion)
                == 1;
    }

    boolean remove(UUID organisationId, UUID id, long expectedVersion) {
        return sql.change(
                        "DELETE FROM time_off WHERE organisation_id = ? AND id = ? AND version = ?",
                        organisationId,
                        id,
                        expectedVersion)
                == 1;
    }

    /** Removes the occurrences of a series that begin at {@code from} or later. */
    void removeSeries(UUID organisationId, UUID seriesId, Instant from) {
        sql.change(
                "DELETE FROM time_off WHERE organisation_id = ? AND series_id = ? AND start_at >= ?",
                organisationId,
                seriesId,
                from);
    }

    private static TimeOff read(Row row) throws SQLException {
        UUID feedId = row.uuidOrNull("feed_id");
        return new TimeOff(
                row.uuid("id"),
                row.number("number"),
                row.uuid("staff_id"),
                row.text("title"),
                row.instant("start_at"),
                row.instant("end_at"),
                row.dateOrNull("start_date"),
                row.dateOrNull("end_date"),
                Source.valueOf(row.text("source")),
                row.number("version"),
                row.uuidOrNull("series_id"),
                feedId == null
                        ? null
                        : new TimeOff.Origin(feedId, row.text("calendar_name"), row.textOrNull("web_link")));
    }
}
