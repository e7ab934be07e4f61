package io.timetether.office365.zone;

import com.ibm.icu.util.TimeZone;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Names of time zones: Windows' own ("W. Europe Standard Time"), IANA's ("Europe/Berlin") and UTC. */
public final class Zones {

    private static final ConcurrentHashMap<String, Optional<ZoneId>> KNOWN = new ConcurrentHashMap<>();

    private Zones() {}

    /** The rules behind a name, or nothing if Exchange would not know the name. */
    public static Optional<ZoneId> find(String name) {
        return KNOWN.computeIfAbsent(name, Zones::lookUp);
    }

    /** The rules behind a name that has been accepted before. */
    public static ZoneId get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("unknown time zone " + name));
    }

    /** The Windows name for a zone; a zone that Windows does not know keeps its own name. */
    public static String windowsName(ZoneId zone) {
        if (zone.equals(ZoneOffset.UTC)) {
            return "UTC";
        }
        String name = TimeZone.getWindowsID(zone.getId());
        return name == null ? zone.getId() : name;
    }

    /** Every Windows name that maps to a zone. */
    public static List<String> windowsNames() {
        TreeSet<String> names = new TreeSet<>();
        for (String id : TimeZone.getAvailableIDs()) {
            String name = TimeZone.getWindowsID(id);
            if (name != null) {
                names.add(name);
            }
        }
        return new ArrayList<>(names);
    }

    /** Every IANA region name. */
    public static List<String> ianaNames() {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(id -> id.contains("/") && !id.startsWith("SystemV/"))
                .sorted()
                .toList();
    }

    private static Optional<ZoneId> lookUp(String name) {
        if (name.equalsIgnoreCase("UTC") || name.equalsIgnoreCase("tzone://Microsoft/Utc")) {
            return Optional.of(ZoneOffset.UTC);
        }
        String iana = TimeZone.getIDForWindowsID(name, "001");
        try {
            if (iana != null) {
                return Optional.of(ZoneId.of(iana));
            }
            // Offsets ("+02:00") are ZoneIds too, but no zone that Exchange accepts.
            return ZoneId.getAvailableZoneIds().contains(name) ? Optional.of(ZoneId.of(name)) : Optional.empty();
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }
}
