package io.timetether.office365.entra;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.timetether.office365.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The tenant's memory: its signing key, codes, refresh tokens, consents and revocations. Access tokens are signed and not kept;
 * they end with their lifetime, or when the person's sessions are revoked.
 */
public final class Directory {

    /** The one tenant of the stand-in. */
    public static final String TENANT = "5f3c7b0e-6a0d-4c3b-9d55-0f0d365a7e11";

    private static final Duration CODE_LIFE = Duration.ofMinutes(10);
    private static final Duration REFRESH_TOKEN_LIFE = Duration.ofDays(90);

    /** Who may do what with a token. */
    public record Grant(String personId, String clientId, Set<String> scopes) {}

    /** An authorization code; it stays after its use, so that a second use is recognised. */
    record Code(
            String personId,
            String clientId,
            String redirectUri,
            @JsonDeserialize(as = LinkedHashSet.class) Set<String> scopes,
            String challenge,
            String challengeMethod,
            String nonce,
            Instant issuedAt,
            boolean redeemed) {}

    record RefreshToken(
            String personId,
            String clientId,
            @JsonDeserialize(as = LinkedHashSet.class) Set<String> scopes,
            Instant issuedAt) {}

    record Consent(
            @JsonDeserialize(as = LinkedHashSet.class) Set<String> scopes) {}

    record Revocation(Instant before) {}

    record SigningKey(String json) {}

    private final Store store;
    private final Clock clock;
    private final Store.Shelf<Code> codes;
    private final Store.Shelf<RefreshToken> refreshTokens;
    private final Store.Shelf<Consent> consents;
    private final Store.Shelf<Revocation> revocations;
    private final RsaJsonWebKey key;
    private final SecureRandom random = new SecureRandom();

    public Directory(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
        codes = store.shelf("codes", Code.class);
        refreshTokens = store.shelf("refreshTokens", RefreshToken.class);
        consents = store.shelf("consents", Consent.class);
        revocations = store.shelf("revocations", Revocation.class);
        key = openKey(store.shelf("signingKey", SigningKey.class));
    }

    /** A new single-use code. */
    String issueCode(Code code) {
        String value = "0.A" + randomText();
        store.write(() -> {
            codes.put(value, code);
            return null;
        });
        return value;
    }

    /** Marks a code as used and answers it as it was before. */
    Optional<Code> redeem(String value) {
        return store.write(() -> {
            Code code = codes.find(value);
            if (code == null || code.issuedAt().plus(CODE_LIFE).isBefore(clock.instant())) {
                return Optional.empty();
            }
            codes.put(
                    value,
                    new Code(
                            code.personId(),
                            code.clientId(),
                            code.redirectUri(),
                            code.scopes(),
                            code.challenge(),
                            code.challengeMethod(),
                            code.nonce(),
                            code.issuedAt(),
                            true));
            return Optional.of(code);
        });
    }

    Optional<Code> findCode(String value) {
        return Optional.ofNullable(codes.find(value));
    }

    String issueRefreshToken(Grant grant) {
        String value = "1.A" + randomText();
        store.write(() -> {
            refreshTokens.put(
                    value, new RefreshToken(grant.personId(), grant.clientId(), grant.scopes(), clock.instant()));
            return null;
        });
        return value;
    }

    /**
     * What a refresh token stands for. Use does not end it, as with the real service.
     *
     * @throws EntraError when it is unknown, unused for too long, or was revoked
     */
    RefreshToken refreshToken(String value) {
        RefreshToken token = refreshTokens.find(value);
        if (token == null) {
            throw EntraError.invalidGrant(9002313, "Invalid request. Request is malformed or invalid.");
        }
        if (token.issuedAt().plus(REFRESH_TOKEN_LIFE).isBefore(clock.instant())) {
            throw EntraError.invalidGrant(700082, "The refresh token has expired due to inactivity.");
        }
        if (revoked(token.personId(), token.issuedAt())) {
            throw EntraError.invalidGrant(
                    50173, "The provided grant has expired due to it being revoked, a fresh auth token is needed.");
        }
        return token;
    }

    /** Ends all sessions of a person: refresh tokens and access tokens issued until now are worth nothing. */
    public void revokeSessions(String personId) {
        store.write(() -> {
            revocations.put(personId, new Revocation(clock.instant()));
            return null;
        });
    }

    boolean revoked(String personId, Instant issuedAt) {
        Revocation revocation = revocations.find(personId);
        return revocation != null && !issuedAt.isAfter(revocation.before());
    }

    Set<String> consented(String personId, String clientId) {
        Consent consent = consents.find(personId + "/" + clientId);
        return consent == null ? Set.of() : consent.scopes();
    }

    void consent(String personId, String clientId, Set<String> scopes) {
        store.write(() -> {
            TreeSet<String> all = new TreeSet<>(consented(personId, clientId));
            all.addAll(scopes);
            consents.put(personId + "/" + clientId, new Consent(all));
            return null;
        });
    }

    /** Withdraws a person's consent, as under "My Apps". */
    public void withdrawConsent(String personId, String clientId) {
        store.write(() -> {
            consents.remove(personId + "/" + clientId);
            return null;
        });
        revokeSessions(personId);
    }

    /** A signed token with these claims. */
    String sign(Map<String, Object> claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(JsonUtil.toJson(claims));
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setHeader("typ", "JWT");
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException cause) {
            throw new IllegalStateException("cannot sign a token", cause);
        }
    }

    String accessToken(Grant grant, Duration lifetime, String issuer) {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", "00000003-0000-0000-c000-000000000000");
        claims.put("iss", issuer);
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", now.plus(lifetime).getEpochSecond());
        claims.put("iat_ms", now.toEpochMilli());
        claims.put("appid", grant.clientId());
        claims.put("oid", grant.personId());
        claims.put("tid", TENANT);
        claims.put("scp", String.join(" ", grant.scopes()));
        claims.put("uti", randomText());
        return sign(claims);
    }

    /** What a Graph access token allows now; nothing when it is forged, expired or revoked. */
    public Optional<Grant> verify(String accessToken) {
        Map<String, Object> claims = claims(accessToken);
        if (claims == null
                || !(claims.get("exp") instanceof Number expires)
                || !(claims.get("oid") instanceof String oid)) {
            return Optional.empty();
        }
        Instant issuedAt =
                claims.get("iat_ms") instanceof Number ms ? Instant.ofEpochMilli(ms.longValue()) : Instant.EPOCH;
        if (expires.longValue() <= clock.instant().getEpochSecond() || revoked(oid, issuedAt)) {
            return Optional.empty();
        }
        return Optional.of(new Grant(
                oid,
                String.valueOf(claims.get("appid")),
                Set.of(String.valueOf(claims.get("scp")).split(" "))));
    }

    private @Nullable Map<String, Object> claims(String token) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setAlgorithmConstraints(new org.jose4j.jwa.AlgorithmConstraints(
                    org.jose4j.jwa.AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256));
            signature.setCompactSerialization(token);
            signature.setKey(key.getPublicKey());
            return signature.verifySignature() ? JsonUtil.parseJson(signature.getPayload()) : null;
        } catch (JoseException malformed) {
            return null;
        }
    }

    /** The published half of the signing key. */
    List<Map<String, Object>> publicKeys() {
        Map<String, Object> published = key.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
        return List.of(published);
    }

    static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String randomText() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private RsaJsonWebKey openKey(Store.Shelf<SigningKey> shelf) {
        try {
            SigningKey kept = shelf.find("current");
            if (kept != null) {
                return (RsaJsonWebKey) JsonWebKey.Factory.newJwk(kept.json());
            }
            RsaJsonWebKey fresh = RsaJwkGenerator.generateJwk(2048);
            fresh.setKeyId(randomText().substring(0, 12));
            fresh.setUse("sig");
            fresh.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
            store.write(() -> {
                shelf.put("current", new SigningKey(fresh.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE)));
                return null;
            });
            return fresh;
        } catch (JoseException cause) {
            throw new IllegalStateException("cannot open the signing key", cause);
        }
    }
}
