package io.timetether.calendarsync.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicrosoftOriginTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://graph.microsoft.com",
                "https://graph.microsoft.com/",
                "http://localhost:8090",
                "http://127.0.0.1:8090",
                "http://127.9.8.7",
                "http://[::1]:8090",
                "http://office365.localhost:8090"
            })
    void acceptsHttpsAndThisMachine(String origin) {
        assertThat(MicrosoftOrigin.parse("X", origin).toString()).isEqualTo(origin.replaceAll("/$", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://graph.microsoft.com",
                "http://10.0.0.1",
                "http://localhost.example.org",
                "http://127.0.0.1.example.org",
                "http://notlocalhost",
                "http://[::2]",
                "https://graph.microsoft.com/v1.0",
                "https://user@graph.microsoft.com",
                "https://graph.microsoft.com?x=1",
                "ftp://graph.microsoft.com",
                "graph.microsoft.com",
                "",
                "https://"
            })
    void refusesEverythingElseNamingTheSetting(String origin) {
        assertThatThrownBy(() -> MicrosoftOrigin.parse("TIMETETHER_MICROSOFT_GRAPH_URL", origin))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TIMETETHER_MICROSOFT_GRAPH_URL");
    }
}
