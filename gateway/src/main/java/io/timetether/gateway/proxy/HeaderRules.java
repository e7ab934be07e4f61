package io.timetether.gateway.proxy;

import io.timetether.gateway.http.TraceParent;
import io.timetether.gateway.identity.Caller;
import io.timetether.gateway.routes.Upstream;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which headers pass, in both directions. A service must be able to believe every {@code X-Forwarded-…} it gets, must
 * never see a session cookie, and a header that belongs to one connection must not travel on the next.
 */
final class HeaderRules {

    private static final Set<String> OF_ONE_CONNECTION = Set.of(
            "connection",
            "expect", // the server in front has said "continue" already
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    /** Headers that tell a server where a request comes from or what it is, and that only we may set. */
    private static final Set<String> OURS_TO_SET = Set.of(
            "forwarded",
            "via",
            "x-real-ip",
            "x-client-ip",
            "true-client-ip",
            "x-original-url",
            "x-original-uri",
            "x-rewrite-url",
            "x-http-method",
            "x-http-method-override",
            "x-method-override",
            "x-request-id",
            "cookie");

    /** Ends at the gateway, or says what callers need not know. */
    private static final Set<String> NOT_FOR_CALLERS = Set.of("server", "x-powered-by", "x-request-id");

    /** The one cookie that a service sets: it ties an authorisation at Microsoft to the browser that began it. */
    private static final String FLOW_COOKIE = "tt_flow";

    private HeaderRules() {}

    /**
     * Where a request came from.
     *
     * @param address the client's, as far as the connection or a trusted proxy shows it
     * @param scheme of the public origin
     * @param authority of the public origin
     * @param requestId the id that follows the request
     */
    record Origin(String address, String scheme, String authority, String requestId) {}

    /** Turns the headers of a caller's request into those that the service gets. */
    static void inwards(MultiMap headers, Upstream upstream, Caller caller, Origin origin) {
        String cookie = upstream == Upstream.CALENDAR_SYNC ? flowCookie(headers.getAll(HttpHeaders.COOKIE)) : null;
        removeNamedByConnection(headers);
        removeWhere(headers, HeaderRules::endsHere);
        if (cookie != null) {
            headers.set(HttpHeaders.COOKIE, cookie);
        }
        if (caller instanceof Caller.SignedIn session) {
            headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + session.accessToken());
        }
        headers.set("X-Request-Id", origin.requestId());
        headers.set(TraceParent.HEADER, TraceParent.next(headers.get(TraceParent.HEADER)));
        headers.set("X-Forwarded-For", origin.address());
        headers.set("X-Forwarded-Proto", origin.scheme());
        headers.set("X-Forwarded-Host", origin.authority());
        headers.set(
                "Forwarded",
                "for=" + forwardedNode(origin.address()) + ";proto=" + origin.scheme() + ";host=\"" + origin.authority()
                        + '"');
    }

    /** Turns the headers of a service's answer into those that the caller gets. */
    static void outwards(MultiMap headers, Upstream upstream) {
        removeNamedByConnection(headers);
        removeWhere(headers, HeaderRules::isNotForCallers);
        keepOnlyTheFlowCookie(headers, upstream);
        if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
            headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }

    /**
     * Says of an answer that it goes to the caller as it is. Otherwise our server would compress it for those who accept
     * that: events would be held back, and secrets beside a caller's own words would show in the length.
     */
    static void keepAsItIs(MultiMap headers) {
        if (!headers.contains(HttpHeaders.CONTENT_ENCODING)) {
            headers.set(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
        }
    }

    private static boolean endsHere(String name) {
        return OF_ONE_CONNECTION.contains(name)
                || OURS_TO_SET.contains(name)
                || name.startsWith("x-forwarded-")
                || name.indexOf('_') >= 0; // some servers read x_forwarded_for as x-forwarded-for
    }

    private static boolean isNotForCallers(String name) {
        // The proxy itself looks at transfer-encoding, and drops it.
        return (OF_ONE_CONNECTION.contains(name) && !name.equals("transfer-encoding"))
                || NOT_FOR_CALLERS.contains(name);
    }

    /** @param dropped gets names in lower case */
    private static void removeWhere(MultiMap headers, Predicate<String> dropped) {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, String> header : headers) {
            if (dropped.test(header.getKey().toLowerCase(Locale.ROOT))) {
                names.add(header.getKey());
            }
        }
        names.forEach(headers::remove);
    }

    private static void keepOnlyTheFlowCookie(MultiMap headers, Upstream upstream) {
        List<String> cookies = headers.getAll(HttpHeaders.SET_COOKIE);
        if (cookies.isEmpty()) {
            return;
        }
        List<String> kept = new ArrayList<>();
        for (String cookie : cookies) {
            if (upstream == Upstream.CALENDAR_SYNC && cookie.startsWith(FLOW_COOKIE + "=")) {
                kept.add(cookie);
            }
        }
        headers.remove(HttpHeaders.SET_COOKIE);
        kept.forEach(cookie -> headers.add(HttpHeaders.SET_COOKIE, cookie));
    }

    private static void removeNamedByConnection(MultiMap headers) {
        for (String value : List.copyOf(headers.getAll(HttpHeaders.CONNECTION))) {
            for (String name : value.split(",")) {
                String trimmed = name.trim().toLowerCase(Locale.ROOT);
                // Naming a header here must not be a way to take it from a request.
                if (!trimmed.isEmpty() && !trimmed.equals("authorization") && !trimmed.startsWith("content-")) {
                    headers.remove(trimmed);
                }
            }
        }
    }

    private static @Nullable String flowCookie(List<String> headers) {
        for (String header : headers) {
            for (String cookie : header.split(";")) {
                String trimmed = cookie.trim();
                if (trimmed.startsWith(FLOW_COOKIE + "=")) {
                    return trimmed;
                }
            }
        }
        return null;
    }

    /** RFC 7239: an IPv6 address stands in brackets and quotes. */
    private static String forwardedNode(String address) {
        return address.indexOf(':') >= 0 ? "\"[" + address + "]\"" : address;
    }
}
