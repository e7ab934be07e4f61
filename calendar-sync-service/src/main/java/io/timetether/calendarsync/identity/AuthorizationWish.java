package io.timetether.calendarsync.identity;

import org.jspecify.annotations.Nullable;

/**
 * What a sign-in at Microsoft is begun with.
 *
 * @param state         single use, comes back with the code
 * @param nonce         comes back within the id token and is compared when the code is redeemed
 * @param codeChallenge S256, see {@link Pkce}
 * @param loginHint     the address to suggest when an account is reconnected
 * @param claims        from {@link TokenOutcome.ReconnectNeeded}, if Microsoft asked for some
 * @param prompt        what Microsoft asks the person
 */
public record AuthorizationWish(
        String state,
        String nonce,
        String codeChallenge,
        @Nullable String loginHint,
        @Nullable String claims,
        PromptFor prompt) {

    /** What Microsoft's page asks first. */
    public enum PromptFor {
        /** Which account: always, so that a second account can be connected from the same browser. */
        ACCOUNT,
        /** Nothing that it knows already: reconnecting the account of the login hint. */
        WHAT_IS_MISSING
    }
}
