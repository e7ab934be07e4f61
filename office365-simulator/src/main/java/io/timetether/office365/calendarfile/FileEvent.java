package io.timetether.office365.calendarfile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.office365.mailbox.Mailbox;
import java.util.Locale;

/** What a VEVENT says, in Graph's words. */
final class FileEvent {

    private FileEvent() {}

    static ObjectNode toGraph(Component event, FileTimes times, Mailbox mailbox) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("subject", event.text("SUMMARY"));
        json.set("start", CalendarImport.time(times.start(), times.zone()));
        json.set("end", CalendarImport.time(times.end(), times.zone()));
        json.put("isAllDay", times.allDay());
        String status = event.value("STATUS").toUpperCase(Locale.ROOT);
        json.put("showAs", showAs(event, status));
        json.put("isCancelled", status.equals("CANCELLED"));
        json.put(
                "sensitivity",
                switch (event.value("CLASS").toUpperCase(Locale.ROOT)) {
                    case "PRIVATE" -> "private";
                    case "CONFIDENTIAL" -> "confidential";
                    default -> "normal";
                });
        if (!event.value("DESCRIPTION").isEmpty()) {
            json.putObject("body").put("contentType", "text").put("content", event.text("DESCRIPTION"));
        }
        if (!event.value("LOCATION").isEmpty()) {
            json.putObject("location").put("displayName", event.text("LOCATION"));
        }
        if (!event.value("CATEGORIES").isEmpty()) {
            ArrayNode categories = json.putArray("categories");
            for (String category : event.text("CATEGORIES").split(",")) {
                categories.add(category.trim());
            }
        }
        if (!event.value("UID").isEmpty()) {
            json.put("iCalUId", event.value("UID"));
        }
        people(event, json, mailbox);
        return json;
    }

    /** Outlook's own word first, then what iCalendar has: transparency and tentativeness. */
    private static String showAs(Component event, String status) {
        String outlook = event.value("X-MICROSOFT-CDO-BUSYSTATUS").toUpperCase(Locale.ROOT);
        return switch (outlook) {
            case "FREE" -> "free";
            case "TENTATIVE" -> "tentative";
            case "BUSY" -> "busy";
            case "OOF" -> "oof";
            case "WORKINGELSEWHERE" -> "workingElsewhere";
            default -> {
                boolean free = event.value("TRANSP").equalsIgnoreCase("TRANSPARENT") || status.equals("CANCELLED");
                yield free ? "free" : status.equals("TENTATIVE") ? "tentative" : "busy";
            }
        };
    }

    private static void people(Component event, ObjectNode json, Mailbox mailbox) {
        event.find("ORGANIZER").ifPresent(line -> {
            String address = address(line);
            ObjectNode organizer = json.putObject("organizer").putObject("emailAddress");
            organizer
                    .put("address", address)
                    .put("name", line.parameter("CN").isEmpty() ? address : line.parameter("CN"));
            if (!address.equalsIgnoreCase(mailbox.address())) {
                json.putObject("responseStatus").put("response", "none");
            }
        });
        ArrayNode attendees = JsonNodeFactory.instance.arrayNode();
        for (Component.Line line : event.all("ATTENDEE")) {
            String address = address(line);
            String response = switch (line.parameter("PARTSTAT").toUpperCase(Locale.ROOT)) {
                case "ACCEPTED" -> "accepted";
                case "DECLINED" -> "declined";
                case "TENTATIVE" -> "tentativelyAccepted";
                case "NEEDS-ACTION" -> "notResponded";
                default -> "none";
            };
            ObjectNode attendee = attendees.addObject();
            attendee.put("type", line.parameter("ROLE").equals("OPT-PARTICIPANT") ? "optional" : "required");
            attendee.putObject("status").put("response", response);
            attendee.putObject("emailAddress")
                    .put("address", address)
                    .put("name", line.parameter("CN").isEmpty() ? address : line.parameter("CN"));
            if (address.equalsIgnoreCase(mailbox.address())) {
                json.putObject("responseStatus").put("response", response);
            }
        }
        if (!attendees.isEmpty()) {
            json.set("attendees", attendees);
        }
    }

    private static String address(Component.Line line) {
        String value = line.value().trim();
        return value.regionMatches(true, 0, "mailto:", 0, 7)
                ? value.substring(7).trim()
                : value;
    }
}
