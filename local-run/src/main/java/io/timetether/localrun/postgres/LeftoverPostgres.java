package io.timetether.localrun.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * The server that an earlier, killed launcher has left behind. It is recognised by what it runs on, stopped cleanly, and
 * never used as it is: nobody knows with which settings it was started.
 */
final class LeftoverPostgres {

    private static final Duration CLEAN_STOP = Duration.ofSeconds(30);
    private static final Duration HARD_STOP = Duration.ofSeconds(10);

    private LeftoverPostgres() {}

    /**
     * Leaves the data directory without any living server.
     *
     * @param binaries where the executables of this installation were unpacked; processes that run one of them are ours
     * @return the process ids that were stopped
     */
    static List<Long> stop(Path dataDirectory, Path binaries) {
        Optional<PostmasterFile> found = PostmasterFile.find(dataDirectory);
        if (found.isEmpty()) {
            return List.of();
        }
        PostmasterFile postmaster = found.get();
        Optional<ProcessHandle> process =
                ProcessHandle.of(postmaster.pid()).filter(handle -> runsOn(handle.info(), dataDirectory));
        if (process.isPresent()) {
            stop(process.get());
            return List.of(postmaster.pid());
        }
        // Its children outlive a killed server for a moment; a new one must not start beside them.
        long deadline = System.nanoTime() + CLEAN_STOP.toNanos();
        while (anyRunsFrom(binaries) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        if (ProcessHandle.of(postmaster.pid()).isPresent()) {
            // The number was given to another program since. PostgreSQL would take that one for itself and refuse.
            delete(postmaster.file());
        }
        return List.of();
    }

    /** A dead process that its parent has not collected yet has no executable any more, and does not count. */
    private static boolean anyRunsFrom(Path binaries) {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info()
                        .command()
                        .filter(command -> Path.of(command).startsWith(binaries))
                        .isPresent());
    }

    private static boolean runsOn(ProcessHandle.Info info, Path dataDirectory) {
        boolean isPostgres = info.command()
                .map(command -> Path.of(command).getFileName())
                .filter(name -> name.toString().equals("postgres"))
                .isPresent();
        // Where the system hides the arguments, the name in the directory's own file has to be enough.
        return isPostgres
                && info.arguments()
                        .map(arguments -> List.of(arguments).contains(dataDirectory.toString()))
                        .orElse(true);
    }

    private static void stop(ProcessHandle server) {
        signal("INT", server); // "fast": ends the sessions, writes a checkpoint
        if (!await(server, CLEAN_STOP)) {
            signal("QUIT", server); // "immediate": the next start recovers from the log
            if (!await(server, HARD_STOP)) {
                throw new IllegalStateException("PostgreSQL of an earlier start (process " + server.pid()
                        + ") does not stop. End it with: kill -QUIT " + server.pid());
            }
        }
    }

    private static void signal(String name, ProcessHandle server) {
        try {
            // The shell's own kill: the program of that name is missing on slim systems.
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + server.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop process " + server.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean await(ProcessHandle process, Duration atMost) {
        try {
            process.onExit().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot wait for process " + process.pid(), e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + file, e);
        }
    }
}
