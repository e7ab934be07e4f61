package io.timetether.gateway.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The W3C trace context with which the services go on: the caller's trace where it names one, else a new one. */
public final class TraceParent {

    /** The header that carries it. */
    public static final String HEADER = "traceparent";

    private static final Pattern WELL_FORMED =
            Pattern.compile("[0-9a-e][0-9a-f]-((?!0{32})[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(?:-.*)?");
    private static final String SAMPLED = "01";

    private TraceParent() {}

    /** @param offered what the caller sent, well formed or not */
    public static String next(@Nullable String offered) {
        Matcher known = WELL_FORMED.matcher(offered == null ? "" : offered);
        return known.matches() && known.group().length() <= 512
                ? "00-" + known.group(1) + "-" + random(1) + "-" + known.group(2)
                : "00-" + random(2) + "-" + random(1) + "-" + SAMPLED;
    }

    /** Unique, not secret. */
    private static String random(int words) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < words; i++) {
            digits.append(HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)));
        }
        return digits.toString();
    }
}
