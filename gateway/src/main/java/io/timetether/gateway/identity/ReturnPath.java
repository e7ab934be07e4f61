package io.timetether.gateway.identity;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a person goes after signing in: a path of our own and nothing else, so that no link can send them elsewhere. */
final class ReturnPath {

    static final String START = "/";

    // One slash, then anything but a second one or a backslash, which browsers read as one.
    private static final Pattern ALLOWED =
            Pattern.compile("/(?:[A-Za-z0-9._~%?&=#,:@!$'()*+-][A-Za-z0-9._~%?&=#,:@!$'()*+/-]{0,1999})?");

    private ReturnPath() {}

    /** True if it is absent or a path of our own. */
    static boolean isAllowed(@Nullable String path) {
        return path == null
                || (ALLOWED.matcher(path).matches() && !path.startsWith("/sign-in") && !path.startsWith("/sign-out"));
    }

    /** The path, or the start page. */
    static String orStart(@Nullable String path) {
        return path == null ? START : path;
    }
}
