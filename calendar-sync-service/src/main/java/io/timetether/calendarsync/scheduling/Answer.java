package io.timetether.calendarsync.scheduling;

/** What scheduling-service said about one thing. An outage is never mistaken for absence. */
public sealed interface Answer<T> {

    record Known<T>(T value) implements Answer<T> {}

    /** It answered that there is no such thing. */
    record Missing<T>() implements Answer<T> {}

    /** No usable answer: away, too slow, or it refuses our own credentials. Nothing may be concluded. */
    record Unavailable<T>(String cause) implements Answer<T> {}
}
