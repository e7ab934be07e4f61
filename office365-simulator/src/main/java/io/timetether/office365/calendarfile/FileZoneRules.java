package io.timetether.office365.calendarfile;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.fortuna.ical4j.model.Recur;

/** From a VTIMEZONE to the rules of its clocks (RFC 5545, 3.6.5), between 1970 and 2100. */
final class FileZoneRules {

    private static final LocalDateTime FROM = LocalDateTime.of(1970, 1, 1, 0, 0);
    private static final LocalDateTime TO = LocalDateTime.of(2100, 1, 1, 0, 0);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);
    private static final Pattern OFFSET = Pattern.compile("([+-])([0-9]{2})([0-9]{2})([0-9]{2})?");
    private static final Pattern UTC_UNTIL = Pattern.compile("UNTIL=([0-9]{8}T[0-9]{6})Z");

    /** When the clocks are set, and to what. */
    private record Onset(Instant at, ZoneOffset before, ZoneOffset after) {}

    private FileZoneRules() {}

    /** The rules, or nothing when the definition cannot be understood. */
    static Optional<ZoneRules> of(Component definition) {
        try {
            List<Onset> onsets = new ArrayList<>();
            for (Component observance : definition.children) {
                if (observance.name.equals("STANDARD") || observance.name.equals("DAYLIGHT")) {
                    onsets.addAll(onsets(observance));
                }
            }
            onsets.sort(Comparator.comparing(Onset::at));
            return onsets.isEmpty() ? Optional.empty() : Optional.of(rules(onsets));
        } catch (RuntimeException notUnderstood) {
            return Optional.empty();
        }
    }

    private static ZoneRules rules(List<Onset> onsets) {
        ZoneOffset first = onsets.getFirst().before();
        List<ZoneOffsetTransition> transitions = new ArrayList<>();
        ZoneOffset before = first;
        for (Onset onset : onsets) {
            if (!onset.after().equals(before)) {
                LocalDateTime wall = LocalDateTime.ofInstant(onset.at(), before);
                transitions.add(ZoneOffsetTransition.of(wall, before, onset.after()));
                before = onset.after();
            }
        }
        return ZoneRules.of(first, first, List.of(), transitions, List.of());
    }

    private static List<Onset> onsets(Component observance) {
        ZoneOffset before = offset(observance.value("TZOFFSETFROM"));
        ZoneOffset after = offset(observance.value("TZOFFSETTO"));
        LocalDateTime start = LocalDateTime.parse(observance.value("DTSTART"), TIME);
        List<LocalDateTime> walls = new ArrayList<>(List.of(start));
        String rule = observance.value("RRULE");
        if (!rule.isEmpty()) {
            walls.addAll(new Recur<LocalDateTime>(untilOnClocks(rule, before)).getDates(start, FROM, TO));
        }
        for (Component.Line line : observance.all("RDATE")) {
            for (String value : line.value().split(",")) {
                walls.add(LocalDateTime.parse(value.trim(), TIME));
            }
        }
        return walls.stream()
                .distinct()
                .map(wall -> new Onset(wall.toInstant(before), before, after))
                .toList();
    }

    private static String untilOnClocks(String rule, ZoneOffset clocks) {
        Matcher until = UTC_UNTIL.matcher(rule);
        return until.replaceFirst(found -> "UNTIL="
                + LocalDateTime.parse(found.group(1), TIME)
                        .atOffset(ZoneOffset.UTC)
                        .withOffsetSameInstant(clocks)
                        .format(TIME));
    }

    private static ZoneOffset offset(String text) {
        Matcher parts = OFFSET.matcher(text);
        if (!parts.matches()) {
            throw new DateTimeException("'" + text + "' is no offset");
        }
        int sign = parts.group(1).equals("-") ? -1 : 1;
        int seconds = parts.group(4) == null ? 0 : Integer.parseInt(parts.group(4));
        return ZoneOffset.ofHoursMinutesSeconds(
                sign * Integer.parseInt(parts.group(2)), sign * Integer.parseInt(parts.group(3)), sign * seconds);
    }
}
