package io.timetether.gateway.routes;

/**
 * One line of the route table.
 *
 * @param prefix the path itself and everything below it; compared by whole segments
 * @param upstream who serves it, under the very same path
 * @param openTo who is expected there
 * @param bodyLimit the most bytes that a request's body may have there; {@link #API_BODY} for the configured limit
 */
public record Route(String prefix, Upstream upstream, OpenTo openTo, long bodyLimit) {

    /** Stands for the limit that the operator has configured for the API. */
    public static final long API_BODY = -1;

    /** Whether the path is the prefix or lies below it. */
    boolean covers(String path) {
        return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }
}
