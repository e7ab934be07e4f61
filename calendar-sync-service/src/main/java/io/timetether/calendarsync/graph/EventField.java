package io.timetether.calendarsync.graph;

/** The fields of an event that we write; updates send only those that differ. */
public enum EventField {
    SUBJECT,
    TIME,
    BODY,
    LOCATION,
    SHOW_AS,
    SENSITIVITY,
    CATEGORIES,
    REMINDER
}
