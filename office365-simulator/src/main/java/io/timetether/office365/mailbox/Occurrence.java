package io.timetether.office365.mailbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row as a reader sees it: a single event, a series' master, or one occurrence of a series.
 *
 * @param date the date on which the series' pattern put this occurrence; null unless it is one
 */
public record Occurrence(
        Event event,
        Kind kind,
        @Nullable LocalDate date,
        Span span,
        ObjectNode details,
        Map<String, String> extended,
        int version,
        Instant lastModifiedAt) {

    /** Graph's event types. */
    public enum Kind {
        singleInstance,
        occurrence,
        exception,
        seriesMaster
    }

    /** Where the pattern put this occurrence, before anybody moved it. */
    public Instant originalStartAt() {
        return date == null ? span.startAt() : event.span().onDate(date).startAt();
    }

    /** Private, and in the mailbox of somebody else: a share shows no more of it than when its owner is busy. */
    public boolean isHiddenFrom(Mailbox viewer) {
        return !event.mailboxId().equals(viewer.id())
                && "private".equals(details.path("sensitivity").asText());
    }

    /** As this person sees it. */
    public Occurrence seenBy(Mailbox viewer) {
        if (!isHiddenFrom(viewer)) {
            return this;
        }
        ObjectNode seen = details.deepCopy().put("subject", "Private Appointment");
        seen.putArray("categories");
        seen.putArray("attendees");
        seen.putArray("locations");
        seen.putObject("location").put("displayName", "");
        seen.putObject("body").put("contentType", "html").put("content", "");
        return new Occurrence(event, kind, date, span, seen, Map.of(), version, lastModifiedAt);
    }

    /** The changeKey, different for each state that the row has had. */
    public String changeKey() {
        return ItemIds.changeKey(event.key(), date, version);
    }
}
