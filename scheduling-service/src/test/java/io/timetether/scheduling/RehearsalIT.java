package io.timetether.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** How the image is made, without an image: {@code deploy/image/rehearse}. */
class RehearsalIT {

    private static final Path ROOT = Path.of(System.getProperty("timetether.root"));

    @TempDir
    Path home;

    /** {@code AOTMode=on}: a JVM that cannot use the cache ends. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_25)
    void theServiceStartsWithNothingAroundItAndThenFromWhatThatLeft() throws Exception {
        Path cache = home.resolve("classes.aot");
        File log = home.resolve("rehearsal.log").toFile();
        ProcessBuilder rehearsal = new ProcessBuilder(
                        "bash", ROOT.resolve("deploy/image/rehearse").toString())
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log);
        rehearsal
                .environment()
                .putAll(Map.of(
                        "PATH", Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH"),
                        "JAVA_OPTIONS", "--sun-misc-unsafe-memory-access=allow",
                        "PROGRAM", Instances.APP.toString(),
                        "AOT_CACHE", cache.toString(),
                        "TIMETETHER_HTTP_PORT", Integer.toString(Instances.freePort())));
        int outcome = rehearsal.start().waitFor();
        assertThat(outcome).as(Files.readString(log.toPath())).isZero();
        try (Instances one = Instances.startOne(
                List.of("--sun-misc-unsafe-memory-access=allow", "-XX:AOTMode=on", "-XX:AOTCache=" + cache))) {
            assertThat(Api.practice(one.url(0), "UTC").staffMember("Mia", "UTC"))
                    .isNotEmpty();
        }
    }
}
