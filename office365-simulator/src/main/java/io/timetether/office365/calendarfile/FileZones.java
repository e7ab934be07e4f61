package io.timetether.office365.calendarfile;

import io.timetether.office365.zone.Zones;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The zones of a file. A TZID that is a Windows or IANA name means that zone; any other (Outlook writes its display names, such as
 * "Canberra, Melbourne, Sydney") is recognised by its VTIMEZONE: the zone whose clocks are set at the same moments all through
 * two years, and of several such zones the one whose city stands in the name. What no known zone does has rules of its own.
 */
final class FileZones {

    private static final int YEARS = 2;

    private final Map<String, Component> definitions = new HashMap<>();
    private final Map<String, Optional<String>> resolved = new HashMap<>();
    private final Map<String, Optional<ZoneRules>> own = new HashMap<>();
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

    /** The zone name for a TZID (empty = floating), or nothing if no zone that Exchange knows is meant. */
    Optional<String> find(String tzid) {
        return tzid.isEmpty() ? Optional.of(floating) : resolved.computeIfAbsent(tzid, this::resolve);
    }

    /** The clocks of a TZID that {@link #find} does not know, as the file defines them; nothing if it does not. */
    Optional<ZoneRules> findOwn(String tzid) {
        return own.computeIfAbsent(
                tzid, id -> Optional.ofNullable(definitions.get(id)).flatMap(FileZoneRules::of));
    }

    private Optional<String> resolve(String tzid) {
        return Zones.find(tzid).isPresent()
                ? Optional.of(tzid)
                : findOwn(tzid).flatMap(rules -> recognise(tzid, rules));
    }

    /** Windows' name, if it has one for a zone with these rules, else IANA's. */
    private Optional<String> recognise(String tzid, ZoneRules rules) {
        List<Setting> wanted = settings(rules);
        String words = tzid.toLowerCase(Locale.ROOT);
        return Stream.of(Zones.windowsNames(), Zones.ianaNames())
                .flatMap(names -> names.stream()
                        .filter(name -> settings(Zones.get(name).getRules()).equals(wanted))
                        .min(Comparator.comparing((String name) -> !words.contains(city(name)))
                                .thenComparing(name -> name))
                        .stream())
                .findFirst();
    }

    private static String city(String name) {
        String id = Zones.get(name).getId();
        return id.substring(id.lastIndexOf('/') + 1).replace('_', ' ').toLowerCase(Locale.ROOT);
    }

    /** From when on the clocks show this. */
    private record Setting(Instant at, ZoneOffset offset) {}

    private List<Setting> settings(ZoneRules rules) {
        List<Setting> settings = new ArrayList<>();
        settings.add(new Setting(around, rules.getOffset(around)));
        Instant end = around.plus(365L * YEARS, ChronoUnit.DAYS);
        for (ZoneOffsetTransition next = rules.nextTransition(around);
                next != null && next.getInstant().isBefore(end);
                next = rules.nextTransition(next.getInstant())) {
            settings.add(new Setting(next.getInstant(), next.getOffsetAfter()));
        }
        return settings;
    }
}
