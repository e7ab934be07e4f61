package io.timetether.office365;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.office365.calendarfile.CalendarImport;
import io.timetether.office365.entra.Directory;
import io.timetether.office365.mailbox.CalendarFolder;
import io.timetether.office365.mailbox.Calendaring;
import io.timetether.office365.mailbox.Event;
import io.timetether.office365.mailbox.ItemIds;
import io.timetether.office365.mailbox.Mailbox;
import io.timetether.office365.mailbox.Mailboxes;
import io.timetether.office365.mailbox.Occurrence;
import io.timetether.office365.mailbox.Refusal;
import io.timetether.office365.notification.Announcer;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/**
 * Acts as the people in Outlook, and as the administrator of their mailboxes. Ids are Graph's ordinary ones; both kinds are
 * understood. Every method throws {@link Refusal} where Outlook would refuse.
 */
public final class Outlook {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Mailboxes mailboxes;
    private final Directory directory;
    private final Announcer announcer;
    private final CalendarImport files;
    private final Calendaring calendaring;

    Outlook(Mailboxes mailboxes, Directory directory, Announcer announcer, Clock clock) {
        this.announcer = announcer;
        this.mailboxes = mailboxes;
        this.directory = directory;
        this.files = new CalendarImport(mailboxes, clock);
        this.calendaring = Calendaring.forOutlook(mailboxes, clock);
    }

    /** Creates a mailbox with an empty default calendar; the zone is a Windows or an IANA name. */
    public Mailbox createMailbox(String address, String displayName, String timeZone) {
        return mailboxes.create(address, displayName, timeZone);
    }

    public Mailbox mailbox(String address) {
        return mailboxes.find(address).orElseThrow(Refusal::itemNotFound);
    }

    /** The calendars of a mailbox, the default one first. */
    public List<CalendarFolder> calendars(String address) {
        return mailboxes.calendarsOf(mailbox(address));
    }

    public CalendarFolder addCalendar(String address, String name) {
        return mailboxes.addCalendar(mailbox(address), name, false);
    }

    /** Shares a calendar with a colleague; answers the copy that the colleague finds among their own. */
    public CalendarFolder shareCalendar(String address, String calendarId, String with, boolean canEdit) {
        return mailboxes.share(calendar(address, calendarId), mailbox(with), canEdit);
    }

    public void deleteCalendar(String address, String calendarId) {
        mailboxes.delete(calendar(address, calendarId));
    }

    /** Whether Graph clients may write to the calendar. */
    public void setEditable(String address, String calendarId, boolean editable) {
        mailboxes.setEditable(calendar(address, calendarId), editable);
    }

    /** Adds a single event to the default calendar, shown as busy; times are on the clocks of {@code zone}. */
    public String addEvent(String address, String subject, LocalDateTime start, LocalDateTime end, String zone) {
        return addEvent(address, event(subject, start, end, zone).toString());
    }

    /** Adds an all-day event to the default calendar, from a date to another (exclusive). */
    public String addAllDayEvent(String address, String subject, LocalDate start, LocalDate end, String zone) {
        ObjectNode json = event(subject, start.atStartOfDay(), end.atStartOfDay(), zone);
        return addEvent(address, json.put("isAllDay", true).toString());
    }

    /**
     * Adds a series to the default calendar.
     *
     * @param recurrence Graph's {@code patternedRecurrence} as JSON
     */
    public String addSeries(
            String address, String subject, LocalDateTime start, LocalDateTime end, String zone, String recurrence) {
        ObjectNode json = event(subject, start, end, zone);
        json.set("recurrence", parse(recurrence));
        return addEvent(address, json.toString());
    }

    /** Adds an event in Graph's JSON to the default calendar; organizer, responseStatus and isCancelled are honoured too. */
    public String addEvent(String address, String json) {
        Mailbox mailbox = mailbox(address);
        return id(calendaring.create(mailbox, mailboxes.defaultCalendar(mailbox), parse(json)));
    }

    /** The same in a certain calendar. */
    public String addEventTo(String address, String calendarId, String json) {
        return id(calendaring.create(mailbox(address), calendar(address, calendarId), parse(json)));
    }

    /** Changes an event, series or occurrence by what the JSON names. */
    public void change(String address, String eventId, String json) {
        calendaring.patch(mailbox(address), eventId, parse(json), null);
    }

    /** Moves an event, or one occurrence, to another time on the clocks of {@code zone}. */
    public void move(String address, String eventId, LocalDateTime start, LocalDateTime end, String zone) {
        ObjectNode json = event("", start, end, zone);
        json.remove("subject");
        change(address, eventId, json.toString());
    }

    /** Moves an event to another calendar of the same mailbox; answers its new ordinary id. */
    public String moveToCalendar(String address, String eventId, String calendarId) {
        return id(calendaring.move(mailbox(address), eventId, calendar(address, calendarId)));
    }

    /** Deletes an event, a series or one occurrence. */
    public void delete(String address, String eventId) {
        calendaring.delete(mailbox(address), eventId, null);
    }

    /** Deletes the occurrence that the series' pattern put on a date. */
    public void deleteOccurrence(String address, String seriesId, LocalDate date) {
        delete(address, occurrenceId(address, seriesId, date));
    }

    /** The id of the occurrence that the series' pattern put on a date. */
    public String occurrenceId(String address, String seriesId, LocalDate date) {
        Event series = calendaring.get(mailbox(address), seriesId).event();
        return ItemIds.of(series, date, false);
    }

    /** Answers an invitation: accepted, tentativelyAccepted or declined. */
    public void respond(String address, String eventId, String response) {
        calendaring.respond(mailbox(address), eventId, response);
    }

    /** The row behind an id, as Outlook knows it. */
    public Occurrence get(String address, String eventId) {
        return calendaring.get(mailbox(address), eventId);
    }

    /** All that lies in a window of the default calendar: what a client should end up knowing. */
    public List<Occurrence> occurrences(String address, Instant from, Instant to) {
        Mailbox mailbox = mailbox(address);
        return mailboxes.contents(mailboxes.defaultCalendar(mailbox).id()).view(from, to);
    }

    /** As {@link #occurrences(String, Instant, Instant)}, of any calendar of the mailbox. */
    public List<Occurrence> occurrences(String address, String calendarId, Instant from, Instant to) {
        return mailboxes.contents(calendar(address, calendarId).id()).view(from, to);
    }

    /**
     * Loads an iCalendar file into the default calendar.
     *
     * @param shiftYears whether everything is moved by whole years (whole weeks) so that the file's middle falls around today
     */
    public CalendarImport.Result load(String address, String file, boolean shiftYears) {
        Mailbox mailbox = mailbox(address);
        return files.load(mailbox, mailboxes.defaultCalendar(mailbox), file, shiftYears);
    }

    /** Makes Exchange forget how far each client has read: its delta links are answered 410. */
    public void expireDeltaLinks(String address) {
        mailboxes.calendarsOf(mailbox(address)).forEach(mailboxes::forgetSyncState);
    }

    /** Sends a lifecycle notification: reauthorizationRequired, subscriptionRemoved (which ends the subscriptions) or missed. */
    public void announceLifecycle(String address, String event) {
        announcer.announceLifecycle(mailbox(address).id(), event);
    }

    /** Ends the person's sessions, as an administrator or a changed password does: the next refresh fails with AADSTS50173. */
    public void revokeSessions(String address) {
        directory.revokeSessions(mailbox(address).id());
    }

    /** Withdraws the person's consent to an application. */
    public void withdrawConsent(String address, String clientId) {
        directory.withdrawConsent(mailbox(address).id(), clientId);
    }

    private CalendarFolder calendar(String address, String calendarId) {
        return mailboxes.findCalendar(mailbox(address), calendarId).orElseThrow(Refusal::itemNotFound);
    }

    private static String id(Event event) {
        return ItemIds.of(event, null, false);
    }

    private static ObjectNode event(String subject, LocalDateTime start, LocalDateTime end, String zone) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("subject", subject);
        json.putObject("start").put("dateTime", start.toString()).put("timeZone", zone);
        json.putObject("end").put("dateTime", end.toString()).put("timeZone", zone);
        return json;
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("not JSON: " + json, malformed);
        }
    }
}
