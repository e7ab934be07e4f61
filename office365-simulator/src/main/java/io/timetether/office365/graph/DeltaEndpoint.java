package io.timetether.office365.graph;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.office365.mailbox.CalendarContents;
import io.timetether.office365.mailbox.CalendarContents.Change;
import io.timetether.office365.mailbox.CalendarFolder;
import io.timetether.office365.mailbox.Event;
import io.timetether.office365.mailbox.ItemIds;
import io.timetether.office365.mailbox.Mailboxes;
import io.timetether.office365.mailbox.Occurrence;
import io.timetether.office365.mailbox.Refusal;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code calendarView/delta}, with the oddities of the real service: occurrences are bare, masters come along, a series is never
 * split over pages and is sent whole again when anything in it changed (a deleted occurrence is just missing), tombstones also come
 * for events that were never in the window, and the window of a token is fixed for ever.
 *
 * <p>A round walks the calendar's change log from a sequence number upwards until it has seen everything; the first round begins at
 * 0 and passes over what was gone before it began. What changes while a round is under way is met again further up.
 */
final class DeltaEndpoint {

    private static final int DEFAULT_PAGE = 10;

    private final Mailboxes mailboxes;
    private final CalendarEndpoints calendars;

    DeltaEndpoint(Mailboxes mailboxes, CalendarEndpoints calendars) {
        this.mailboxes = mailboxes;
        this.calendars = calendars;
    }

    /**
     * What a link holds.
     *
     * @param generation the calendar's, when the round began
     * @param seen the last sequence number that was sent
     * @param began the calendar's last number when the first round began; what was gone by then is passed over. 0 later on.
     */
    record Token(
            @JsonProperty("c") String calendarId,
            @JsonProperty("g") int generation,
            @JsonProperty("f") long from,
            @JsonProperty("t") long to,
            @JsonProperty("s") long seen,
            @JsonProperty("b") long began) {

        String text() {
            try {
                return Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(GraphRequest.JSON.writeValueAsBytes(this));
            } catch (IOException cause) {
                throw new IllegalStateException(cause);
            }
        }

        static @Nullable Token read(String text) {
            try {
                return GraphRequest.JSON.readValue(Base64.getUrlDecoder().decode(text), Token.class);
            } catch (IOException | IllegalArgumentException malformed) {
                return null;
            }
        }
    }

    void register(Routes routes) {
        for (String base :
                List.of("", "calendar/", "calendars/{calendar}/", "calendarGroups/{group}/calendars/{calendar}/")) {
            routes.add("GET", base + "calendarView/delta", Scope.READ, this::page);
        }
    }

    private GraphReply page(Call call) {
        requireSupported(call);
        CalendarFolder folder = calendars.folder(call);
        CalendarContents contents = mailboxes.contents(folder.id());
        Token token = token(call, folder, contents);
        Integer preferred = call.prefer().pageSize();
        int size = preferred == null ? DEFAULT_PAGE : preferred;

        List<ObjectNode> items = new ArrayList<>();
        long seen = token.seen();
        boolean more = false;
        for (Change change : contents.changesAfter(seen)) {
            if (items.size() >= size) {
                more = true;
                break;
            }
            items.addAll(items(change, token, call));
            seen = change.sequence();
        }
        Token next =
                new Token(folder.id(), folder.generation(), token.from(), token.to(), seen, more ? token.began() : 0);
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("@odata.context", call.origin() + "/v1.0/$metadata#Collection(event)");
        String link = call.origin() + "/v1.0" + call.request().path();
        json.put(
                more ? "@odata.nextLink" : "@odata.deltaLink",
                link + (more ? "?$skiptoken=" : "?$deltatoken=") + next.text());
        ArrayNode value = json.putArray("value");
        items.forEach(value::add);
        GraphReply reply = GraphReply.ok(json).applied("odata.track-changes");
        return preferred == null ? reply : reply.applied("odata.maxpagesize=" + preferred);
    }

    private static void requireSupported(Call call) {
        if (call.request().option("$expand") != null) {
            throw new Refusal(
                    400,
                    "BadRequest",
                    "Parsing OData Select and Expand failed: change tracking does not support $expand.");
        }
        for (String option : List.of("$filter", "$orderby", "$search")) {
            if (call.request().option(option) != null) {
                throw new Refusal(
                        400,
                        "ErrorInvalidUrlQuery",
                        "The following parameters are not supported with change tracking"
                                + " over the 'CalendarView' resource: '" + option + "'.");
            }
        }
    }

    private static Token token(Call call, CalendarFolder folder, CalendarContents contents) {
        String link = call.request().option("$skiptoken");
        link = link == null ? call.request().option("$deltatoken") : link;
        if (link == null) {
            EventEndpoints.Window window = EventEndpoints.Window.of(call);
            return new Token(
                    folder.id(),
                    folder.generation(),
                    window.from().toEpochMilli(),
                    window.to().toEpochMilli(),
                    0,
                    contents.head());
        }
        Token token = Token.read(link);
        boolean known = token != null
                && token.calendarId().equals(folder.id())
                && token.generation() == folder.generation()
                && token.seen() <= contents.head();
        if (token == null || !known) {
            throw new Refusal(
                    410,
                    "SyncStateNotFound",
                    "The sync state generation is not found; generation=" + (token == null ? 0 : token.generation())
                            + ";");
        }
        return token;
    }

    private static List<ObjectNode> items(Change change, Token token, Call call) {
        return switch (change) {
            case Change.Gone gone ->
                gone.sequence() <= token.began()
                        ? List.of()
                        : List.of(tombstone(ItemIds.of(
                                gone.tombstone().key(),
                                gone.tombstone().moves(),
                                null,
                                call.prefer().immutableIds())));
            case Change.Live live -> items(live.event(), live.sequence() <= token.began(), token, call);
        };
    }

    private static List<ObjectNode> items(Event event, boolean firstSight, Token token, Call call) {
        Preferences prefer = call.prefer();
        List<Occurrence> rows = event.rowsIn(Instant.ofEpochMilli(token.from()), Instant.ofEpochMilli(token.to()));
        if (rows.isEmpty()) {
            return firstSight ? List.of() : List.of(tombstone(ItemIds.of(event, null, prefer.immutableIds())));
        }
        List<ObjectNode> items = new ArrayList<>();
        for (Occurrence row : rows) {
            items.add(row.kind() == Occurrence.Kind.occurrence ? EventJson.bare(row, prefer) : typed(row, call));
        }
        if (event.isSeries()) {
            // Order within a round is arbitrary at Microsoft; here the master comes before or after its occurrences.
            items.add(event.key().hashCode() % 2 == 0 ? 0 : items.size(), typed(event.asRow(), call));
        }
        return items;
    }

    private static ObjectNode typed(Occurrence row, Call call) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("@odata.type", "#microsoft.graph.event");
        json.setAll(EventJson.full(row.seenBy(call.mailbox()), call.prefer(), call.origin()));
        return json;
    }

    private static ObjectNode tombstone(String id) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("@odata.type", "#microsoft.graph.event")
                .put("id", id);
        json.putObject("@removed").put("reason", "deleted");
        return json;
    }
}
