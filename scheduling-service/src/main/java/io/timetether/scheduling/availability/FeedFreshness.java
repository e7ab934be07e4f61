package io.timetether.scheduling.availability;

import io.timetether.scheduling.time.Intervals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How well an outside calendar is known. PURE. Stale: 15 minutes without confirmation, before the first sync has ended,
 * and outside known time (product description §6).
 */
record FeedFreshness(
        UUID staffId,
        UUID feedId,
        @Nullable Instant confirmedAt,
        @Nullable Instant knownFrom,
        @Nullable Instant knownUntil,
        boolean firstSyncCompleted) {

    static final Duration CONFIRMED_FOR = Duration.ofMinutes(15);

    boolean isConfirmed(Instant now) {
        return firstSyncCompleted
                && confirmedAt != null
                && confirmedAt.plus(CONFIRMED_FOR).compareTo(now) >= 0;
    }

    boolean isStale(Instant now, Instant from, Instant until) {
        return !isConfirmed(now)
                || knownFrom == null
                || knownUntil == null
                || knownFrom.isAfter(from)
                || knownUntil.isBefore(until);
    }

    /**
     * What of [{@code from}, {@code until}) (epoch seconds) is closed because nobody knows what is in it: all of it
     * before the first sync has ended; later only where the organisation closes booking for stale time.
     */
    Intervals closed(Instant now, boolean closeWhenStale, long from, long until) {
        Intervals everything = Intervals.of(List.of(new long[] {from, until}));
        if (!firstSyncCompleted) {
            return everything;
        }
        if (!closeWhenStale) {
            return Intervals.NONE;
        }
        if (!isConfirmed(now) || knownFrom == null || knownUntil == null) {
            return everything;
        }
        return Intervals.of(List.of(
                new long[] {from, Math.min(until, knownFrom.getEpochSecond())},
                new long[] {Math.max(from, knownUntil.getEpochSecond()), until}));
    }
}
