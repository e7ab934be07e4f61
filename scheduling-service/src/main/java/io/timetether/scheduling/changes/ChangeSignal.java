package io.timetether.scheduling.changes;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes the long polls of this process when positions were given, here or in another process. */
@ApplicationScoped
class ChangeSignal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();
    private long generation;
    private boolean closed;

    /** Take this before looking at the log: what is raised between the look and the wait is then not missed. */
    long generation() {
        lock.lock();
        try {
            return generation;
        } finally {
            lock.unlock();
        }
    }

    void raise() {
        lock.lock();
        try {
            generation++;
            raised.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a generation after {@code seen}; false when the time is up or the service stops. */
    boolean await(long seen, Duration atMost) {
        lock.lock();
        try {
            long nanos = atMost.toNanos();
            while (generation == seen && !closed && nanos > 0) {
                nanos = raised.awaitNanos(nanos);
            }
            return generation != seen && !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** A stopping service answers its long polls instead of letting them run out. */
    void close(@Observes ShutdownEvent event) {
        lock.lock();
        try {
            closed = true;
            raised.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
