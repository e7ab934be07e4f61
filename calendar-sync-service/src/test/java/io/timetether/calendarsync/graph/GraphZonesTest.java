package io.timetether.calendarsync.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphZonesTest {

    @ParameterizedTest
    @CsvSource({
        "W. Europe Standard Time, Europe/Berlin",
        "Pacific Standard Time, America/Los_Angeles",
        "India Standard Time, Asia/Calcutta",
        "Nepal Standard Time, Asia/Katmandu",
        "Europe/Vienna, Europe/Vienna",
        "europe/vienna, Europe/Vienna",
        "Chatham Islands Standard Time, Pacific/Chatham"
    })
    void understandsWindowsAndIanaNames(String name, String zone) {
        assertThat(GraphZones.of(name))
                .isInstanceOfSatisfying(
                        GraphZone.Known.class,
                        known -> assertThat(known.zone().getRules())
                                .isEqualTo(ZoneId.of(zone).getRules()));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"UTC", "utc", "tzone://Microsoft/Utc", "GMT"})
    void understandsUtcInAllItsNames(String name) {
        assertThat(GraphZones.of(name)).isEqualTo(new GraphZone.Known(ZoneOffset.UTC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tzone://Microsoft/Custom", "TZONE://microsoft/custom", "tzone://Microsoft/Custom/abc"})
    void doesNotGuessCustomZones(String name) {
        assertThat(GraphZones.of(name)).isEqualTo(new GraphZone.Custom(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mars Standard Time", "Europe/Atlantis", "+25:00", "Etc/Unknown", "🌍"})
    void doesNotGuessUnknownOnes(String name) {
        assertThat(GraphZones.of(name)).isEqualTo(new GraphZone.Unknown(name));
    }

    @ParameterizedTest
    @CsvSource({"2.128, 2128", "0, 0", "1, 1000", "-5, 0", "0.0001, 1", "99999999999, 3600000", "1e2, 100000"})
    void readsRetryAfterInSecondsDecimalsIncluded(String header, long millis) {
        assertThat(RetryAfter.parse(header, Clock.systemUTC())).contains(Duration.ofMillis(millis));
    }

    @Test
    void readsRetryAfterAsADateToo() {
        Clock clock = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);
        assertThat(RetryAfter.parse("Mon, 23 Nov 2026 10:00:30 GMT", clock)).contains(Duration.ofSeconds(30));
        assertThat(RetryAfter.parse("Mon, 23 Nov 2026 09:00:30 GMT", clock)).contains(Duration.ZERO);
        assertThat(RetryAfter.parse("soon", clock)).isEmpty();
    }
}
