package io.timetether.scheduling.staff;

import io.timetether.scheduling.time.Intervals;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * When somebody works, week by week, in wall-clock time. PURE. An instant is working time iff its local wall time falls
 * into a rule: wall times that a clock change leaves out do not exist, and both passes of an hour that is repeated count.
 *
 * @param byDay the ranges of each weekday, index 0 = Monday
 * @param exceptions dates whose ranges replace those of their weekday; an empty list means closed
 */
public record WeeklyHours(List<List<Range>> byDay, Map<LocalDate, List<Range>> exceptions) {

    private static final int DAY = 86_400;

    /** Minutes from the start of the local day, half-open; an end above 1440 lies on the next day. */
    public record Range(int startMinute, int endMinute) {

        public Range {
            if (startMinute < 0 || startMinute >= 1440 || endMinute <= startMinute || endMinute > startMinute + 1440) {
                throw new IllegalArgumentException("not a range of a day: " + startMinute + " to " + endMinute);
            }
        }
    }

    public WeeklyHours {
        if (byDay.size() != 7) {
            throw new IllegalArgumentException("a week has seven days");
        }
    }

    public static WeeklyHours of(List<List<Range>> byDay) {
        return new WeeklyHours(byDay, Map.of());
    }

    /** Working time within [{@code from}, {@code until}), in epoch seconds: disjoint, sorted, touching ranges joined. */
    public Intervals within(ZoneId zone, long from, long until) {
        ZoneRules rules = zone.getRules();
        List<long[]> pieces = new ArrayList<>();
        long start = from;
        while (start < until) {
            Instant at = Instant.ofEpochSecond(start);
            ZoneOffsetTransition next = rules.nextTransition(at);
            long end = next == null ? until : Math.min(until, next.toEpochSecond());
            addPieces(rules.getOffset(at), start, end, pieces);
            start = end;
        }
        return Intervals.of(pieces);
    }

    /** Within a stretch of constant offset, wall time is a straight line. */
    private void addPieces(ZoneOffset offset, long start, long end, List<long[]> pieces) {
        long shift = offset.getTotalSeconds();
        long firstDay = Math.floorDiv(start + shift, DAY) - 1; // yesterday's ranges may reach over midnight
        long lastDay = Math.floorDiv(end + shift - 1, DAY);
        for (long day = firstDay; day <= lastDay; day++) {
            long midnight = day * DAY - shift;
            for (Range range : ranges(day)) {
                long rangeStart = Math.max(start, midnight + range.startMinute() * 60L);
                long rangeEnd = Math.min(end, midnight + range.endMinute() * 60L);
                if (rangeStart < rangeEnd) {
                    pieces.add(new long[] {rangeStart, rangeEnd});
                }
            }
        }
    }

    private List<Range> ranges(long epochDay) {
        if (!exceptions.isEmpty()) {
            List<Range> exception = exceptions.get(LocalDate.ofEpochDay(epochDay));
            if (exception != null) {
                return exception;
            }
        }
        return byDay.get((int) Math.floorMod(epochDay + 3, 7L)); // 1970-01-01 was a Thursday
    }
}
