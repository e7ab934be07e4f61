package io.timetether.scheduling.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.scheduling.staff.WeeklyHours;
import io.timetether.scheduling.staff.WeeklyHours.Range;
import io.timetether.scheduling.time.Intervals;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvailabilityCalculatorTest {

    private static final List<String> ZONES = List.of(
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "Africa/Cairo",
            "America/Santiago",
            "Asia/Kathmandu",
            "Asia/Kolkata",
            "Pacific/Chatham",
            "Pacific/Kiritimati",
            "America/St_Johns",
            "Africa/Casablanca",
            "UTC");

    static Stream<SlotFixtures.Case> fixtures() {
        return SlotFixtures.cases().stream();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void findsTheSlotsOfTheWorkload(SlotFixtures.Case of) {
        assertThat(of.slots()).isEqualTo(of.expected());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void findsWhatCountingMinuteByMinuteFinds(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
            WeeklyHours hours = randomHours(random);
            // Around a clock change, where one is near.
            Instant somewhere = Instant.ofEpochSecond(1_800_000_000L + random.nextInt(63_072_000) / 60 * 60L);
            var change = zone.getRules().nextTransition(somewhere);
            Instant centre = change == null || random.nextInt(3) == 0 ? somewhere : change.getInstant();
            long from = centre.getEpochSecond() - random.nextInt(2 * 1440) * 60L;
            long until = from + (60 + random.nextInt(4 * 1440)) * 60L;
            SlotRules rules = new SlotRules(
                    (1 + random.nextInt(random.nextBoolean() ? 90 : 600)) * 60L,
                    random.nextInt(3) * 10 * 60L,
                    random.nextInt(3) * 5 * 60L,
                    List.of(5, 10, 15, 20, 30, 60).get(random.nextInt(6)) * 60L);
            List<long[]> busy = new ArrayList<>();
            for (int i = random.nextInt(20); i > 0; i--) {
                long start = from + (random.nextInt(6 * 1440) - 1440) * 60L;
                busy.add(new long[] {start, start + random.nextInt(240) * 60L});
            }
            long[] found = AvailabilityCalculator.slots(
                    zone, hours.within(zone, from, until), Intervals.of(busy), rules, from, until);
            assertThat(found)
                    .as("seed %d round %d: %s %s %s from %d until %d", seed, round, zone, hours, rules, from, until)
                    .isEqualTo(counted(zone, hours, busy, rules, from, until));
        }
    }

    @Test
    void hoursAcrossMidnightAndWholeDays() {
        ZoneId zone = ZoneId.of("UTC");
        List<List<Range>> week = new ArrayList<>();
        for (int day = 0; day < 7; day++) {
            week.add(day == 0 ? List.of(new Range(22 * 60, 26 * 60)) : List.of());
        }
        long monday = LocalDate.of(2027, 3, 1).atStartOfDay(zone).toEpochSecond();
        Intervals night = WeeklyHours.of(week).within(zone, monday, monday + 7 * 86_400);
        assertThat(night).isEqualTo(Intervals.of(List.of(new long[] {monday + 22 * 3600, monday + 26 * 3600})));
        week.replaceAll(day -> List.of(new Range(0, 1440)));
        assertThat(WeeklyHours.of(week)
                        .within(zone, monday, monday + 86_400 * 7)
                        .size())
                .isEqualTo(1);
    }

    @Test
    void aDatedExceptionReplacesTheWeekdaysHours() {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        List<List<Range>> week = new ArrayList<>();
        for (int day = 0; day < 7; day++) {
            week.add(List.of(new Range(9 * 60, 17 * 60)));
        }
        LocalDate date = LocalDate.of(2027, 5, 5);
        WeeklyHours hours = new WeeklyHours(week, Map.of(date, List.of()));
        long start = date.atStartOfDay(zone).toEpochSecond();
        assertThat(hours.within(zone, start, start + 86_400).size()).isZero();
        assertThat(hours.within(zone, start - 86_400, start).size()).isEqualTo(1);
    }

    private static WeeklyHours randomHours(Random random) {
        List<List<Range>> week = new ArrayList<>();
        Map<LocalDate, List<Range>> exceptions = new HashMap<>();
        for (int day = 0; day < 7; day++) {
            List<Range> ranges = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                int start = random.nextInt(288) * 5;
                ranges.add(new Range(start, start + 5 + random.nextInt(287) * 5));
            }
            week.add(ranges);
        }
        return new WeeklyHours(week, exceptions);
    }

    /** The oracle: asks of every minute whether it is working time and free. */
    private static long[] counted(
            ZoneId zone, WeeklyHours hours, List<long[]> busy, SlotRules rules, long from, long until) {
        List<Long> slots = new ArrayList<>();
        for (long t = from; t + rules.duration() <= until; t += 60) {
            ZonedDateTime local = Instant.ofEpochSecond(t).atZone(zone);
            boolean slot = local.getMinute() * 60 % rules.grid() == 0;
            for (long m = t; slot && m < t + rules.duration(); m += 60) {
                slot = works(hours, Instant.ofEpochSecond(m).atZone(zone).toLocalDateTime());
            }
            for (long m = t - rules.bufferBefore(); slot && m < t + rules.duration() + rules.bufferAfter(); m += 60) {
                for (long[] taken : busy) {
                    slot &= m < taken[0] || m >= taken[1];
                }
            }
            if (slot) {
                slots.add(t);
            }
        }
        return slots.stream().mapToLong(Long::longValue).toArray();
    }

    private static boolean works(WeeklyHours hours, LocalDateTime wall) {
        int minute = wall.getHour() * 60 + wall.getMinute();
        DayOfWeek day = wall.getDayOfWeek();
        return hours.byDay().get(day.getValue() - 1).stream()
                        .anyMatch(range -> minute >= range.startMinute() && minute < range.endMinute())
                || hours.byDay().get(day.minus(1).getValue() - 1).stream()
                        .anyMatch(range -> minute + 1440 >= range.startMinute() && minute + 1440 < range.endMinute());
    }
}
