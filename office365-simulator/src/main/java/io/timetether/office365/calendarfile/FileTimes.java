package io.timetether.office365.calendarfile;

import io.timetether.office365.zone.Zones;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From when to when an event of a file lasts, and in which zone; all-day when the file gives dates.
 *
 * @param clocks null where {@code zone} is the zone that the file means; else the times are UTC, and these are the clocks by
 *     which the event repeats: those of a zone that only the file knows
 */
record FileTimes(
        LocalDateTime start,
        LocalDateTime end,
        String zone,
        boolean allDay,
        @Nullable ZoneRules clocks) {

    /** A date or a time as the file gives it; in UTC, where the file's zone has clocks of its own. */
    record Moment(
            LocalDateTime at,
            String zone,
            boolean dateOnly,
            @Nullable ZoneRules clocks) {
        static Moment utc(LocalDateTime at) {
            return new Moment(at, "UTC", false, null);
        }

        /** The same moment on the clocks of another zone; a date stays the date. */
        LocalDateTime in(String otherZone) {
            return dateOnly || zone.equals(otherZone)
                    ? at
                    : at.atZone(Zones.get(zone))
                            .withZoneSameInstant(Zones.get(otherZone))
                            .toLocalDateTime();
        }
    }

    /** What cannot be imported, with the reason for the person. */
    static final class Unreadable extends Exception {
        Unreadable(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);
    private static final Pattern DURATION =
            Pattern.compile("([+-])?P(?:(\\d+)W)?(?:(\\d+)D)?(?:T(?:(\\d+)H)?(?:(\\d+)M)?(?:(\\d+)S)?)?");

    static FileTimes of(Component event, FileZones zones) throws Unreadable {
        Component.Line startLine = event.find("DTSTART").orElseThrow(() -> new Unreadable("DTSTART is missing"));
        Moment start = moment(startLine, startLine.value(), zones);
        Optional<Component.Line> endLine = event.find("DTEND");
        LocalDateTime end;
        if (endLine.isPresent()) {
            end = moment(endLine.get(), endLine.get().value(), zones).in(start.zone());
        } else if (event.find("DURATION").isPresent()) {
            end = plus(start, event.value("DURATION"));
        } else {
            end = start.dateOnly() ? start.at().plusDays(1) : start.at();
        }
        if (start.dateOnly()) {
            LocalDateTime lastMidnight = end.toLocalDate().atStartOfDay();
            LocalDateTime exclusive = end.isAfter(lastMidnight) ? lastMidnight.plusDays(1) : lastMidnight;
            end = exclusive.isAfter(start.at()) ? exclusive : start.at().plusDays(1);
        } else if (end.isBefore(start.at())) {
            throw new Unreadable("it ends before it starts");
        }
        return new FileTimes(start.at(), end, start.zone(), start.dateOnly(), start.clocks());
    }

    static Moment moment(Component.Line line, String value, FileZones zones) throws Unreadable {
        String text = value.trim();
        String tzid = line.parameter("TZID");
        try {
            if (text.length() == 8) {
                String zone = zones.find("").orElse("UTC");
                return new Moment(LocalDate.parse(text, DATE).atStartOfDay(), zone, true, null);
            }
            if (text.endsWith("Z")) {
                return Moment.utc(LocalDateTime.parse(text.substring(0, text.length() - 1), TIME));
            }
            LocalDateTime wall = LocalDateTime.parse(text, TIME);
            Optional<String> zone = zones.find(tzid);
            if (zone.isPresent()) {
                return new Moment(wall, zone.get(), false, null);
            }
            ZoneRules clocks =
                    zones.findOwn(tzid).orElseThrow(() -> new Unreadable("the time zone '" + tzid + "' is not known"));
            return new Moment(utc(wall, clocks), "UTC", false, clocks);
        } catch (DateTimeException notATime) {
            throw new Unreadable("'" + text + "' is no date or time");
        }
    }

    FileTimes plusDays(long days) {
        ZoneRules own = clocks;
        if (own == null) {
            return new FileTimes(start.plusDays(days), end.plusDays(days), zone, allDay, null);
        }
        LocalDateTime moved = utc(wall(start, own).plusDays(days), own);
        return new FileTimes(moved, moved.plus(Duration.between(start, end)), zone, allDay, own);
    }

    /** When it starts on the clocks by which it repeats. */
    LocalDateTime startOnClocks() {
        return clocks == null ? start : wall(start, clocks);
    }

    /** The same moment on the clocks by which this repeats. */
    LocalDateTime onClocks(Moment moment) {
        LocalDateTime at = moment.in(zone);
        return clocks == null || moment.dateOnly() ? at : wall(at, clocks);
    }

    FileTimes startingOn(LocalDate date) {
        return plusDays(ChronoUnit.DAYS.between(startOnClocks().toLocalDate(), date));
    }

    private static LocalDateTime utc(LocalDateTime wall, ZoneRules clocks) {
        return wall.minusSeconds(clocks.getOffset(wall).getTotalSeconds());
    }

    private static LocalDateTime wall(LocalDateTime utc, ZoneRules clocks) {
        return utc.plusSeconds(clocks.getOffset(utc.toInstant(ZoneOffset.UTC)).getTotalSeconds());
    }

    private static LocalDateTime plus(Moment start, String duration) throws Unreadable {
        Matcher parts = DURATION.matcher(duration);
        if (!parts.matches()) {
            throw new Unreadable("'" + duration + "' is no duration");
        }
        Duration exact =
                Duration.ofHours(number(parts, 4)).plusMinutes(number(parts, 5)).plusSeconds(number(parts, 6));
        LocalDateTime nominal = start.at().plusWeeks(number(parts, 2)).plusDays(number(parts, 3));
        if (start.dateOnly()) {
            return nominal.plus(exact);
        }
        return nominal.atZone(Zones.get(start.zone())).plus(exact).toLocalDateTime();
    }

    private static long number(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
    }
}
