package io.timetether.office365.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.office365.mailbox.CalendarFolder;
import io.timetether.office365.mailbox.Mailbox;
import io.timetether.office365.mailbox.Mailboxes;
import io.timetether.office365.mailbox.Refusal;
import io.timetether.office365.zone.Zones;
import java.util.List;
import java.util.Set;

/** The person, the mailbox's settings and its calendars. */
final class CalendarEndpoints {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String GROUP = "AAMkACmy-calendars";

    private final Mailboxes mailboxes;

    CalendarEndpoints(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    void register(Routes routes) {
        routes.add("GET", "", Set.of("User.Read"), this::person);
        routes.add(
                "GET", "mailboxSettings", Set.of("MailboxSettings.Read", "MailboxSettings.ReadWrite"), this::settings);
        routes.add(
                "GET",
                "mailboxSettings/timeZone",
                Set.of("MailboxSettings.Read", "MailboxSettings.ReadWrite"),
                call -> GraphReply.ok(JSON.objectNode()
                        .put("@odata.context", call.context("mailboxSettings/timeZone"))
                        .put("value", call.mailbox().timeZone())));
        routes.add("GET", "outlook/supportedTimeZones", Scope.ANY, call -> zones("Windows"));
        routes.add(
                "GET", "outlook/supportedTimeZones(TimeZoneStandard='Windows')", Scope.ANY, call -> zones("Windows"));
        routes.add("GET", "outlook/supportedTimeZones(TimeZoneStandard='Iana')", Scope.ANY, call -> zones("Iana"));
        routes.add(
                "GET",
                "outlook/supportedTimeZones(TimeZoneStandard=microsoft.graph.timeZoneStandard'Iana')",
                Scope.ANY,
                call -> zones("Iana"));
        for (String base : List.of("calendars", "calendarGroups/{group}/calendars")) {
            routes.add("GET", base, Scope.READ, this::list);
            routes.add("POST", base, Scope.WRITE, this::create);
        }
        for (String base : List.of("calendar", "calendars/{calendar}", "calendarGroups/{group}/calendars/{calendar}")) {
            routes.add("GET", base, Scope.READ, call -> GraphReply.ok(json(call, folder(call), true)));
            routes.add("PATCH", base, Scope.WRITE, this::rename);
            routes.add("DELETE", base, Scope.WRITE, this::delete);
        }
        routes.add("GET", "calendarGroups", Scope.READ, this::groups);
    }

    /** The calendar that a path names; the default one when it names none. */
    CalendarFolder folder(Call call) {
        return call.has("calendar")
                ? mailboxes
                        .findCalendar(call.mailbox(), call.argument("calendar"))
                        .orElseThrow(Refusal::itemNotFound)
                : mailboxes.defaultCalendar(call.mailbox());
    }

    private GraphReply person(Call call) {
        Mailbox mailbox = call.mailbox();
        String name = mailbox.displayName();
        int space = name.lastIndexOf(' ');
        ObjectNode json = JSON.objectNode().put("@odata.context", call.origin() + "/v1.0/$metadata#users/$entity");
        json.putArray("businessPhones");
        json.put("displayName", name)
                .put("givenName", space < 0 ? name : name.substring(0, space))
                .putNull("jobTitle")
                .put("mail", mailbox.address())
                .putNull("mobilePhone")
                .putNull("officeLocation")
                .putNull("preferredLanguage")
                .put("surname", space < 0 ? "" : name.substring(space + 1))
                .put("userPrincipalName", mailbox.address())
                .put("id", mailbox.id());
        return GraphReply.ok(Selection.of(call).applyTo(json));
    }

    private GraphReply settings(Call call) {
        ObjectNode json = JSON.objectNode().put("@odata.context", call.context("mailboxSettings"));
        json.put("timeZone", call.mailbox().timeZone())
                .put("delegateMeetingMessageDeliveryOptions", "sendToDelegateOnly")
                .put("dateFormat", "yyyy-MM-dd")
                .put("timeFormat", "HH:mm")
                .put("userPurpose", "user");
        json.putObject("language").put("locale", "en-US").put("displayName", "English (United States)");
        ObjectNode hours = json.putObject("workingHours");
        hours.putArray("daysOfWeek")
                .add("monday")
                .add("tuesday")
                .add("wednesday")
                .add("thursday")
                .add("friday");
        hours.put("startTime", "08:00:00.0000000").put("endTime", "17:00:00.0000000");
        hours.putObject("timeZone").put("name", call.mailbox().timeZone());
        return GraphReply.ok(json);
    }

    private static GraphReply zones(String standard) {
        ObjectNode json = JSON.objectNode();
        ArrayNode value = json.putArray("value");
        List<String> names = standard.equals("Iana") ? Zones.ianaNames() : Zones.windowsNames();
        names.forEach(name -> value.addObject().put("alias", name).put("displayName", name));
        return GraphReply.ok(json);
    }

    private GraphReply groups(Call call) {
        ObjectNode json = JSON.objectNode().put("@odata.context", call.context("calendarGroups"));
        json.putArray("value")
                .addObject()
                .put("id", GROUP)
                .put("name", "My Calendars")
                .put("classId", "0006f0b7-0000-0000-c000-000000000046")
                .put("changeKey", "AAAAAAAAAAE=");
        return GraphReply.ok(json);
    }

    private GraphReply list(Call call) {
        if (call.has("group") && !call.argument("group").equals(GROUP)) {
            throw Refusal.itemNotFound();
        }
        List<CalendarFolder> all = mailboxes.calendarsOf(call.mailbox());
        // Calendars come ten to a page unless asked otherwise.
        Paging paging = Paging.of(call, 10);
        ObjectNode json = JSON.objectNode().put("@odata.context", call.context("calendars"));
        ArrayNode value = JSON.arrayNode();
        paging.slice(all).forEach(folder -> value.add(Selection.of(call).applyTo(json(call, folder, false))));
        paging.addNextLink(call, json, all.size());
        json.set("value", value);
        return GraphReply.ok(json);
    }

    private GraphReply create(Call call) {
        String name = call.request().json().path("name").asText("").trim();
        if (name.isEmpty()) {
            throw Refusal.invalidRequest("The calendar's name is required.");
        }
        boolean taken = mailboxes.calendarsOf(call.mailbox()).stream()
                .anyMatch(calendar -> calendar.name().equalsIgnoreCase(name));
        if (taken) {
            throw new Refusal(409, "ErrorFolderExists", "A folder with the specified name already exists.");
        }
        return GraphReply.created(json(call, mailboxes.addCalendar(call.mailbox(), name, false), true));
    }

    private GraphReply rename(Call call) {
        CalendarFolder folder = folder(call);
        JsonNode wish = call.request().json();
        return GraphReply.ok(json(
                call,
                mailboxes.rename(
                        folder,
                        wish.path("name").asText(folder.name()),
                        wish.path("color").asText(folder.color())),
                true));
    }

    private GraphReply delete(Call call) {
        CalendarFolder folder = folder(call);
        if (folder.isDefault()) {
            throw new Refusal(403, "ErrorDeleteDistinguishedFolder", "Distinguished folders cannot be deleted.");
        }
        mailboxes.delete(folder);
        return GraphReply.empty(204);
    }

    private ObjectNode json(Call call, CalendarFolder folder, boolean alone) {
        ObjectNode json = JSON.objectNode();
        if (alone) {
            json.put("@odata.context", call.context("calendars/$entity"));
        }
        json.put("id", folder.id())
                .put("name", folder.name())
                .put("color", folder.color())
                .put("hexColor", "")
                .put("groupClassId", "0006f0b7-0000-0000-c000-000000000046")
                .put("isDefaultCalendar", folder.isDefault())
                .put("changeKey", "CK" + folder.version())
                .put("canShare", folder.canEdit() && !folder.isShared())
                .put("canViewPrivateItems", !folder.isShared())
                .put("canEdit", folder.canEdit())
                .put("isTallyingResponses", folder.isDefault())
                .put("isRemovable", !folder.isDefault());
        json.putArray("allowedOnlineMeetingProviders").add("teamsForBusiness");
        json.put("defaultOnlineMeetingProvider", "teamsForBusiness");
        Mailbox owner = mailboxes.ownerOf(folder);
        json.putObject("owner").put("name", owner.displayName()).put("address", owner.address());
        return json;
    }
}
