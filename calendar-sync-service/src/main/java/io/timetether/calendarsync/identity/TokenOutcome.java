package io.timetether.calendarsync.identity;

import org.jspecify.annotations.Nullable;

/** What asking for an access token came to. */
public sealed interface TokenOutcome {

    /** A token for Graph, good for some minutes at least. */
    record Granted(String accessToken) implements TokenOutcome {

        /** Without the token: outcomes get logged. */
        @Override
        public String toString() {
            return "Granted[]";
        }
    }

    /**
     * Only the account's owner can help, by signing in again: the connection becomes RECONNECT_REQUIRED, and nothing
     * else changes.
     *
     * @param reason in words, for people
     * @param claims what Microsoft wants to see at the next sign-in, to be passed to {@link AuthorizationWish}
     */
    record ReconnectNeeded(String reason, @Nullable String claims) implements TokenOutcome {}

    /** Microsoft could not answer now; later it may. The connection is as healthy as before. */
    record Unavailable(String cause) implements TokenOutcome {}

    /** This installation is registered wrongly (secret, redirect URI, tenant): for the operator, no account is touched. */
    record Misconfigured(String detail) implements TokenOutcome {}
}
