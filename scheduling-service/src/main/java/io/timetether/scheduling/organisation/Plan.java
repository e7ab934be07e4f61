package io.timetether.scheduling.organisation;

/** What an organisation has booked; set by an operator. Calendar sync needs PROFESSIONAL or BUSINESS. */
public enum Plan {
    STARTER,
    PROFESSIONAL,
    BUSINESS
}
