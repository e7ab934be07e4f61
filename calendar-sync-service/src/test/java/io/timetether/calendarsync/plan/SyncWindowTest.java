package io.timetether.calendarsync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class SyncWindowTest {
    private static final ZoneId AUCKLAND = ZoneId.of("Pacific/Auckland");
    private static final Instant NOW = Instant.parse("2026-11-23T11:30:00Z");

    @Test
    void reachesFromYesterdayToTwelveMonthsInTheStaffMembersZone() {
        // In Auckland it is the 24th already.
        SyncWindow wanted = SyncWindow.wanted(NOW, AUCKLAND, 12);
        assertThat(wanted.from()).isEqualTo(Instant.parse("2026-11-22T11:00:00Z"));
        assertThat(wanted.until()).isEqualTo(Instant.parse("2027-11-24T11:00:00Z"));
    }

    @Test
    void whatIsReadCoversWhatIsWantedForTwoWeeksAndThenSlides() {
        SyncWindow read = SyncWindow.wanted(NOW, AUCKLAND, 12).toRead();
        for (int day = 0; day <= 14; day++) {
            assertThat(read.covers(SyncWindow.wanted(NOW.plus(Duration.ofDays(day)), AUCKLAND, 12)))
                    .isTrue();
        }
        assertThat(read.covers(SyncWindow.wanted(NOW.plus(Duration.ofDays(16)), AUCKLAND, 12)))
                .isFalse();
    }

    @Test
    void oneCalendarIsReadForAllItsFeeds() {
        SyncWindow one = SyncWindow.wanted(NOW, AUCKLAND, 12);
        SyncWindow other = SyncWindow.wanted(NOW, ZoneId.of("America/Los_Angeles"), 18);
        SyncWindow both = one.union(other);
        assertThat(both.covers(one)).isTrue();
        assertThat(both.covers(other)).isTrue();
    }

    @Test
    void isHalfOpen() {
        SyncWindow window = new SyncWindow(NOW, NOW.plusSeconds(60));
        assertThat(window.overlaps(NOW.minusSeconds(10), NOW)).isFalse();
        assertThat(window.overlaps(NOW.plusSeconds(60), NOW.plusSeconds(70))).isFalse();
        assertThat(window.overlaps(NOW.minusSeconds(10), NOW.plusSeconds(1))).isTrue();
    }
}
