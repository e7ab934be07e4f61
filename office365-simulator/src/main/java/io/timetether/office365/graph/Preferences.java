package io.timetether.office365.graph;

import io.timetether.office365.mailbox.Refusal;
import io.timetether.office365.zone.Zones;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client prefers, from its {@code Prefer} header lines.
 *
 * @param zoneName the zone for start and end as the client named it, null for UTC
 * @param pageSize null when not named
 */
public record Preferences(
        @Nullable String zoneName,
        ZoneId zone,
        boolean immutableIds,
        boolean textBodies,
        @Nullable Integer pageSize) {

    public static final Preferences NONE = new Preferences(null, ZoneOffset.UTC, false, false, null);

    private static final Pattern ONE =
            Pattern.compile("\\s*([A-Za-z.-]+)\\s*(?:=\\s*(?:\"([^\"]*)\"|([^,;\\s]+)))?\\s*(?:[,;]|$)");

    /** @throws Refusal 400 for a zone that Exchange does not know */
    static Preferences of(@Nullable String header) {
        String zoneName = null;
        ZoneId zone = ZoneOffset.UTC;
        boolean immutable = false;
        boolean text = false;
        Integer pageSize = null;
        Matcher one = ONE.matcher(header == null ? "" : header);
        while (one.find()) {
            String value = one.group(2) != null ? one.group(2) : one.group(3) == null ? "" : one.group(3);
            switch (one.group(1).toLowerCase(Locale.ROOT)) {
                case "outlook.timezone" -> {
                    zoneName = value;
                    zone = Zones.find(value)
                            .orElseThrow(() -> new Refusal(
                                    400,
                                    "TimeZoneNotSupportedException",
                                    "A valid TimeZone value must be specified. The following TimeZone value is not supported: '"
                                            + value + "'."));
                }
                case "idtype" -> immutable = value.equalsIgnoreCase("ImmutableId");
                case "outlook.body-content-type" -> text = value.equalsIgnoreCase("text");
                case "odata.maxpagesize" ->
                    pageSize = value.matches("[1-9][0-9]{0,5}") ? Integer.valueOf(value) : pageSize;
                // Unknown preferences are ignored, as RFC 7240 wants it.
                default -> {}
            }
        }
        return new Preferences(zoneName, zone, immutable, text, pageSize);
    }

    /** Adds what was applied of it to a reply. */
    GraphReply echo(GraphReply reply) {
        if (zoneName != null) {
            reply.applied("outlook.timezone=\"" + zoneName + "\"");
        }
        if (immutableIds) {
            reply.applied("IdType=\"ImmutableId\"");
        }
        if (textBodies) {
            reply.applied("outlook.body-content-type=\"text\"");
        }
        return reply;
    }

    /** The same, answering times in UTC: PATCH ignores the preferred zone. */
    Preferences inUtc() {
        return new Preferences(null, ZoneOffset.UTC, immutableIds, textBodies, pageSize);
    }
}
