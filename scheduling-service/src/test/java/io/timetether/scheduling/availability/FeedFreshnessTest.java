package io.timetether.scheduling.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.scheduling.time.Intervals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeedFreshnessTest {

    private static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");
    private static final Instant FROM = NOW;
    private static final Instant UNTIL = NOW.plus(Duration.ofDays(10));

    private static FeedFreshness feed(@Nullable Instant confirmedAt, boolean firstSyncCompleted, Instant knownUntil) {
        return new FeedFreshness(
                new UUID(0, 1),
                new UUID(0, 2),
                confirmedAt,
                NOW.minus(Duration.ofDays(1)),
                knownUntil,
                firstSyncCompleted);
    }

    private static Intervals closed(FeedFreshness feed, boolean closeWhenStale) {
        return feed.closed(NOW, closeWhenStale, FROM.getEpochSecond(), UNTIL.getEpochSecond());
    }

    private static Intervals between(Instant from, Instant until) {
        return Intervals.of(List.of(new long[] {from.getEpochSecond(), until.getEpochSecond()}));
    }

    @Test
    void isStaleAfterFifteenMinutesBeforeTheFirstSyncHasEndedAndOutsideKnownTime() {
        Instant quarter = NOW.minus(Duration.ofMinutes(15));
        assertThat(feed(quarter, true, UNTIL).isStale(NOW, FROM, UNTIL)).isFalse();
        assertThat(feed(quarter.minusMillis(1), true, UNTIL).isStale(NOW, FROM, UNTIL))
                .isTrue();
        assertThat(feed(null, true, UNTIL).isStale(NOW, FROM, UNTIL)).isTrue();
        assertThat(feed(NOW, false, UNTIL).isStale(NOW, FROM, UNTIL)).isTrue();
        assertThat(feed(NOW, true, UNTIL.minusMillis(1)).isStale(NOW, FROM, UNTIL))
                .isTrue();
    }

    @Test
    void unknownTimeIsClosedBeforeTheFirstSyncHasEndedWhateverThePolicy() {
        assertThat(closed(feed(NOW, false, UNTIL), false)).isEqualTo(between(FROM, UNTIL));
        assertThat(closed(feed(NOW, false, UNTIL), true)).isEqualTo(between(FROM, UNTIL));
    }

    @Test
    void laterStaleTimeIsClosedOnlyWhereTheOrganisationSaysSo() {
        Instant longAgo = NOW.minus(Duration.ofHours(3));
        Instant halfway = NOW.plus(Duration.ofDays(5));
        assertThat(closed(feed(longAgo, true, UNTIL), false)).isEqualTo(Intervals.NONE);
        assertThat(closed(feed(longAgo, true, UNTIL), true)).isEqualTo(between(FROM, UNTIL));
        assertThat(closed(feed(NOW, true, UNTIL), true)).isEqualTo(Intervals.NONE);
        assertThat(closed(feed(NOW, true, halfway), false)).isEqualTo(Intervals.NONE);
        assertThat(closed(feed(NOW, true, halfway), true)).isEqualTo(between(halfway, UNTIL));
    }
}
