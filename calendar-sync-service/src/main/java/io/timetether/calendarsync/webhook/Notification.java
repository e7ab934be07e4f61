package io.timetether.calendarsync.webhook;

import org.jspecify.annotations.Nullable;

/**
 * One item of what was posted to the webhook. Only a hint, from a sender that is not known yet: compare
 * {@code clientState} with the subscription's, in constant time, and then look for yourself.
 */
public sealed interface Notification {

    String subscriptionId();

    String clientState();

    /**
     * Something happened to an event.
     *
     * @param changeType {@code created}, {@code updated} or {@code deleted}, as sent
     * @param eventId    as sent, if it was
     */
    record Changed(
            String subscriptionId,
            String clientState,
            String changeType,
            @Nullable String eventId) implements Notification {

        /** Without the secret. */
        @Override
        public String toString() {
            return "Changed[" + subscriptionId + ", " + changeType + "]";
        }
    }

    /** Something happened to the subscription itself. */
    record Lifecycle(String subscriptionId, String clientState, LifecycleEvent event) implements Notification {

        /** Without the secret. */
        @Override
        public String toString() {
            return "Lifecycle[" + subscriptionId + ", " + event + "]";
        }
    }

    /** What may happen to a subscription. */
    enum LifecycleEvent {
        /** Renew it (once): delivery pauses otherwise. */
        REAUTHORIZATION_REQUIRED,
        /** It is gone: create another one, and read what was missed. */
        SUBSCRIPTION_REMOVED,
        /** Notifications were lost: read what was missed. */
        MISSED,
        /** A word that Microsoft did not know yet when this was written: read, to be safe. */
        UNKNOWN
    }
}
