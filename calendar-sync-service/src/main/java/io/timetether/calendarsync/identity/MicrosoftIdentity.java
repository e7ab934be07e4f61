package io.timetether.calendarsync.identity;

import com.microsoft.aad.msal4j.AuthorizationCodeParameters;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import io.timetether.calendarsync.identity.MsalFailure.Interaction;
import io.timetether.calendarsync.identity.MsalFailure.Need;
import io.timetether.calendarsync.identity.MsalFailure.Passing;
import io.timetether.calendarsync.identity.MsalFailure.Registration;
import io.timetether.calendarsync.identity.RedeemOutcome.ConsentRequired;
import io.timetether.calendarsync.identity.RedeemOutcome.Declined;
import io.timetether.calendarsync.identity.RedeemOutcome.MicrosoftPerson;
import io.timetether.calendarsync.identity.RedeemOutcome.Redeemed;
import io.timetether.calendarsync.identity.RedeemOutcome.TryAgain;
import io.timetether.calendarsync.identity.TokenCaches.SealedCache;
import io.timetether.calendarsync.identity.TokenCipher.SealBroken;
import io.timetether.calendarsync.identity.TokenOutcome.Granted;
import io.timetether.calendarsync.identity.TokenOutcome.Misconfigured;
import io.timetether.calendarsync.identity.TokenOutcome.ReconnectNeeded;
import io.timetether.calendarsync.identity.TokenOutcome.Unavailable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Signs people in at Microsoft and keeps their connections supplied with access tokens, through msal4j. */
public final class MicrosoftIdentity {

    private static final int MANY = 20_000;

    private final IdentitySettings settings;
    private final TokenCaches caches;
    private final TokenCipher cipher;
    private final Clock clock;
    private final MsalApplications applications;
    private final Map<ConnectionRef, HeldToken> held = new ConcurrentHashMap<>();

    public MicrosoftIdentity(IdentitySettings settings, TokenCaches caches, TokenCipher cipher, Clock clock) {
        this.settings = settings;
        this.caches = caches;
        this.cipher = cipher;
        this.clock = clock;
        this.applications = new MsalApplications(settings);
    }

    /** Where to send the browser. Microsoft posts code and state as a form to the redirect URI (form_post). */
    public String authorizationUrl(AuthorizationWish wish) {
        return applications.authorizationUrl(wish);
    }

    /**
     * The address of the page on which an administrator approves the app for a whole organisation.
     *
     * @param state comes back to the redirect URI with {@code admin_consent=True}
     */
    public String adminConsentUrl(String state) {
        return applications.adminConsentUrl(state);
    }

    /**
     * What an error that Microsoft posted to the callback instead of a code means.
     *
     * @param error       the {@code error} parameter, for example {@code access_denied}
     * @param description the {@code error_description} parameter; only shown, never decided by
     */
    public RedeemOutcome refusal(String error, @Nullable String description) {
        String detail = description == null || description.isBlank()
                ? error
                : description.lines().findFirst().orElse(error);
        return switch (error.toLowerCase(Locale.ROOT)) {
            case "access_denied" -> new Declined("Microsoft's consent page was left without approval.");
            case "consent_required" -> consentRequired();
            case "login_required", "interaction_required", "invalid_grant" ->
                new TryAgain("Microsoft wants you to sign in again.");
            case "temporarily_unavailable", "server_error" -> new RedeemOutcome.Unavailable(detail);
            default -> new RedeemOutcome.Misconfigured(detail);
        };
    }

    /**
     * Redeems a code for a connection whose row exists already. One network call; stores nothing.
     *
     * @param connection whose row the sealed cache will be bound to
     * @param verifier   of {@link Pkce}
     * @param nonce      that the sign-in began with
     */
    public RedeemOutcome redeem(ConnectionRef connection, String code, String verifier, String nonce) {
        MemoryCache memory = new MemoryCache(null);
        AuthorizationCodeParameters parameters = AuthorizationCodeParameters.builder(code, settings.redirectUri())
                .codeVerifier(verifier)
                .scopes(applications.scopes())
                .build();
        IAuthenticationResult result;
        try {
            result = applications.await(applications.with(memory).acquireToken(parameters));
        } catch (MsalApplications.Failed failed) {
            return switch (failed.meaning()) {
                case Interaction needed ->
                    needed.need() == Need.CONSENT
                            ? consentRequired()
                            : new TryAgain("The sign-in at Microsoft could not be completed. Please begin again.");
                case Registration wrong -> new RedeemOutcome.Misconfigured(wrong.detail());
                case Passing passing -> new RedeemOutcome.Unavailable(passing.cause());
            };
        }
        held.remove(connection);
        return redeemed(connection, result, memory, nonce);
    }

    private RedeemOutcome redeemed(
            ConnectionRef connection, IAuthenticationResult result, MemoryCache memory, String nonce) {
        Optional<IdToken> claims = IdToken.parse(result.idToken());
        String json = memory.json();
        if (claims.isEmpty() || json == null || result.account() == null) {
            return new RedeemOutcome.Unavailable("Microsoft's answer does not say whose account it is");
        }
        IdToken id = claims.get();
        if (id.nonce() == null
                || !same(id.nonce(), nonce)
                || !settings.clientId().equals(id.audience())) {
            return new TryAgain("Microsoft's answer belongs to another sign-in. Please begin again.");
        }
        if (id.tenantId() == null || id.objectId() == null) {
            return new RedeemOutcome.Unavailable("Microsoft's answer does not say whose account it is");
        }
        Set<String> granted = Set.of(result.scopes().toLowerCase(Locale.ROOT).split("\\s+"));
        if (granted.stream().noneMatch(scope -> scope.endsWith("calendars.readwrite"))) {
            return new ConsentRequired("The permission to read and write calendars was not given.");
        }
        return new Redeemed(
                new MicrosoftPerson(id.tenantId(), id.objectId(), id.address(), id.name()),
                cipher.seal(json, connection.row()));
    }

    /**
     * An access token for Graph; from the cache when one is good for five minutes yet, else by one refresh, which every
     * thread that asks for this connection meanwhile waits for. A token that another instance refreshed is adopted.
     */
    public TokenOutcome accessToken(ConnectionRef connection, TokenDemand demand) {
        if (held.size() > MANY) {
            held.values().removeIf(token -> token.isIdle(clock.instant()));
        }
        HeldToken mine = held.computeIfAbsent(connection, absent -> new HeldToken());
        String token = mine.tokenFor(demand, clock.instant());
        if (token != null) {
            return new Granted(token);
        }
        mine.lock.lock();
        try {
            String meanwhile = mine.tokenFor(demand, clock.instant());
            return meanwhile != null ? new Granted(meanwhile) : obtain(connection, mine, demand);
        } finally {
            mine.lock.unlock();
        }
    }

    /** Forgets what this instance holds of a connection that was stopped or reconnected. */
    public void forget(ConnectionRef connection) {
        held.remove(connection);
    }

    private TokenOutcome obtain(ConnectionRef connection, HeldToken mine, TokenDemand demand) {
        SealedCache stored = caches.find(connection).orElse(null);
        if (stored == null) {
            return new ReconnectNeeded("This connection has no authorisation at Microsoft (any more).", null);
        }
        TokenOutcome before = mine.refusalFor(stored.version(), clock.instant());
        if (before != null) {
            return before;
        }
        TokenOutcome outcome = obtainFrom(connection, mine, demand, stored);
        long version = stored.version();
        if (outcome instanceof ReconnectNeeded) {
            // Another instance may have refreshed, or the person reconnected, while we asked with what is old now.
            SealedCache newer = caches.find(connection).orElse(null);
            if (newer != null && newer.version() != stored.version()) {
                outcome = obtainFrom(connection, mine, demand, newer);
                version = newer.version();
            }
        }
        if (!(outcome instanceof Granted)) {
            mine.refuse(outcome, version, clock.instant());
        }
        return outcome;
    }

    private TokenOutcome obtainFrom(ConnectionRef connection, HeldToken mine, TokenDemand demand, SealedCache stored) {
        MemoryCache memory;
        try {
            memory = new MemoryCache(cipher.open(stored.sealed(), connection.row()));
        } catch (SealBroken broken) {
            return new Misconfigured(broken.getMessage() == null ? "A sealed text is broken" : broken.getMessage());
        }
        IAuthenticationResult result;
        try {
            Optional<IAuthenticationResult> silent = applications.silently(memory, demand);
            if (silent.isEmpty()) {
                return new ReconnectNeeded("This connection has no authorisation at Microsoft (any more).", null);
            }
            result = silent.get();
        } catch (MsalApplications.Failed failed) {
            return switch (failed.meaning()) {
                case Interaction needed -> new ReconnectNeeded(words(needed), needed.claims());
                case Registration wrong -> new Misconfigured(wrong.detail());
                case Passing passing -> new Unavailable(passing.cause());
            };
        }
        keep(connection, stored, memory);
        mine.grant(result.accessToken(), result.expiresOnDate().toInstant());
        return new Granted(result.accessToken());
    }

    /** Saves a rotated refresh token, or the same cache under a newer key; who comes second keeps what is there. */
    private void keep(ConnectionRef connection, SealedCache stored, MemoryCache memory) {
        String json = memory.json();
        if (json != null && (memory.changed() || cipher.isStale(stored.sealed()))) {
            caches.save(connection, stored.version(), cipher.seal(json, connection.row()));
        }
    }

    private static String words(Interaction needed) {
        return switch (needed.need()) {
            case CONSENT -> "Microsoft says that the consent was withdrawn or is missing. Please connect again.";
            case SIGN_IN -> "Microsoft does not accept the stored authorisation any more. Please sign in again.";
        };
    }

    private static ConsentRequired consentRequired() {
        return new ConsentRequired("Your organisation's IT must approve Timetether at Microsoft first.");
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
