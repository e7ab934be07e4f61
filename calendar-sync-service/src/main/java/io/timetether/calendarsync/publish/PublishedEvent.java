package io.timetether.calendarsync.publish;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One appointment in one calendar: the mapping row, which outlives the event.
 *
 * @param transactionId committed before the create is sent; a new one for each re-creation
 * @param wanted        rises whenever something that is written may have changed
 * @param written       the value of {@code wanted} that Office 365 shows
 * @param removalWanted the event shall go whatever the appointment says
 */
public record PublishedEvent(
        UUID id,
        UUID organisationId,
        UUID feedId,
        UUID remoteCalendarId,
        UUID appointmentId,
        @Nullable String eventId,
        @Nullable UUID transactionId,
        long wanted,
        long written,
        @Nullable String contentHash,
        State state,
        boolean removalWanted,
        int attempts,
        Instant createdAt) {

    /** What has become of the event. */
    public enum State {
        /** Not there yet, and nothing has been sent. */
        WANTED,
        /** A create was sent, and its answer may have been lost. */
        CREATING,
        WRITTEN,
        REMOVED,
        /** Left in the calendar on purpose when its feed stopped. */
        KEPT,
        /** Refused for good; a new change of the appointment tries again. */
        FAILED
    }
}
