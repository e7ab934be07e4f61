package io.timetether.calendarsync.plan;

/** Graph's {@code sensitivity}; private and confidential subjects never leave calendar-sync. */
public enum Sensitivity {
    NORMAL,
    PERSONAL,
    PRIVATE,
    CONFIDENTIAL;

    /** Whether colleagues may not read what the event is about. */
    public boolean hidesSubject() {
        return this == PRIVATE || this == CONFIDENTIAL;
    }
}
