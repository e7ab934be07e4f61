package io.timetether.calendarsync.graph;

import io.timetether.calendarsync.plan.RemoteEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calendars and events of a mailbox. Every call is made with immutable ids and answers times in UTC. */
public final class GraphCalendar {

    private final GraphClient client;

    public GraphCalendar(GraphClient client) {
        this.client = client;
    }

    /** Every calendar of the account, those that others share with it included. */
    public GraphReply<List<CalendarEntry>> listCalendars(GraphAccess access) {
        throw new UnsupportedOperationException(client.toString());
    }

    /** The account's default calendar. */
    public GraphReply<CalendarEntry> defaultCalendar(GraphAccess access) {
        throw new UnsupportedOperationException();
    }

    /** One calendar by its id. */
    public GraphReply<CalendarEntry> calendar(GraphAccess access, String calendarId) {
        throw new UnsupportedOperationException();
    }

    /** Whose mailbox it is; also the cheapest proof that the connection works. */
    public GraphReply<MailboxProfile> me(GraphAccess access) {
        throw new UnsupportedOperationException();
    }

    /** The zone that the mailbox is set to. */
    public GraphReply<GraphZone> mailboxZone(GraphAccess access) {
        throw new UnsupportedOperationException();
    }

    /**
     * One delta round over a calendar. Pages are handed over as they arrive, completed: bare occurrences carry what
     * their series says, masters and tombstones are left out. A page may be empty of events and is then not handed over.
     *
     * @param page what it throws breaks the round off and comes out here
     */
    public RoundOutcome changesSince(
            GraphAccess access, String calendarId, RoundStart start, Consumer<List<RemoteEvent>> page) {
        throw new UnsupportedOperationException();
    }

    /**
     * Creates an event. Sent again with the same transactionId it finds the event that the first attempt made, even if
     * its answer was lost.
     */
    public GraphReply<WrittenEvent> create(
            GraphAccess access, String calendarId, EventDraft draft, String transactionId, ExtendedProperty mark) {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    /** Deletes an event; one that is gone already is deleted. */
    public GraphReply<GraphReply.Done> delete(
            GraphAccess access, String calendarId, String eventId, @Nullable String etag) {
        throw new UnsupportedOperationException();
    }

    /** One event with the value of its mark. */
    public GraphReply<WrittenEvent> event(
            GraphAccess access, String calendarId, String eventId, String markPropertyId) {
        throw new UnsupportedOperationException();
    }

    /** Every event of the calendar that carries exactly this mark. */
    public GraphReply<List<WrittenEvent>> findByMark(GraphAccess access, String calendarId, ExtendedProperty mark) {
        throw new UnsupportedOperationException();
    }
}
