package io.timetether.scheduling.machine;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.timetether.scheduling.http.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

/** Makes and verifies the tokens of integrators' programs: signed, for ten minutes, of one organisation. */
@ApplicationScoped
class MachineTokens {

    static final Duration LIFETIME = Duration.ofMinutes(10);

    private final SigningKeys keys;
    private final Clock clock;
    private final String issuer;
    private final String audience;
    private final JwtConsumer verifying;
    private final JwtConsumer looking = new JwtConsumerBuilder()
            .setSkipAllValidators()
            .setSkipSignatureVerification()
            .setDisableRequireSignature()
            .build();

    MachineTokens(
            SigningKeys keys,
            Clock clock,
            @ConfigProperty(name = "timetether.public-url") String issuer,
            @ConfigProperty(name = "quarkus.oidc.token.audience") String audience) {
        this.keys = keys;
        this.clock = clock;
        this.issuer = issuer;
        this.audience = audience;
        this.verifying = new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys.published()))
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.EDDSA))
                .setExpectedIssuer(issuer)
                .setExpectedAudience(audience)
                .setRequireSubject()
                .setRequireExpirationTime()
                .setMaxFutureValidityInMinutes(Math.toIntExact(LIFETIME.toMinutes()) + 1)
                .build();
    }

    /** A token; none where there is no key to sign it with. */
    Optional<String> issue(UUID client, UUID organisationId, List<Scope> scopes) {
        return keys.signing().map(key -> sign(key, claims(client, organisationId, scopes)));
    }

    /** Whether a token says that it is one of ours; anybody can say so. */
    boolean claimsToBeOurs(String token) {
        try {
            return issuer.equals(looking.processToClaims(token).getIssuer());
        } catch (Exception notAToken) {
            return false;
        }
    }

    /** The token, if we have signed it and it holds. */
    Optional<JsonWebToken> verified(String token) {
        try {
            return Optional.of(new DefaultJWTCallerPrincipal(token, "JWT", verifying.processToClaims(token)));
        } catch (InvalidJwtException refused) {
            return Optional.empty();
        }
    }

    private JwtClaims claims(UUID client, UUID organisationId, List<Scope> scopes) {
        Instant now = clock.instant();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setSubject(client.toString());
        claims.setAudience(audience);
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(LIFETIME).getEpochSecond()));
        claims.setGeneratedJwtId();
        claims.setStringClaim("client_id", client.toString());
        claims.setStringClaim("azp", client.toString());
        claims.setStringClaim("organisation_id", organisationId.toString());
        claims.setStringClaim("scope", scopes.stream().map(Scope::toString).collect(Collectors.joining(" ")));
        return claims;
    }

    private static String sign(PublicJsonWebKey key, JwtClaims claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
        signature.setHeader("typ", "at+jwt");
        try {
            return signature.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException("A token could not be signed", impossible);
        }
    }
}
