package io.timetether.gateway.http;

import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one id under which a request is found in every log. */
public final class RequestId {

    /** The header that carries it, inwards and outwards. */
    public static final String HEADER = "X-Request-Id";

    private static final String KEY = RequestId.class.getName();
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{7,63}");

    private static final long VERSION_BITS = 0xf000L;
    private static final long RANDOM_VERSION = 0x4000L;

    private RequestId() {}

    /** The caller's id if it is well formed (8 to 64 letters, digits, dots, dashes, underscores), else a new one. */
    static String choose(@Nullable String offered) {
        return offered != null && WELL_FORMED.matcher(offered).matches() ? offered : fresh().toString();
    }

    /** Unique, not secret: a generator for secrets would have all requests wait for one another. */
    private static UUID fresh() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong() & ~VERSION_BITS | RANDOM_VERSION, random.nextLong() >>> 2 | Long.MIN_VALUE);
    }

    static void remember(RoutingContext context, String id) {
        context.put(KEY, id);
    }

    /** The id of this request. */
    public static String of(RoutingContext context) {
        String id = context.get(KEY);
        return id == null ? "" : id;
    }
}
