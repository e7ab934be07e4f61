package io.timetether.calendarsync.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each of Microsoft's clouds has its own name for signing in, and wants its own Graph named in the scopes. */
class NationalCloudsTest {

    @ParameterizedTest
    @CsvSource({
        "us,     login.microsoftonline.us, https://graph.microsoft.us/",
        "us-dod, login.microsoftonline.us, https://dod-graph.microsoft.us/",
        "china,  login.chinacloudapi.cn,   https://microsoftgraph.chinacloudapi.cn/",
    })
    void signsInAndAsksForItsOwnGraph(String cloud, String authority, String graph) {
        IdentitySettings settings = in(cloud);
        assertThat(settings.authorityHost()).isEqualTo(authority);
        assertThat(settings.graphScopePrefix()).isEqualTo(graph);
    }

    @Test
    void theGlobalOneNeedsNoPrefix() {
        assertThat(in("global").authorityHost()).isEqualTo("login.microsoftonline.com");
        assertThat(in("global").graphScopePrefix()).isEmpty();
    }

    @Test
    void anUnknownCloudStopsTheStartWithTheOnesThereAre() {
        assertThatThrownBy(() -> in("germany"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("global, us, us-dod or china");
    }

    private static IdentitySettings in(String cloud) {
        return IdentitySettings.forCloud(
                cloud,
                URI.create("https://login.example.org"),
                "common",
                "client",
                "secret",
                URI.create("https://timetether.example.org/oauth/microsoft/callback"));
    }
}
