package io.timetether.scheduling.staff;

import io.timetether.scheduling.database.Row;
import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.staff.Timetable.DatedRule;
import io.timetether.scheduling.staff.Timetable.WeeklyRule;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The weekly hours of staff members, and the dates on which others hold. */
@ApplicationScoped
public class WorkingHours {

    private final Sql sql;

    WorkingHours(Sql sql) {
        this.sql = sql;
    }

    /** In the current transaction. */
    void forget(UUID organisationId, UUID staffId) {
        for (String table : List.of("working_hours", "hours_exception")) {
            sql.change("DELETE FROM " + table + " WHERE organisation_id = ? AND staff_id = ?", organisationId, staffId);
        }
    }

    /** Of all staff members of an organisation, with the exceptions from a date on; who has no rules is missing. */
    public Map<UUID, Timetable> timetables(UUID organisationId, LocalDate from) {
        Map<UUID, List<WeeklyRule>> weekly = new HashMap<>();
        sql.list(
                "SELECT * FROM working_hours WHERE organisation_id = ? ORDER BY staff_id, day_of_week, start_minute",
                row -> weekly.computeIfAbsent(row.uuid("staff_id"), id -> new ArrayList<>())
                        .add(weeklyRule(row)),
                organisationId);
        Map<UUID, List<DatedRule>> dated = new HashMap<>();
        sql.list(
                "SELECT * FROM hours_exception WHERE organisation_id = ? AND date >= ? ORDER BY staff_id, date, start_minute",
                row -> dated.computeIfAbsent(row.uuid("staff_id"), id -> new ArrayList<>())
                        .add(datedRule(row)),
                organisationId,
                from);
        Set<UUID> staffIds = new HashSet<>(weekly.keySet());
        staffIds.addAll(dated.keySet());
        Map<UUID, Timetable> timetables = new HashMap<>();
        for (UUID staffId : staffIds) {
            timetables.put(
                    staffId,
                    new Timetable(weekly.getOrDefault(staffId, List.of()), dated.getOrDefault(staffId, List.of())));
        }
        return timetables;
    }

    List<HoursRule> rules(UUID organisationId, UUID staffId) {
        return sql.list("""
                SELECT * FROM working_hours WHERE organisation_id = ? AND staff_id = ?
                ORDER BY day_of_week, start_minute, end_minute, location_id
                """, row -> HoursRule.of(weeklyRule(row)), organisationId, staffId);
    }

    /** Replaces all rules; equal ones count once. */
    void replace(UUID organisationId, UUID staffId, List<HoursRule> rules) {
        mustBeLocations(
                organisationId,
                "rules",
                rules.stream()
                        .map(HoursRule::locationId)
                        .filter(Objects::nonNull)
                        .toList());
        sql.change("DELETE FROM working_hours WHERE organisation_id = ? AND staff_id = ?", organisationId, staffId);
        sql.change(
                """
                INSERT INTO working_hours (organisation_id, staff_id, day_of_week, start_minute, end_minute, location_id)
                SELECT ?, ?, day, start_minute, end_minute, location_id
                FROM unnest(?, ?, ?, ?) AS t (day, start_minute, end_minute, location_id)
                ON CONFLICT DO NOTHING
                """,
                organisationId,
                staffId,
                rules.stream().map(rule -> rule.dayOfWeek().getValue()).toArray(Integer[]::new),
                rules.stream().map(rule -> rule.range().startMinute()).toArray(Integer[]::new),
                rules.stream().map(rule -> rule.range().endMinute()).toArray(Integer[]::new),
                rules.stream().map(HoursRule::locationId).toArray(UUID[]::new));
    }

    /** By date, from a date on; one more than {@code limit} if there are more. */
    List<HoursException> exceptions(UUID organisationId, UUID staffId, LocalDate from, int limit) {
        Map<LocalDate, List<HoursException.DatedRange>> byDate = new HashMap<>();
        sql.list(
                """
                SELECT * FROM hours_exception WHERE organisation_id = ? AND staff_id = ? AND date IN (
                    SELECT DISTINCT date FROM hours_exception
                    WHERE organisation_id = ? AND staff_id = ? AND date >= ? ORDER BY date LIMIT ?)
                ORDER BY date, start_minute, end_minute, location_id
                """,
                row -> {
                    DatedRule rule = datedRule(row);
                    List<HoursException.DatedRange> ranges =
                            byDate.computeIfAbsent(rule.date(), date -> new ArrayList<>(2));
                    WeeklyHours.Range range = rule.range();
                    return range != null && ranges.add(HoursException.DatedRange.of(range, rule.locationId()));
                },
                organisationId,
                staffId,
                organisationId,
                staffId,
                from,
                limit + 1);
        return byDate.entrySet().stream()
                .map(entry -> new HoursException(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(HoursException::date))
                .toList();
    }

    /** Replaces the ranges of one date; none means closed. */
    void replaceException(UUID organisationId, UUID staffId, LocalDate date, List<HoursException.DatedRange> ranges) {
        mustBeLocations(
                organisationId,
                "ranges",
                ranges.stream()
                        .map(HoursException.DatedRange::locationId)
                        .filter(Objects::nonNull)
                        .toList());
        removeException(organisationId, staffId, date);
        List<HoursException.@Nullable DatedRange> rows = new ArrayList<>(ranges);
        if (rows.isEmpty()) {
            rows.add(null);
        }
        for (HoursException.DatedRange range : rows) {
            sql.change(
                    """
                    INSERT INTO hours_exception (organisation_id, staff_id, date, start_minute, end_minute, location_id)
                    VALUES (?, ?, ?, ?::int, ?::int, ?::uuid) ON CONFLICT DO NOTHING
                    """,
                    organisationId,
                    staffId,
                    date,
                    range == null ? null : range.range().startMinute(),
                    range == null ? null : range.range().endMinute(),
                    range == null ? null : range.locationId());
        }
    }

    boolean removeException(UUID organisationId, UUID staffId, LocalDate date) {
        return sql.change(
                        "DELETE FROM hours_exception WHERE organisation_id = ? AND staff_id = ? AND date = ?",
                        organisationId,
                        staffId,
                        date)
                > 0;
    }

    private void mustBeLocations(UUID organisationId, String field, List<UUID> locationIds) {
        List<UUID> distinct = locationIds.stream().distinct().toList();
        long known = distinct.isEmpty()
                ? 0
                : sql.get(
                        "SELECT count(*) AS known FROM location WHERE organisation_id = ? AND active AND id = ANY (?)",
                        row -> row.number("known"),
                        organisationId,
                        distinct.toArray(UUID[]::new));
        if (known < distinct.size()) {
            throw ProblemType.invalid(field + ".locationId", "must be an active location of the organisation");
        }
    }

    private static WeeklyRule weeklyRule(Row row) throws SQLException {
        return new WeeklyRule(
                row.integer("day_of_week"),
                new WeeklyHours.Range(row.integer("start_minute"), row.integer("end_minute")),
                row.uuidOrNull("location_id"));
    }

    private static DatedRule datedRule(Row row) throws SQLException {
        Long start = row.numberOrNull("start_minute");
        return new DatedRule(
                Objects.requireNonNull(row.dateOrNull("date")),
                start == null ? null : new WeeklyHours.Range(start.intValue(), row.integer("end_minute")),
                row.uuidOrNull("location_id"));
    }
}
