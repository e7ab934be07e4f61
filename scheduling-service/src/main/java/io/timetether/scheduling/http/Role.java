package io.timetether.scheduling.http;

/** What a person is: of the installation (OPERATOR), or in one organisation. */
public enum Role {
    OPERATOR,
    ADMIN,
    STAFF
}
