package io.timetether.localrun.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsIT {

    @TempDir
    Path folder;

    @Test
    void waitsUntilEveryPartAnswersAndStopsThemAll() throws Exception {
        int port = SmallProgram.freePort();
        List<String> ready = new ArrayList<>();
        RunningPart part;
        try (Undertaker undertaker = Undertaker.start(folder.resolve("processes"));
                Parts parts = new Parts(Map.of(), folder.resolve("logs"), undertaker)) {
            part = parts.start(SmallProgram.part("small", folder, environment(port), port));
            parts.awaitReady(answering -> ready.add(answering.name()));
            assertThat(ready).containsExactly("small");
            assertThat(part.isAlive()).isTrue();
        }
        assertThat(part.isAlive()).isFalse();
        assertThat(folder.resolve("processes")).isEmptyDirectory();
        assertThat(Files.readString(folder.resolve("logs/small.log"))).contains("Here I am.");
    }

    @Test
    void reportsAPartThatEndsWithTheEndOfItsLog() throws Exception {
        try (Undertaker undertaker = Undertaker.start(folder.resolve("processes"));
                Parts parts = new Parts(Map.of(), folder.resolve("logs"), undertaker)) {
            parts.start(SmallProgram.part("small", folder, Map.of(), SmallProgram.freePort()));
            assertThatThrownBy(() -> parts.awaitReady(part -> {}))
                    .hasMessageContaining("small has ended (exit code 3)")
                    .hasMessageContaining("There is no port for me.");
        }
    }

    @Test
    void startsAKilledPartAgainAndKeepsTheLogOfTheTimeBefore() throws Exception {
        int port = SmallProgram.freePort();
        try (Undertaker undertaker = Undertaker.start(folder.resolve("processes"));
                Parts parts = new Parts(Map.of(), folder.resolve("logs"), undertaker)) {
            RunningPart first = parts.start(SmallProgram.part("small", folder, environment(port), port));
            parts.awaitReady(part -> {});
            first.kill();
            RunningPart second = parts.startAgain(first);
            parts.awaitReady(part -> {});
            assertThat(parts.running()).containsExactly(second);
            assertThat(folder.resolve("logs/small.previous.log")).exists();
        }
    }

    @Test
    void nothingOutlivesAKilledLauncher() throws Exception {
        ProcessHandle part = partOfAKilledLauncher("dies-alone");
        await().atMost(Duration.ofSeconds(30)).until(() -> !part.isAlive());
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(folder.resolve("processes")).isEmptyDirectory());
    }

    @Test
    void theNextStartEndsWhatEvenTheUndertakerCouldNot() throws Exception {
        ProcessHandle part = partOfAKilledLauncher("takes-the-undertaker-along");
        Process innocent = new ProcessBuilder("sleep", "600").start();
        try {
            assertThat(part.isAlive()).isTrue();
            Files.writeString(folder.resolve("processes/other"), "TERM " + innocent.pid() + "\n");

            assertThat(Undertaker.endLeftovers(folder.resolve("processes"), folder))
                    .isEqualTo(1);

            assertThat(part.isAlive()).isFalse();
            assertThat(innocent.isAlive()).isTrue();
            assertThat(folder.resolve("processes")).isEmptyDirectory();
        } finally {
            innocent.destroyForcibly();
        }
    }

    private ProcessHandle partOfAKilledLauncher(String manner) throws Exception {
        Process launcher = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedLauncher.class.getName(),
                        folder.toString(),
                        manner)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = launcher.inputReader()) {
            String pid = output.lines()
                    .filter(line -> line.matches("\\d+"))
                    .findFirst()
                    .orElseThrow();
            launcher.waitFor();
            return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        }
    }

    /** Starts a part, says its process id, and dies without a chance to clean up. */
    static final class DoomedLauncher {
        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            int port = SmallProgram.freePort();
            Undertaker undertaker = Undertaker.start(folder.resolve("processes"));
            Parts parts = new Parts(Map.of(), folder.resolve("logs"), undertaker);
            RunningPart part = parts.start(SmallProgram.part("small", folder, environment(port), port));
            parts.awaitReady(ready -> {});
            if (arguments[1].equals("takes-the-undertaker-along")) {
                ProcessHandle.current()
                        .children()
                        .filter(child -> child.pid() != part.pid())
                        .forEach(child -> {
                            child.destroyForcibly();
                            child.onExit().join();
                        });
            }
            System.out.println(part.pid());
            System.out.flush();
            Runtime.getRuntime().halt(137);
        }
    }

    private static Map<String, String> environment(int port) {
        return Map.of("SMALL_PORT", Integer.toString(port));
    }
}
