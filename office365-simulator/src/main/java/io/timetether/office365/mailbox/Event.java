package io.timetether.office365.mailbox;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.office365.mailbox.Occurrence.Kind;
import io.timetether.office365.recurrence.Recurrence;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A single event, or a whole series with its deleted and changed occurrences: one thing that changes as one.
 *
 * @param key what stays the same for ever; the ids that Graph shows are made from it
 * @param moves how often it went to another calendar (an ordinary id changes with it, an immutable one does not)
 * @param sequence its place in the change log of its calendar
 * @param version rises with each change, makes the changeKey
 * @param transactionContent what was posted with the transactionId, to tell a repeat from a misuse
 * @param cancelled dates whose occurrence was deleted
 * @param changed occurrences changed on their own, by the date where the pattern put them
 * @param details Graph's properties other than ids, times, recurrence and type, as Exchange keeps them
 * @param extended single-value extended properties by their id
 */
public record Event(
        String key,
        String mailboxId,
        String calendarId,
        int moves,
        long sequence,
        int version,
        String iCalUId,
        @Nullable String transactionId,
        @Nullable String transactionContent,
        Span span,
        @Nullable Recurrence recurrence,
        SortedSet<LocalDate> cancelled,
        SortedMap<LocalDate, ChangedOccurrence> changed,
        ObjectNode details,
        Map<String, String> extended,
        Instant createdAt,
        Instant lastModifiedAt) {

    @JsonIgnore
    public boolean isSeries() {
        return recurrence != null;
    }

    /** The event itself: single or master. */
    public Occurrence asRow() {
        Kind kind = isSeries() ? Kind.seriesMaster : Kind.singleInstance;
        return new Occurrence(this, kind, null, span, details, extended, version, lastModifiedAt);
    }

    /** What of it lies in the half-open window, in order of start; never a master. */
    public List<Occurrence> rowsIn(Instant from, Instant to) {
        Recurrence series = recurrence;
        if (series == null) {
            return span.touches(from, to) ? List.of(asRow()) : List.of();
        }
        List<Occurrence> rows = new ArrayList<>();
        ZoneId zone = span.startRules();
        LocalDate first = from.atZone(zone).toLocalDate().minusDays(span.reachInDays());
        LocalDate last = to.atZone(zone).toLocalDate().plusDays(1);
        for (LocalDate date : series.dates(first, last)) {
            if (!cancelled.contains(date) && !changed.containsKey(date)) {
                Occurrence row = plainOn(date);
                if (row.span().touches(from, to)) {
                    rows.add(row);
                }
            }
        }
        changed.forEach((date, change) -> {
            if (change.span().touches(from, to)) {
                rows.add(changedOn(date, change));
            }
        });
        rows.sort(Comparator.comparing(row -> row.span().startAt()));
        return rows;
    }

    /** The occurrence that the pattern put on that date, unless it was deleted. */
    public Optional<Occurrence> occurrenceOn(LocalDate date) {
        Recurrence series = recurrence;
        if (series == null || cancelled.contains(date)) {
            return Optional.empty();
        }
        ChangedOccurrence change = changed.get(date);
        if (change != null) {
            return Optional.of(changedOn(date, change));
        }
        return series.fallsOn(date) ? Optional.of(plainOn(date)) : Optional.empty();
    }

    /** The occurrences that were changed on their own. */
    public List<Occurrence> exceptions() {
        List<Occurrence> rows = new ArrayList<>();
        changed.forEach((date, change) -> rows.add(changedOn(date, change)));
        return rows;
    }

    private Occurrence plainOn(LocalDate date) {
        return new Occurrence(
                this, Kind.occurrence, date, span.onDate(date), details, Map.of(), version, lastModifiedAt);
    }

    private Occurrence changedOn(LocalDate date, ChangedOccurrence change) {
        return new Occurrence(
                this,
                Kind.exception,
                date,
                change.span(),
                change.details(),
                change.extended(),
                change.version(),
                change.lastModifiedAt());
    }

    /** The same event after a change of its own; the repository gives it its place in the log. */
    Event changedTo(
            Span newSpan,
            @Nullable Recurrence newRecurrence,
            ObjectNode newDetails,
            Map<String, String> newExtended,
            Instant now) {
        // Exchange drops deleted and changed occurrences when pattern, start or end of the series change.
        boolean sameDates = newSpan.equals(span) && java.util.Objects.equals(newRecurrence, recurrence);
        return new Event(
                key,
                mailboxId,
                calendarId,
                moves,
                sequence,
                version + 1,
                iCalUId,
                transactionId,
                transactionContent,
                newSpan,
                newRecurrence,
                sameDates ? cancelled : new java.util.TreeSet<>(),
                sameDates ? changed : new TreeMap<>(),
                newDetails,
                newExtended,
                createdAt,
                now);
    }

    Event withChanged(LocalDate date, ChangedOccurrence change, Instant now) {
        TreeMap<LocalDate, ChangedOccurrence> changes = new TreeMap<>(changed);
        changes.put(date, change);
        return new Event(
                key,
                mailboxId,
                calendarId,
                moves,
                sequence,
                version + 1,
                iCalUId,
                transactionId,
                transactionContent,
                span,
                recurrence,
                cancelled,
                changes,
                details,
                extended,
                createdAt,
                now);
    }

    Event withoutOccurrence(LocalDate date, Instant now) {
        TreeMap<LocalDate, ChangedOccurrence> changes = new TreeMap<>(changed);
        changes.remove(date);
        java.util.TreeSet<LocalDate> gone = new java.util.TreeSet<>(cancelled);
        gone.add(date);
        return new Event(
                key,
                mailboxId,
                calendarId,
                moves,
                sequence,
                version + 1,
                iCalUId,
                transactionId,
                transactionContent,
                span,
                recurrence,
                gone,
                changes,
                details,
                extended,
                createdAt,
                now);
    }

    Event inCalendar(String otherCalendarId, Instant now) {
        return new Event(
                key,
                mailboxId,
                otherCalendarId,
                moves + 1,
                sequence,
                version + 1,
                iCalUId,
                transactionId,
                transactionContent,
                span,
                recurrence,
                cancelled,
                changed,
                details,
                extended,
                createdAt,
                now);
    }

    Event at(long newSequence) {
        return new Event(
                key,
                mailboxId,
                calendarId,
                moves,
                newSequence,
                version,
                iCalUId,
                transactionId,
                transactionContent,
                span,
                recurrence,
                cancelled,
                changed,
                details,
                extended,
                createdAt,
                lastModifiedAt);
    }
}
