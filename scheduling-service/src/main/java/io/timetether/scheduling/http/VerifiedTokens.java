package io.timetether.scheduling.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Spares a token that was verified less than a minute ago the same verification again, which costs as much as answering.
 * Only what a token says is remembered, never who that is here or what they may do; and never beyond its expiry.
 */
@ApplicationScoped
class VerifiedTokens implements HttpAuthenticationMechanism, SecurityIdentityAugmentor {

    static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);
    private static final int MOST = 5000;
    private static final String SCHEME = "Bearer ";

    private record Verified(JsonWebToken token, Instant until) {}

    private final Clock clock;
    private final Map<String, Verified> verified = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Verified> eldest) {
            return size() > MOST;
        }
    };

    VerifiedTokens(Clock clock) {
        this.clock = clock;
    }

    /** Before all that verify. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 200;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager ignored) {
        String header = context.request().getHeader(HttpHeaderNames.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Uni.createFrom().nullItem();
        }
        return Uni.createFrom()
                .item(find(header.substring(SCHEME.length()).trim())
                        .map(token -> (SecurityIdentity) QuarkusSecurityIdentity.builder()
                                .setPrincipal(token)
                                .build())
                        .orElse(null));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    /** Is told of each identity that has just been verified. */
    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (!identity.isAnonymous() && identity.getPrincipal() instanceof JsonWebToken token) {
            remember(token);
        }
        return Uni.createFrom().item(identity);
    }

    void remember(JsonWebToken token) {
        Instant until = clock.instant().plus(REMEMBERED_FOR);
        Instant expiry = Instant.ofEpochSecond(token.getExpirationTime());
        synchronized (verified) {
            verified.put(token.getRawToken(), new Verified(token, expiry.isBefore(until) ? expiry : until));
        }
    }

    /** The token, if it was verified lately and holds still. */
    Optional<JsonWebToken> find(String raw) {
        synchronized (verified) {
            Verified known = verified.get(raw);
            if (known == null) {
                return Optional.empty();
            }
            if (clock.instant().isBefore(known.until())) {
                return Optional.of(known.token());
            }
            verified.remove(raw);
            return Optional.empty();
        }
    }
}
