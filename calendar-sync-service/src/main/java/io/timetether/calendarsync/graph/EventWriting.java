package io.timetether.calendarsync.graph;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** From a draft to Graph's JSON. Never an attendee. */
final class EventWriting {

    /** Seven digits, as Graph writes them itself. */
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS").withZone(ZoneOffset.UTC);

    private EventWriting() {}

    static ObjectNode created(EventDraft draft, String transactionId, ExtendedProperty mark) {
        ObjectNode json = changed(draft, EnumSet.allOf(EventField.class));
        json.put("transactionId", transactionId);
        json.putArray("singleValueExtendedProperties")
                .addObject()
                .put("id", mark.id())
                .put("value", mark.value());
        return json;
    }

    static ObjectNode changed(EventDraft draft, Set<EventField> fields) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (EventField field : fields) {
            switch (field) {
                case SUBJECT -> json.put("subject", draft.subject());
                case TIME -> {
                    // Somebody may have made it an all-day event, which midnight alone would not undo.
                    json.put("isAllDay", false);
                    time(json.putObject("start"), draft.startAt());
                    time(json.putObject("end"), draft.endAt());
                }
                case BODY -> json.putObject("body").put("contentType", "html").put("content", draft.bodyHtml());
                case LOCATION ->
                    json.putObject("location").put("displayName", draft.location() == null ? "" : draft.location());
                case SHOW_AS -> json.put("showAs", draft.showAs().wire());
                case SENSITIVITY ->
                    json.put("sensitivity", draft.sensitivity().name().toLowerCase(Locale.ROOT));
                case CATEGORIES -> draft.categories().forEach(json.putArray("categories")::add);
                case REMINDER -> {
                    json.put("isReminderOn", draft.reminderMinutes() != null);
                    if (draft.reminderMinutes() != null) {
                        json.put("reminderMinutesBeforeStart", draft.reminderMinutes());
                    }
                }
            }
        }
        return json;
    }

    private static void time(ObjectNode json, Instant instant) {
        json.put("dateTime", LOCAL.format(instant)).put("timeZone", "UTC");
    }
}
