package io.timetether.gateway.identity;

import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.timetether.gateway.http.Answers;
import io.timetether.gateway.http.Order;
import io.timetether.gateway.http.Problem;
import io.timetether.gateway.http.ProblemKind;
import io.timetether.gateway.http.RequestId;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Signing in and asking who is signed in. The code flow itself is Quarkus's; here it is begun and its end is answered. */
@ApplicationScoped
class SignInRoutes {

    private static final Logger LOG = Logger.getLogger(SignInRoutes.class);

    private final HttpAuthenticator authenticator;
    private final RunningSessions sessions;

    SignInRoutes(HttpAuthenticator authenticator, RunningSessions sessions) {
        this.authenticator = authenticator;
        this.sessions = sessions;
    }

    void open(@Observes Router router) {
        router.route(IdentityProvider.SIGN_IN).order(Order.OWN.place()).handler(onlyGet(this::signIn));
        router.route(IdentityProvider.SIGN_IN_COMPLETE).order(Order.OWN.place()).handler(onlyGet(this::complete));
        router.route("/session").order(Order.OWN.place()).handler(onlyGet(this::session));
    }

    private void signIn(RoutingContext context) {
        String wanted = context.queryParams().get("return");
        if (!ReturnPath.isAllowed(wanted)) {
            Answers.problem(
                    context,
                    Problem.of(ProblemKind.BAD_RETURN_PATH, "Give a path of this site, for example ?return=/docs.")
                            .violating("return", "must be a path of this site that begins with one slash"));
            return;
        }
        whoHasThisCookie(context, (session, failure) -> {
            if (failure != null) {
                unavailable(context, failure);
            } else if (session instanceof SessionLookup.Found) {
                Answers.seeOther(context, ReturnPath.orStart(wanted));
            } else {
                authenticate(context);
            }
        });
    }

    /** The identity provider sends the browser here with a code and our state. */
    private void complete(RoutingContext context) {
        if (!context.queryParams().contains("state")) {
            Answers.problem(
                    context, Problem.of(ProblemKind.SIGN_IN_FAILED, "Begin at /sign-in; this address ends a sign-in."));
            return;
        }
        whoHasThisCookie(context, (session, failure) -> {
            if (session instanceof SessionLookup.Found) {
                Answers.seeOther(context, ReturnPath.START); // completed in another tab meanwhile
            } else {
                authenticate(context);
            }
        });
    }

    private void authenticate(RoutingContext context) {
        authenticator
                .attemptAuthentication(context)
                .subscribe()
                .with(identity -> authenticated(context, identity), failure -> refused(context, failure));
    }

    private void authenticated(RoutingContext context, @Nullable SecurityIdentity identity) {
        if (identity == null || identity.isAnonymous()) {
            challenge(context);
        } else {
            Answers.seeOther(context, ReturnPath.START);
        }
    }

    private void refused(RoutingContext context, Throwable failure) {
        switch (failure) {
            case AuthenticationRedirectException redirect -> Answers.seeOther(context, redirect.getRedirectUri());
            case AuthenticationCompletionException ended -> notCompleted(context, ended);
            case AuthenticationFailedException noSession
            when !(failure.getCause() instanceof SessionTokens.SessionsUnavailable) -> challenge(context);
            default -> unavailable(context, failure);
        }
    }

    private void challenge(RoutingContext context) {
        if (IdentityProvider.SIGN_IN_COMPLETE.equals(context.request().path())) {
            // The state cookie is gone: too late, or another browser. Never begin anew by ourselves: it could go round
            // for
            // ever.
            notCompleted(context, new AuthenticationCompletionException());
            return;
        }
        authenticator.sendChallenge(context).subscribe().with(sent -> endIfOpen(context), failure -> {
            unavailable(context, failure);
        });
    }

    private static void endIfOpen(RoutingContext context) {
        if (!context.response().ended()) {
            context.response().putHeader("Cache-Control", "no-store").end();
        }
    }

    private static void notCompleted(RoutingContext context, AuthenticationCompletionException why) {
        LOG.infof(
                "Sign-in of request %s was not completed (%s)",
                RequestId.of(context), why.getClass().getSimpleName());
        Answers.problem(
                context,
                Problem.of(
                        ProblemKind.SIGN_IN_FAILED,
                        "It took too long, was begun elsewhere, or was declined. Begin again at /sign-in."));
    }

    private static void unavailable(RoutingContext context, Throwable failure) {
        LOG.warnf(failure, "Sign-in of request %s is not possible", RequestId.of(context));
        Answers.problem(
                context,
                Problem.of(
                        ProblemKind.IDENTITY_UNAVAILABLE,
                        "The identity provider does not answer. Try again in a moment; who is signed in stays so."));
    }

    private void session(RoutingContext context) {
        whoHasThisCookie(context, (session, failure) -> {
            if (failure != null) {
                LOG.error("The sessions cannot be read", failure);
                Answers.problem(context, Problem.of(ProblemKind.SESSIONS_UNAVAILABLE, "Try again in a moment."));
                return;
            }
            @Nullable
            String name = session instanceof SessionLookup.Found found
                    ? found.session().name()
                    : null;
            Answers.json(context, new JsonObject().put("signedIn", name != null).put("name", name));
        });
    }

    private void whoHasThisCookie(RoutingContext context, BiConsumer<SessionLookup, @Nullable Throwable> then) {
        Cookie cookie = context.request().getCookie(Callers.SESSION_COOKIE);
        Optional<SessionId> id = cookie == null ? Optional.empty() : SessionId.of(cookie.getValue());
        if (id.isEmpty()) {
            then.accept(new SessionLookup.NoSession(), null);
            return;
        }
        sessions.find(id.get())
                .onSuccess(found -> then.accept(found, null))
                .onFailure(failure -> then.accept(new SessionLookup.NoSession(), failure));
    }

    private static io.vertx.core.Handler<RoutingContext> onlyGet(io.vertx.core.Handler<RoutingContext> handler) {
        return context -> {
            HttpMethod method = context.request().method();
            if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
                handler.handle(context);
            } else {
                Answers.problem(context, Problem.of(ProblemKind.METHOD_NOT_ALLOWED, "Use GET."));
            }
        };
    }
}
