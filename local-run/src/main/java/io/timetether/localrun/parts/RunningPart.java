package io.timetether.localrun.parts;

import io.timetether.localrun.files.LogTail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A part as a process. Its output goes to a log; the log of the time before is kept beside it. */
public final class RunningPart {

    /** Longer than the services' own time for finishing what they are at. */
    private static final Duration POLITE_STOP = Duration.ofSeconds(15);

    private final Part part;
    private final Process process;
    private final Path log;

    private RunningPart(Part part, Process process, Path log) {
        this.part = part;
        this.process = process;
        this.log = log;
    }

    /** @throws IllegalStateException naming the program that has not been built */
    static RunningPart start(Part part, Map<String, String> inherited, Path logs) {
        if (!Files.exists(part.jar())) {
            throw new IllegalStateException(part.name() + " has not been built: " + part.jar() + " is missing.");
        }
        Path log = logs.resolve(part.name() + ".log");
        // Ctrl-C reaches every process of the terminal; the parts shall leave it to us, to stop in their order.
        List<String> command = new ArrayList<>(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(part.jvmOptions());
        command.add("-jar");
        command.add(part.jar().toString());
        try {
            keepTheLast(log);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(log.toFile());
            builder.environment().clear();
            builder.environment().putAll(inherited);
            builder.environment().putAll(part.environment());
            return new RunningPart(part, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + part.name(), e);
        }
    }

    private static void keepTheLast(Path log) throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        if (Files.exists(log)) {
            Files.move(
                    log,
                    log.resolveSibling(log.getFileName().toString().replace(".log", ".previous.log")),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    public String name() {
        return part.name();
    }

    Part part() {
        return part;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes when the process has ended, whoever ended it. */
    public CompletableFuture<RunningPart> ended() {
        return process.onExit().thenApply(ended -> this);
    }

    /** What a person needs to know about a part that has ended by itself. */
    public String obituary() {
        return part.name() + " has ended (exit code " + process.exitValue() + "). The end of " + log + ":\n"
                + LogTail.of(log, 20).indent(4);
    }

    /** What a person needs to know about a part that lives and does not become ready. */
    public String complaint() {
        return part.name() + " does not answer at " + part.readiness() + ". The end of " + log + ":\n"
                + LogTail.of(log, 20).indent(4);
    }

    /** Asks it to end, and after {@link #POLITE_STOP} ends it. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(POLITE_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it without asking, as a crash would. For tests of what the others do then. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
