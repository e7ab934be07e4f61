package io.timetether.office365.mailbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Graph's plain properties of an event, brought into the form in which Exchange keeps them. */
final class EventContent {

    /** Who writes: a Graph client, or the person in Outlook, who also stands for what arrives from other people. */
    enum Author {
        GRAPH_CLIENT,
        OUTLOOK
    }

    static final String NEVER = "0001-01-01T00:00:00Z";
    static final int SUBJECT_MAX = 255;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Map<String, Set<String>> CHOICES = Map.of(
            "importance", Set.of("low", "normal", "high"),
            "sensitivity", Set.of("normal", "personal", "private", "confidential"),
            "showAs", Set.of("free", "tentative", "busy", "oof", "workingElsewhere", "unknown"));
    private static final Set<String> FLAGS =
            Set.of("isReminderOn", "responseRequested", "allowNewTimeProposals", "hideAttendees", "isOnlineMeeting");
    private static final Set<String> WRITABLE = Set.of(
            "subject",
            "body",
            "start",
            "end",
            "isAllDay",
            "categories",
            "location",
            "locations",
            "attendees",
            "recurrence",
            "reminderMinutesBeforeStart",
            "onlineMeetingProvider",
            "transactionId",
            "singleValueExtendedProperties");
    private static final Set<String> READ_ONLY = Set.of(
            "id",
            "changeKey",
            "iCalUId",
            "uid",
            "type",
            "webLink",
            "onlineMeeting",
            "onlineMeetingUrl",
            "seriesMasterId",
            "isOrganizer",
            "isCancelled",
            "isDraft",
            "organizer",
            "responseStatus",
            "bodyPreview",
            "createdDateTime",
            "lastModifiedDateTime",
            "hasAttachments",
            "originalStart",
            "originalStartTimeZone",
            "originalEndTimeZone",
            "cancelledOccurrences",
            "exceptionOccurrences",
            "occurrenceId",
            "instances",
            "calendar",
            "attachments",
            "extensions",
            "multiValueExtendedProperties");
    private static final Set<String> FROM_OTHERS = Set.of("isCancelled", "organizer", "responseStatus");
    private static final Pattern EXTENDED_ID = Pattern.compile(
            "(String|Integer|Boolean|SystemTime|CLSID|Double|Long|Short|Binary) \\{([0-9a-fA-F-]{36})} (Name \\S.*|Id 0x[0-9a-fA-F]+)");

    private EventContent() {}

    /** Refuses property names that the type {@code microsoft.graph.event} does not have, as OData does. */
    static void requireKnown(JsonNode wish) {
        if (!wish.isObject()) {
            throw new Refusal(400, "RequestBodyRead", "The request body must be a JSON object.");
        }
        wish.fieldNames().forEachRemaining(name -> {
            boolean known = WRITABLE.contains(name)
                    || READ_ONLY.contains(name)
                    || FLAGS.contains(name)
                    || CHOICES.containsKey(name)
                    || name.contains("@");
            if (!known) {
                throw new Refusal(
                        400,
                        "RequestBodyRead",
                        "The property '" + name
                                + "' does not exist on type 'microsoft.graph.event'. Make sure to only use property names that"
                                + " are defined by the type.");
            }
        });
    }

    /** The content of a new event before anything was wished. */
    static ObjectNode blank(Mailbox owner) {
        ObjectNode details = JSON.objectNode();
        details.put("subject", "")
                .put("importance", "normal")
                .put("sensitivity", "normal")
                .put("showAs", "busy");
        details.putArray("categories");
        details.set("body", HtmlBody.of(null));
        details.put("isReminderOn", true).put("reminderMinutesBeforeStart", 15);
        details.put("responseRequested", true)
                .put("allowNewTimeProposals", true)
                .put("hideAttendees", false);
        details.put("isOnlineMeeting", false).put("onlineMeetingProvider", "unknown");
        details.put("isCancelled", false).put("isOrganizer", true);
        details.set("location", emptyLocation());
        details.putArray("locations");
        details.putArray("attendees");
        details.set("organizer", person(owner.displayName(), owner.address()));
        details.set("responseStatus", response("organizer", NEVER));
        return details;
    }

    /** The content after a wish was applied to it; properties that were not named stay. */
    static ObjectNode merged(ObjectNode before, JsonNode wish, Mailbox owner, Author author) {
        ObjectNode details = before.deepCopy();
        wish.fields().forEachRemaining(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            Set<String> choices = CHOICES.get(name);
            if (choices != null) {
                details.put(name, choice(name, value, choices));
            } else if (FLAGS.contains(name)) {
                details.put(name, flag(name, value));
            } else if (author == Author.OUTLOOK && FROM_OTHERS.contains(name)) {
                fromOthers(details, name, value, owner);
            } else {
                plain(details, name, value);
            }
        });
        return details;
    }

    private static void plain(ObjectNode details, String name, JsonNode value) {
        switch (name) {
            case "subject" -> details.put(name, cut(value.asText("")));
            case "body" -> details.set(name, HtmlBody.of(value));
            case "categories" -> details.set(name, value.isArray() ? value : JSON.arrayNode());
            case "reminderMinutesBeforeStart" -> {
                if (!value.isInt()) {
                    throw Refusal.failedValidation("reminderMinutesBeforeStart must be a number.");
                }
                details.set(name, value);
            }
            case "onlineMeetingProvider" -> details.set(name, value);
            case "location" -> {
                ObjectNode location = location(value);
                details.set(name, location);
                ArrayNode all = details.putArray("locations");
                if (!location.path("displayName").asText("").isEmpty()) {
                    all.add(location.deepCopy());
                }
            }
            case "locations" -> {
                ArrayNode all = JSON.arrayNode();
                value.forEach(one -> all.add(location(one)));
                details.set(name, all);
                details.set(
                        "location", all.isEmpty() ? emptyLocation() : all.get(0).deepCopy());
            }
            case "attendees" -> details.set(name, attendees(value));
            // Times, recurrence and keys are read elsewhere; what is read-only is ignored, as Exchange does.
            default -> {}
        }
    }

    private static void fromOthers(ObjectNode details, String name, JsonNode value, Mailbox owner) {
        switch (name) {
            case "isCancelled" -> details.put(name, flag(name, value));
            case "responseStatus" ->
                details.set(
                        name,
                        response(
                                value.path("response").asText("none"),
                                value.path("time").asText(NEVER)));
            case "organizer" -> {
                JsonNode address = value.path("emailAddress");
                String smtp = address.path("address").asText("");
                details.set(name, person(address.path("name").asText(smtp), smtp));
                boolean own = smtp.equalsIgnoreCase(owner.address());
                details.put("isOrganizer", own);
                if (!own
                        && "organizer"
                                .equals(details.path("responseStatus")
                                        .path("response")
                                        .asText())) {
                    details.set("responseStatus", response("notResponded", NEVER));
                }
            }
            default -> throw new IllegalStateException(name);
        }
    }

    /** Extended properties after a wish: named ones replaced, those with a null value removed. */
    static Map<String, String> extended(Map<String, String> before, JsonNode wish) {
        Map<String, String> properties = new TreeMap<>(before);
        for (JsonNode property : wish.path("singleValueExtendedProperties")) {
            String id = extendedId(property.path("id").asText(""));
            if (property.path("value").isNull()) {
                properties.remove(id);
            } else {
                properties.put(id, property.path("value").asText());
            }
        }
        return properties;
    }

    /** An extended property's id with its GUID in lower case; the name stays as written, it is case-sensitive. */
    static String extendedId(String id) {
        Matcher parts = EXTENDED_ID.matcher(id);
        if (!parts.matches()) {
            throw new Refusal(
                    400,
                    "ErrorInvalidProperty",
                    "PropertyId values may only be in one of the following"
                            + " formats: 'MapiPropertyType namespaceGuid Name propertyName', 'MapiPropertyType namespaceGuid Id"
                            + " propertyId'.");
        }
        return parts.group(1) + " {" + parts.group(2).toLowerCase(Locale.ROOT) + "} " + parts.group(3);
    }

    static ObjectNode response(String response, String time) {
        return JSON.objectNode().put("response", response).put("time", time);
    }

    private static ObjectNode person(String name, String address) {
        ObjectNode person = JSON.objectNode();
        person.putObject("emailAddress").put("name", name).put("address", address);
        return person;
    }

    private static ArrayNode attendees(JsonNode wished) {
        ArrayNode attendees = JSON.arrayNode();
        for (JsonNode wish : wished) {
            JsonNode address = wish.path("emailAddress");
            String smtp = address.path("address").asText("");
            ObjectNode attendee =
                    attendees.addObject().put("type", wish.path("type").asText("required"));
            JsonNode status = wish.path("status");
            attendee.set(
                    "status",
                    response(
                            status.path("response").asText("none"),
                            status.path("time").asText(NEVER)));
            attendee.set(
                    "emailAddress",
                    JSON.objectNode()
                            .put("name", address.path("name").asText(smtp))
                            .put("address", smtp));
        }
        return attendees;
    }

    private static ObjectNode emptyLocation() {
        ObjectNode location = JSON.objectNode()
                .put("displayName", "")
                .put("locationType", "default")
                .put("uniqueIdType", "unknown");
        location.putObject("address");
        location.putObject("coordinates");
        return location;
    }

    private static ObjectNode location(@Nullable JsonNode wish) {
        ObjectNode location = emptyLocation();
        if (wish != null && wish.isObject()) {
            wish.fields().forEachRemaining(field -> location.set(field.getKey(), field.getValue()));
            String name = location.path("displayName").asText("");
            if (!name.isEmpty() && !wish.has("uniqueId")) {
                location.put("uniqueId", name).put("uniqueIdType", "private");
            }
        }
        return location;
    }

    private static String choice(String name, JsonNode value, Set<String> choices) {
        return choices.stream()
                .filter(choice -> choice.equalsIgnoreCase(value.asText()))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        400,
                        "RequestBodyRead",
                        "Requested value '" + value.asText() + "' was not found (" + name + ")."));
    }

    private static boolean flag(String name, JsonNode value) {
        if (!value.isBoolean()) {
            throw new Refusal(
                    400, "RequestBodyRead", "Cannot convert a value of '" + name + "' to type 'Edm.Boolean'.");
        }
        return value.booleanValue();
    }

    private static String cut(String subject) {
        return subject.length() <= SUBJECT_MAX ? subject : subject.substring(0, SUBJECT_MAX);
    }
}
