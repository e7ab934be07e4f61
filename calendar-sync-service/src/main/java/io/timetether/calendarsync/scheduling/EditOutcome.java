package io.timetether.calendarsync.scheduling;

/** What scheduling-service made of an edit in Office 365 that it was asked to take over. */
public sealed interface EditOutcome {

    record Applied() implements EditOutcome {}

    /** @param why in words, for people */
    record Refused(String why) implements EditOutcome {}

    record Unavailable(String cause) implements EditOutcome {}
}
