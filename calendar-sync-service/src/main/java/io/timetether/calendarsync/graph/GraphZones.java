package io.timetether.calendarsync.graph;

import com.ibm.icu.util.TimeZone;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Graph's names of time zones: Windows names (by the CLDR table in ICU), IANA names, and Outlook's own. A name that nobody
 * knows stays unknown: a guess would shift somebody's meetings.
 */
public final class GraphZones {

    private static final String CUSTOM = "tzone://Microsoft/Custom";
    private static final Set<String> UTC_NAMES =
            Set.of("UTC", "tzone://Microsoft/Utc", "Etc/UTC", "Etc/GMT", "GMT", "Z");
    private static final int LONGEST_NAME = 100;

    private static final Map<String, ZoneId> IANA = ianaNames();
    private static final Map<String, GraphZone> READ = new ConcurrentHashMap<>();

    private GraphZones() {}

    /** What a zone's name means; a missing name is UTC, as in Graph's own answers. */
    public static GraphZone of(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return new GraphZone.Known(ZoneOffset.UTC);
        }
        GraphZone known = READ.get(name);
        if (known != null) {
            return known;
        }
        GraphZone read = read(name.strip());
        // Only good names are kept: there are some hundreds of those, and any number of bad ones.
        if (read instanceof GraphZone.Known) {
            READ.put(name, read);
        }
        return read;
    }

    private static GraphZone read(String name) {
        if (UTC_NAMES.stream().anyMatch(name::equalsIgnoreCase)) {
            return new GraphZone.Known(ZoneOffset.UTC);
        }
        if (name.regionMatches(true, 0, CUSTOM, 0, CUSTOM.length())) {
            return new GraphZone.Custom(name);
        }
        if (name.length() > LONGEST_NAME) {
            return new GraphZone.Unknown(name.substring(0, LONGEST_NAME));
        }
        ZoneId iana = IANA.get(name);
        if (iana != null) {
            return new GraphZone.Known(iana);
        }
        String fromWindows = TimeZone.getIDForWindowsID(name, "001");
        return fromWindows == null ? new GraphZone.Unknown(name) : of(fromWindows, name);
    }

    private static GraphZone of(String iana, String name) {
        try {
            return new GraphZone.Known(ZoneId.of(iana));
        } catch (DateTimeException newerThanThisJdk) {
            return new GraphZone.Unknown(name);
        }
    }

    private static Map<String, ZoneId> ianaNames() {
        Map<String, ZoneId> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        ZoneId.getAvailableZoneIds().forEach(id -> names.put(id, ZoneId.of(id)));
        return names;
    }
}
