package io.timetether.scheduling.staff;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A staff member's hours, seen from any location. PURE. A rule without a location holds at all of them; without a
 * location asked for, all rules hold.
 */
public final class Timetable {

    /** Works never. */
    public static final Timetable EMPTY = new Timetable(List.of(), List.of());

    /** A weekly range; {@code day} 1 is Monday. */
    record WeeklyRule(
            int day, WeeklyHours.Range range, @Nullable UUID locationId) {}

    /** A range of one date; without a range the date is closed. */
    record DatedRule(
            LocalDate date,
            WeeklyHours.@Nullable Range range,
            @Nullable UUID locationId) {}

    private final WeeklyHours anywhere;
    private final WeeklyHours unplaced;
    private final Map<UUID, WeeklyHours> byLocation = new HashMap<>();

    Timetable(List<WeeklyRule> weekly, List<DatedRule> dated) {
        Set<UUID> locations = new HashSet<>();
        weekly.forEach(rule -> addTo(locations, rule.locationId()));
        dated.forEach(rule -> addTo(locations, rule.locationId()));
        Set<@Nullable UUID> all = new HashSet<>(locations);
        all.add(null);
        anywhere = hours(weekly, dated, all);
        Set<@Nullable UUID> none = new HashSet<>();
        none.add(null);
        unplaced = locations.isEmpty() ? anywhere : hours(weekly, dated, none);
        for (UUID location : locations) {
            Set<@Nullable UUID> one = new HashSet<>(none);
            one.add(location);
            byLocation.put(location, hours(weekly, dated, one));
        }
    }

    /** The hours at a location, or at any. */
    public WeeklyHours at(@Nullable UUID locationId) {
        return locationId == null ? anywhere : byLocation.getOrDefault(locationId, unplaced);
    }

    private static void addTo(Set<UUID> locations, @Nullable UUID location) {
        if (location != null) {
            locations.add(location);
        }
    }

    /** An exception replaces its date's hours at all locations, also where it has a range elsewhere only. */
    private static WeeklyHours hours(List<WeeklyRule> weekly, List<DatedRule> dated, Set<@Nullable UUID> locations) {
        List<List<WeeklyHours.Range>> week = new ArrayList<>(7);
        for (int day = 0; day < 7; day++) {
            week.add(new ArrayList<>(2));
        }
        for (WeeklyRule rule : weekly) {
            if (locations.contains(rule.locationId())) {
                week.get(rule.day() - 1).add(rule.range());
            }
        }
        Map<LocalDate, List<WeeklyHours.Range>> exceptions = new HashMap<>();
        for (DatedRule rule : dated) {
            List<WeeklyHours.Range> ranges = exceptions.computeIfAbsent(rule.date(), date -> new ArrayList<>(2));
            if (rule.range() != null && locations.contains(rule.locationId())) {
                ranges.add(rule.range());
            }
        }
        return new WeeklyHours(week, exceptions);
    }
}
