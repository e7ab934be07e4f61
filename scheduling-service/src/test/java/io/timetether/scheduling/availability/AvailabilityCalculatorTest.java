package io.timetether.scheduling.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.scheduling.staff.WeeklyHours;
import io.timetether.scheduling.staff.WeeklyHours.Range;
import io.timetether.scheduling.time.Intervals;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AvailabilityCalculatorTest {

    static Stream<SlotFixtures.Case> fixtures() {
        return SlotFixtures.cases().stream();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void findsTheSlotsOfTheWorkload(SlotFixtures.Case of) {
        assertThat(of.slots()).isEqualTo(of.expected());
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
}
