package io.timetether.gateway.http;

/** The problems that the gateway itself answers with; each has its section in docs/problems.md. */
public enum ProblemKind {
    BAD_PATH("bad-path", 400, "This address cannot be used"),
    BAD_RETURN_PATH("bad-return-path", 400, "The return address cannot be used"),
    INVALID_REQUEST("invalid-request", 400, "The request cannot be read"),
    SIGN_IN_FAILED("sign-in-failed", 401, "The sign-in was not completed"),
    CROSS_SITE_REQUEST("cross-site-request", 403, "The request does not come from our own pages"),
    NOT_FOUND("not-found", 404, "There is nothing at this address"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "This address does not know this method"),
    HEAD_TOO_SLOW("head-too-slow", 408, "The request's headers took too long to arrive"),
    BODY_TOO_SLOW("body-too-slow", 408, "The request's body took too long to arrive"),
    PAYLOAD_TOO_LARGE("payload-too-large", 413, "The request's body is too large"),
    ADDRESS_TOO_LONG("address-too-long", 414, "The address is too long"),
    TOO_MANY_REQUESTS("too-many-requests", 429, "Too many requests"),
    HEADERS_TOO_LARGE("headers-too-large", 431, "The request's headers are too large"),
    INTERNAL_ERROR("internal-error", 500, "Something went wrong here"),
    UPSTREAM_FAILED("upstream-failed", 502, "A service behind the gateway broke off"),
    UPSTREAM_UNAVAILABLE("upstream-unavailable", 503, "A service behind the gateway is not available"),
    IDENTITY_UNAVAILABLE("identity-unavailable", 503, "Signing in is not possible just now"),
    SESSIONS_UNAVAILABLE("sessions-unavailable", 503, "Sessions cannot be read just now"),
    UPSTREAM_TIMEOUT("upstream-timeout", 504, "A service behind the gateway took too long");

    private final String slug;
    private final int status;
    private final String title;

    ProblemKind(String slug, int status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
    }

    /** The last segment of the problem's {@code type}, {@code /problems/{slug}}. */
    public String slug() {
        return slug;
    }

    /** The HTTP status that goes with it. */
    public int status() {
        return status;
    }

    /** What it is called, the same on every occurrence. */
    public String title() {
        return title;
    }
}
