package io.timetether.scheduling.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.scheduling.appointment.BookingPolicy.Decision;
import io.timetether.scheduling.appointment.BookingPolicy.Insistence;
import io.timetether.scheduling.appointment.BookingPolicy.Rules;
import io.timetether.scheduling.appointment.BookingPolicy.Wish;
import io.timetether.scheduling.availability.AvailabilityCalculator;
import io.timetether.scheduling.availability.BusyTime;
import io.timetether.scheduling.availability.FullDays;
import io.timetether.scheduling.availability.SlotRules;
import io.timetether.scheduling.availability.StaffFacts;
import io.timetether.scheduling.staff.WeeklyHours;
import io.timetether.scheduling.time.Intervals;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookingPolicyTest {

    private static final long MONDAY = Instant.parse("2027-03-01T00:00:00Z").getEpochSecond();
    private static final ZoneId ZONE = ZoneId.of("UTC");
    private static final Rules RULES = new Rules(new SlotRules(1800, 600, 300, 900), 3600, 30 * 86_400L);
    private static final Instant NOW = Instant.ofEpochSecond(MONDAY);

    private static StaffFacts facts(Intervals occupied, Intervals away, Intervals unknown) {
        List<List<WeeklyHours.Range>> week = new ArrayList<>();
        for (int day = 0; day < 7; day++) {
            week.add(List.of(new WeeklyHours.Range(9 * 60, 17 * 60)));
        }
        return new StaffFacts(
                UUID.randomUUID(),
                ZONE,
                WeeklyHours.of(week),
                new BusyTime(occupied, away, List.of(), false),
                unknown,
                FullDays.NONE);
    }

    private static Intervals hours(int from, int until) {
        return Intervals.of(List.of(new long[] {MONDAY + from * 3600L, MONDAY + until * 3600L}));
    }

    private static Decision decide(long start, Insistence insistence, StaffFacts facts) {
        return BookingPolicy.decide(new Wish(start, start + 1800, insistence), RULES, facts, NOW);
    }

    @Test
    void saysWhyNot() {
        StaffFacts facts = facts(hours(10, 11), hours(12, 13), hours(14, 15));
        Insistence offered = Insistence.ONLY_WHAT_IS_OFFERED;
        assertThat(decide(MONDAY + 9 * 3600, offered, facts)).isEqualTo(new Decision.Accepted());
        assertThat(decide(MONDAY + 10 * 3600, offered, facts)).isEqualTo(new Decision.SlotTaken(false));
        assertThat(decide(MONDAY + 11 * 3600 + 300, offered, facts)).isEqualTo(new Decision.SlotTaken(false));
        assertThat(decide(MONDAY + 12 * 3600, offered, facts)).isEqualTo(new Decision.SlotTaken(true));
        assertThat(decide(MONDAY + 14 * 3600, offered, facts)).isEqualTo(new Decision.CalendarUnknown());
        assertThat(decide(MONDAY + 1800, offered, facts)).isEqualTo(new Decision.TooLate());
        assertThat(decide(MONDAY + 40 * 86_400L, offered, facts)).isEqualTo(new Decision.TooFarAhead());
        assertThat(decide(MONDAY + 8 * 3600, offered, facts)).isEqualTo(new Decision.OutsideHours());
        assertThat(decide(MONDAY + 9 * 3600 + 60, offered, facts)).isEqualTo(new Decision.OffGrid());
    }

    @Test
    void insistingOverridesAllButOccupiedAndPastTime() {
        StaffFacts facts = facts(hours(10, 11), hours(12, 13), hours(14, 15));
        for (long start : new long[] {12, 14, 8, 20}) {
            assertThat(decide(MONDAY + start * 3600, Insistence.KNOWINGLY, facts))
                    .isEqualTo(new Decision.Accepted());
        }
        assertThat(decide(MONDAY + 10 * 3600, Insistence.KNOWINGLY, facts)).isEqualTo(new Decision.SlotTaken(false));
        assertThat(decide(MONDAY - 60, Insistence.KNOWINGLY, facts)).isEqualTo(new Decision.TooLate());
    }

    /** What availability offers is accepted, and nothing else is. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23, 24})
    void agreesWithTheCalculator(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            List<long[]> occupied = new ArrayList<>();
            List<long[]> away = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                long start = MONDAY + random.nextInt(2 * 1440) * 60L;
                (random.nextBoolean() ? occupied : away).add(new long[] {start, start + random.nextInt(180) * 60L});
            }
            StaffFacts facts = facts(Intervals.of(occupied), Intervals.of(away), Intervals.NONE);
            long from = MONDAY + RULES.minimumNotice();
            long until = MONDAY + 2 * 86_400L;
            long[] slots = AvailabilityCalculator.slots(
                    ZONE,
                    facts.hours().within(ZONE, from, until),
                    facts.occupied().union(facts.away()),
                    RULES.slots(),
                    from,
                    until);
            for (long start = from; start + 1800 <= until; start += 300) {
                boolean offered = Arrays.binarySearch(slots, start) >= 0;
                boolean accepted = decide(start, Insistence.ONLY_WHAT_IS_OFFERED, facts) instanceof Decision.Accepted;
                assertThat(accepted)
                        .as("seed %d round %d at %d", seed, round, start - MONDAY)
                        .isEqualTo(offered);
            }
        }
    }

    @Test
    void everyTransitionOfTheTableAndNoOther() {
        String table = Arrays.stream(AppointmentStatus.values())
                .map(status -> status + "→" + status.next())
                .reduce("", (lines, line) -> lines + line + "\n");
        assertThat(table).isEqualTo("""
                        PENDING→[OPEN, CONFIRMED, CANCELLED]
                        OPEN→[CONFIRMED, CHECKED_IN, NO_SHOW, CANCELLED]
                        CONFIRMED→[CHECKED_IN, NO_SHOW, CANCELLED]
                        CHECKED_IN→[IN_PROGRESS, COMPLETED]
                        IN_PROGRESS→[COMPLETED]
                        COMPLETED→[]
                        NO_SHOW→[CHECKED_IN]
                        CANCELLED→[]
                        """);
    }
}
