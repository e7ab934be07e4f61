package io.timetether.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"/", "/profile/calendar-sync", "/a?b=c&d=%2F#e", "/calendar/2026-11-23"})
    void allowsPathsOfOurOwn(String path) {
        assertThat(ReturnPath.isAllowed(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "//evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "https://evil.example",
                "/\r\nSet-Cookie: a=b",
                "/\t/evil.example",
                "/a b",
                "/é",
                "/sign-in?return=/",
                "/sign-out"
            })
    void refusesEverythingElse(String path) {
        assertThat(ReturnPath.isAllowed(path)).isFalse();
    }

    @org.junit.jupiter.api.Test
    void refusesWhatNoPageHas() {
        assertThat(ReturnPath.isAllowed("/" + "a".repeat(3_000))).isFalse();
    }
}
