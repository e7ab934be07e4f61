package io.timetether.localrun.parts;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The parts that run together: started at once, waited for, stopped in the order in which they were given. */
public final class Parts implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final Map<String, String> inherited;
    private final Path logs;
    private final Undertaker undertaker;
    private final List<RunningPart> running = new CopyOnWriteArrayList<>();

    /**
     * @param inherited the environment of every part
     * @param undertaker told of every process, so that none outlives a killed launcher
     */
    public Parts(Map<String, String> inherited, Path logs, Undertaker undertaker) {
        this.inherited = inherited;
        this.logs = logs;
        this.undertaker = undertaker;
    }

    /** Starts one more; it will be stopped after those that were started before it. */
    public RunningPart start(Part part) {
        RunningPart started = RunningPart.start(part, inherited, logs);
        running.add(started);
        undertaker.remember(started.pid(), "TERM");
        return started;
    }

    /** Starts a part that has ended once more, in its old place. */
    public RunningPart startAgain(RunningPart ended) {
        int place = running.indexOf(ended);
        RunningPart started = RunningPart.start(ended.part(), inherited, logs);
        running.set(place, started);
        undertaker.forget(ended.pid());
        undertaker.remember(started.pid(), "TERM");
        return started;
    }

    /**
     * Starts a second instance of a part, on another port.
     *
     * @param environment what differs for it
     */
    public RunningPart startBeside(RunningPart first, int port, Map<String, String> environment) {
        return start(first.part().beside(port, environment));
    }

    /**
     * Waits until every part answers.
     *
     * @param each told of every part when it does
     * @throws IllegalStateException with the end of the log, when one ends or takes too long
     */
    public void awaitReady(Consumer<RunningPart> each) {
        try (HttpClient http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(2))
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            List<RunningPart> waiting = new ArrayList<>(running);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!waiting.isEmpty()) {
                for (RunningPart part : List.copyOf(waiting)) {
                    if (!part.isAlive()) {
                        throw new IllegalStateException(part.obituary());
                    }
                    if (isReady(http, part)) {
                        waiting.remove(part);
                        each.accept(part);
                    }
                }
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(waiting.getFirst().complaint());
                }
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                if (Thread.interrupted()) {
                    throw new IllegalStateException("Stopped while starting.");
                }
            }
        }
    }

    private static boolean isReady(HttpClient http, RunningPart part) {
        try {
            HttpRequest question = HttpRequest.newBuilder(part.part().readiness())
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public List<RunningPart> running() {
        return List.copyOf(running);
    }

    /** Stops all, one after the other. */
    @Override
    public void close() {
        for (RunningPart part : running) {
            part.stop();
            undertaker.forget(part.pid());
        }
    }
}
