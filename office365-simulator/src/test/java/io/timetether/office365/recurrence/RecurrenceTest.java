package io.timetether.office365.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.office365.recurrence.Recurrence.Index;
import io.timetether.office365.recurrence.Recurrence.Pattern;
import io.timetether.office365.recurrence.Recurrence.Type;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The expansion against another one that looks at every single day and knows no library. */
class RecurrenceTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void fallsOnExactlyTheDatesThatThePatternDescribes(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 150; round++) {
            Recurrence recurrence = any(random);
            LocalDate from = recurrence.startDate().plusDays(random.nextInt(2000) - 300);
            LocalDate to = from.plusDays(random.nextInt(900));
            assertThat(recurrence.dates(from, to))
                    .as("seed %d, %s from %s to %s", seed, recurrence, from, to)
                    .isEqualTo(dayByDay(recurrence, from, to));
        }
    }

    private static Recurrence any(Random random) {
        Type type = Type.values()[random.nextInt(Type.values().length)];
        List<DayOfWeek> days = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            if (random.nextInt(3) == 0) {
                days.add(day);
            }
        }
        if (days.isEmpty()) {
            days.add(DayOfWeek.of(1 + random.nextInt(7)));
        }
        LocalDate start = LocalDate.of(2019, 1, 1).plusDays(random.nextInt(2500));
        Pattern pattern = new Pattern(
                type,
                1 + random.nextInt(type.name().endsWith("Yearly") ? 2 : 4),
                1 + random.nextInt(12),
                1 + random.nextInt(31),
                days,
                random.nextBoolean() ? DayOfWeek.SUNDAY : DayOfWeek.MONDAY,
                Index.values()[random.nextInt(5)]);
        LocalDate until = random.nextInt(3) == 0 ? start.plusDays(random.nextInt(1500)) : null;
        int count = until == null && random.nextInt(2) == 0 ? 1 + random.nextInt(60) : 0;
        return new Recurrence(pattern, start, until, count, "UTC");
    }

    private static List<LocalDate> dayByDay(Recurrence recurrence, LocalDate from, LocalDate to) {
        List<LocalDate> dates = new ArrayList<>();
        int met = 0;
        for (LocalDate day = recurrence.startDate(); !day.isAfter(to); day = day.plusDays(1)) {
            boolean ended = (recurrence.until() != null && day.isAfter(recurrence.until()))
                    || (recurrence.count() > 0 && met == recurrence.count());
            if (ended) {
                break;
            }
            if (matches(recurrence, day)) {
                met++;
                if (!day.isBefore(from)) {
                    dates.add(day);
                }
            }
        }
        return dates;
    }

    private static boolean matches(Recurrence recurrence, LocalDate day) {
        Pattern pattern = recurrence.pattern();
        LocalDate start = recurrence.startDate();
        long months = ChronoUnit.MONTHS.between(YearMonth.from(start), YearMonth.from(day));
        long years = day.getYear() - start.getYear();
        return switch (pattern.type()) {
            case daily -> ChronoUnit.DAYS.between(start, day) % pattern.interval() == 0;
            case weekly -> {
                LocalDate startWeek =
                        start.with(java.time.temporal.TemporalAdjusters.previousOrSame(pattern.firstDayOfWeek()));
                yield pattern.daysOfWeek().contains(day.getDayOfWeek())
                        && ChronoUnit.DAYS.between(startWeek, day) / 7 % pattern.interval() == 0;
            }
            case absoluteMonthly -> months % pattern.interval() == 0 && onDayOfMonth(pattern, day);
            case relativeMonthly -> months % pattern.interval() == 0 && relative(pattern, day);
            case absoluteYearly ->
                years % pattern.interval() == 0 && day.getMonthValue() == pattern.month() && onDayOfMonth(pattern, day);
            case relativeYearly ->
                years % pattern.interval() == 0 && day.getMonthValue() == pattern.month() && relative(pattern, day);
        };
    }

    private static boolean onDayOfMonth(Pattern pattern, LocalDate day) {
        return day.getDayOfMonth() == Math.min(pattern.dayOfMonth(), day.lengthOfMonth());
    }

    private static boolean relative(Pattern pattern, LocalDate day) {
        List<LocalDate> matching = new ArrayList<>();
        for (int i = 1; i <= day.lengthOfMonth(); i++) {
            if (pattern.daysOfWeek().contains(day.withDayOfMonth(i).getDayOfWeek())) {
                matching.add(day.withDayOfMonth(i));
            }
        }
        int index = pattern.index() == Index.last
                ? matching.size() - 1
                : pattern.index().ordinal();
        return index < matching.size() && matching.get(index).equals(day);
    }
}
