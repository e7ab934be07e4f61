package io.timetether.calendarsync.identity;

import java.util.Set;

/** Signs people in at Microsoft and keeps their connections supplied with access tokens, through msal4j. */
public final class MicrosoftIdentity {

    /** What is asked for, from the first day, besides {@code openid profile offline_access}. */
    static final Set<String> SCOPES =
            Set.of("User.Read", "MailboxSettings.Read", "Calendars.ReadWrite", "Calendars.ReadWrite.Shared");

    private final IdentitySettings settings;
    private final TokenCaches caches;
    private final TokenCipher cipher;

    public MicrosoftIdentity(IdentitySettings settings, TokenCaches caches, TokenCipher cipher) {
        this.settings = settings;
        this.caches = caches;
        this.cipher = cipher;
    }

    /** Where to send the browser. Microsoft posts code and state as a form to the redirect URI (form_post). */
    public String authorizationUrl(AuthorizationWish wish) {
        throw new UnsupportedOperationException(settings + wish.state());
    }

    /**
     * The address of the page on which an administrator approves the app for a whole organisation.
     *
     * @param state comes back to the redirect URI with {@code admin_consent=True}
     */
    public String adminConsentUrl(String state) {
        throw new UnsupportedOperationException(state);
    }

    /**
     * What an error that Microsoft posted to the callback instead of a code means.
     *
     * @param error       the {@code error} parameter, for example {@code access_denied}
     * @param description the {@code error_description} parameter; only shown, never decided by
     */
    public RedeemOutcome refusal(String error, String description) {
        throw new UnsupportedOperationException(error + description);
    }

    /**
     * Redeems a code for a connection whose row exists already. One network call; stores nothing.
     *
     * @param connection whose row the sealed cache will be bound to
     * @param verifier   of {@link Pkce}
     * @param nonce      that the sign-in began with
     */
    public RedeemOutcome redeem(ConnectionRef connection, String code, String verifier, String nonce) {
        throw new UnsupportedOperationException(connection + code + verifier + nonce);
    }

    /**
     * An access token for Graph; from the cache when one is good for five minutes yet, else by one refresh, which every
     * thread that asks for this connection meanwhile waits for. A token that another instance refreshed is adopted.
     */
    public TokenOutcome accessToken(ConnectionRef connection, TokenDemand demand) {
        throw new UnsupportedOperationException(connection.toString() + demand + caches + cipher);
    }
}
