package io.timetether.scheduling.appointment;

import io.timetether.scheduling.appointment.BookingPolicy.Decision;
import io.timetether.scheduling.appointment.BookingPolicy.Rules;
import io.timetether.scheduling.appointment.BookingPolicy.Wish;
import io.timetether.scheduling.availability.StaffFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * Who could take a wished time. PURE. Fair: first whoever has the fewest appointments on that day, then in the days
 * around it; where all are equal, an order that differs from start to start, so that nobody is always first.
 *
 * @param inOrder who is free, best first
 * @param refusal why nobody is; only meaningful where {@code inOrder} is empty
 */
record Candidates(List<UUID> inOrder, Decision refusal) {

    static Candidates of(Wish wish, Rules rules, Collection<StaffFacts> staff, Instant now) {
        List<StaffFacts> free = new ArrayList<>();
        Decision refusal = new Decision.OutsideHours();
        for (StaffFacts facts : staff) {
            Decision decision = BookingPolicy.decide(wish, rules, facts, now);
            if (decision instanceof Decision.Accepted) {
                free.add(facts);
            } else if (weight(decision) > weight(refusal)) {
                refusal = decision;
            }
        }
        free.sort(Comparator.comparingLong((StaffFacts facts) -> facts.bookedOnDayOf(wish.start()))
                .thenComparingInt(facts -> facts.busy().starts().size())
                .thenComparingInt(facts -> (facts.staffId().hashCode() ^ Long.hashCode(wish.start())) * 0x9E3779B9));
        return new Candidates(free.stream().map(StaffFacts::staffId).toList(), refusal);
    }

    /** Of several reasons, the one that says most: who is only taken was closest to free. */
    private static int weight(Decision decision) {
        return switch (decision) {
            case Decision.Accepted accepted -> 7;
            case Decision.SlotTaken taken -> 6;
            case Decision.DayFull full -> 5;
            case Decision.CalendarUnknown unknown -> 4;
            case Decision.TooLate late -> 3;
            case Decision.TooFarAhead far -> 2;
            case Decision.OffGrid off -> 1;
            case Decision.OutsideHours outside -> 0;
        };
    }
}
