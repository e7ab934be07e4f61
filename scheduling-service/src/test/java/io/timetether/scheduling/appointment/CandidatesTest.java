package io.timetether.scheduling.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.scheduling.appointment.BookingPolicy.Decision;
import io.timetether.scheduling.appointment.BookingPolicy.Insistence;
import io.timetether.scheduling.appointment.BookingPolicy.Rules;
import io.timetether.scheduling.availability.BusyTime;
import io.timetether.scheduling.availability.FullDays;
import io.timetether.scheduling.availability.SlotRules;
import io.timetether.scheduling.availability.StaffFacts;
import io.timetether.scheduling.staff.WeeklyHours;
import io.timetether.scheduling.time.Intervals;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CandidatesTest {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Instant NOW = Instant.parse("2027-03-01T06:00:00Z");
    private static final Instant START = Instant.parse("2027-03-02T09:00:00Z");
    private static final Rules RULES = new Rules(new SlotRules(1800, 0, 0, 900), 0, 90 * 86_400L);

    private static StaffFacts member(int id, FullDays full, String... bookedAt) {
        List<WeeklyHours.Range> day = List.of(new WeeklyHours.Range(0, 1440));
        List<Long> starts = Arrays.stream(bookedAt)
                .map(at -> Instant.parse(at).getEpochSecond())
                .toList();
        Intervals occupied = Intervals.of(
                starts.stream().map(start -> new long[] {start, start + 1800}).toList());
        return new StaffFacts(
                new UUID(0, id),
                UTC,
                WeeklyHours.of(Collections.nCopies(7, day)),
                new BusyTime(occupied, Intervals.NONE, starts, false),
                Intervals.NONE,
                full);
    }

    private static Candidates of(StaffFacts... staff) {
        return Candidates.of(
                BookingPolicy.wish(START, 1800, Insistence.ONLY_WHAT_IS_OFFERED), RULES, List.of(staff), NOW);
    }

    @Test
    void leastBookedThatDayComesFirstThenLeastBookedAroundIt() {
        StaffFacts busyToday = member(1, FullDays.NONE, "2027-03-02T11:00:00Z");
        StaffFacts busyYesterday = member(2, FullDays.NONE, "2027-03-01T11:00:00Z", "2027-03-01T12:00:00Z");
        StaffFacts free = member(3, FullDays.NONE);
        StaffFacts taken = member(4, FullDays.NONE, "2027-03-02T09:15:00Z");
        assertThat(of(busyToday, busyYesterday, free, taken).inOrder())
                .containsExactly(free.staffId(), busyYesterday.staffId(), busyToday.staffId());
    }

    @Test
    void whereAllAreEqualNobodyIsAlwaysFirst() {
        Set<UUID> first = new HashSet<>();
        for (int day = 0; day < 60; day++) {
            first.add(Candidates.of(
                            BookingPolicy.wish(START.plusSeconds(day * 86_400L), 1800, Insistence.ONLY_WHAT_IS_OFFERED),
                            RULES,
                            List.of(member(1, FullDays.NONE), member(2, FullDays.NONE), member(3, FullDays.NONE)),
                            NOW)
                    .inOrder()
                    .getFirst());
        }
        assertThat(first).hasSize(3);
    }

    @Test
    void ofSeveralReasonsTheOneClosestToFreeIsTold() {
        FullDays full = new FullDays(UTC, Set.of(LocalDate.of(2027, 3, 2)), UTC, Set.of());
        assertThat(of(member(1, full)).refusal()).isInstanceOf(Decision.DayFull.class);
        assertThat(of(member(1, full), member(2, FullDays.NONE, "2027-03-02T09:00:00Z"))
                        .refusal())
                .isInstanceOf(Decision.SlotTaken.class);
        assertThat(of().refusal()).isInstanceOf(Decision.OutsideHours.class);
    }
}
