package io.timetether.gateway.webapp;

import io.timetether.gateway.configuration.GatewayConfiguration;
import io.timetether.gateway.http.FrontGate;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Set;

/**
 * The web app's one page, at every address that the app knows: an address can be sent to a colleague, and loading it again
 * shows the same. Its scripts and styles are static files under {@code /assets}, with their content's hash in their names.
 */
@ApplicationScoped
class WebApp {

    /** The first parts of the app's addresses; a test compares them with the app's own table. */
    static final Set<String> ADDRESSES = Set.of(
            "appointments",
            "book",
            "clients",
            "invitation",
            "organisation",
            "organisations",
            "people",
            "profile",
            "services",
            "staff");

    /** Before Quarkus's static pages, which would let browsers keep this page for a day. */
    private static final int BEFORE_STATIC_PAGES = -500;

    private final String page;
    private final String contentSecurityPolicy;

    WebApp(GatewayConfiguration configuration) {
        this.page = Resources.text("META-INF/resources/index.html");
        URI identity = URI.create(configuration.identityUrl());
        // No script but our own files. The component library and the calendar write style elements at run time, and the
        // calendar's arrows are a font in a data address. The form of signing out ends at the identity provider.
        this.contentSecurityPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
                + "base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self' "
                + identity.getScheme() + "://" + identity.getAuthority();
    }

    void open(@Observes Router router) {
        router.get().order(BEFORE_STATIC_PAGES).handler(this::show);
    }

    /** Whether this is an address of the app's page, and not of a file or of another page. */
    static boolean isAddress(String path) {
        if (path.equals("/") || path.equals("/index.html")) {
            return true;
        }
        int end = path.indexOf('/', 1);
        return path.startsWith("/") && ADDRESSES.contains(path.substring(1, end < 0 ? path.length() : end));
    }

    private void show(RoutingContext context) {
        if (!isAddress(FrontGate.path(context))) {
            context.next();
            return;
        }
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader("Content-Security-Policy", contentSecurityPolicy)
                .end(page);
    }
}
