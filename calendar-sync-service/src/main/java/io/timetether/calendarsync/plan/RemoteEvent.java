package io.timetether.calendarsync.plan;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event, occurrence or exception of a remote calendar, as a feed needs it: bodies and attendees are never kept. A
 * bare occurrence has been completed from its series already; series masters themselves are never remote events.
 *
 * @param id           Graph's immutable id, case-sensitive
 * @param seriesId     the master's id for occurrences and exceptions, null for single events
 * @param originalStart where an instance of a series would be had it not been moved; with iCalUId the key of copies
 * @param lastModifiedAt when it was last changed in Office 365; an occurrence takes its series' time
 * @param etag         as Graph gave it, null when unknown
 */
public record RemoteEvent(
        String id,
        @Nullable String seriesId,
        @Nullable String iCalUId,
        @Nullable String transactionId,
        @Nullable String subject,
        EventTime when,
        ShowAs showAs,
        Sensitivity sensitivity,
        boolean cancelled,
        boolean declined,
        @Nullable Instant originalStart,
        @Nullable Instant lastModifiedAt,
        @Nullable String webLink,
        @Nullable String etag,
        MarkSeen mark) {

    /** The same event with what was found out about its mark. */
    public RemoteEvent withMark(MarkSeen seen) {
        return new RemoteEvent(
                id,
                seriesId,
                iCalUId,
                transactionId,
                subject,
                when,
                showAs,
                sensitivity,
                cancelled,
                declined,
                originalStart,
                lastModifiedAt,
                webLink,
                etag,
                seen);
    }

    /**
     * The id under which a feed's item is known to both services. Derived, so that a run repeated after a crash finds
     * the same item.
     */
    public static UUID itemId(UUID feedId, String remoteId) {
        return UUID.nameUUIDFromBytes((feedId + "/" + remoteId).getBytes(StandardCharsets.UTF_8));
    }
}
