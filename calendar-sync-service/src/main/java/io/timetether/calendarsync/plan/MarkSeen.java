package io.timetether.calendarsync.plan;

/** What is known of the mark of a remote event. Delta rounds never carry marks, so most events are {@link #NOT_READ}. */
public enum MarkSeen {
    NOT_READ,
    NONE,
    THIS_ORGANISATION,
    ANOTHER
}
