package io.timetether.scheduling.availability;

import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.service.Service;
import io.timetether.scheduling.staff.WeeklyHours;
import io.timetether.scheduling.staff.WorkingHours;
import io.timetether.scheduling.time.Intervals;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gathers the facts for the calculator and for the booking policy; four statements, whatever the number of staff. */
@ApplicationScoped
public class Availability {

    private static final long DAY = 86_400;

    /** The facts of several staff members and how fresh their outside calendars are. */
    record Facts(Map<UUID, StaffFacts> staff, List<FeedFreshness> feeds) {}

    private record Bookable(UUID id, ZoneId zone) {}

    private final Sql sql;
    private final WorkingHours workingHours;
    private final BusyTimes busyTimes;
    private final Clock clock;

    Availability(Sql sql, WorkingHours workingHours, BusyTimes busyTimes, Clock clock) {
        this.sql = sql;
        this.workingHours = workingHours;
        this.busyTimes = busyTimes;
        this.clock = clock;
    }

    /** Who can be booked for a service: active staff members who offer it (or the named one among them), by name. */
    public List<UUID> offering(Service service, @Nullable UUID staffId) {
        return sql.list(
                """
                SELECT id FROM staff
                WHERE organisation_id = ? AND active AND (?::uuid IS NULL OR id = ?::uuid)
                  AND (? OR id IN (SELECT staff_id FROM service_staff WHERE organisation_id = ? AND service_id = ?))
                ORDER BY name, id
                """,
                row -> row.uuid("id"),
                service.organisationId,
                staffId,
                staffId,
                service.offeredByAll,
                service.organisationId,
                service.id);
    }

    /** All facts about one staff member in [{@code from}, {@code until}), a day around it included. */
    public StaffFacts factsOf(UUID organisationId, UUID staffId, long from, long until, @Nullable UUID except) {
        return Objects.requireNonNull(facts(organisationId, List.of(staffId), from, until, except)
                .staff()
                .get(staffId));
    }

    /** The same facts with the busy time read again, for a decision under the staff member's lock. */
    public StaffFacts busyAgain(UUID organisationId, StaffFacts facts, long from, long until, @Nullable UUID except) {
        return facts.with(busyTimes
                .of(organisationId, List.of(facts.staffId()), from - 3 * DAY, until + 3 * DAY, except)
                .getOrDefault(facts.staffId(), BusyTime.NONE));
    }

    /** Slots by start, each with the staff members who are free, in [{@code from}, {@code until}). */
    public Map<Long, List<UUID>> slots(Service service, Collection<UUID> staffIds, Instant from, Instant until) {
        Facts facts = facts(service.organisationId, staffIds, from.getEpochSecond(), until.getEpochSecond(), null);
        return slots(service, staffIds, facts, from, until);
    }

    Map<Long, List<UUID>> slots(Service service, Collection<UUID> staffIds, Facts facts, Instant from, Instant until) {
        Instant now = clock.instant();
        SlotRules rules = SlotRules.of(service);
        Instant earliest = now.plus(Duration.ofMinutes(service.minimumNoticeMinutes));
        Instant latest = now.plus(Duration.ofDays(service.horizonDays)).plusSeconds(rules.duration());
        long start = ceilingSecond(earliest.isAfter(from) ? earliest : from);
        long end = (latest.isBefore(until) ? latest : until).getEpochSecond();
        Map<Long, List<UUID>> slots = staffIds.size() == 1 ? new LinkedHashMap<>() : new java.util.TreeMap<>();
        if (!service.active || start >= end) {
            return slots;
        }
        for (UUID staffId : staffIds) {
            StaffFacts of = facts.staff().get(staffId);
            if (of != null) {
                Intervals working = of.hours().within(of.zone(), start, end);
                for (long slot : AvailabilityCalculator.slots(of.zone(), working, of.busy(), rules, start, end)) {
                    slots.computeIfAbsent(slot, s -> new ArrayList<>(1)).add(staffId);
                }
            }
        }
        return slots;
    }

    Facts facts(UUID organisationId, Collection<UUID> staffIds, long from, long until, @Nullable UUID except) {
        long wideFrom = from - 3 * DAY;
        long wideUntil = until + 3 * DAY;
        UUID[] ids = staffIds.toArray(UUID[]::new);
        List<Bookable> members = sql.list(
                "SELECT id, time_zone FROM staff WHERE organisation_id = ? AND id = ANY (?)",
                row -> new Bookable(row.uuid("id"), ZoneId.of(row.text("time_zone"))),
                organisationId,
                ids);
        Map<UUID, WeeklyHours> hours = workingHours.of(organisationId, staffIds);
        Map<UUID, BusyTime> busy = busyTimes.of(organisationId, staffIds, wideFrom, wideUntil, except);
        List<FeedFreshness> feeds = feeds(organisationId, ids);
        boolean closeWhenStale = !feeds.isEmpty() && closesWhenStale(organisationId);
        Instant now = clock.instant();
        Map<UUID, Intervals> unknown = new HashMap<>();
        for (FeedFreshness feed : feeds) {
            unknown.merge(feed.staffId(), feed.closed(now, closeWhenStale, wideFrom, wideUntil), Intervals::union);
        }
        Map<UUID, StaffFacts> facts = new HashMap<>();
        for (Bookable member : members) {
            BusyTime of = busy.getOrDefault(member.id(), BusyTime.NONE);
            facts.put(
                    member.id(),
                    new StaffFacts(
                            member.id(),
                            member.zone(),
                            Objects.requireNonNull(hours.get(member.id())),
                            of.occupied(),
                            of.away(),
                            unknown.getOrDefault(member.id(), Intervals.NONE)));
        }
        return new Facts(facts, feeds);
    }

    private List<FeedFreshness> feeds(UUID organisationId, UUID[] staffIds) {
        return sql.list(
                """
                SELECT staff_id, id, confirmed_at, known_from, known_until, first_sync_completed FROM feed
                WHERE organisation_id = ? AND staff_id = ANY (?) AND deleted_at IS NULL ORDER BY staff_id, id
                """,
                row -> new FeedFreshness(
                        row.uuid("staff_id"),
                        row.uuid("id"),
                        row.instantOrNull("confirmed_at"),
                        row.instantOrNull("known_from"),
                        row.instantOrNull("known_until"),
                        row.flag("first_sync_completed")),
                organisationId,
                staffIds);
    }

    private boolean closesWhenStale(UUID organisationId) {
        return sql.get(
                "SELECT stale_policy = 'CLOSE_BOOKING' AS closes FROM organisation WHERE id = ?",
                row -> row.flag("closes"),
                organisationId);
    }

    private static long ceilingSecond(Instant instant) {
        return instant.getNano() == 0 ? instant.getEpochSecond() : instant.getEpochSecond() + 1;
    }
}
