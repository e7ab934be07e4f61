package io.timetether.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.gateway.routes.PathVerdict.Plain;
import io.timetether.gateway.routes.PathVerdict.Refused;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathJudgeTest {

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/api/v1/x, /api/v1/x",
        "/api/v1/x?y=../..//\\;%2e, /api/v1/x",
        "/api/v1/caf%C3%A9, /api/v1/café",
        "/api/v1/a.b..c/.well/..., /api/v1/a.b..c/.well/...",
        "/api/v1/a+b@c:d, /api/v1/a+b@c:d",
        "/%61pi, /api"
    })
    void readsPlainPaths(String target, String path) {
        assertThat(PathJudge.judge(target)).isEqualTo(new Plain(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "x",
                "http://a/b",
                "//",
                "//a",
                "/a//b",
                "/.",
                "/a/.",
                "/a/..",
                "/a/../b",
                "/a\\b",
                "/a;b",
                "/a%2fb",
                "/a%2Fb",
                "/a%5cb",
                "/a%2e",
                "/%2E%2e/",
                "/a%3bb",
                "/a%25b",
                "/a%00",
                "/a%0a",
                "/a%20b",
                "/a%7f",
                "/a%",
                "/a%4",
                "/a%4g",
                "/a%g4",
                "/a%c3",
                "/a%c0%ae",
                "/a#b",
                "/a b",
                "/a\tb",
                "/é"
            })
    void refusesWhatTwoServersCouldReadDifferently(String target) {
        assertThat(PathJudge.judge(target)).isInstanceOf(Refused.class);
    }

    /** Whatever passes must mean the same when decoded once more, normalised, or stripped of parameters. */
    @Test
    void letsNothingThroughThatCouldBecomeAnotherPath() {
        long seed = 20261123;
        Random random = new Random(seed);
        String[] pieces = {
            "/", ".", "..", "%2e", "%2f", "%5c", "\\", ";", "a", "api", "internal", "%61", "%25", "?", "v1", "%C3%A9"
        };
        int plain = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder target = new StringBuilder("/");
            for (int n = random.nextInt(8); n > 0; n--) {
                target.append(pieces[random.nextInt(pieces.length)]);
            }
            if (PathJudge.judge(target.toString()) instanceof Plain judged) {
                plain++;
                String path = judged.path();
                assertThat(path).as("seed %d: %s", seed, target).doesNotContain("//", "\\", ";", "%");
                assertThat(URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8))
                        .isEqualTo(path);
                assertThat(java.nio.file.Path.of(path).normalize().toString())
                        .as("seed %d: %s", seed, target)
                        .isEqualTo(
                                path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
            }
        }
        assertThat(plain).isGreaterThan(1_000);
    }
}
