package io.timetether.calendarsync.account;

import io.timetether.calendarsync.plan.SyncWindow;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One calendar of a Microsoft account, with what all feeds of it share.
 *
 * @param fence          of the run that read this row; rises with every run
 * @param deltaLink      where the next round goes on; null: nothing has been read to its end yet
 * @param fullReadWishes while it differs from {@code fullReadsDone}, the next run reads the whole window
 */
public record RemoteCalendar(
        UUID id,
        UUID accountId,
        String graphId,
        String name,
        @Nullable String ownerName,
        @Nullable String ownerAddress,
        boolean canEdit,
        boolean isDefault,
        long fence,
        @Nullable String deltaLink,
        @Nullable Instant windowFrom,
        @Nullable Instant windowUntil,
        @Nullable Instant readInFullAt,
        long fullReadWishes,
        long fullReadsDone,
        @Nullable Instant confirmedAt,
        @Nullable Instant notifiedAt,
        int failures,
        SubscriptionState subscriptionState,
        @Nullable String subscriptionId,
        @Nullable UUID subscriptionConnectionId,
        @Nullable Instant subscriptionExpiresAt,
        @Nullable Instant subscriptionRetryAt,
        @Nullable String subscriptionProblem) {

    /** How changes come to us. */
    public enum SubscriptionState {
        NONE,
        CREATING,
        ACTIVE,
        REFUSED
    }

    /** The window that the cursor covers; null before the first complete read. */
    public @Nullable SyncWindow window() {
        Instant from = windowFrom;
        Instant until = windowUntil;
        return from == null || until == null ? null : new SyncWindow(from, until);
    }

    public boolean fullReadWanted() {
        return deltaLink == null || fullReadWishes != fullReadsDone;
    }

    /** Whether Microsoft tells us about changes, so that polling is only a safety net. */
    public boolean isSubscribed(Instant now) {
        return subscriptionState == SubscriptionState.ACTIVE
                && subscriptionExpiresAt != null
                && subscriptionExpiresAt.isAfter(now);
    }

    /** What is subscribed to: the form that Microsoft is known to notify for. */
    public String resource() {
        return isDefault ? "me/events" : "me/calendars/" + graphId + "/events";
    }
}
