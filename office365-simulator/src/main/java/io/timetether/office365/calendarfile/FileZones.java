package io.timetether.office365.calendarfile;

import io.timetether.office365.zone.Zones;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.model.TimeZone;
import net.fortuna.ical4j.model.component.VTimeZone;

/**
 * The zones of a file. A TZID that is a Windows or IANA name means that zone; any other (Outlook writes its display names, such as
 * "Canberra, Melbourne, Sydney") is recognised by its VTIMEZONE: the zone that has the same offsets all through two years, and of
 * several such zones the one whose city stands in the name.
 */
final class FileZones {

    private static final int STEP_HOURS = 37;
    private static final int YEARS = 2;

    private final Map<String, Component> definitions = new HashMap<>();
    private final Map<String, Optional<String>> resolved = new HashMap<>();
    private final String floating;
    private final Instant around;

    /**
     * @param floating the zone of times that name none
     * @param around the instant around which a definition is compared with the known zones
     */
    FileZones(Component file, String floating, Instant around) {
        this.floating = floating;
        this.around = around;
        for (Component child : file.children) {
            if (child.name.equals("VTIMEZONE")) {
                definitions.put(child.text("TZID").replace("\"", ""), child);
            }
        }
    }

    /** The zone name for a TZID (empty = floating), or nothing if nobody can tell what it means. */
    Optional<String> find(String tzid) {
        return tzid.isEmpty() ? Optional.of(floating) : resolved.computeIfAbsent(tzid, this::resolve);
    }

    private Optional<String> resolve(String tzid) {
        if (Zones.find(tzid).isPresent()) {
            return Optional.of(tzid);
        }
        Component definition = definitions.get(tzid);
        return definition == null ? Optional.empty() : recognise(tzid, definition);
    }

    private Optional<String> recognise(String tzid, Component definition) {
        List<Instant> samples = new ArrayList<>();
        Instant end = around.plus(365L * YEARS, ChronoUnit.DAYS);
        for (Instant at = around; at.isBefore(end); at = at.plus(STEP_HOURS, ChronoUnit.HOURS)) {
            samples.add(at);
        }
        List<Integer> offsets = offsets(definition, samples);
        String words = tzid.toLowerCase(Locale.ROOT);
        return Zones.windowsNames().stream()
                .filter(name -> matches(Zones.get(name), samples, offsets))
                .min(Comparator.comparing((String name) -> !words.contains(city(name)))
                        .thenComparing(name -> name));
    }

    private static String city(String windowsName) {
        String id = Zones.get(windowsName).getId();
        return id.substring(id.lastIndexOf('/') + 1).replace('_', ' ').toLowerCase(Locale.ROOT);
    }

    private static boolean matches(ZoneId zone, List<Instant> samples, List<Integer> offsets) {
        for (int i = 0; i < samples.size(); i++) {
            if (zone.getRules().getOffset(samples.get(i)).getTotalSeconds() != offsets.get(i)) {
                return false;
            }
        }
        return !samples.isEmpty() && offsets.size() == samples.size();
    }

    /** What the definition says; nothing when it cannot be understood. */
    private static List<Integer> offsets(Component definition, List<Instant> samples) {
        StringBuilder text = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//zone//\r\n");
        write(definition, text);
        text.append("END:VCALENDAR\r\n");
        try {
            VTimeZone zone = (VTimeZone) new CalendarBuilder()
                    .build(new StringReader(text.toString()))
                    .getComponentList()
                    .getAll()
                    .getFirst();
            TimeZone rules = new TimeZone(zone);
            return samples.stream()
                    .map(at -> rules.getOffset(at.toEpochMilli()) / 1000)
                    .toList();
        } catch (IOException | ParserException | RuntimeException notUnderstood) {
            return List.of();
        }
    }

    private static void write(Component component, StringBuilder text) {
        text.append("BEGIN:").append(component.name).append("\r\n");
        for (Component.Line line : component.lines) {
            String value = line.name().equals("TZID") ? "simulator-file-zone" : line.value();
            text.append(line.name()).append(':').append(value).append("\r\n");
        }
        component.children.forEach(child -> write(child, text));
        text.append("END:").append(component.name).append("\r\n");
    }
}
