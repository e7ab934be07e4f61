package io.timetether.gateway.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebAppTest {

    @Test
    void knowsTheSameAddressesAsTheAppItself() throws Exception {
        String app = Files.readString(
                Path.of(System.getProperty("timetether.root"), "gateway/src/main/webui/src/app/App.tsx"));

        Set<String> addresses = new TreeSet<>();
        Pattern.compile("path=\"/([a-z-]+)").matcher(app).results().forEach(found -> addresses.add(found.group(1)));

        assertThat(WebApp.ADDRESSES).isEqualTo(addresses);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/appointments", "/profile/calendar-sync", "/book/praxis-am-park"})
    void showsThePageAtTheAppsAddresses(String path) {
        assertThat(WebApp.isAddress(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/assets/gone.js", "/api/v1/me", "/booking", "/internal/v1/people", "/docs", "/start.css", ""})
    void leavesEverythingElseToOthers(String path) {
        assertThat(WebApp.isAddress(path)).isFalse();
    }
}
