package io.timetether.calendarsync.identity;

/** How an access token is wanted. */
public sealed interface TokenDemand {

    /** Any token that is still good. */
    record Usual() implements TokenDemand {}

    /** Graph refused this very token: one that is not it, from the cache if another thread was faster, else a new one. */
    record AfterRejection(String rejectedToken) implements TokenDemand {}

    /** Graph asked for these claims (continuous access evaluation), as JSON: the cached token is no good. */
    record WithClaims(String claims) implements TokenDemand {}
}
