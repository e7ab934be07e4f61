package io.timetether.office365.notification;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's wish to be told of changes in a mailbox.
 *
 * @param resource as it was posted
 * @param calendarId the calendar it is about, or null for all events of the mailbox
 * @param changes of created, updated, deleted
 * @param immutableIds whether notifications name events by immutable ids
 */
public record Subscription(
        String id,
        String mailboxId,
        String clientId,
        String resource,
        @Nullable String calendarId,
        @JsonDeserialize(as = TreeSet.class) Set<String> changes,
        String notificationUrl,
        @Nullable String lifecycleUrl,
        @Nullable String clientState,
        Instant expiresAt,
        boolean immutableIds) {

    Subscription until(Instant newExpiry, String newUrl) {
        return new Subscription(
                id,
                mailboxId,
                clientId,
                resource,
                calendarId,
                changes,
                newUrl,
                lifecycleUrl,
                clientState,
                newExpiry,
                immutableIds);
    }

    boolean sameWishAs(Subscription other) {
        return mailboxId.equals(other.mailboxId)
                && clientId.equals(other.clientId)
                && changes.equals(other.changes)
                && java.util.Objects.equals(calendarId, other.calendarId);
    }
}
