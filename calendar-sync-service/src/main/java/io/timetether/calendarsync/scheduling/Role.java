package io.timetether.calendarsync.scheduling;

/** What a person may do; operators belong to no organisation. */
public enum Role {
    OPERATOR,
    ADMIN,
    STAFF
}
