package io.timetether.scheduling.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Writes in one go what many ask for at the same time: whoever comes first writes at once; who comes meanwhile is written
 * together with all others who came meanwhile. Alone, nobody waits.
 */
final class Batches<T, R> {

    private static final int MOST = 100;

    private record Waiting<T, R>(T item, CompletableFuture<R> result) {}

    private final Function<List<T>, List<R>> write;
    private final ReentrantLock lock = new ReentrantLock();
    private List<Waiting<T, R>> waiting = new ArrayList<>();
    private boolean running;

    /** {@code write} gives a result for each item, in their order. */
    Batches(Function<List<T>, List<R>> write) {
        this.write = write;
    }

    R write(T item) {
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
            writeNext();
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
    private void writeNext() {
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
            List<R> results = write.apply(batch.stream().map(Waiting::item).toList());
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
                Thread.startVirtualThread(this::writeNext);
            }
        } finally {
            lock.unlock();
        }
    }
}
