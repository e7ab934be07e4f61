package io.timetether.gateway.identity;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request that carries a session cookie comes from our own pages. Browsers send cookies along for any page; they
 * do not let another site's page choose {@code Sec-Fetch-Site} or {@code Origin}, nor add a header of its own without
 * asking us first (which we never allow).
 */
final class SameOrigin {

    /** A header that only our own pages, or a program, can add. */
    static final String OWN_HEADER = "X-Timetether-Request";

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private SameOrigin() {}

    /** True for safe methods, and for all others with one of the three proofs. */
    static boolean isShown(HttpMethod method, MultiMap headers, String publicOrigin) {
        if (SAFE.contains(method)) {
            return true;
        }
        String site = headers.get("Sec-Fetch-Site");
        return "same-origin".equals(site)
                || "none".equals(site)
                || "1".equals(headers.get(OWN_HEADER))
                || publicOrigin.equals(normal(headers.get("Origin")));
    }

    /** The origin of an address as browsers write it: lower case, no port where it is the scheme's own. */
    static String originOf(URI uri) {
        String origin = uri.getScheme() + "://" + uri.getAuthority();
        boolean ownPort = uri.getPort() == ("https".equals(uri.getScheme()) ? 443 : 80);
        return (ownPort ? uri.getScheme() + "://" + uri.getHost() : origin).toLowerCase(Locale.ROOT);
    }

    private static String normal(@Nullable String origin) {
        return origin == null ? "" : origin.toLowerCase(Locale.ROOT);
    }
}
