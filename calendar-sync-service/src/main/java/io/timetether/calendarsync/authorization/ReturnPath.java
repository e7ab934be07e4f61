package io.timetether.calendarsync.authorization;

import java.util.Optional;
import java.util.regex.Pattern;

/** Where a browser may be sent after the sign-in: a page of ours, never another address (open redirects). PURE. */
final class ReturnPath {

    static final String DEFAULT = "/";

    /** One or more plain segments; no scheme, no host, no backslash, no query, no dots that climb. */
    private static final Pattern PLAIN = Pattern.compile("/|(/[A-Za-z0-9_-][A-Za-z0-9._~-]*)+/?");

    private static final Pattern NOT_A_PAGE =
            Pattern.compile("/(api|oauth|webhooks|internal|q|sign-in|sign-out|session|openapi)(/.*)?");

    private ReturnPath() {}

    /** The path if it is allowed. */
    static Optional<String> allowed(String path) {
        return path.length() <= 200
                        && PLAIN.matcher(path).matches()
                        && !NOT_A_PAGE.matcher(path).matches()
                ? Optional.of(path)
                : Optional.empty();
    }
}
