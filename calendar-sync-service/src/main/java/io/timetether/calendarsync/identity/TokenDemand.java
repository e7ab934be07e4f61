package io.timetether.calendarsync.identity;

/** How an access token is wanted. */
public sealed interface TokenDemand {

    /** Any token that is still good. */
    record Usual() implements TokenDemand {}

    /** Graph refused this very token: one that is not it, from the cache if another thread was faster, else a new one. */
    record AfterRejection(String rejectedToken) implements TokenDemand {

        /** Without the token: demands get logged. */
        @Override
        public String toString() {
            return "AfterRejection[]";
        }
    }

    /** Graph refused this token and wants these claims (continuous access evaluation), as JSON. */
    record WithClaims(String rejectedToken, String claims) implements TokenDemand {

        /** Without the token: demands get logged. */
        @Override
        public String toString() {
            return "WithClaims[]";
        }
    }
}
