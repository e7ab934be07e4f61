package io.timetether.calendarsync.run;

import java.util.UUID;

/** Breaks a round off from within a page; the cursor stays where it was, so nothing is lost. */
final class Halt extends RuntimeException {

    /** Why. */
    sealed interface Why {

        /** A newer run has taken over: not one more word from this one. */
        record Overtaken() implements Why {}

        /** Scheduling-service does not answer. */
        record SchedulingAway(String cause) implements Why {}

        /** Scheduling-service has lost this feed: it is registered and put again. */
        record FeedLost(UUID feedId) implements Why {}

        /** Office 365 did not answer a question in between. */
        record GraphAway(String cause) implements Why {}
    }

    private final transient Why why;

    Halt(Why why) {
        super(why.toString(), null, false, false);
        this.why = why;
    }

    Why why() {
        return why;
    }
}
