package io.timetether.gateway.identity;

import io.quarkus.oidc.client.Tokens;
import io.timetether.gateway.identity.IdentityProvider.Renewal;
import io.timetether.gateway.identity.SessionLookup.Found;
import io.timetether.gateway.identity.SessionLookup.NoSession;
import io.timetether.gateway.identity.SessionLookup.NotRenewable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Sessions with an access token that is good for long enough. The token is renewed in place, once, however many requests
 * of the session come at the same time and at however many gateways: a refresh token may be good for one use only. The
 * session's id stays as it is.
 */
@ApplicationScoped
class RunningSessions {

    /** A token that ends sooner is renewed first, so that it is still good when a service looks at it. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final Sessions sessions;
    private final SessionReads reads;
    private final RecentSessions recent;
    private final IdentityProvider identityProvider;
    private final Clock clock;
    private final ConcurrentMap<SessionId, Future<SessionLookup>> renewing = new ConcurrentHashMap<>();

    RunningSessions(
            Vertx vertx,
            Sessions sessions,
            SessionReads reads,
            RecentSessions recent,
            IdentityProvider identityProvider,
            Clock clock) {
        this.vertx = vertx;
        this.sessions = sessions;
        this.reads = reads;
        this.recent = recent;
        this.identityProvider = identityProvider;
        this.clock = clock;
    }

    /** Looks a session up; seldom a renewal. */
    Future<SessionLookup> find(SessionId id) {
        return reads.find(id).compose(session -> {
            if (session.isEmpty()) {
                return Future.succeededFuture(new NoSession());
            }
            return isGood(session.get()) ? Future.succeededFuture(new Found(session.get())) : renewOnce(id);
        });
    }

    /**
     * Ends a session. Completes when it has ended for every gateway, with what it was, if it was one.
     */
    Future<Optional<Session>> end(SessionId id) {
        return vertx.executeBlocking(
                        () -> {
                            Optional<Session> session = sessions.find(id);
                            sessions.remove(id);
                            recent.forget(id);
                            return session;
                        },
                        false)
                .compose(ended -> {
                    Promise<Optional<Session>> everywhere =
                            ((VertxInternal) vertx).getOrCreateContext().promise();
                    vertx.setTimer(RecentSessions.FORGOTTEN_AFTER.toMillis(), now -> everywhere.complete(ended));
                    return everywhere.future();
                });
    }

    private Future<SessionLookup> renewOnce(SessionId id) {
        Promise<SessionLookup> promise = Promise.promise();
        Future<SessionLookup> running = renewing.putIfAbsent(id, promise.future());
        if (running == null) {
            vertx.executeBlocking(() -> sessions.change(id, this::renew), false).onComplete(done -> {
                recent.forget(id);
                renewing.remove(id);
                promise.handle(done);
            });
            running = promise.future();
        }
        // Each request goes on in its own context, not in that of the one that asked first.
        Promise<SessionLookup> here =
                ((VertxInternal) vertx).getOrCreateContext().promise();
        running.onComplete(here);
        return here.future();
    }

    private SessionLookup renew(Session session) {
        if (isGood(session)) {
            return new Found(session); // another gateway was faster
        }
        boolean stillValid = clock.instant().isBefore(session.accessExpiresAt());
        String refreshToken = session.tokens().refreshToken();
        if (refreshToken == null) {
            return stillValid ? new Found(session) : new NoSession();
        }
        return switch (identityProvider.renew(refreshToken)) {
            case Renewal.Renewed renewed -> new Found(with(session, renewed.tokens()));
            case Renewal.Refused refused -> new NoSession();
            case Renewal.Away away -> stillValid ? new Found(session) : new NotRenewable();
        };
    }

    private boolean isGood(Session session) {
        return clock.instant().plus(LONG_ENOUGH).isBefore(session.accessExpiresAt());
    }

    private Session with(Session session, Tokens tokens) {
        Long expires = tokens.getAccessTokenExpiresAt();
        Instant accessExpiresAt = expires == null
                ? SessionTokens.expiryIn(SessionTokens.claims(tokens.getAccessToken()), clock.instant())
                : Instant.ofEpochSecond(expires);
        return new Session(
                session.name(),
                new Session.Tokens(
                        Objects.requireNonNullElse(
                                tokens.get("id_token"), session.tokens().idToken()),
                        tokens.getAccessToken(),
                        tokens.getRefreshToken() == null ? session.tokens().refreshToken() : tokens.getRefreshToken()),
                accessExpiresAt,
                session.expiresAt());
    }
}
