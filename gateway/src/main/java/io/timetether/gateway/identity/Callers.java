package io.timetether.gateway.identity;

import io.timetether.gateway.configuration.GatewayConfiguration;
import io.timetether.gateway.http.Problem;
import io.timetether.gateway.http.ProblemKind;
import io.timetether.gateway.identity.Caller.Anonymous;
import io.timetether.gateway.identity.Caller.Bearer;
import io.timetether.gateway.identity.Caller.SignedIn;
import io.timetether.gateway.identity.CallerAnswer.Known;
import io.timetether.gateway.identity.CallerAnswer.Stopped;
import io.timetether.gateway.identity.SessionLookup.Found;
import io.timetether.gateway.identity.SessionLookup.NoSession;
import io.timetether.gateway.identity.SessionLookup.NotRenewable;
import io.timetether.gateway.routes.OpenTo;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Says who calls: by their own token, by a session, or nobody in particular. */
@ApplicationScoped
public class Callers {

    /** The cookie in which Quarkus keeps what {@link SessionTokens} hands out. */
    static final String SESSION_COOKIE = "q_session";

    private static final Logger LOG = Logger.getLogger(Callers.class);
    private static final Known ANONYMOUS = new Known(new Anonymous());

    private final RunningSessions sessions;
    private final String publicOrigin;

    Callers(RunningSessions sessions, GatewayConfiguration configuration) {
        this.sessions = sessions;
        this.publicOrigin = SameOrigin.originOf(configuration.publicUrl());
    }

    /**
     * Who sends this request. A token of the caller's own wins over a session and is not looked into: the services verify
     * it. Where Microsoft is expected, nobody else's session is used, whatever the browser sends along.
     *
     * @return completes on the request's own context; the request must be paused until then
     */
    public Future<CallerAnswer> whoCalls(HttpServerRequest request, OpenTo openTo) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            return Future.succeededFuture(new Known(new Bearer(SessionId.shortKey(SessionId.sha256(authorization)))));
        }
        if (openTo != OpenTo.PEOPLE_AND_MACHINES) {
            return Future.succeededFuture(ANONYMOUS);
        }
        Cookie cookie = request.getCookie(SESSION_COOKIE);
        if (cookie == null) {
            return Future.succeededFuture(ANONYMOUS);
        }
        if (!SameOrigin.isShown(request.method(), request.headers(), publicOrigin)) {
            return Future.succeededFuture(new Stopped(crossSite()));
        }
        Optional<SessionId> id = SessionId.of(cookie.getValue());
        if (id.isEmpty()) {
            return Future.succeededFuture(ANONYMOUS);
        }
        return sessions.find(id.get()).map(found -> answer(id.get(), found)).otherwise(failure -> {
            LOG.error("The sessions cannot be read", failure);
            return new Stopped(Problem.of(ProblemKind.SESSIONS_UNAVAILABLE, "Try again in a moment."));
        });
    }

    static Problem crossSite() {
        return Problem.of(
                ProblemKind.CROSS_SITE_REQUEST,
                "With a session, send changes from the application's own pages, or add the header "
                        + SameOrigin.OWN_HEADER + ": 1. Programs should use a bearer token.");
    }

    private static CallerAnswer answer(SessionId id, SessionLookup found) {
        return switch (found) {
            case Found session ->
                new Known(new SignedIn(id.key(), session.session().tokens().accessToken()));
            // The services say 401 to those who need to be somebody, and serve the others.
            case NoSession none -> ANONYMOUS;
            case NotRenewable away ->
                new Stopped(Problem.of(
                        ProblemKind.IDENTITY_UNAVAILABLE,
                        "Your session must be renewed, and the identity provider does not answer. Try again shortly."));
        };
    }
}
