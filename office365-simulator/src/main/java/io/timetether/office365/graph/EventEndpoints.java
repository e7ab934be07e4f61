package io.timetether.office365.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.office365.mailbox.CalendarFolder;
import io.timetether.office365.mailbox.Calendaring;
import io.timetether.office365.mailbox.Event;
import io.timetether.office365.mailbox.EventQueries;
import io.timetether.office365.mailbox.Mailboxes;
import io.timetether.office365.mailbox.Occurrence;
import io.timetether.office365.mailbox.Refusal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events: read, create, change, delete, answer; a series' instances; the calendar view. */
final class EventEndpoints {

    private static final int DEFAULT_PAGE = 10;

    private final Mailboxes mailboxes;
    private final Calendaring calendaring;
    private final CalendarEndpoints calendars;

    EventEndpoints(Mailboxes mailboxes, Calendaring calendaring, CalendarEndpoints calendars) {
        this.mailboxes = mailboxes;
        this.calendaring = calendaring;
        this.calendars = calendars;
    }

    void register(Routes routes) {
        for (String base :
                List.of("", "calendar/", "calendars/{calendar}/", "calendarGroups/{group}/calendars/{calendar}/")) {
            routes.add("GET", base + "events", Scope.READ, this::list);
            routes.add("POST", base + "events", Scope.WRITE, this::create);
            routes.add("GET", base + "calendarView", Scope.READ, this::view);
            routes.add("GET", base + "events/delta", Scope.READ, call -> {
                throw new Refusal(
                        400, "BadRequest", "Change tracking is not supported against 'microsoft.graph.event'.");
            });
            String one = base + "events/{event}";
            routes.add("GET", one, Scope.READ, this::get);
            routes.add("PATCH", one, Scope.WRITE, this::patch);
            routes.add("DELETE", one, Scope.WRITE, this::delete);
            routes.add("GET", one + "/instances", Scope.READ, this::instances);
            routes.add("POST", one + "/accept", Scope.WRITE, call -> respond(call, "accepted"));
            routes.add("POST", one + "/tentativelyAccept", Scope.WRITE, call -> respond(call, "tentativelyAccepted"));
            routes.add("POST", one + "/decline", Scope.WRITE, call -> respond(call, "declined"));
            routes.add("POST", one + "/cancel", Scope.WRITE, this::cancel);
        }
        routes.add("POST", "translateExchangeIds", Scope.READ, this::translate);
    }

    private GraphReply list(Call call) {
        CalendarFolder folder = calendars.folder(call);
        String filter = call.request().option("$filter");
        var wanted = filter == null ? null : EventQueries.filter(filter);
        List<Occurrence> rows = mailboxes.contents(folder.id()).all().stream()
                .map(Event::asRow)
                .filter(row -> wanted == null || wanted.test(row))
                .sorted(order(call.request().option("$orderby")))
                .toList();
        return page(call, rows, "events");
    }

    private static Comparator<Occurrence> order(@Nullable String orderBy) {
        Comparator<Occurrence> byStart = Comparator.comparing(row -> row.span().startAt());
        if (orderBy != null && orderBy.toLowerCase(java.util.Locale.ROOT).startsWith("start/datetime")) {
            return orderBy.toLowerCase(java.util.Locale.ROOT).endsWith(" desc") ? byStart.reversed() : byStart;
        }
        return Comparator.comparing((Occurrence row) -> row.event().createdAt())
                .reversed()
                .thenComparing(row -> row.event().key());
    }

    private GraphReply view(Call call) {
        CalendarFolder folder = calendars.folder(call);
        Window window = Window.of(call);
        List<Occurrence> rows = mailboxes.contents(folder.id()).view(window.from(), window.to());
        String filter = call.request().option("$filter");
        if (filter != null) {
            rows = rows.stream().filter(EventQueries.filter(filter)).toList();
        }
        String orderBy = call.request().option("$orderby");
        if (orderBy != null) {
            rows = rows.stream().sorted(order(orderBy)).toList();
        }
        return page(call, rows, "calendarView");
    }

    private GraphReply instances(Call call) {
        Occurrence master = calendaring.get(call.mailbox(), call.argument("event"));
        Window window = Window.of(call);
        if (master.kind() != Occurrence.Kind.seriesMaster) {
            throw Refusal.invalidRequest("Only a series master has instances.");
        }
        return page(call, master.event().rowsIn(window.from(), window.to()), "events('x')/instances");
    }

    private static GraphReply page(Call call, List<Occurrence> rows, String what) {
        Paging paging = Paging.of(call, DEFAULT_PAGE);
        Selection selection = Selection.of(call);
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("@odata.context", call.context(what));
        ArrayNode value = JsonNodeFactory.instance.arrayNode();
        paging.slice(rows)
                .forEach(row -> value.add(selection.show(row.seenBy(call.mailbox()), call.prefer(), call.origin())));
        if ("true".equals(call.request().option("$count"))) {
            json.put("@odata.count", rows.size());
        }
        paging.addNextLink(call, json, rows.size());
        json.set("value", value);
        GraphReply reply = GraphReply.ok(json);
        return call.prefer().pageSize() == null
                ? reply
                : reply.applied("odata.maxpagesize=" + call.prefer().pageSize());
    }

    private GraphReply get(Call call) {
        Occurrence row = inNamedCalendar(call);
        if (row.isHiddenFrom(call.mailbox())) {
            // Lists show it, but nobody but its owner gets it by its id (reported for the real service).
            throw Refusal.itemNotFound();
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("@odata.context", call.context("events/$entity"));
        json.setAll(Selection.of(call).show(row, call.prefer(), call.origin()));
        return GraphReply.ok(json);
    }

    private GraphReply create(Call call) {
        CalendarFolder folder = calendars.folder(call);
        Event event = calendaring.create(call.mailbox(), folder, call.request().json());
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("@odata.context", call.context("events/$entity"));
        json.setAll(EventJson.full(event.asRow(), call.prefer(), call.origin()));
        return GraphReply.created(json)
                .with(
                        "Location",
                        call.origin() + "/v1.0/users/" + call.mailbox().id() + "/events/"
                                + EventJson.id(event.asRow(), call.prefer()));
    }

    private GraphReply patch(Call call) {
        inNamedCalendar(call);
        JsonNode wish = call.request().json();
        Occurrence row = calendaring.patch(call.mailbox(), call.argument("event"), wish, expected(call));
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("@odata.context", call.context("events/$entity"));
        json.setAll(EventJson.full(row, call.prefer().inUtc(), call.origin()));
        return GraphReply.ok(json);
    }

    private GraphReply delete(Call call) {
        inNamedCalendar(call);
        calendaring.delete(call.mailbox(), call.argument("event"), expected(call));
        return GraphReply.empty(204);
    }

    private GraphReply respond(Call call, String response) {
        inNamedCalendar(call);
        calendaring.respond(call.mailbox(), call.argument("event"), response);
        return GraphReply.empty(202);
    }

    private GraphReply cancel(Call call) {
        inNamedCalendar(call);
        calendaring.cancel(call.mailbox(), call.argument("event"));
        return GraphReply.empty(202);
    }

    private GraphReply translate(Call call) {
        JsonNode wish = call.request().json();
        boolean immutable = wish.path("targetIdType").asText("").equalsIgnoreCase("restImmutableEntryId");
        Preferences prefer = new Preferences(null, call.prefer().zone(), immutable, false, null);
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("@odata.context", call.context("convertIdResult"));
        ArrayNode value = json.putArray("value");
        for (JsonNode id : wish.path("inputIds")) {
            Occurrence row = calendaring.get(call.mailbox(), id.asText());
            value.addObject().put("sourceId", id.asText()).put("targetId", EventJson.id(row, prefer));
        }
        return GraphReply.ok(json);
    }

    /** The row behind the path's id; if the path names a calendar, it must lie there. */
    private Occurrence inNamedCalendar(Call call) {
        Occurrence row = calendaring.get(call.mailbox(), call.argument("event"));
        if (call.has("calendar")
                && mailboxes
                                .contents(calendars.folder(call).id())
                                .find(row.event().key())
                        == null) {
            throw Refusal.itemNotFound();
        }
        return row;
    }

    /** The changeKey inside If-Match, or null when anything will do. */
    private static @Nullable String expected(Call call) {
        String header = call.request().header("If-Match");
        if (header == null || header.trim().equals("*")) {
            return null;
        }
        String tag = header.trim();
        return tag.startsWith("W/\"") && tag.endsWith("\"")
                ? tag.substring(3, tag.length() - 1)
                : tag.replace("\"", "");
    }

    /** The half-open window that a view needs. */
    record Window(Instant from, Instant to) {
        static Window of(Call call) {
            Map<String, String> query = call.request().query();
            String from = query.get("startdatetime");
            String to = query.get("enddatetime");
            if (from == null || to == null || from.isEmpty() || to.isEmpty()) {
                throw new Refusal(
                        400,
                        "ErrorInvalidParameter",
                        "This request requires a time window specified by the query"
                                + " string parameters StartDateTime and EndDateTime.");
            }
            Window window = new Window(EventQueries.instant(from), EventQueries.instant(to));
            if (!window.from.isBefore(window.to)) {
                throw new Refusal(400, "ErrorInvalidParameter", "The end of the time window must be after its start.");
            }
            return window;
        }
    }
}
