package io.timetether.gateway.identity;

/** What there is under a session's id. */
sealed interface SessionLookup {

    /** A session whose access token can be used. */
    record Found(Session session) implements SessionLookup {}

    /** None, or none any more. */
    record NoSession() implements SessionLookup {}

    /** One that needs a new token, which nobody can give just now. */
    record NotRenewable() implements SessionLookup {}
}
