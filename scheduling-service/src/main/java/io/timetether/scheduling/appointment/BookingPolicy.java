package io.timetether.scheduling.appointment;

import io.timetether.scheduling.availability.AvailabilityCalculator;
import io.timetether.scheduling.availability.SlotRules;
import io.timetether.scheduling.availability.StaffFacts;
import java.time.Instant;

/**
 * Decides whether a time can be booked. PURE. What occupies time can never be booked over. Staff may knowingly book over
 * time off, imported busy time and unknown calendars, outside hours, off the grid, within notice or beyond horizon, and
 * more than a day's maximum.
 */
final class BookingPolicy {

    private BookingPolicy() {}

    /** Whether whoever books insists on a time that availability does not offer; clients never may. */
    enum Insistence {
        ONLY_WHAT_IS_OFFERED,
        KNOWINGLY
    }

    /** A wished time of one staff member, in epoch seconds, half-open. */
    record Wish(long start, long end, Insistence insistence) {}

    /** What the service demands. */
    record Rules(SlotRules slots, long minimumNotice, long horizon) {}

    sealed interface Decision {

        record Accepted() implements Decision {}

        /** {@code knowinglyPossible}: staff could book it with overrideTimeOff. */
        record SlotTaken(boolean knowinglyPossible) implements Decision {}

        record OutsideHours() implements Decision {}

        record OffGrid() implements Decision {}

        record TooLate() implements Decision {}

        record TooFarAhead() implements Decision {}

        record CalendarUnknown() implements Decision {}

        /** The service has reached its maximum on that day. */
        record DayFull() implements Decision {}
    }

    static Wish wish(Instant startAt, long duration, Insistence insistence) {
        return new Wish(startAt.getEpochSecond(), startAt.getEpochSecond() + duration, insistence);
    }

    static Decision decide(Wish wish, Rules rules, StaffFacts facts, Instant now) {
        long bufferedStart = wish.start() - rules.slots().bufferBefore();
        long bufferedEnd = wish.end() + rules.slots().bufferAfter();
        if (wish.start() < now.getEpochSecond()) {
            return new Decision.TooLate();
        }
        if (facts.occupied().overlaps(bufferedStart, bufferedEnd)) {
            return new Decision.SlotTaken(false);
        }
        return switch (wish.insistence()) {
            case KNOWINGLY -> new Decision.Accepted();
            case ONLY_WHAT_IS_OFFERED -> offered(wish, rules, facts, now, bufferedStart, bufferedEnd);
        };
    }

    private static Decision offered(
            Wish wish, Rules rules, StaffFacts facts, Instant now, long bufferedStart, long bufferedEnd) {
        if (facts.away().overlaps(bufferedStart, bufferedEnd)) {
            return new Decision.SlotTaken(true);
        }
        if (facts.unknown().overlaps(bufferedStart, bufferedEnd)) {
            return new Decision.CalendarUnknown();
        }
        if (wish.start() < now.getEpochSecond() + rules.minimumNotice()) {
            return new Decision.TooLate();
        }
        if (wish.start() > now.getEpochSecond() + rules.horizon()) {
            return new Decision.TooFarAhead();
        }
        if (facts.full().at(wish.start())) {
            return new Decision.DayFull();
        }
        if (!facts.hours().within(facts.zone(), wish.start(), wish.end()).contains(wish.start(), wish.end())) {
            return new Decision.OutsideHours();
        }
        if (!AvailabilityCalculator.isOnGrid(facts.zone(), rules.slots(), wish.start())) {
            return new Decision.OffGrid();
        }
        return new Decision.Accepted();
    }
}
