package io.timetether.gateway.limits;

/**
 * So many requests a minute, all of which may come at once after a quiet minute.
 *
 * @param name as the RateLimit headers call it
 * @param perMinute how many
 */
record Limit(String name, int perMinute) {

    /** {@code RateLimit-Policy}, as draft-ietf-httpapi-ratelimit-headers has it. */
    String policy() {
        return "\"" + name + "\";q=" + perMinute + ";w=60";
    }

    /** {@code RateLimit}: what is left, and in how many seconds all of it is there again. */
    String state(long remaining) {
        long missing = Math.max(0, perMinute - remaining);
        return "\"" + name + "\";r=" + Math.max(0, remaining) + ";t=" + Math.ceilDiv(missing * 60, perMinute);
    }
}
