package io.timetether.calendarsync.graph;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The pauses that Microsoft has asked for ({@code Retry-After}), by mailbox, within this instance: one request was told, and
 * all others of that mailbox keep to it.
 */
final class MailboxRests {

    /** The mailbox is to be left alone; nothing was sent. */
    static final class Resting extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient Duration left;

        Resting(Duration left) {
            super("the mailbox rests");
            this.left = left;
        }

        Duration left() {
            return left;
        }
    }

    private final ConcurrentMap<UUID, Instant> until = new ConcurrentHashMap<>();
    private final Clock clock;

    MailboxRests(Clock clock) {
        this.clock = clock;
    }

    Clock clock() {
        return clock;
    }

    void note(UUID mailbox, Duration pause) {
        until.merge(mailbox, clock.instant().plus(pause), (one, other) -> one.isAfter(other) ? one : other);
    }

    /** Says so when the mailbox is to be left alone still. */
    void check(UUID mailbox) throws Resting {
        Instant end = until.get(mailbox);
        if (end == null) {
            return;
        }
        Duration left = Duration.between(clock.instant(), end);
        if (left.isPositive()) {
            throw new Resting(left);
        }
        until.remove(mailbox, end);
    }
}
