package io.timetether.calendarsync.graph;

/** What one call came to: its value, or a typed problem. Never an empty value in place of a failure. */
public sealed interface GraphReply<T> {

    record Ok<T>(T value) implements GraphReply<T> {}

    record Failed<T>(GraphProblem problem) implements GraphReply<T> {}

    /** The value of a call that answers nothing, such as a deletion. */
    enum Done {
        DONE
    }
}
