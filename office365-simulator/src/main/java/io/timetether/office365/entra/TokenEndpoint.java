package io.timetether.office365.entra;

import io.timetether.office365.entra.Directory.Grant;
import io.timetether.office365.fault.Fault;
import io.timetether.office365.fault.Faults;
import io.timetether.office365.fault.Trouble;
import io.timetether.office365.mailbox.Mailbox;
import io.timetether.office365.mailbox.Mailboxes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code POST /{tenant}/oauth2/v2.0/token}: a code or a refresh token becomes tokens. */
final class TokenEndpoint {

    private final Directory directory;
    private final Mailboxes mailboxes;
    private final Application application;
    private final Faults faults;
    private final Clock clock;
    private final Duration lifetime;
    private final String issuer;

    TokenEndpoint(
            Directory directory,
            Mailboxes mailboxes,
            Application application,
            Faults faults,
            Clock clock,
            Duration lifetime,
            String issuer) {
        this.directory = directory;
        this.mailboxes = mailboxes;
        this.application = application;
        this.faults = faults;
        this.clock = clock;
        this.lifetime = lifetime;
        this.issuer = issuer;
    }

    /**
     * Answers a token request.
     *
     * @param form the posted fields
     * @param basic the Authorization header's user and password, if it was sent that way
     * @throws EntraError with the number that the real service answers
     */
    Map<String, Object> answer(Map<String, String> form, @Nullable String basic) {
        authenticate(form, basic);
        return switch (form.getOrDefault("grant_type", "")) {
            case "authorization_code" -> byCode(form);
            case "refresh_token" -> byRefreshToken(form);
            case "" ->
                throw EntraError.invalidRequest(
                        900144, "The request body must contain the following parameter: 'grant_type'.");
            default ->
                throw new EntraError(
                        400,
                        "unsupported_grant_type",
                        70003,
                        "The app requested an unsupported grant type '" + form.get("grant_type") + "'.");
        };
    }

    private void authenticate(Map<String, String> form, @Nullable String basic) {
        String id = form.getOrDefault("client_id", "");
        String secret = form.getOrDefault("client_secret", "");
        if (basic != null) {
            int colon = basic.indexOf(':');
            id = colon < 0 ? basic : basic.substring(0, colon);
            secret = colon < 0 ? "" : basic.substring(colon + 1);
        }
        if (!id.equals(application.id())) {
            throw new EntraError(
                    400,
                    "unauthorized_client",
                    700016,
                    "Application with identifier '" + id + "' was not found in the directory.");
        }
        if (secret.isEmpty()) {
            throw new EntraError(
                    401,
                    "invalid_client",
                    7000218,
                    "The request body must contain the following parameter:"
                            + " 'client_assertion' or 'client_secret'.");
        }
        if (!MessageDigest.isEqual(
                secret.getBytes(StandardCharsets.UTF_8), application.secret().getBytes(StandardCharsets.UTF_8))) {
            throw new EntraError(401, "invalid_client", 7000215, "Invalid client secret provided.");
        }
    }

    private Map<String, Object> byCode(Map<String, String> form) {
        String value = form.getOrDefault("code", "");
        // Checked before the code is used up: a wrong verifier must not burn the right one's code.
        Directory.Code code = directory
                .findCode(value)
                .orElseThrow(() ->
                        EntraError.invalidGrant(70000, "The provided value for the 'code' parameter is not valid."));
        if (code.redeemed()) {
            throw EntraError.invalidGrant(
                    54005,
                    "OAuth2 Authorization code was already redeemed, please retry with a new"
                            + " valid code or use an existing refresh token.");
        }
        if (!code.redirectUri().equals(form.get("redirect_uri"))) {
            throw EntraError.invalidGrant(
                    500112,
                    "The reply address '" + form.get("redirect_uri") + "' does not match the reply address '"
                            + code.redirectUri() + "' provided when requesting Authorization code.");
        }
        requireVerifier(code, form.getOrDefault("code_verifier", ""));
        meetsTrouble(code.personId(), "authorization_code");
        Directory.Code redeemed = directory
                .redeem(value)
                .orElseThrow(() -> EntraError.invalidGrant(
                        70008, "The provided authorization code or refresh token has expired due to inactivity."));
        if (redeemed.redeemed()) {
            throw EntraError.invalidGrant(
                    54005,
                    "OAuth2 Authorization code was already redeemed, please retry with a new"
                            + " valid code or use an existing refresh token.");
        }
        return tokens(new Grant(code.personId(), code.clientId(), code.scopes()), form, code.nonce());
    }

    private Map<String, Object> byRefreshToken(Map<String, String> form) {
        Directory.RefreshToken token = directory.refreshToken(form.getOrDefault("refresh_token", ""));
        boolean rotated = !meetsTrouble(token.personId(), "refresh_token");
        Set<String> consented = directory.consented(token.personId(), token.clientId());
        Set<String> wished = form.containsKey("scope") ? Scopes.parse(form.get("scope")) : token.scopes();
        Set<String> missing = new TreeSet<>(wished);
        missing.removeAll(Scopes.PROTOCOL);
        missing.removeAll(consented);
        if (!missing.isEmpty()) {
            throw new EntraError(
                    400,
                    "invalid_grant",
                    65001,
                    "The user or administrator has not consented to use the" + " application with ID '"
                            + token.clientId() + "'. Missing: " + missing,
                    "consent_required");
        }
        Set<String> granted = new LinkedHashSet<>(token.scopes());
        granted.addAll(wished);
        Map<String, Object> answer = tokens(new Grant(token.personId(), token.clientId(), granted), form, "");
        if (!rotated) {
            answer.remove("refresh_token");
        }
        return answer;
    }

    /**
     * Whether the refresh token shall stay as it is; every other trouble is thrown.
     *
     * @throws EntraError as ordered
     */
    private boolean meetsTrouble(String personId, String grantType) {
        Optional<Trouble> met =
                faults.next(Trouble.Place.TOKEN, personId, "POST", grantType).map(Fault::trouble);
        if (met.isEmpty() || met.get() == Trouble.NOT_ROTATED) {
            return met.isPresent();
        }
        throw EntraError.of(met.get());
    }

    private Map<String, Object> tokens(Grant grant, Map<String, String> form, String nonce) {
        Mailbox person = mailboxes
                .find(grant.personId())
                .orElseThrow(() -> EntraError.invalidGrant(50034, "The user account does not exist in the directory."));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("token_type", "Bearer");
        answer.put("scope", String.join(" ", grant.scopes()));
        answer.put("expires_in", lifetime.toSeconds());
        answer.put("ext_expires_in", lifetime.toSeconds());
        answer.put("access_token", directory.accessToken(grant, lifetime, issuer));
        if (grant.scopes().contains("offline_access")) {
            answer.put("refresh_token", directory.issueRefreshToken(grant));
        }
        if (grant.scopes().contains("openid")) {
            answer.put("id_token", idToken(person, grant, nonce));
        }
        if ("1".equals(form.get("client_info"))) {
            answer.put(
                    "client_info",
                    Directory.base64("{\"uid\":\"" + person.id() + "\",\"utid\":\"" + Directory.TENANT + "\"}"));
        }
        return answer;
    }

    private String idToken(Mailbox person, Grant grant, String nonce) {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", grant.clientId());
        claims.put("iss", issuer);
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", now.plus(Duration.ofHours(1)).getEpochSecond());
        claims.put("sub", digest(person.id() + grant.clientId()));
        claims.put("oid", person.id());
        claims.put("tid", Directory.TENANT);
        claims.put("preferred_username", person.address());
        claims.put("name", person.displayName());
        if (grant.scopes().contains("email")) {
            claims.put("email", person.address());
        }
        if (!nonce.isEmpty()) {
            claims.put("nonce", nonce);
        }
        claims.put("ver", "2.0");
        return directory.sign(claims);
    }

    private static void requireVerifier(Directory.Code code, String verifier) {
        if (code.challenge().isEmpty()) {
            return;
        }
        String shown = code.challengeMethod().equals("S256") ? digest(verifier) : verifier;
        if (!MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.US_ASCII), code.challenge().getBytes(StandardCharsets.US_ASCII))) {
            throw EntraError.invalidGrant(
                    501481,
                    "The Code_Verifier does not match the code_challenge supplied in the authorization request.");
        }
    }

    private static String digest(String text) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
