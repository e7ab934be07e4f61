package io.timetether.scheduling.publicbooking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientAddressTest {

    @Test
    void theNearestProxyIsBelievedAndNobodyBeforeIt() {
        assertThat(ClientAddress.of("6.6.6.6, 203.0.113.7", "127.0.0.1")).isEqualTo("203.0.113.7");
        assertThat(ClientAddress.of("203.0.113.7", "127.0.0.1")).isEqualTo("203.0.113.7");
    }

    @Test
    void withoutAProxyTheConnectionCounts() {
        assertThat(ClientAddress.of(null, "198.51.100.4")).isEqualTo("198.51.100.4");
        assertThat(ClientAddress.of("unknown", "198.51.100.4")).isEqualTo("198.51.100.4");
        assertThat(ClientAddress.of("", "198.51.100.4")).isEqualTo("198.51.100.4");
    }

    @Test
    void oneCustomersIpv6AddressesAreOne() {
        assertThat(ClientAddress.of("2001:db8:1:2:aaaa::1", "::1"))
                .isEqualTo(ClientAddress.of("2001:db8:1:2:bbbb::9", "::1"))
                .isNotEqualTo(ClientAddress.of("2001:db8:1:3:aaaa::1", "::1"));
        assertThat(ClientAddress.of("::ffff:203.0.113.7", "::1")).isEqualTo("203.0.113.7");
    }
}
