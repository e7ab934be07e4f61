package io.timetether.gateway.identity;

import io.quarkus.oidc.AuthorizationCodeTokens;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TokenStateManager;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.timetether.gateway.configuration.GatewayConfiguration;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Where Quarkus leaves the tokens at the end of a sign-in: in the database, sealed, while the cookie gets nothing but a
 * random id. Quarkus asks here only on the sign-in paths; all other requests are {@link Callers}' business.
 */
@ApplicationScoped
@Alternative
@Priority(1)
class SessionTokens implements TokenStateManager {

    private static final Duration WITHOUT_A_WORD = Duration.ofMinutes(5);

    private final Sessions sessions;
    private final GatewayConfiguration configuration;
    private final Clock clock;

    SessionTokens(Sessions sessions, GatewayConfiguration configuration, Clock clock) {
        this.sessions = sessions;
        this.configuration = configuration;
        this.clock = clock;
    }

    @Override
    public Uni<String> createTokenState(
            RoutingContext context,
            OidcTenantConfig tenant,
            AuthorizationCodeTokens tokens,
            OidcRequestContext<String> blocking) {
        return blocking.runBlocking(() -> saying(() -> {
            Instant now = clock.instant();
            SessionId id = SessionId.create();
            sessions.add(
                    id,
                    new Session(
                            nameIn(claims(tokens.getIdToken())),
                            new Session.Tokens(tokens.getIdToken(), tokens.getAccessToken(), tokens.getRefreshToken()),
                            expiry(tokens, now),
                            now.plus(configuration.sessionLifetime())));
            return id.value();
        }));
    }

    @Override
    public Uni<AuthorizationCodeTokens> getTokens(
            RoutingContext context,
            OidcTenantConfig tenant,
            String cookie,
            OidcRequestContext<AuthorizationCodeTokens> blocking) {
        return blocking.runBlocking(() -> saying(() -> {
            Optional<SessionId> id = SessionId.of(cookie);
            Optional<Session> session = id.isEmpty() ? Optional.empty() : sessions.find(id.get());
            Session.Tokens tokens = session.map(Session::tokens)
                    .orElseThrow(() -> new AuthenticationFailedException("No such session"));
            return new AuthorizationCodeTokens(tokens.idToken(), tokens.accessToken(), tokens.refreshToken());
        }));
    }

    @Override
    public Uni<Void> deleteTokens(
            RoutingContext context, OidcTenantConfig tenant, String cookie, OidcRequestContext<Void> blocking) {
        return blocking.runBlocking(() -> saying(() -> {
            Optional<SessionId> id = SessionId.of(cookie);
            if (id.isPresent()) {
                sessions.remove(id.get());
            }
            return null;
        }));
    }

    /** Until when the access token is good: as the provider says, else as the token says, else a few minutes. */
    private static Instant expiry(AuthorizationCodeTokens tokens, Instant now) {
        Long seconds = tokens.getAccessTokenExpiresIn();
        if (seconds != null) {
            return now.plusSeconds(seconds);
        }
        return expiryIn(claims(tokens.getAccessToken()), now);
    }

    static Instant expiryIn(JsonObject claims, Instant now) {
        Long expires = claims.getLong("exp");
        return expires == null ? now.plus(WITHOUT_A_WORD) : Instant.ofEpochSecond(expires);
    }

    /** What a token says, unverified: only for tokens that the provider has just handed to us itself. */
    static JsonObject claims(@Nullable String token) {
        String[] parts = token == null ? new String[0] : token.split("\\.");
        if (parts.length != 3) {
            return new JsonObject();
        }
        try {
            return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(parts[1])));
        } catch (RuntimeException opaque) {
            return new JsonObject();
        }
    }

    private static String nameIn(JsonObject claims) {
        for (String claim : new String[] {"name", "preferred_username", "email", "sub"}) {
            if (claims.getValue(claim) instanceof String name && !name.isBlank()) {
                return name;
            }
        }
        return "";
    }

    private static <T> T saying(Callable<T> work) {
        try {
            return work.call();
        } catch (SQLException failure) {
            throw new SessionsUnavailable(failure);
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The database of the sessions does not answer. */
    static final class SessionsUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SessionsUnavailable(SQLException cause) {
            super("The sessions cannot be reached", cause);
        }
    }
}
