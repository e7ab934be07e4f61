package io.timetether.calendarsync.scheduling;

/** What scheduling-service made of an item that was put. */
public enum Outcome {
    LOADED,
    REJECTED
}
