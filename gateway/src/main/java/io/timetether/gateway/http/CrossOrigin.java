package io.timetether.gateway.http;

import io.timetether.gateway.configuration.GatewayConfiguration;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets single-page apps on the origins that the operator has listed call the API with tokens of their own. Cookies never
 * travel from there: no answer allows credentials. For every other origin nothing is said, which browsers take as a no.
 */
@ApplicationScoped
class CrossOrigin {

    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String MAY_BE_SENT =
            "Accept, Authorization, Content-Type, Idempotency-Key, If-Match, Last-Event-ID, traceparent, X-Request-Id";
    private static final String MAY_BE_READ = "ETag, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id";
    private static final String KEPT_SECONDS = "600";

    private final Set<String> allowed;

    CrossOrigin(GatewayConfiguration configuration) {
        this.allowed = configuration.corsOrigins().orElse(List.of()).stream()
                .map(CrossOrigin::origin)
                .collect(Collectors.toUnmodifiableSet());
    }

    void open(@Observes Router router) {
        if (!allowed.isEmpty()) {
            router.route().order(Order.CROSS_ORIGIN.place()).handler(this::handle);
        }
    }

    private void handle(RoutingContext context) {
        MultiMap headers = context.response().headers();
        // Also where nothing is allowed, or a cache would give one origin's answer to another.
        context.addHeadersEndHandler(ended -> headers.add(HttpHeaders.VARY, HttpHeaders.ORIGIN));
        String origin = context.request().getHeader(HttpHeaders.ORIGIN);
        if (origin == null
                || !allowed.contains(origin)
                || !FrontGate.path(context).startsWith("/api/")) {
            context.next();
            return;
        }
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        boolean asksFirst = context.request().method() == HttpMethod.OPTIONS
                && context.request().headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
        if (!asksFirst) {
            headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, MAY_BE_READ);
            context.next();
            return;
        }
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, MAY_BE_SENT);
        headers.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, KEPT_SECONDS);
        Answers.letGoOfTheBody(context);
        context.response().setStatusCode(204).end();
    }

    /** An origin and nothing else: a pattern or a path would allow more, or less, than somebody meant. */
    private static String origin(String configured) {
        URI uri = URI.create(configured.trim());
        String origin = uri.getScheme() + "://" + uri.getAuthority();
        boolean plain = List.of("http", "https").contains(String.valueOf(uri.getScheme()))
                && uri.getHost() != null
                && origin.equals(configured.trim());
        if (!plain) {
            throw new IllegalStateException(
                    "TIMETETHER_CORS_ORIGINS: \"" + configured + "\" must be an origin like https://app.example");
        }
        return origin;
    }
}
