package io.timetether.scheduling.staff;

import io.timetether.scheduling.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The weekly hours of staff members. */
@ApplicationScoped
public class WorkingHours {

    private final Sql sql;

    WorkingHours(Sql sql) {
        this.sql = sql;
    }

    /** Of several staff members, in one query; who has no rules works never. */
    public Map<UUID, WeeklyHours> of(UUID organisationId, Collection<UUID> staffIds) {
        Map<UUID, List<List<WeeklyHours.Range>>> weeks = new HashMap<>();
        for (UUID staffId : staffIds) {
            List<List<WeeklyHours.Range>> week = new ArrayList<>(7);
            for (int day = 0; day < 7; day++) {
                week.add(new ArrayList<>(2));
            }
            weeks.put(staffId, week);
        }
        sql.list(
                """
                SELECT staff_id, day_of_week, start_minute, end_minute FROM working_hours
                WHERE organisation_id = ? AND staff_id = ANY (?) ORDER BY staff_id, day_of_week, start_minute
                """,
                row -> Objects.requireNonNull(weeks.get(row.uuid("staff_id")))
                        .get(row.integer("day_of_week") - 1)
                        .add(new WeeklyHours.Range(row.integer("start_minute"), row.integer("end_minute"))),
                organisationId,
                staffIds.toArray(UUID[]::new));
        Map<UUID, WeeklyHours> hours = new HashMap<>();
        weeks.forEach((staffId, week) -> hours.put(staffId, WeeklyHours.of(week)));
        return hours;
    }

    List<HoursRule> rules(UUID organisationId, UUID staffId) {
        WeeklyHours hours = of(organisationId, List.of(staffId)).get(staffId);
        List<HoursRule> rules = new ArrayList<>();
        for (int day = 1; hours != null && day <= 7; day++) {
            for (WeeklyHours.Range range : hours.byDay().get(day - 1)) {
                rules.add(HoursRule.of(day, range));
            }
        }
        return rules;
    }

    /** Replaces all rules; equal ones count once. */
    void replace(UUID organisationId, UUID staffId, List<HoursRule> rules) {
        sql.change("DELETE FROM working_hours WHERE organisation_id = ? AND staff_id = ?", organisationId, staffId);
        sql.change(
                """
                INSERT INTO working_hours (organisation_id, staff_id, day_of_week, start_minute, end_minute)
                SELECT ?, ?, day, start_minute, end_minute FROM unnest(?, ?, ?) AS t (day, start_minute, end_minute)
                ON CONFLICT DO NOTHING
                """,
                organisationId,
                staffId,
                rules.stream().map(rule -> rule.dayOfWeek().getValue()).toArray(Integer[]::new),
                rules.stream().map(rule -> rule.range().startMinute()).toArray(Integer[]::new),
                rules.stream().map(rule -> rule.range().endMinute()).toArray(Integer[]::new));
    }
}
