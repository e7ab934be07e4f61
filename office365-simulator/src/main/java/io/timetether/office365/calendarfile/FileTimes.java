package io.timetether.office365.calendarfile;

import io.timetether.office365.zone.Zones;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From when to when an event of a file lasts, and in which zone; all-day when the file gives dates. */
record FileTimes(LocalDateTime start, LocalDateTime end, String zone, boolean allDay) {

    /** A date or a time as the file gives it. */
    record Moment(LocalDateTime at, String zone, boolean dateOnly) {
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
        return new FileTimes(start.at(), end, start.zone(), start.dateOnly());
    }

    static Moment moment(Component.Line line, String value, FileZones zones) throws Unreadable {
        String text = value.trim();
        String tzid = line.parameter("TZID");
        try {
            if (text.length() == 8) {
                String zone = zones.find("").orElse("UTC");
                return new Moment(LocalDate.parse(text, DATE).atStartOfDay(), zone, true);
            }
            if (text.endsWith("Z")) {
                return new Moment(LocalDateTime.parse(text.substring(0, text.length() - 1), TIME), "UTC", false);
            }
            String zone =
                    zones.find(tzid).orElseThrow(() -> new Unreadable("the time zone '" + tzid + "' is not known"));
            return new Moment(LocalDateTime.parse(text, TIME), zone, false);
        } catch (DateTimeException notATime) {
            throw new Unreadable("'" + text + "' is no date or time");
        }
    }

    FileTimes plusDays(long days) {
        return new FileTimes(start.plusDays(days), end.plusDays(days), zone, allDay);
    }

    FileTimes startingOn(LocalDate date) {
        return plusDays(ChronoUnit.DAYS.between(start.toLocalDate(), date));
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

    /** The last instant of the day before 'now' in UTC terms is never needed; UNTIL in UTC is turned into the zone's clock. */
    static LocalDateTime untilOnClocks(LocalDateTime utc, String zone) {
        return utc.atOffset(ZoneOffset.UTC).atZoneSameInstant(Zones.get(zone)).toLocalDateTime();
    }
}
