package io.timetether.office365.graph;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.office365.mailbox.Event;
import io.timetether.office365.mailbox.HtmlBody;
import io.timetether.office365.mailbox.ItemIds;
import io.timetether.office365.mailbox.Occurrence;
import io.timetether.office365.mailbox.Occurrence.Kind;
import io.timetether.office365.mailbox.Span;
import io.timetether.office365.recurrence.Recurrence;
import io.timetether.office365.zone.Zones;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How Graph spells an event. */
public final class EventJson {

    private static final DateTimeFormatter SEVEN_DIGITS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS", Locale.ROOT);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private EventJson() {}

    /**
     * A row with all its properties.
     *
     * @param origin where the stand-in's own calendar page is, which webLink leads to as Microsoft's leads to Outlook
     */
    public static ObjectNode full(Occurrence row, Preferences prefer, String origin) {
        Event event = row.event();
        ObjectNode json = JSON.objectNode();
        String id = id(row, prefer);
        json.put("@odata.etag", etag(row)).put("id", id);
        json.put("createdDateTime", stamp(event.createdAt()));
        json.put("lastModifiedDateTime", stamp(row.lastModifiedAt()));
        json.put("changeKey", row.changeKey());
        json.set("categories", row.details().path("categories"));
        if (event.transactionId() == null) {
            json.putNull("transactionId");
        } else {
            json.put("transactionId", event.transactionId());
        }
        json.put("originalStartTimeZone", zoneShown(row.span().startZone()));
        json.put("originalEndTimeZone", zoneShown(row.span().endZone()));
        json.put("iCalUId", event.iCalUId()).put("uid", event.iCalUId());
        json.put("hasAttachments", false).put("isDraft", false);
        row.details().fields().forEachRemaining(field -> json.set(field.getKey(), field.getValue()));
        String html = row.details().path("body").path("content").asText("");
        String text = HtmlBody.text(html);
        if (prefer.textBodies()) {
            json.putObject("body").put("contentType", "text").put("content", text);
        }
        json.put("bodyPreview", text.length() <= 255 ? text : text.substring(0, 255));
        json.put("isAllDay", row.span().allDay());
        json.put("type", row.kind().name());
        series(json, row, prefer);
        json.put(
                "webLink",
                origin + "/calendar/" + event.mailboxId() + "?item=" + URLEncoder.encode(id, StandardCharsets.UTF_8));
        json.putNull("onlineMeetingUrl").putNull("onlineMeeting");
        times(json, row.span(), prefer);
        return json;
    }

    /** An occurrence as delta shows it: times and little else. */
    static ObjectNode bare(Occurrence row, Preferences prefer) {
        ObjectNode json =
                JSON.objectNode().put("@odata.type", "#microsoft.graph.event").put("@odata.etag", etag(row));
        json.put("seriesMasterId", ItemIds.of(row.event(), null, prefer.immutableIds()));
        json.put("type", row.kind().name());
        json.put("id", id(row, prefer));
        times(json, row.span(), prefer);
        return json;
    }

    private static void series(ObjectNode json, Occurrence row, Preferences prefer) {
        LocalDate date = row.date();
        if (date == null) {
            json.putNull("seriesMasterId");
        } else {
            String master = ItemIds.of(row.event(), null, prefer.immutableIds());
            json.put("seriesMasterId", master);
            json.put("originalStart", stamp(row.originalStartAt()));
            json.put("occurrenceId", "OID." + master + "." + date);
        }
        Recurrence recurrence = row.event().recurrence();
        if (recurrence != null && row.kind() == Kind.seriesMaster) {
            json.set("recurrence", recurrence(recurrence));
        } else {
            json.putNull("recurrence");
        }
    }

    /** The dates of a master's deleted occurrences, as Graph names them. */
    static ArrayNode cancelledOccurrences(Event master, Preferences prefer) {
        ArrayNode ids = JSON.arrayNode();
        String id = ItemIds.of(master, null, prefer.immutableIds());
        master.cancelled().forEach(date -> ids.add("OID." + id + "." + date));
        return ids;
    }

    static String id(Occurrence row, Preferences prefer) {
        return ItemIds.of(row.event(), row.date(), prefer.immutableIds());
    }

    static String etag(Occurrence row) {
        return "W/\"" + row.changeKey() + "\"";
    }

    /** All-day events are floating: the same midnights in every zone, labelled with the zone that was asked for. */
    private static void times(ObjectNode json, Span span, Preferences prefer) {
        String zone = prefer.zoneName() == null ? "UTC" : prefer.zoneName();
        LocalDateTime start = span.allDay() ? span.start() : LocalDateTime.ofInstant(span.startAt(), prefer.zone());
        LocalDateTime end = span.allDay() ? span.end() : LocalDateTime.ofInstant(span.endAt(), prefer.zone());
        String label = span.allDay() ? "UTC" : zone;
        json.putObject("start").put("dateTime", SEVEN_DIGITS.format(start)).put("timeZone", label);
        json.putObject("end").put("dateTime", SEVEN_DIGITS.format(end)).put("timeZone", label);
    }

    private static ObjectNode recurrence(Recurrence recurrence) {
        Recurrence.Pattern pattern = recurrence.pattern();
        ObjectNode json = JSON.objectNode();
        ObjectNode rule = json.putObject("pattern");
        rule.put("type", pattern.type().name())
                .put("interval", pattern.interval())
                .put("month", pattern.month());
        rule.put("dayOfMonth", pattern.dayOfMonth());
        if (!pattern.daysOfWeek().isEmpty()) {
            ArrayNode days = rule.putArray("daysOfWeek");
            pattern.daysOfWeek().forEach(day -> days.add(day(day)));
        }
        rule.put("firstDayOfWeek", day(pattern.firstDayOfWeek()))
                .put("index", pattern.index().name());
        ObjectNode range = json.putObject("range");
        LocalDate until = recurrence.until();
        range.put("type", until != null ? "endDate" : recurrence.count() > 0 ? "numbered" : "noEnd");
        range.put("startDate", recurrence.startDate().toString());
        range.put("endDate", until == null ? "0001-01-01" : until.toString());
        range.put("recurrenceTimeZone", zoneShown(recurrence.zone())).put("numberOfOccurrences", recurrence.count());
        return json;
    }

    private static String day(DayOfWeek day) {
        return day.name().toLowerCase(Locale.ROOT);
    }

    /** Exchange keeps Windows' names, whichever name an event was entered with. */
    private static String zoneShown(String name) {
        return Zones.find(name).map(Zones::windowsName).orElse(name);
    }

    static String stamp(Instant at) {
        return SEVEN_DIGITS.format(LocalDateTime.ofInstant(at, ZoneOffset.UTC)) + "Z";
    }
}
