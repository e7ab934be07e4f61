package io.timetether.localrun.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Sees to it that no process outlives its launcher. A shell holds the reading end of a pipe whose writing end only the
 * launcher has: when that breaks, however the launcher came to its end, the shell ends the processes of the list, in its
 * order. What even that could not do (the machine's power went) is left for {@link #endLeftovers} of the next start.
 */
public final class Undertaker implements AutoCloseable {

    private static final String SCRIPT = """
            trap '' INT HUP TERM
            cat > /dev/null
            [ -f "$1" ] || exit 0
            while read -r signal pid; do
              kill -s "$signal" "$pid" 2> /dev/null || continue
              n=0
              while kill -0 "$pid" 2> /dev/null && [ $n -lt 20 ]; do sleep 1; n=$((n + 1)); done
              kill -s KILL "$pid" 2> /dev/null
            done < "$1"
            rm -f "$1"
            """;
    private static final Duration POLITE_STOP = Duration.ofSeconds(20);

    private final Path list;
    private final Process shell;
    private final Map<Long, String> processes = new LinkedHashMap<>();

    private Undertaker(Path list, Process shell) {
        this.list = list;
        this.shell = shell;
    }

    /** @param folder where the lists of processes lie, one for each launcher */
    public static Undertaker start(Path folder) {
        try {
            Files.createDirectories(folder);
            Path list = folder.resolve(ProcessHandle.current().pid() + "-" + System.nanoTime());
            Process shell = new ProcessBuilder("sh", "-c", SCRIPT, "timetether-undertaker", list.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Undertaker(list, shell);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the shell that ends the parts of a killed launcher", e);
        }
    }

    /** @param signal the one that ends it in an orderly way */
    public synchronized void remember(long pid, String signal) {
        processes.put(pid, signal);
        write();
    }

    synchronized void forget(long pid) {
        processes.remove(pid);
        write();
    }

    private void write() {
        StringBuilder text = new StringBuilder();
        processes.forEach(
                (pid, signal) -> text.append(signal).append(' ').append(pid).append('\n'));
        try {
            Path draft = list.resolveSibling(list.getFileName() + ".draft");
            Files.writeString(draft, text);
            Files.move(draft, list, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + list, e);
        }
    }

    /** After an orderly end there is nothing left to do. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(list);
            shell.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot dismiss the shell", e);
        }
    }

    /**
     * Ends the parts that earlier launchers left behind. Only processes that run one of our programs are touched: the
     * number alone may belong to somebody else by now.
     *
     * @param programs where our programs lie
     * @return how many were found running
     */
    public static int endLeftovers(Path folder, Path programs) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        int ended = 0;
        try (Stream<Path> lists = Files.list(folder)) {
            for (Path list : lists.toList()) {
                for (String line : Files.readAllLines(list)) {
                    ended += end(line, programs);
                }
                Files.deleteIfExists(list);
            }
            return ended;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    private static int end(String line, Path programs) {
        String pid = line.replaceFirst(".* ", "");
        if (!pid.matches("\\d{1,18}")) {
            return 0;
        }
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(process -> isOurs(process, programs))
                .map(process -> {
                    process.destroy();
                    if (!await(process)) {
                        process.destroyForcibly();
                        await(process);
                    }
                    return 1;
                })
                .orElse(0);
    }

    private static boolean isOurs(ProcessHandle process, Path programs) {
        List<String> arguments = process.info().arguments().map(List::of).orElse(List.of());
        int jar = arguments.indexOf("-jar");
        return jar >= 0
                && jar + 1 < arguments.size()
                && Path.of(arguments.get(jar + 1)).startsWith(programs);
    }

    private static boolean await(ProcessHandle process) {
        try {
            process.onExit().get(POLITE_STOP.toMillis(), TimeUnit.MILLISECONDS);
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
}
