package io.timetether.calendarsync.graph;

import java.net.URI;
import java.time.Instant;

/**
 * A subscription that is wanted.
 *
 * @param resource     {@code me/events} or {@code me/calendars/{id}/events}
 * @param clientState  at most 128 characters; comes back in each notification and is compared in constant time
 * @param expiresAt    Graph may shorten it, what it answers counts
 */
public record SubscriptionWish(
        String resource, URI notificationUrl, URI lifecycleNotificationUrl, String clientState, Instant expiresAt) {

    /** Without the secret: wishes get logged. */
    @Override
    public String toString() {
        return "SubscriptionWish[" + resource + ", " + expiresAt + "]";
    }
}
