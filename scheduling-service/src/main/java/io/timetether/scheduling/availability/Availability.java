package io.timetether.scheduling.availability;

import io.timetether.scheduling.availability.Setup.Member;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.service.Service;
import io.timetether.scheduling.time.Intervals;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the facts for the calculator and for the booking policy: one statement, whatever the number of staff (one more
 * for a service with a maximum per day).
 */
@ApplicationScoped
public class Availability {

    private static final long DAY = 86_400;
    private static final int ATTEMPTS = 5;

    /**
     * What is asked: a service, with which staff members (none named: any who offers it), where, and in which time (epoch
     * seconds), leaving out an appointment or a hold.
     */
    public record Question(
            UUID organisationId,
            UUID serviceId,
            List<UUID> staffIds,
            @Nullable UUID locationId,
            long from,
            long until,
            Whose whose,
            @Nullable UUID except) {}

    /** Whose facts are asked for. */
    public enum Whose {
        WHO_OFFERS,
        /** Also of those named who do not offer the service (any more). */
        WHOEVER_IS_NAMED
    }

    /**
     * The facts of one moment. Without a service, there is none of this id.
     *
     * @param staff who offers the service, of those asked for, by name
     */
    public record View(Setup setup, Optional<Service> service, Map<UUID, StaffFacts> staff, List<FeedFreshness> feeds) {

        public List<UUID> staffIds() {
            return List.copyOf(staff.keySet());
        }

        /** The facts of somebody who is in this view. */
        public StaffFacts factsOf(UUID staffId) {
            return Objects.requireNonNull(staff.get(staffId));
        }
    }

    private final Setups setups;
    private final BusyTimes busyTimes;
    private final Clock clock;
    private final SharedReads<Question, View> shared = new SharedReads<>();

    Availability(Setups setups, BusyTimes busyTimes, Clock clock) {
        this.setups = setups;
        this.busyTimes = busyTimes;
        this.clock = clock;
    }

    /** The facts as they are now; who asks the same at the same moment shares the answer. Not for use under a lock. */
    public View view(Question question) {
        return shared.get(question, () -> read(question));
    }

    /** The same facts with the busy time read again, for a decision under the staff member's lock. */
    public StaffFacts busyAgain(View view, UUID staffId, long from, long until, @Nullable UUID except) {
        Setup setup = view.setup();
        BusyTime now = busyTimes
                .of(setup.organisationId(), List.of(staffId), from - 3 * DAY, until + 3 * DAY, except)
                .getOrDefault(staffId, BusyTime.NONE);
        Service service = view.service().orElseThrow();
        StaffFacts facts = view.factsOf(staffId);
        return facts.with(
                now,
                fullDays(setup, service, List.of(staffId), from, until, except).getOrDefault(staffId, FullDays.NONE));
    }

    /** Who can be booked for a service: active staff members who offer it (or the named one among them), by name. */
    public List<UUID> offering(Service service, @Nullable UUID staffId) {
        Question question = new Question(
                service.organisationId,
                service.id,
                staffId == null ? List.of() : List.of(staffId),
                null,
                0,
                1,
                Whose.WHO_OFFERS,
                null);
        return view(question).staffIds();
    }

    /** Slots by start, each with the staff members who are free, in [{@code from}, {@code until}). */
    public Map<Long, List<UUID>> slots(Service service, Collection<UUID> staffIds, Instant from, Instant until) {
        if (staffIds.isEmpty()) {
            return Map.of();
        }
        View view = view(new Question(
                service.organisationId,
                service.id,
                staffIds.stream().distinct().sorted().toList(),
                null,
                from.getEpochSecond(),
                until.getEpochSecond(),
                Whose.WHO_OFFERS,
                null));
        return slotTable(view, from, until).asMap();
    }

    /** As {@link #slots}, of what has been read already. */
    public Map<Long, List<UUID>> slots(View view, Instant from, Instant until) {
        return slotTable(view, from, until).asMap();
    }

    SlotTable slotTable(View view, Instant from, Instant until) {
        List<UUID> staffIds = view.staffIds();
        SlotTable slots = new SlotTable(staffIds);
        Service service = view.service().orElse(null);
        if (service == null || !service.active) {
            return slots;
        }
        Instant now = clock.instant();
        SlotRules rules = SlotRules.of(service);
        Instant earliest = now.plus(Duration.ofMinutes(service.minimumNoticeMinutes));
        Instant latest = now.plus(Duration.ofDays(service.horizonDays)).plusSeconds(rules.duration());
        long start = ceilingSecond(earliest.isAfter(from) ? earliest : from);
        long end = (latest.isBefore(until) ? latest : until).getEpochSecond();
        for (int index = 0; start < end && index < staffIds.size(); index++) {
            StaffFacts of = view.factsOf(staffIds.get(index));
            Intervals working = of.hours().within(of.zone(), start, end);
            long[] free = AvailabilityCalculator.slots(of.zone(), working, of.closed(), rules, start, end);
            slots.add(index, withoutFullDays(free, of.full()));
        }
        return slots;
    }

    private static long[] withoutFullDays(long[] starts, FullDays full) {
        if (full.ofStaff().isEmpty() && full.ofAll().isEmpty()) {
            return starts;
        }
        return Arrays.stream(starts).filter(start -> !full.at(start)).toArray();
    }

    private View read(Question question) {
        Setup setup = setups.remembered(question.organisationId());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Setup known = setup;
            Optional<Service> service = known.findService(question.serviceId());
            List<UUID> staffIds = service.map(of -> asked(known, of, question)).orElse(List.of());
            BusyTimes.Reading reading = busyTimes.read(
                    question.organisationId(),
                    staffIds,
                    question.from() - 3 * DAY,
                    question.until() + 3 * DAY,
                    question.except());
            if (reading.setupVersion() == known.version()) {
                return view(question, known, service, staffIds, reading);
            }
            setup = setups.readAgain(question.organisationId());
        }
        throw ProblemType.TEMPORARILY_UNAVAILABLE.because(
                "The organisation's hours and services are being changed; try again in a moment.");
    }

    private static List<UUID> asked(Setup setup, Service service, Question question) {
        return switch (question.whose()) {
            case WHO_OFFERS -> setup.offering(service, question.locationId(), question.staffIds());
            case WHOEVER_IS_NAMED ->
                question.staffIds().stream().filter(setup::isStaffMember).toList();
        };
    }

    private View view(
            Question question, Setup setup, Optional<Service> service, List<UUID> staffIds, BusyTimes.Reading reading) {
        if (service.isEmpty()) {
            return new View(setup, service, Map.of(), List.of());
        }
        Service of = service.get();
        UUID place = Setup.place(of, question.locationId());
        Map<UUID, Intervals> unknown = new HashMap<>();
        Instant now = clock.instant();
        for (FeedFreshness feed : reading.feeds()) {
            Intervals closed =
                    feed.closed(now, setup.closesWhenStale(), question.from() - 3 * DAY, question.until() + 3 * DAY);
            unknown.merge(feed.staffId(), closed, Intervals::union);
        }
        Map<UUID, FullDays> full = fullDays(setup, of, staffIds, question.from(), question.until(), question.except());
        Map<UUID, StaffFacts> facts = new LinkedHashMap<>();
        for (UUID staffId : staffIds) {
            Member member = Objects.requireNonNull(setup.staff().get(staffId));
            facts.put(
                    staffId,
                    new StaffFacts(
                            staffId,
                            member.zone(),
                            member.timetable().at(place),
                            reading.busy().getOrDefault(staffId, BusyTime.NONE),
                            unknown.getOrDefault(staffId, Intervals.NONE),
                            full.getOrDefault(staffId, FullDays.NONE)));
        }
        return new View(setup, service, facts, reading.feeds());
    }

    private Map<UUID, FullDays> fullDays(
            Setup setup, Service service, List<UUID> staffIds, long from, long until, @Nullable UUID except) {
        if (service.maxPerDayStaff == null && service.maxPerDayOrganisation == null || staffIds.isEmpty()) {
            return Map.of();
        }
        List<FullDays.Taken> taken = busyTimes.taken(service, from - 2 * DAY, until + 2 * DAY, except);
        Map<UUID, FullDays> full = new HashMap<>();
        for (UUID staffId : staffIds) {
            Member member = Objects.requireNonNull(setup.staff().get(staffId));
            full.put(
                    staffId,
                    FullDays.of(
                            staffId,
                            member.zone(),
                            service.maxPerDayStaff,
                            setup.zone(),
                            service.maxPerDayOrganisation,
                            taken));
        }
        return full;
    }

    private static long ceilingSecond(Instant instant) {
        return instant.getNano() == 0 ? instant.getEpochSecond() : instant.getEpochSecond() + 1;
    }
}
