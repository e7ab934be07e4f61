package io.timetether.calendarsync.feed;

import io.timetether.calendarsync.connection.Trouble;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One calendar synced for one staff member.
 *
 * @param firstSyncCompletedAt null until everything has been read once
 * @param lastSyncedAt         when its busy time was last confirmed
 * @param knownFrom            the window that its busy time is known for
 */
public record Feed(
        UUID id,
        UUID organisationId,
        UUID connectionId,
        UUID remoteCalendarId,
        UUID staffId,
        boolean reading,
        boolean writing,
        FeedState state,
        @Nullable Trouble reason,
        @Nullable String reasonText,
        @Nullable Instant firstSyncCompletedAt,
        FeedSettings settings,
        FeedProgress progress,
        boolean removalsApproved,
        @Nullable Instant lastSyncedAt,
        @Nullable Instant knownFrom,
        @Nullable Instant knownUntil,
        @Nullable String publishProblem,
        Instant createdAt,
        long version) {

    /** What it goes on as after a pause. */
    public FeedState running() {
        return firstSyncCompletedAt == null ? FeedState.FIRST_SYNC : FeedState.ACTIVE;
    }
}
