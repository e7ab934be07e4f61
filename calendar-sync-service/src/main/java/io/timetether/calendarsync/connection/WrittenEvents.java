package io.timetether.calendarsync.connection;

/** What shall become of the events that we wrote when a feed or connection stops. */
public enum WrittenEvents {
    KEEP,
    REMOVE
}
