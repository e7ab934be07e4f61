package io.timetether.calendarsync.graph;

import java.net.URI;
import java.time.Duration;

/**
 * Where Graph is and how patient we are with it.
 *
 * @param origin      without {@code /v1.0}; every request and every followed link goes to it and nowhere else
 * @param timeout     of one request, answer included; a slot of a dead instance frees after it
 * @param pageSize    asked for in delta rounds; Graph takes it as a hint
 * @param maxPages    of one round, after which it counts as endless
 * @param maxBytes    of one answer
 * @param longestWait that a request waits, all retries together, before the run is postponed instead
 */
public record GraphSettings(
        URI origin, Duration timeout, int pageSize, int maxPages, long maxBytes, Duration longestWait) {

    /** The product's figures for an origin from the configuration. */
    public static GraphSettings at(URI origin) {
        return new GraphSettings(origin, Duration.ofSeconds(30), 500, 2_000, 64L << 20, Duration.ofSeconds(8));
    }
}
