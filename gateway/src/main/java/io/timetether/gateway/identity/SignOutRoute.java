package io.timetether.gateway.identity;

import io.timetether.gateway.configuration.GatewayConfiguration;
import io.timetether.gateway.http.Answers;
import io.timetether.gateway.http.Order;
import io.timetether.gateway.http.Problem;
import io.timetether.gateway.http.ProblemKind;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * {@code POST /sign-out}: the session ends for every gateway first, then in the browser, then at the identity provider
 * where it offers that. A page gets a redirect, a script ({@code Accept: application/json}) the address.
 */
@ApplicationScoped
class SignOutRoute {

    private static final Logger LOG = Logger.getLogger(SignOutRoute.class);

    private final Vertx vertx;
    private final RunningSessions sessions;
    private final IdentityProvider identityProvider;
    private final GatewayConfiguration configuration;

    SignOutRoute(
            Vertx vertx,
            RunningSessions sessions,
            IdentityProvider identityProvider,
            GatewayConfiguration configuration) {
        this.vertx = vertx;
        this.sessions = sessions;
        this.identityProvider = identityProvider;
        this.configuration = configuration;
    }

    void open(@Observes Router router) {
        router.route("/sign-out").order(Order.OWN.place()).handler(this::signOut);
    }

    private void signOut(RoutingContext context) {
        if (!context.request().method().equals(HttpMethod.POST)) {
            Answers.problem(context, Problem.of(ProblemKind.METHOD_NOT_ALLOWED, "Use POST."));
            return;
        }
        Cookie cookie = context.request().getCookie(Callers.SESSION_COOKIE);
        if (cookie != null
                && !SameOrigin.isShown(HttpMethod.POST, context.request().headers(), identityProvider.publicOrigin())) {
            Answers.problem(context, Callers.crossSite());
            return;
        }
        Optional<SessionId> id = cookie == null ? Optional.empty() : SessionId.of(cookie.getValue());
        if (id.isEmpty()) {
            goOn(context, ReturnPath.START);
            return;
        }
        sessions.end(id.get())
                .compose(ended -> vertx.executeBlocking(() -> whereToGoOn(ended), false))
                .onSuccess(next -> {
                    forgetCookie(context);
                    goOn(context, next);
                })
                .onFailure(failure -> {
                    LOG.error("A session could not be ended", failure);
                    Answers.problem(
                            context,
                            Problem.of(
                                    ProblemKind.SESSIONS_UNAVAILABLE,
                                    "You are still signed in. Try again in a moment."));
                });
    }

    /** Asks the provider if need be, so never on an event loop. */
    private String whereToGoOn(Optional<Session> session) {
        return session.flatMap(ended -> identityProvider
                        .endSessionAddress()
                        .map(address -> address + (address.contains("?") ? "&" : "?")
                                + "id_token_hint=" + encoded(ended.tokens().idToken())
                                + "&client_id=" + encoded(configuration.identityGatewayClientId())
                                + "&post_logout_redirect_uri=" + encoded(identityProvider.publicOrigin() + "/")))
                .orElse(ReturnPath.START);
    }

    private void forgetCookie(RoutingContext context) {
        context.response()
                .addCookie(Cookie.cookie(Callers.SESSION_COOKIE, "")
                        .setPath("/")
                        .setHttpOnly(true)
                        .setSecure("https".equals(configuration.publicUrl().getScheme()))
                        .setSameSite(CookieSameSite.LAX)
                        .setMaxAge(0));
    }

    private static void goOn(RoutingContext context, String next) {
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        if (accept != null && accept.startsWith("application/json")) {
            Answers.json(context, new JsonObject().put("continueAt", next));
        } else {
            Answers.seeOther(context, next);
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
