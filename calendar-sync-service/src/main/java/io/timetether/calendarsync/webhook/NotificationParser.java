package io.timetether.calendarsync.webhook;

import java.util.List;

/** Reads what was posted to the webhook, from anybody: bounded, and tolerant of what it does not know. */
public final class NotificationParser {

    /** More than Microsoft sends in one request. */
    static final int MAX_BYTES = 1 << 20;

    static final int MAX_ITEMS = 1_000;

    private NotificationParser() {}

    /** What the body says. */
    public static Parsed parse(byte[] body) {
        throw new UnsupportedOperationException(String.valueOf(body.length));
    }

    /** What a body came to. */
    public sealed interface Parsed {

        /** Items that could be read; {@code dropped} counts those that could not. */
        record Notifications(List<Notification> items, int dropped) implements Parsed {}

        /** Not a body of Microsoft's at all: answer 400. */
        record Malformed(String reason) implements Parsed {}
    }
}
