package io.timetether.calendarsync.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/profile", "/profile/calendar-sync", "/staff/4f0e/calendar-sync/"})
    void pagesOfOursAreAllowed(String path) {
        assertThat(ReturnPath.allowed(path)).contains(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "profile", "//evil.example", "/\\evil.example", "https://evil.example", "/a/..", "/../a", "/./a",
                        "/a//b",
                "/a?x=1", "/a#b", "/a%2f..", "/a b", "/a\nb", "/api", "/api/v1/me", "/oauth/microsoft/complete",
                        "/sign-out"
            })
    void everythingElseIsNot(String path) {
        assertThat(ReturnPath.allowed(path)).isEmpty();
    }
}
