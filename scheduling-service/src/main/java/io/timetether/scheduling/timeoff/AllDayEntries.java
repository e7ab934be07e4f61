package io.timetether.scheduling.timeoff;

import io.timetether.scheduling.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Entries on whole dates, or at wall-clock times: their instants follow the staff member's zone. */
@ApplicationScoped
public class AllDayEntries {

    private record Entry(UUID id, LocalDate startDate, LocalDate endDate) {}

    private final Sql sql;

    AllDayEntries(Sql sql) {
        this.sql = sql;
    }

    /** Start of a local date as an instant: its first moment, also where midnight does not exist or exists twice. */
    static Instant startOf(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant();
    }

    private record Repeated(UUID id, LocalDateTime start, LocalDateTime end) {}

    /** Computes the instants anew for another zone. The caller holds the staff member's lock. */
    public void moveTo(ZoneId zone, UUID organisationId, UUID staffId) {
        for (String table : List.of("time_off", "external_time_off")) {
            List<Entry> entries = sql.list(
                    "SELECT id, start_date, end_date FROM " + table
                            + " WHERE organisation_id = ? AND staff_id = ? AND start_date IS NOT NULL AND end_date IS NOT NULL",
                    row -> new Entry(
                            row.uuid("id"),
                            Objects.requireNonNull(row.dateOrNull("start_date")),
                            Objects.requireNonNull(row.dateOrNull("end_date"))),
                    organisationId,
                    staffId);
            sql.change(
                    "UPDATE " + table + " AS e SET start_at = t.start_at, end_at = t.end_at"
                            + " FROM unnest(?, ?, ?) AS t (id, start_at, end_at) WHERE e.organisation_id = ? AND e.id = t.id",
                    entries.stream().map(Entry::id).toArray(UUID[]::new),
                    entries.stream().map(e -> startOf(e.startDate(), zone)).toArray(Instant[]::new),
                    entries.stream().map(e -> startOf(e.endDate(), zone)).toArray(Instant[]::new),
                    organisationId);
        }
        moveRepeated(zone, organisationId, staffId);
    }

    /** What repeats at certain hours keeps them. */
    private void moveRepeated(ZoneId zone, UUID organisationId, UUID staffId) {
        List<Repeated> entries = sql.list(
                "SELECT id, local_start, local_end FROM time_off"
                        + " WHERE organisation_id = ? AND staff_id = ? AND local_start IS NOT NULL",
                row -> new Repeated(row.uuid("id"), row.localTime("local_start"), row.localTime("local_end")),
                organisationId,
                staffId);
        sql.change(
                """
                UPDATE time_off AS e SET start_at = t.start_at, end_at = t.end_at
                FROM unnest(?, ?, ?) AS t (id, start_at, end_at)
                WHERE e.organisation_id = ? AND e.id = t.id AND t.end_at > t.start_at
                """,
                entries.stream().map(Repeated::id).toArray(UUID[]::new),
                entries.stream().map(e -> e.start().atZone(zone).toInstant()).toArray(Instant[]::new),
                entries.stream().map(e -> e.end().atZone(zone).toInstant()).toArray(Instant[]::new),
                organisationId);
    }
}
