package io.timetether.localrun.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final Path ROOT = Path.of("/repository");

    @Test
    void needsNothingFromTheEnvironment() {
        Settings settings = Settings.of(ROOT, Map.of());
        assertThat(settings.data()).isEqualTo(ROOT.resolve(".local-run"));
        assertThat(settings.publicUrl()).isEqualTo("http://localhost:8080");
        assertThat(settings.origin(Port.SIMULATOR)).isEqualTo("http://localhost:8090");
        assertThat(settings.usesRealMicrosoft()).isFalse();
        assertThat(settings.usesRealIdentity()).isFalse();
    }

    @Test
    void movesWhatIsAskedToMove() {
        Settings settings = Settings.of(
                ROOT, Map.of("TIMETETHER_GATEWAY_PORT", "9090", "TIMETETHER_PUBLIC_URL", "https://book.example.com/"));
        assertThat(settings.origin(Port.GATEWAY)).isEqualTo("http://localhost:9090");
        assertThat(settings.publicUrl()).isEqualTo("https://book.example.com");
        assertThat(Settings.of(ROOT, Map.of("TIMETETHER_GATEWAY_PORT", "9090")).publicUrl())
                .isEqualTo("http://localhost:9090");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "http", "8080x", "999999999999"})
    void namesTheVariableThatIsNoPort(String wrong) {
        assertThatThrownBy(() -> Settings.of(ROOT, Map.of("TIMETETHER_IDENTITY_PORT", wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TIMETETHER_IDENTITY_PORT")
                .hasMessageContaining(wrong);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TIMETETHER_MICROSOFT_LOGIN_URL",
                "TIMETETHER_MICROSOFT_GRAPH_URL",
                "TIMETETHER_MICROSOFT_CLIENT_ID"
            })
    void leavesTheStandInOutWhenMicrosoftIsNamed(String variable) {
        assertThat(Settings.of(ROOT, Map.of(variable, "something")).usesRealMicrosoft())
                .isTrue();
        assertThat(Settings.of(ROOT, Map.of(variable, "")).usesRealMicrosoft()).isFalse();
    }

    @Test
    void givesTestsPortsThatDiffer() {
        Settings settings = Settings.forTests(ROOT, Path.of("/data"));
        assertThat(Arrays.stream(Port.values()).map(settings::port).distinct()).hasSize(Port.values().length);
    }
}
