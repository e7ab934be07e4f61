package io.timetether.scheduling.availability;

import io.timetether.scheduling.availability.BusyTimes.Found;
import io.timetether.scheduling.availability.Setup.Member;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.service.Service;
import io.timetether.scheduling.time.Intervals;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
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

    /**
     * What the question's answer would be if nothing had changed since the setup was read last, and nobody were booked or
     * away: good enough to go for the lock, under which {@link #now} tells. Empty where it could not be even then.
     */
    public Optional<View> assumed(Question question) {
        return setups.peek(question.organisationId())
                .flatMap(setup -> setup.findService(question.serviceId())
                        .filter(service -> service.active && !service.hasDailyMaximum())
                        .map(service -> {
                            List<UUID> staffIds = asked(setup, service, question);
                            Found nothing = new Found(BusyTime.NONE, List.of());
                            return view(
                                    question,
                                    setup,
                                    Optional.of(service),
                                    staffIds,
                                    Collections.nCopies(staffIds.size(), nothing));
                        })
                        .filter(view -> !view.staff().isEmpty()));
    }

    /** The time of a staff member who is in a view, in epoch seconds. */
    public record Spot(View view, UUID staffId, long from, long until) {}

    /**
     * The facts of this moment, with the hours of the view.
     *
     * @param isCurrent whether the view's setup is still the organisation's
     */
    public record Now(StaffFacts facts, boolean isCurrent) {}

    /** The facts around each of these spots, in one statement, for decisions under the staff members' locks. */
    public List<Now> now(List<Spot> spots, @Nullable UUID except) {
        BusyTimes.Reading reading = busyTimes.read(
                spots.stream()
                        .map(spot -> spot.view().setup().organisationId())
                        .distinct()
                        .toList(),
                spots.stream()
                        .map(spot -> stretch(
                                spot.view().setup().organisationId(), spot.staffId(), spot.from(), spot.until()))
                        .toList(),
                except);
        List<Now> now = new ArrayList<>(spots.size());
        for (int i = 0; i < spots.size(); i++) {
            now.add(now(spots.get(i), reading.found().get(i), reading, except));
        }
        return now;
    }

    private Now now(Spot spot, Found found, BusyTimes.Reading reading, @Nullable UUID except) {
        Setup setup = spot.view().setup();
        Service service = spot.view().service().orElseThrow();
        FullDays full = fullDays(setup, service, List.of(spot.staffId()), spot.from(), spot.until(), except)
                .getOrDefault(spot.staffId(), FullDays.NONE);
        Intervals unknown = unknown(setup, found.feeds(), spot.from(), spot.until());
        return new Now(
                spot.view().factsOf(spot.staffId()).with(found.busy(), unknown, full),
                reading.setupVersion(setup.organisationId()) == setup.version());
    }

    private static BusyTimes.Stretch stretch(UUID organisationId, UUID staffId, long from, long until) {
        return new BusyTimes.Stretch(organisationId, staffId, from - 3 * DAY, until + 3 * DAY);
    }

    private Intervals unknown(Setup setup, List<FeedFreshness> feeds, long from, long until) {
        Instant now = clock.instant();
        Intervals unknown = Intervals.NONE;
        for (FeedFreshness feed : feeds) {
            unknown = unknown.union(feed.closed(now, setup.closesWhenStale(), from - 3 * DAY, until + 3 * DAY));
        }
        return unknown;
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

    /** The first few of {@link #slots}, of what has been read already: looked for day by day. */
    public Map<Long, List<UUID>> firstSlots(View view, Instant from, Instant until, int count) {
        Map<Long, List<UUID>> first = new LinkedHashMap<>();
        int duration = view.service().map(service -> service.durationMinutes).orElse(0);
        for (Instant day = from; day.isBefore(until) && first.size() < count; day = day.plusSeconds(DAY)) {
            long next = day.getEpochSecond() + DAY;
            Instant last = Instant.ofEpochSecond(next).plus(Duration.ofMinutes(duration));
            slotTable(view, day, last.isBefore(until) ? last : until).forEach((free, start) -> {
                if (start < next && first.size() < count) {
                    first.put(start, List.copyOf(free));
                }
            });
        }
        return first;
    }

    SlotTable slotTable(View view, Instant from, Instant until) {
        return slotTable(view, from, until, clock.instant());
    }

    /** PURE. What can be booked at {@code now}, notice and horizon included. */
    static SlotTable slotTable(View view, Instant from, Instant until, Instant now) {
        List<UUID> staffIds = view.staffIds();
        SlotTable slots = new SlotTable(staffIds);
        Service service = view.service().orElse(null);
        if (service == null || !service.active) {
            return slots;
        }
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
            List<BusyTimes.Stretch> stretches = staffIds.stream()
                    .map(staffId -> stretch(question.organisationId(), staffId, question.from(), question.until()))
                    .toList();
            BusyTimes.Reading reading = question.except() == null
                    ? busyTimes.recall(question.organisationId(), stretches)
                    : busyTimes.read(List.of(question.organisationId()), stretches, question.except());
            if (reading.setupVersion(question.organisationId()) == known.version()) {
                return view(question, known, service, staffIds, reading.found());
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
            Question question, Setup setup, Optional<Service> service, List<UUID> staffIds, List<Found> found) {
        if (service.isEmpty()) {
            return new View(setup, service, Map.of(), List.of());
        }
        Service of = service.get();
        UUID place = Setup.place(of, question.locationId());
        Map<UUID, FullDays> full = fullDays(setup, of, staffIds, question.from(), question.until(), question.except());
        Map<UUID, StaffFacts> facts = new LinkedHashMap<>();
        List<FeedFreshness> feeds = new ArrayList<>();
        for (int i = 0; i < staffIds.size(); i++) {
            UUID staffId = staffIds.get(i);
            Member member = Objects.requireNonNull(setup.staff().get(staffId));
            feeds.addAll(found.get(i).feeds());
            facts.put(
                    staffId,
                    new StaffFacts(
                            staffId,
                            member.zone(),
                            member.timetable().at(place),
                            found.get(i).busy(),
                            unknown(setup, found.get(i).feeds(), question.from(), question.until()),
                            full.getOrDefault(staffId, FullDays.NONE)));
        }
        return new View(setup, service, facts, feeds);
    }

    private Map<UUID, FullDays> fullDays(
            Setup setup, Service service, List<UUID> staffIds, long from, long until, @Nullable UUID except) {
        if (!service.hasDailyMaximum() || staffIds.isEmpty()) {
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
