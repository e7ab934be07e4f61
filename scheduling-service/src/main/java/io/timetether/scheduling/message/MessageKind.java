package io.timetether.scheduling.message;

/** What is told. All but the last go to the attendees of an appointment; the last to a staff member. */
public enum MessageKind {
    BOOKED,
    /** What needed a confirmation has got it. */
    CONFIRMED,
    MOVED,
    CANCELLED,
    REMINDER,
    RECONNECT_NEEDED
}
