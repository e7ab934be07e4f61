package io.timetether.scheduling.database;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Does in one go what many ask for at the same time: whoever comes first is served at once; who comes meanwhile is served
 * together with all others who came meanwhile. Alone, nobody waits. What is done for somebody begins after they asked.
 */
public final class Batches<T, R> {

    private static final int MOST = 100;

    private record Waiting<T, R>(T item, CompletableFuture<R> result) {}

    private final Function<List<T>, List<R>> serve;
    private final ReentrantLock lock = new ReentrantLock();
    private List<Waiting<T, R>> waiting = new ArrayList<>();
    private boolean running;

    /** {@code serve} gives a result for each item, in their order. */
    public Batches(Function<List<T>, List<R>> serve) {
        this.serve = serve;
    }

    /** The result for this item, or what {@code serve} threw. */
    public R serve(T item) {
        Waiting<T, R> mine = new Waiting<>(item, new CompletableFuture<>());
        boolean first;
        lock.lock();
        try {
            waiting.add(mine);
            first = !running;
            running = true;
        } finally {
            lock.unlock();
        }
        if (first) {
            serveNext();
        }
        try {
            return mine.result().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** One batch; what has come meanwhile goes on elsewhere, so that nobody works for the others for ever. */
    private void serveNext() {
        List<Waiting<T, R>> batch;
        lock.lock();
        try {
            int size = Math.min(MOST, waiting.size());
            batch = List.copyOf(waiting.subList(0, size));
            waiting = new ArrayList<>(waiting.subList(size, waiting.size()));
        } finally {
            lock.unlock();
        }
        try {
            List<R> results = serve.apply(batch.stream().map(Waiting::item).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).result().complete(results.get(i));
            }
        } catch (RuntimeException | Error e) {
            batch.forEach(one -> one.result().completeExceptionally(e));
        }
        lock.lock();
        try {
            running = !waiting.isEmpty();
            if (running) {
                Thread.startVirtualThread(this::serveNext);
            }
        } finally {
            lock.unlock();
        }
    }
}
