package io.timetether.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.gateway.limits.LimitVerdict.Allowed;
import io.timetether.gateway.limits.LimitVerdict.Exceeded;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitTest {

    @Test
    void writesTheHeadersOfTheDraft() {
        Limit limit = new Limit("caller", 120);
        assertThat(limit.policy()).isEqualTo("\"caller\";q=120;w=60");
        assertThat(limit.state(120)).isEqualTo("\"caller\";r=120;t=0");
        assertThat(limit.state(119)).isEqualTo("\"caller\";r=119;t=1");
        assertThat(limit.state(-5)).isEqualTo("\"caller\";r=0;t=63");
    }

    @Test
    void refusesTheOneTooMany() {
        Buckets buckets = new Buckets();
        Limit limit = new Limit("caller", 5);
        for (int i = 4; i >= 0; i--) {
            assertThat(buckets.count(limit, "a")).isEqualTo(new Allowed(i));
        }
        assertThat(buckets.count(limit, "a"))
                .isInstanceOfSatisfying(
                        Exceeded.class,
                        exceeded -> assertThat(exceeded.retryAfterSeconds()).isBetween(1L, 12L));
        assertThat(buckets.count(limit, "b")).isEqualTo(new Allowed(4));
    }

    @Test
    void tellsTheOthersOnlyOfThoseWhoUseMuchAndOnlyOnce() {
        Buckets buckets = new Buckets();
        Limit limit = new Limit("caller", 100);
        buckets.count(limit, "little");
        for (int i = 0; i < 20; i++) {
            buckets.count(limit, "much");
        }
        assertThat(buckets.takeUnshared()).isEqualTo(Map.of("much", 20L));
        assertThat(buckets.takeUnshared()).isEmpty();
        buckets.giveBack(Map.of("much", 20L));
        assertThat(buckets.takeUnshared()).isEqualTo(Map.of("much", 20L));
    }

    @Test
    void takesOffWhatWasCountedElsewhere() {
        Buckets buckets = new Buckets();
        Limit limit = new Limit("caller", 10);
        buckets.count(limit, "a");
        buckets.countedElsewhere("a", 30);
        buckets.countedElsewhere("unknown", 30);
        assertThat(buckets.count(limit, "a")).isInstanceOf(Exceeded.class);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0",
        "2001:db8:1:2::9, 2001:db8:1:2:0:0:0:0",
        "::ffff:192.0.2.7, 192.0.2.7"
    })
    void countsANetworkOfIpv6AsOneAddress(String address, String counted) {
        assertThat(NetworkOf.address(address)).isEqualTo(counted);
    }
}
