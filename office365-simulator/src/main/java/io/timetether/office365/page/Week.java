package io.timetether.office365.page;

import io.timetether.office365.mailbox.Occurrence;
import io.timetether.office365.mailbox.Span;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where each event of a week lies on the page. Pure: everything comes in as an argument.
 *
 * @param firstHour the first hour that is drawn, 0 to 7
 * @param lastHour the hour at which the drawing ends, 19 to 24
 */
record Week(List<Day> days, int firstHour, int lastHour) {

    /** A day with what belongs above the hours and what lies among them. */
    record Day(LocalDate date, List<Occurrence> whole, List<Block> blocks) {}

    /**
     * A piece of an event on one day, in minutes of that day's clock.
     *
     * @param lane which of the {@code lanes} beside each other it takes, because others run at the same time
     */
    record Block(Occurrence row, int from, int to, int lane, int lanes) {}

    private static final int SHORTEST = 25;

    static LocalDate monday(LocalDate date) {
        return date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    static Week of(LocalDate monday, ZoneId zone, List<Occurrence> rows) {
        List<Day> days = new ArrayList<>();
        int first = 7 * 60;
        int last = 19 * 60;
        for (int i = 0; i < 7; i++) {
            Day day = day(monday.plusDays(i), zone, rows);
            days.add(day);
            for (Block block : day.blocks) {
                first = Math.min(first, block.from);
                last = Math.max(last, block.to);
            }
        }
        return new Week(List.copyOf(days), first / 60, (last + 59) / 60);
    }

    private static Day day(LocalDate date, ZoneId zone, List<Occurrence> rows) {
        List<Occurrence> whole = new ArrayList<>();
        List<Block> pieces = new ArrayList<>();
        for (Occurrence row : rows) {
            LocalDateTime start = start(row.span(), zone);
            LocalDateTime end = end(row.span(), zone);
            LocalDateTime midnight = date.atStartOfDay();
            boolean here = start.isBefore(midnight.plusDays(1))
                    && (end.isAfter(midnight) || end.equals(start) && !start.isBefore(midnight));
            if (!here) {
                continue;
            }
            if (isWhole(row.span())) {
                whole.add(row);
            } else {
                int from = start.isBefore(midnight) ? 0 : minutes(start.toLocalTime());
                int to = end.isBefore(midnight.plusDays(1)) ? minutes(end.toLocalTime()) : 24 * 60;
                pieces.add(new Block(row, Math.min(from, 24 * 60 - SHORTEST), Math.max(to, from + SHORTEST), 0, 1));
            }
        }
        whole.sort(Comparator.comparing((Occurrence row) -> row.span().startAt())
                .thenComparing(row -> row.event().key()));
        return new Day(date, List.copyOf(whole), besideEachOther(pieces));
    }

    /** Days and longer stand above the hours, as in any calendar. */
    static boolean isWhole(Span span) {
        return span.allDay() || Duration.between(span.startAt(), span.endAt()).toHours() >= 24;
    }

    static LocalDateTime start(Span span, ZoneId zone) {
        return span.allDay() ? span.start() : span.startAt().atZone(zone).toLocalDateTime();
    }

    static LocalDateTime end(Span span, ZoneId zone) {
        return span.allDay() ? span.end() : span.endAt().atZone(zone).toLocalDateTime();
    }

    private static int minutes(LocalTime time) {
        return time.getHour() * 60 + time.getMinute();
    }

    /** Gives the pieces lanes, so that none covers another; a group that hangs together shares the width. */
    private static List<Block> besideEachOther(List<Block> pieces) {
        pieces.sort(Comparator.comparingInt(Block::from)
                .thenComparing(Block::to, Comparator.reverseOrder())
                .thenComparing(block -> block.row.event().key()));
        List<Block> placed = new ArrayList<>();
        List<Block> group = new ArrayList<>();
        List<Integer> laneEnds = new ArrayList<>();
        int groupEnd = 0;
        for (Block piece : pieces) {
            if (piece.from >= groupEnd) {
                close(group, laneEnds, placed);
            }
            int lane = 0;
            while (lane < laneEnds.size() && laneEnds.get(lane) > piece.from) {
                lane++;
            }
            if (lane == laneEnds.size()) {
                laneEnds.add(piece.to);
            } else {
                laneEnds.set(lane, piece.to);
            }
            group.add(new Block(piece.row, piece.from, piece.to, lane, 1));
            groupEnd = Math.max(groupEnd, piece.to);
        }
        close(group, laneEnds, placed);
        return List.copyOf(placed);
    }

    private static void close(List<Block> group, List<Integer> laneEnds, List<Block> placed) {
        group.forEach(block -> placed.add(new Block(block.row, block.from, block.to, block.lane, laneEnds.size())));
        group.clear();
        laneEnds.clear();
    }
}
