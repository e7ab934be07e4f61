package io.timetether.scheduling.changes;

/** What a change is about. */
public enum ChangeKind {
    APPOINTMENT,
    ORGANISATION,
    STAFF,
    SERVICE,
    CLIENT,
    LOCATION,
    ERASURE,
    ITEM_VERDICT
}
