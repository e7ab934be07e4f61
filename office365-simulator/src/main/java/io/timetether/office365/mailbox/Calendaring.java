package io.timetether.office365.mailbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.office365.mailbox.EventContent.Author;
import io.timetether.office365.recurrence.Recurrence;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What can be done to events, by a Graph client or by the person in Outlook. Every method is one committed change; a {@link
 * Refusal} means that nothing was changed.
 */
public final class Calendaring {

    private final Mailboxes mailboxes;
    private final Clock clock;
    private final Author author;

    private Calendaring(Mailboxes mailboxes, Clock clock, Author author) {
        this.mailboxes = mailboxes;
        this.clock = clock;
        this.author = author;
    }

    /** As a Graph client may: what Graph calls read-only is ignored. */
    public static Calendaring forGraph(Mailboxes mailboxes, Clock clock) {
        return new Calendaring(mailboxes, clock, Author.GRAPH_CLIENT);
    }

    /** As the person in Outlook, and as other people's invitations: organizer, response and cancellation can be set too. */
    public static Calendaring forOutlook(Mailboxes mailboxes, Clock clock) {
        return new Calendaring(mailboxes, clock, Author.OUTLOOK);
    }

    /** Creates an event; the same transactionId with the same content answers the event that exists. */
    public Event create(Mailbox caller, CalendarFolder calendar, JsonNode wish) {
        EventContent.requireKnown(wish);
        requireEditable(calendar);
        // In a shared calendar it is the owner's event, whoever writes it.
        Mailbox mailbox = calendar.isShared() ? mailboxes.ownerOf(calendar) : caller;
        return mailboxes.write(() -> {
            String transactionId = wish.path("transactionId").asText("");
            String content = wish.toString();
            if (!transactionId.isEmpty()) {
                Event existing =
                        mailboxes.findByTransaction(mailbox, transactionId).orElse(null);
                if (existing != null && content.equals(existing.transactionContent())) {
                    return existing;
                }
                if (existing != null) {
                    throw new Refusal(
                            409,
                            "ErrorDuplicateTransactionId",
                            "The transactionId '" + transactionId
                                    + "' has already been used to create a different event.");
                }
            }
            Span span = EventTimes.span(null, wish);
            Recurrence recurrence =
                    wish.hasNonNull("recurrence") ? EventTimes.recurrence(wish.get("recurrence"), span) : null;
            String iCalUId = author == Author.OUTLOOK ? wish.path("iCalUId").asText("") : "";
            String key = ItemIds.newKey();
            Instant now = now();
            return mailboxes.put(
                    new Event(
                            key,
                            mailbox.id(),
                            calendar.contentsId(),
                            0,
                            0,
                            1,
                            iCalUId.isEmpty() ? "040000008200E00074C5B7101A82E008" + key : iCalUId,
                            transactionId.isEmpty() ? null : transactionId,
                            transactionId.isEmpty() ? null : content,
                            onFirstDate(span, recurrence),
                            recurrence,
                            new TreeSet<>(),
                            new TreeMap<>(),
                            EventContent.merged(EventContent.blank(mailbox), wish, mailbox, author),
                            EventContent.extended(Map.of(), wish),
                            now,
                            now),
                    "created");
        });
    }

    /**
     * Changes an event, a series, or one occurrence of it (which makes it an exception).
     *
     * @param expectedChangeKey the changeKey that must still be current, or null
     * @return the row that was changed, as it is now
     */
    public Occurrence patch(Mailbox mailbox, String itemId, JsonNode wish, @Nullable String expectedChangeKey) {
        EventContent.requireKnown(wish);
        return mailboxes.write(() -> {
            Occurrence row = get(mailbox, itemId);
            requireCurrent(row, expectedChangeKey);
            requireEditable(calendarOf(mailbox, row.event()));
            String transactionId = wish.path("transactionId").asText("");
            if (!transactionId.isEmpty() && !transactionId.equals(row.event().transactionId())) {
                throw Refusal.invalidRequest("ClientId/TransactionId is immutable and cannot be updated.");
            }
            Event changed =
                    row.date() == null ? changedWhole(mailbox, row.event(), wish) : changedOne(mailbox, row, wish);
            mailboxes.put(changed, "updated");
            return get(mailbox, itemId);
        });
    }

    /** Deletes an event, a series, or one occurrence. */
    public void delete(Mailbox mailbox, String itemId, @Nullable String expectedChangeKey) {
        mailboxes.write(() -> {
            Occurrence row = get(mailbox, itemId);
            requireCurrent(row, expectedChangeKey);
            requireEditable(calendarOf(mailbox, row.event()));
            LocalDate date = row.date();
            if (date == null) {
                mailboxes.remove(row.event());
            } else {
                mailboxes.put(row.event().withoutOccurrence(date, now()), "updated");
            }
            return null;
        });
    }

    /** Moves an event or a whole series to another calendar of the mailbox. */
    public Event move(Mailbox mailbox, String itemId, CalendarFolder target) {
        return mailboxes.write(() -> {
            Event event = get(mailbox, itemId).event();
            return event.calendarId().equals(target.id())
                    ? event
                    : mailboxes.move(event, event.inCalendar(target.id(), now()));
        });
    }

    /**
     * Answers an invitation.
     *
     * @param response accepted, tentativelyAccepted or declined; a declined meeting stays in the calendar, shown as free, as
     *     with Outlook's setting "show declined events"
     * @throws Refusal 400 when the mailbox organises the meeting itself
     */
    public void respond(Mailbox mailbox, String itemId, String response) {
        mailboxes.write(() -> {
            Occurrence row = get(mailbox, itemId);
            if (row.details().path("isOrganizer").asBoolean()) {
                throw Refusal.invalidRequest(
                        "Your request can't be completed. You can't respond to this meeting because you're the meeting organizer.");
            }
            ObjectNode details = row.details().deepCopy();
            details.set("responseStatus", EventContent.response(response, now().toString()));
            details.put(
                    "showAs",
                    switch (response) {
                        case "accepted" -> "busy";
                        case "tentativelyAccepted" -> "tentative";
                        default -> "free";
                    });
            replaceDetails(row, details);
            return null;
        });
    }

    /**
     * Cancels a meeting that the mailbox organises.
     *
     * @throws Refusal 400 when somebody else organises it
     */
    public void cancel(Mailbox mailbox, String itemId) {
        Occurrence row = get(mailbox, itemId);
        if (!row.details().path("isOrganizer").asBoolean()) {
            throw Refusal.invalidRequest(
                    "Your request can't be completed. You need to be an organizer to cancel a meeting.");
        }
        delete(mailbox, itemId, null);
    }

    /**
     * The row behind an id.
     *
     * @throws Refusal 404 ErrorItemNotFound, 400 ErrorInvalidIdMalformed
     */
    public Occurrence get(Mailbox mailbox, String itemId) {
        ItemIds.ItemId id = ItemIds.parse(itemId);
        Event event = mailboxes.findEvent(mailbox, id.key()).filter(id::names).orElseThrow(Refusal::itemNotFound);
        LocalDate date = id.date();
        return date == null ? event.asRow() : event.occurrenceOn(date).orElseThrow(Refusal::itemNotFound);
    }

    private Event changedWhole(Mailbox mailbox, Event event, JsonNode wish) {
        Span span = EventTimes.span(event.span(), wish);
        Recurrence recurrence = event.recurrence();
        if (wish.has("recurrence")) {
            recurrence = wish.get("recurrence").isNull() ? null : EventTimes.recurrence(wish.get("recurrence"), span);
        } else if (recurrence != null) {
            recurrence = moved(event, recurrence, span);
        }
        return event.changedTo(
                onFirstDate(span, recurrence),
                recurrence,
                EventContent.merged(event.details(), wish, mailbox, author),
                EventContent.extended(event.extended(), wish),
                now());
    }

    /** The pattern of a series whose start was changed without naming the recurrence. */
    private static Recurrence moved(Event event, Recurrence recurrence, Span span) {
        if (!span.startZone().equals(event.span().startZone()) && !span.equals(event.span())) {
            throw Refusal.failedValidation(
                    "The time zone of a series can only be changed together with its recurrence.");
        }
        LocalDate start = span.start().toLocalDate();
        if (start.equals(event.span().start().toLocalDate())) {
            return recurrence;
        }
        return new Recurrence(recurrence.pattern(), start, recurrence.until(), recurrence.count(), recurrence.zone());
    }

    private Event changedOne(Mailbox mailbox, Occurrence row, JsonNode wish) {
        if (wish.hasNonNull("recurrence")) {
            throw Refusal.invalidRequest("An occurrence can't have a recurrence of its own.");
        }
        LocalDate date = java.util.Objects.requireNonNull(row.date());
        Span span = EventTimes.span(row.span(), wish);
        if (!span.equals(row.span())) {
            requireBetweenNeighbours(row.event(), date, span);
        }
        return row.event()
                .withChanged(
                        date,
                        new ChangedOccurrence(
                                span,
                                EventContent.merged(row.details(), wish, mailbox, author),
                                EventContent.extended(row.extended(), wish),
                                row.version() + 1,
                                now()),
                        now());
    }

    /** Exchange lets no occurrence pass, or share a date with, the one before or after it. */
    private static void requireBetweenNeighbours(Event series, LocalDate date, Span wish) {
        LocalDate start = wish.start()
                .atZone(wish.startRules())
                .withZoneSameInstant(series.span().startRules())
                .toLocalDate();
        List<LocalDate> neighbours = java.util.Objects.requireNonNull(series.recurrence())
                .dates(min(start, date).minusDays(1), max(start, date).plusDays(1));
        for (LocalDate neighbour : neighbours) {
            if (neighbour.equals(date) || series.cancelled().contains(neighbour)) {
                continue;
            }
            ChangedOccurrence changed = series.changed().get(neighbour);
            LocalDate lies =
                    changed == null ? neighbour : changed.span().start().toLocalDate();
            boolean passed = neighbour.isBefore(date) ? !start.isAfter(lies) : !start.isBefore(lies);
            if (passed) {
                throw new Refusal(
                        400,
                        "ErrorOccurrenceCrossingBoundary",
                        "Modified occurrence is crossing or overlapping adjacent occurrence.");
            }
        }
    }

    private void replaceDetails(Occurrence row, ObjectNode details) {
        Event event = row.event();
        LocalDate date = row.date();
        Event changed = date == null
                ? event.changedTo(event.span(), event.recurrence(), details, event.extended(), now())
                : event.withChanged(
                        date,
                        new ChangedOccurrence(row.span(), details, row.extended(), row.version() + 1, now()),
                        now());
        mailboxes.put(changed, "updated");
    }

    private CalendarFolder calendarOf(Mailbox mailbox, Event event) {
        return mailboxes.folderOf(mailbox, event).orElseThrow(Refusal::itemNotFound);
    }

    private void requireEditable(CalendarFolder calendar) {
        if (author == Author.GRAPH_CLIENT && !calendar.canEdit()) {
            throw Refusal.accessDenied();
        }
    }

    private static void requireCurrent(Occurrence row, @Nullable String expectedChangeKey) {
        if (expectedChangeKey != null && !expectedChangeKey.equals(row.changeKey())) {
            throw new Refusal(
                    412,
                    "ErrorIrresolvableConflict",
                    "The send or update operation could not be performed because the change key passed in the request does"
                            + " not match the current change key for the item.");
        }
    }

    /** A series begins on the first date that its pattern matches, which may be later than the date that was asked for. */
    private static Span onFirstDate(Span span, @Nullable Recurrence recurrence) {
        LocalDate first = recurrence == null ? null : recurrence.firstDate();
        return first == null ? span : span.onDate(first);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static LocalDate min(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? a : b;
    }

    private static LocalDate max(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? b : a;
    }
}
