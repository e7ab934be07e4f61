package io.timetether.calendarsync.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.calendarsync.graph.GraphReply.Done;
import io.timetether.calendarsync.graph.GraphReply.Failed;
import io.timetether.calendarsync.graph.GraphReply.Ok;
import io.timetether.calendarsync.graph.RoundOutcome.CursorExpired;
import io.timetether.calendarsync.graph.RoundOutcome.Endless;
import io.timetether.calendarsync.graph.RoundOutcome.Stopped;
import io.timetether.calendarsync.graph.wire.CalendarJson;
import io.timetether.calendarsync.graph.wire.CalendarPage;
import io.timetether.calendarsync.graph.wire.EventJson;
import io.timetether.calendarsync.graph.wire.EventPage;
import io.timetether.calendarsync.graph.wire.MailboxSettingsJson;
import io.timetether.calendarsync.graph.wire.UserJson;
import io.timetether.calendarsync.plan.RemoteEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Calendars and events of a mailbox. Every call is made with immutable ids and answers times in UTC. */
public final class GraphCalendar {

    private static final int MANY_PAGES = 100;

    private final GraphClient client;

    public GraphCalendar(GraphClient client) {
        this.client = client;
    }

    /** Every calendar of the account, those that others share with it included. */
    public GraphReply<List<CalendarEntry>> listCalendars(GraphAccess access) {
        List<CalendarEntry> entries = new ArrayList<>();
        HttpUrl next =
                client.at("me", "calendars").addQueryParameter("$top", "100").build();
        for (int page = 0; next != null && page < MANY_PAGES; page++) {
            switch (client.ask(access, GraphRequest.get(next), CalendarPage.class)) {
                case Ok<CalendarPage> ok -> {
                    List<CalendarJson> value =
                            Objects.requireNonNullElse(ok.value().value(), List.of());
                    value.stream().filter(json -> json.id() != null).forEach(json -> entries.add(entry(json)));
                    String link = ok.value().nextLink();
                    next = link == null ? null : GraphClient.link(link);
                }
                case Failed<CalendarPage> failed -> {
                    return new Failed<>(failed.problem());
                }
            }
        }
        return next == null ? new Ok<>(List.copyOf(entries)) : new Failed<>(GraphProblem.Unavailable.endlessList());
    }

    /** The account's default calendar. */
    public GraphReply<CalendarEntry> defaultCalendar(GraphAccess access) {
        return calendarAt(access, client.at("me", "calendar").build());
    }

    /** One calendar by its id. */
    public GraphReply<CalendarEntry> calendar(GraphAccess access, String calendarId) {
        return calendarAt(access, client.at("me", "calendars", calendarId).build());
    }

    private GraphReply<CalendarEntry> calendarAt(GraphAccess access, HttpUrl url) {
        return map(client.ask(access, GraphRequest.get(url), CalendarJson.class), GraphCalendar::entry);
    }

    private static CalendarEntry entry(CalendarJson json) {
        return new CalendarEntry(
                Objects.requireNonNull(json.id()),
                json.name() == null ? "" : json.name(),
                json.owner() == null ? null : json.owner().name(),
                json.owner() == null ? null : json.owner().address(),
                Boolean.TRUE.equals(json.canEdit()),
                Boolean.TRUE.equals(json.canShare()),
                Boolean.TRUE.equals(json.isDefaultCalendar()));
    }

    /** Whose mailbox it is; also the cheapest proof that the connection works. */
    public GraphReply<MailboxProfile> me(GraphAccess access) {
        return map(
                client.ask(access, GraphRequest.get(client.at("me").build()), UserJson.class),
                json -> new MailboxProfile(
                        json.id() == null ? "" : json.id(),
                        json.displayName(),
                        json.mail() != null ? json.mail() : json.userPrincipalName()));
    }

    /** The zone that the mailbox is set to. */
    public GraphReply<GraphZone> mailboxZone(GraphAccess access) {
        HttpUrl url = client.at("me", "mailboxSettings").build();
        return map(
                client.ask(access, GraphRequest.get(url), MailboxSettingsJson.class),
                json -> GraphZones.of(json.timeZone()));
    }

    /**
     * One delta round over a calendar. Pages are handed over as they arrive, completed: bare occurrences carry what
     * their series says, masters and tombstones are left out. A page may be empty of events and is then not handed over.
     *
     * @param page what it throws breaks the round off and comes out here
     */
    public RoundOutcome changesSince(
            GraphAccess access, String calendarId, RoundStart start, Consumer<List<RemoteEvent>> page) {
        DeltaRound round = new DeltaRound(masterId -> eventJson(access, calendarId, masterId, null));
        GraphReply<EventPage> reply = page(access, begin(calendarId, start));
        while (true) {
            EventPage read;
            switch (reply) {
                case Ok<EventPage> ok -> read = ok.value();
                case Failed<EventPage> failed -> {
                    return failed.problem() instanceof GraphProblem.SyncStateExpired expired
                            ? new CursorExpired(expired.code())
                            : new Stopped(failed.problem());
                }
            }
            List<RemoteEvent> events;
            switch (round.take(read)) {
                case Ok<List<RemoteEvent>> taken -> events = taken.value();
                case Failed<List<RemoteEvent>> failed -> {
                    return new Stopped(failed.problem());
                }
            }
            boolean endless = read.deltaLink() == null
                    && round.isEndless(client.settings().maxPages());
            String next = read.deltaLink() == null ? read.nextLink() : null;
            HttpUrl nextLink = next == null ? null : GraphClient.link(next);
            // The next page is on its way while this one is put to use; a round that breaks off in between lets it go.
            CompletableFuture<GraphReply<EventPage>> ahead = next == null || endless
                    ? null
                    : CompletableFuture.supplyAsync(() -> page(access, nextLink), Thread::startVirtualThread);
            if (!events.isEmpty()) {
                page.accept(events);
            }
            if (read.deltaLink() != null) {
                return round.complete(start, read.deltaLink());
            }
            if (next == null) {
                // Exactly one of the two ends a page; without either, the round has proved nothing.
                return new Stopped(new GraphProblem.Unavailable("Graph's page has neither a next nor a delta link"));
            }
            if (ahead == null) {
                return new Endless(round.pages());
            }
            reply = ahead.join();
        }
    }

    private GraphReply<EventPage> page(GraphAccess access, @Nullable HttpUrl link) {
        return link == null
                ? new Failed<>(new GraphProblem.Rejected(0, "BadLink", "Graph gave a link that is no address"))
                : client.ask(
                        access,
                        GraphRequest.get(link)
                                .prefer("odata.maxpagesize=" + client.settings().pageSize()),
                        EventPage.class);
    }

    private @Nullable HttpUrl begin(String calendarId, RoundStart start) {
        return switch (start) {
            case RoundStart.Baseline baseline ->
                client.at("me", "calendars", calendarId, "calendarView", "delta")
                        .addQueryParameter(
                                "startDateTime", baseline.window().from().toString())
                        .addQueryParameter(
                                "endDateTime", baseline.window().until().toString())
                        .build();
            case RoundStart.Cursor cursor -> GraphClient.link(cursor.deltaLink());
        };
    }

    /**
     * Creates an event. Sent again with the same transactionId it finds the event that the first attempt made, even if
     * its answer was lost.
     */
    public GraphReply<WrittenEvent> create(
            GraphAccess access, String calendarId, EventDraft draft, String transactionId, ExtendedProperty mark) {
        HttpUrl url = client.at("me", "calendars", calendarId, "events").build();
        ObjectNode json = EventWriting.created(draft, transactionId, mark);
        return written(client.ask(access, GraphRequest.send("POST", url, json), EventJson.class), null);
    }

    /**
     * Changes the given fields of an event.
     *
     * @param etag as last read, or null to write over whatever is there
     */
    public GraphReply<WrittenEvent> update(
            GraphAccess access,
            String calendarId,
            String eventId,
            @Nullable String etag,
            EventDraft draft,
            Set<EventField> fields) {
        ObjectNode json = EventWriting.changed(draft, fields);
        return written(
                inMailboxOrCalendar(
                        calendarId,
                        eventId,
                        url -> client.ask(
                                access,
                                GraphRequest.send("PATCH", url.build(), json).ifMatch(etag),
                                EventJson.class)),
                null);
    }

    /** Deletes an event; one that is gone already is deleted. */
    public GraphReply<Done> delete(GraphAccess access, String calendarId, String eventId, @Nullable String etag) {
        GraphReply<Done> reply = inMailboxOrCalendar(
                calendarId,
                eventId,
                url -> client.tell(access, GraphRequest.delete(url.build()).ifMatch(etag)));
        return reply instanceof Failed<Done> failed && failed.problem() instanceof GraphProblem.NotFound
                ? new Ok<>(Done.DONE)
                : reply;
    }

    /** One event with the value of its mark. */
    public GraphReply<WrittenEvent> event(
            GraphAccess access, String calendarId, String eventId, String markPropertyId) {
        return written(eventJson(access, calendarId, eventId, markPropertyId), markPropertyId);
    }

    /** Every event of the calendar that carries exactly this mark. */
    public GraphReply<List<WrittenEvent>> findByMark(GraphAccess access, String calendarId, ExtendedProperty mark) {
        HttpUrl url = client.at("me", "calendars", calendarId, "events")
                .addQueryParameter(
                        "$filter",
                        "singleValueExtendedProperties/Any(ep: ep/id eq '%s' and ep/value eq '%s')"
                                .formatted(quoted(mark.id()), quoted(mark.value())))
                .addQueryParameter("$expand", expand(mark.id()))
                .build();
        List<WrittenEvent> found = new ArrayList<>();
        for (int page = 0; url != null && page < MANY_PAGES; page++) {
            switch (client.ask(access, GraphRequest.get(url), EventPage.class)) {
                case Ok<EventPage> ok -> {
                    List<EventJson> value =
                            Objects.requireNonNullElse(ok.value().value(), List.of());
                    value.stream()
                            .filter(json -> json.id() != null)
                            .forEach(json -> found.add(EventReading.written(json, mark.id())));
                    String link = ok.value().nextLink();
                    url = link == null ? null : GraphClient.link(link);
                }
                case Failed<EventPage> failed -> {
                    return new Failed<>(failed.problem());
                }
            }
        }
        return url == null ? new Ok<>(List.copyOf(found)) : new Failed<>(GraphProblem.Unavailable.endlessList());
    }

    private GraphReply<EventJson> eventJson(
            GraphAccess access, String calendarId, String eventId, @Nullable String markPropertyId) {
        return inMailboxOrCalendar(calendarId, eventId, url -> {
            if (markPropertyId != null) {
                url.addQueryParameter("$expand", expand(markPropertyId));
            }
            return client.ask(access, GraphRequest.get(url.build()), EventJson.class);
        });
    }

    /**
     * The mailbox finds its events by their immutable ids in whatever calendar they lie; events of a calendar that
     * somebody else shares are found through that calendar only.
     */
    private <T> GraphReply<T> inMailboxOrCalendar(
            String calendarId, String eventId, Function<HttpUrl.Builder, GraphReply<T>> request) {
        GraphReply<T> reply = request.apply(client.at("me", "events", eventId));
        boolean maybeShared = reply instanceof Failed<T> failed
                && (failed.problem() instanceof GraphProblem.NotFound
                        || failed.problem() instanceof GraphProblem.Forbidden);
        return maybeShared ? request.apply(client.at("me", "calendars", calendarId, "events", eventId)) : reply;
    }

    private static GraphReply<WrittenEvent> written(GraphReply<EventJson> reply, @Nullable String markPropertyId) {
        if (reply instanceof Ok<EventJson> ok && ok.value().id() == null) {
            return new Failed<>(new GraphProblem.Unavailable("Graph's answer is no event"));
        }
        return map(reply, json -> EventReading.written(json, markPropertyId));
    }

    private static <A, B> GraphReply<B> map(GraphReply<A> reply, Function<A, B> mapping) {
        return switch (reply) {
            case Ok<A> ok -> new Ok<>(mapping.apply(ok.value()));
            case Failed<A> failed -> new Failed<>(failed.problem());
        };
    }

    private static String expand(String propertyId) {
        return "singleValueExtendedProperties($filter=id eq '" + quoted(propertyId) + "')";
    }

    private static String quoted(String text) {
        return text.replace("'", "''");
    }
}
