package io.timetether.calendarsync.graph;

import java.time.Duration;

/** Sees every attempt that goes to Graph, for the figures. */
@FunctionalInterface
public interface RequestWatch {

    /** What became of an attempt. */
    enum Outcome {
        DONE,
        /** 429, 503, 509: asked to wait. */
        THROTTLED,
        /** Another 4xx. */
        REFUSED,
        /** Another 5xx. */
        FAILED,
        /** No answer, or none that could be read. */
        LOST;

        static Outcome of(int status) {
            return switch (status) {
                case 429, 503, 509 -> THROTTLED;
                default -> status < 400 ? DONE : status < 500 ? REFUSED : FAILED;
            };
        }
    }

    /** @param took from sending the request to having its answer whole */
    void ended(String method, Outcome outcome, Duration took);
}
