package io.timetether.scheduling.availability;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers that ask the same at the same time share one read. A caller only ever gets a read that began after its
 * own call did, so nobody sees less than if they had read for themselves.
 */
final class SharedReads<K, V> {

    private static final class Round<V> {
        private final CompletableFuture<V> result = new CompletableFuture<>();
        private boolean begun;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<K, Round<V>> latest = new HashMap<>();

    V get(K key, Supplier<V> read) {
        Round<V> round;
        Round<V> before = null;
        boolean mine;
        lock.lock();
        try {
            Round<V> present = latest.get(key);
            if (present == null || present.begun) {
                mine = true;
                before = present;
                round = new Round<>();
                round.begun = before == null;
                latest.put(key, round);
            } else {
                mine = false;
                round = present;
            }
        } finally {
            lock.unlock();
        }
        return mine ? lead(key, round, before, read) : joined(round);
    }

    private V lead(K key, Round<V> round, @Nullable Round<V> before, Supplier<V> read) {
        if (before != null) {
            // Whoever comes while we wait here shares our read, which has not begun yet.
            before.result.handle((value, failure) -> true).join();
            lock.lock();
            try {
                round.begun = true;
            } finally {
                lock.unlock();
            }
        }
        try {
            V value = read.get();
            round.result.complete(value);
            return value;
        } catch (RuntimeException | Error e) {
            round.result.completeExceptionally(e);
            throw e;
        } finally {
            lock.lock();
            try {
                latest.remove(key, round);
            } finally {
                lock.unlock();
            }
        }
    }

    private V joined(Round<V> round) {
        try {
            return round.result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
