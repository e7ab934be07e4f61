package io.timetether.office365.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.timetether.office365.calendarfile.CalendarImport;
import io.timetether.office365.entra.Directory;
import io.timetether.office365.graph.EventJson;
import io.timetether.office365.graph.Preferences;
import io.timetether.office365.journal.Journal;
import io.timetether.office365.mailbox.CalendarFolder;
import io.timetether.office365.mailbox.Calendaring;
import io.timetether.office365.mailbox.EventQueries;
import io.timetether.office365.mailbox.Mailbox;
import io.timetether.office365.mailbox.Mailboxes;
import io.timetether.office365.mailbox.Occurrence;
import io.timetether.office365.mailbox.Refusal;
import io.timetether.office365.zone.Zones;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /simulator}: what the person in Outlook and the administrator of the mailboxes can do; not a part of Graph. JSON in and out;
 * refusals look like Graph's. A browser may only call it from the stand-in's own pages.
 */
public final class ControlRoutes {

    private static final ObjectMapper JSON = new ObjectMapper();
    static final String BOX = "/simulator/mailboxes/{address}";

    private final Mailboxes mailboxes;
    private final Calendaring calendaring;
    private final CalendarImport files;
    private final Directory directory;
    private final Journal journal;
    private final Clock clock;
    private final String origin;
    private final ControlAnswers answers;

    public ControlRoutes(Mailboxes mailboxes, Directory directory, Journal journal, Clock clock, String origin) {
        this.mailboxes = mailboxes;
        this.directory = directory;
        this.journal = journal;
        this.clock = clock;
        this.origin = origin;
        answers = new ControlAnswers(origin);
        calendaring = Calendaring.forOutlook(mailboxes, clock);
        files = new CalendarImport(mailboxes, clock);
    }

    public void register(RoutesConfig routes) {
        answers.add(routes, HandlerType.GET, "/simulator/mailboxes", 200, this::list);
        answers.add(routes, HandlerType.POST, "/simulator/mailboxes", 201, this::create);
        answers.add(routes, HandlerType.GET, BOX, 200, context -> json(mailbox(context)));
        answers.add(routes, HandlerType.POST, BOX + "/calendars", 201, this::addCalendar);
        answers.add(routes, HandlerType.PATCH, BOX + "/calendars/{calendar}", 200, this::changeCalendar);
        answers.add(routes, HandlerType.POST, BOX + "/calendars/{calendar}/shares", 201, this::share);
        answers.add(routes, HandlerType.DELETE, BOX + "/calendars/{calendar}", 204, context -> {
            mailboxes.delete(calendar(context, context.pathParam("calendar")));
            return null;
        });
        answers.add(
                routes,
                HandlerType.POST,
                BOX + "/events",
                201,
                context -> json(calendaring
                        .create(mailbox(context), named(context), ControlAnswers.body(context))
                        .asRow()));
        answers.add(
                routes,
                HandlerType.GET,
                BOX + "/events/{event}",
                200,
                context -> json(calendaring.get(mailbox(context), context.pathParam("event"))));
        answers.add(
                routes,
                HandlerType.PATCH,
                BOX + "/events/{event}",
                200,
                context -> json(calendaring.patch(
                        mailbox(context), context.pathParam("event"), ControlAnswers.body(context), null)));
        answers.add(routes, HandlerType.DELETE, BOX + "/events/{event}", 204, context -> {
            calendaring.delete(mailbox(context), context.pathParam("event"), null);
            return null;
        });
        answers.add(routes, HandlerType.POST, BOX + "/events/{event}/response", 204, this::respond);
        answers.add(routes, HandlerType.POST, BOX + "/events/{event}/move", 200, this::move);
        answers.add(routes, HandlerType.POST, BOX + "/calendar-file", 200, this::load);
        answers.add(
                routes,
                HandlerType.GET,
                BOX + "/changes",
                200,
                context -> JsonNodeFactory.instance.objectNode().put("state", mailboxes.state(mailbox(context))));
        answers.add(routes, HandlerType.GET, BOX + "/occurrences", 200, this::occurrences);
        answers.add(routes, HandlerType.POST, BOX + "/revocation", 204, context -> {
            directory.revokeSessions(mailbox(context).id());
            return null;
        });
        answers.add(routes, HandlerType.POST, BOX + "/sync-state-loss", 204, context -> {
            mailboxes.calendarsOf(mailbox(context)).forEach(mailboxes::forgetSyncState);
            return null;
        });
        answers.add(routes, HandlerType.GET, "/simulator/journal", 200, this::journal);
        answers.add(routes, HandlerType.DELETE, "/simulator/journal", 204, context -> {
            journal.clear();
            return null;
        });
    }

    private @Nullable ObjectNode list(Context context) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode items = json.putArray("items");
        mailboxes.all().forEach(mailbox -> items.add(json(mailbox)));
        return json;
    }

    private ObjectNode create(Context context) {
        JsonNode wish = ControlAnswers.body(context);
        String address = ControlAnswers.required(wish, "address");
        if (!address.matches("[^@\\s/]+@[^@\\s/]+")) {
            throw Refusal.invalidRequest("address: '" + address + "' is no e-mail address.");
        }
        String zone = wish.path("timeZone").asText("UTC");
        if (Zones.find(zone).isEmpty()) {
            throw Refusal.invalidRequest(
                    "timeZone: '" + zone + "' is neither a Windows nor an IANA name of a time zone.");
        }
        return json(mailboxes.create(address, wish.path("displayName").asText(address), zone));
    }

    private ObjectNode addCalendar(Context context) {
        return json(mailboxes.addCalendar(
                mailbox(context), ControlAnswers.required(ControlAnswers.body(context), "name"), false));
    }

    private ObjectNode changeCalendar(Context context) {
        CalendarFolder calendar = calendar(context, context.pathParam("calendar"));
        JsonNode wish = ControlAnswers.body(context);
        CalendarFolder renamed = wish.has("name")
                ? mailboxes.rename(calendar, ControlAnswers.required(wish, "name"), calendar.color())
                : calendar;
        return json(
                wish.has("canEdit")
                        ? mailboxes.setEditable(renamed, wish.path("canEdit").asBoolean())
                        : renamed);
    }

    private ObjectNode share(Context context) {
        JsonNode wish = ControlAnswers.body(context);
        String address = ControlAnswers.required(wish, "with");
        Mailbox with = mailboxes
                .find(address)
                .orElseThrow(() -> Refusal.invalidRequest("with: there is no mailbox " + address + "."));
        CalendarFolder calendar = calendar(context, context.pathParam("calendar"));
        return json(mailboxes.share(calendar, with, wish.path("canEdit").asBoolean(false)));
    }

    private @Nullable ObjectNode respond(Context context) {
        String response = ControlAnswers.required(ControlAnswers.body(context), "response");
        if (!List.of("accepted", "tentativelyAccepted", "declined").contains(response)) {
            throw Refusal.invalidRequest("response: must be accepted, tentativelyAccepted or declined.");
        }
        calendaring.respond(mailbox(context), context.pathParam("event"), response);
        return null;
    }

    private ObjectNode move(Context context) {
        CalendarFolder target = calendar(context, ControlAnswers.required(ControlAnswers.body(context), "calendar"));
        return json(calendaring
                .move(mailbox(context), context.pathParam("event"), target)
                .asRow());
    }

    private ObjectNode load(Context context) {
        String shift = context.queryParam("shift");
        if (shift != null && !List.of("years", "none").contains(shift)) {
            throw Refusal.invalidRequest("shift: must be years or none.");
        }
        CalendarImport.Result result =
                files.load(mailbox(context), named(context), context.body(), "years".equals(shift));
        return JSON.valueToTree(result);
    }

    /** The expanded truth of a window: what a client should end up knowing. */
    private ObjectNode occurrences(Context context) {
        String from = context.queryParam("from");
        String to = context.queryParam("to");
        if (from == null || to == null) {
            throw Refusal.invalidRequest("from, to: both are required.");
        }
        Instant start = EventQueries.instant(from);
        Instant end = EventQueries.instant(to);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode items = json.putArray("items");
        mailboxes.contents(named(context).id()).view(start, end).stream()
                .sorted(Comparator.comparing((Occurrence row) -> row.span().startAt())
                        .thenComparing(row -> row.event().key()))
                .forEach(row -> items.add(truth(row)));
        return json;
    }

    private ObjectNode truth(Occurrence row) {
        ObjectNode full = EventJson.full(row, Preferences.NONE, origin);
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("id", full.path("id").asText());
        json.put("type", row.kind().name())
                .put("seriesMasterId", full.path("seriesMasterId").textValue());
        json.put("iCalUId", row.event().iCalUId())
                .put("originalStart", full.path("originalStart").textValue());
        json.put("subject", full.path("subject").asText());
        json.put("start", row.span().startAt().toString())
                .put("end", row.span().endAt().toString());
        json.put("allDay", row.span().allDay())
                .put("showAs", full.path("showAs").asText());
        json.put("sensitivity", full.path("sensitivity").asText());
        json.put("isCancelled", full.path("isCancelled").asBoolean());
        return json.put("response", full.path("responseStatus").path("response").asText());
    }

    private ObjectNode journal(Context context) {
        String after = context.queryParam("after");
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode items = json.putArray("items");
        for (Journal.Entry entry :
                journal.after(after == null || !after.matches("[0-9]{1,18}") ? 0 : Long.parseLong(after))) {
            items.addObject()
                    .put("number", entry.number())
                    .put("at", entry.at().toString())
                    .put("mailbox", address(entry.mailbox()))
                    .put("method", entry.method())
                    .put("path", entry.path())
                    .put("status", entry.status())
                    .put("inFlight", entry.inFlight())
                    .put("millis", entry.millis());
        }
        ObjectNode peaks = json.putObject("peakInFlight");
        journal.peaks().forEach((id, peak) -> peaks.put(address(id), peak));
        return json;
    }

    private String address(String mailboxId) {
        return mailboxes.find(mailboxId).map(Mailbox::address).orElse(mailboxId);
    }

    private ObjectNode json(Mailbox mailbox) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("id", mailbox.id()).put("address", mailbox.address());
        json.put("displayName", mailbox.displayName()).put("timeZone", mailbox.timeZone());
        ArrayNode calendars = json.putArray("calendars");
        mailboxes.calendarsOf(mailbox).forEach(calendar -> calendars.add(json(calendar)));
        return json;
    }

    private ObjectNode json(CalendarFolder calendar) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", calendar.id())
                .put("name", calendar.name())
                .put("isDefault", calendar.isDefault())
                .put("canEdit", calendar.canEdit())
                .put("events", mailboxes.contents(calendar.id()).all().size());
    }

    private ObjectNode json(Occurrence row) {
        return EventJson.full(row, Preferences.NONE, origin);
    }

    private Mailbox mailbox(Context context) {
        return mailboxes
                .find(context.pathParam("address"))
                .orElseThrow(() -> new Refusal(
                        404, "MailboxNotFound", "There is no mailbox " + context.pathParam("address") + "."));
    }

    /** The calendar in the query, or the default one. */
    private CalendarFolder named(Context context) {
        String id = context.queryParam("calendar");
        return id == null || id.isEmpty() ? mailboxes.defaultCalendar(mailbox(context)) : calendar(context, id);
    }

    private CalendarFolder calendar(Context context, String id) {
        return mailboxes.findCalendar(mailbox(context), id).orElseThrow(Refusal::itemNotFound);
    }
}
