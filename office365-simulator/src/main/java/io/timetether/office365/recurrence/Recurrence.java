package io.timetether.office365.recurrence;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import net.fortuna.ical4j.model.Month;
import net.fortuna.ical4j.model.Recur;
import net.fortuna.ical4j.model.WeekDay;
import net.fortuna.ical4j.transform.recurrence.Frequency;
import org.jspecify.annotations.Nullable;

/**
 * Graph's {@code patternedRecurrence}: on which dates of its own zone a series falls. A date holds at most one occurrence, so a
 * date names an occurrence.
 *
 * @param until the last date that may hold an occurrence (inclusive), or null
 * @param count how many occurrences there are, deleted ones included; 0 means not limited by number
 * @param zone the name of {@code recurrenceTimeZone}
 */
public record Recurrence(
        Pattern pattern, LocalDate startDate, @Nullable LocalDate until, int count, String zone) {

    /** The six pattern types under Graph's names. */
    public enum Type {
        daily,
        weekly,
        absoluteMonthly,
        relativeMonthly,
        absoluteYearly,
        relativeYearly
    }

    /** Which of the matching days of a month. */
    public enum Index {
        first(1),
        second(2),
        third(3),
        fourth(4),
        last(-1);

        private final int position;

        Index(int position) {
            this.position = position;
        }
    }

    /** Graph's {@code recurrencePattern}; the fields that a type does not use hold Graph's defaults. */
    public record Pattern(
            Type type,
            int interval,
            int month,
            int dayOfMonth,
            List<DayOfWeek> daysOfWeek,
            DayOfWeek firstDayOfWeek,
            Index index) {}

    /** No series is followed further than this many years after its start: "no end" is endless only on paper. */
    private static final int YEARS_AT_MOST = 200;

    /** The dates of the series from {@code from} to {@code to}, both inclusive, in order. */
    public List<LocalDate> dates(LocalDate from, LocalDate to) {
        LocalDate last = to;
        if (until != null && until.isBefore(last)) {
            last = until;
        }
        LocalDate horizon = startDate.plusYears(YEARS_AT_MOST);
        if (horizon.isBefore(last)) {
            last = horizon;
        }
        LocalDate first = from.isBefore(startDate) ? startDate : from;
        if (first.isAfter(last)) {
            return List.of();
        }
        Recur<LocalDate> rule = rule();
        // A numbered series must be counted from its first date; any other may be entered near the window.
        LocalDate seed = count > 0 ? startDate : seedNear(first);
        LocalDate begin = first;
        return rule.getDates(seed, count > 0 ? startDate : first, last.plusDays(1)).stream()
                .limit(count > 0 ? count : Integer.MAX_VALUE)
                .filter(date -> !date.isBefore(begin))
                .filter(dateBefore(last))
                .toList();
    }

    /** The first date of the series, or null if no date ever matches. */
    public @Nullable LocalDate firstDate() {
        List<LocalDate> dates = dates(startDate, startDate.plusYears(Math.max(9, pattern.interval() * 9L)));
        return dates.isEmpty() ? null : dates.getFirst();
    }

    /** Whether the series has an occurrence on that date (deleted or changed ones included). */
    public boolean fallsOn(LocalDate date) {
        return !dates(date, date).isEmpty();
    }

    @JsonIgnore
    public boolean isEndless() {
        return until == null && count == 0;
    }

    private static java.util.function.Predicate<LocalDate> dateBefore(LocalDate last) {
        return date -> !date.isAfter(last);
    }

    /** A start from which the same dates follow, as few steps as possible before {@code first}. */
    private LocalDate seedNear(LocalDate first) {
        long interval = pattern.interval();
        return switch (pattern.type()) {
            case daily -> {
                long days = first.toEpochDay() - startDate.toEpochDay();
                yield startDate.plusDays(days / interval * interval);
            }
            case weekly -> {
                long weeks = (first.toEpochDay() - startDate.toEpochDay()) / 7;
                long whole = Math.max(0, weeks / interval - 1) * interval;
                yield whole == 0 ? startDate : startDate.plusWeeks(whole);
            }
            // Few steps anyway, and the day of the month of the start must not move.
            case absoluteMonthly, relativeMonthly, absoluteYearly, relativeYearly -> startDate;
        };
    }

    private Recur<LocalDate> rule() {
        Recur.Builder<LocalDate> rule = new Recur.Builder<LocalDate>().interval(pattern.interval());
        WeekDay[] days = pattern.daysOfWeek().stream().map(WeekDay::getWeekDay).toArray(WeekDay[]::new);
        switch (pattern.type()) {
            case daily -> rule.frequency(Frequency.DAILY);
            case weekly ->
                rule.frequency(Frequency.WEEKLY)
                        .dayList(days)
                        .weekStartDay(WeekDay.getWeekDay(pattern.firstDayOfWeek()));
            case absoluteMonthly -> onDayOfMonth(rule.frequency(Frequency.MONTHLY));
            case relativeMonthly ->
                rule.frequency(Frequency.MONTHLY).dayList(days).setPosList(pattern.index().position);
            case absoluteYearly ->
                onDayOfMonth(rule.frequency(Frequency.YEARLY).monthList(Month.valueOf(pattern.month())));
            case relativeYearly ->
                rule.frequency(Frequency.YEARLY)
                        .monthList(Month.valueOf(pattern.month()))
                        .dayList(days)
                        .setPosList(pattern.index().position);
        }
        return rule.build();
    }

    /** In a month without that day, Exchange takes the month's last day. */
    private void onDayOfMonth(Recur.Builder<LocalDate> rule) {
        int day = pattern.dayOfMonth();
        if (day <= 28) {
            rule.monthDayList(day);
            return;
        }
        Integer[] candidates = new Integer[day - 27];
        for (int i = 0; i < candidates.length; i++) {
            candidates[i] = 28 + i;
        }
        rule.monthDayList(candidates).setPosList(-1);
    }
}
