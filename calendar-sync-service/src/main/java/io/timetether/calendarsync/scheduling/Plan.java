package io.timetether.calendarsync.scheduling;

/** What an organisation has booked; calendar sync needs more than STARTER. */
public enum Plan {
    STARTER,
    PROFESSIONAL,
    BUSINESS;

    /** Whether calendar sync is part of it (product.md, J1). */
    public boolean includesCalendarSync() {
        return this != STARTER;
    }
}
