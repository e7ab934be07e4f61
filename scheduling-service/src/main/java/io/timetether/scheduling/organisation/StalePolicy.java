package io.timetether.scheduling.organisation;

/** What clients may book when an outside calendar has not been confirmed for a while: see product description §6. */
public enum StalePolicy {
    /** The last known busy time counts; the rest stays open. */
    KEEP_LAST_KNOWN,
    /** Time that is not known for sure is closed. */
    CLOSE_BOOKING
}
