package io.timetether.calendarsync.publish;

import io.timetether.calendarsync.graph.InFlightSlots;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes several events at once: as many hands as a mailbox has places for background work, shared among all who write to it
 * in this instance. The places themselves keep the limit, over all instances and with those who read; more hands than places
 * would only make a queue in which somebody waits too long. Each event is one piece, so its requests stay in order.
 */
@ApplicationScoped
class Hands {

    private final ConcurrentMap<UUID, Integer> writers = new ConcurrentHashMap<>();

    /**
     * Does each piece once, until all are done or one says that the rest has to wait; what has begun by then is finished.
     *
     * @param work answers why the rest has to wait; empty: go on
     * @return all such reasons, mostly none
     */
    <T, S> List<S> untilStopped(UUID accountId, Collection<T> pieces, Function<T, Optional<S>> work) {
        int among = writers.merge(accountId, 1, Integer::sum);
        try {
            int hands = Math.min(pieces.size(), Math.max(1, InFlightSlots.BACKGROUND / among));
            return new Turn<>(pieces, work).with(hands);
        } finally {
            writers.computeIfPresent(accountId, (id, count) -> count == 1 ? null : count - 1);
        }
    }

    private static final class Turn<T, S> {

        private final Queue<T> waiting;
        private final Queue<S> stops = new ConcurrentLinkedQueue<>();
        private final Function<T, Optional<S>> work;
        private volatile boolean broken;

        Turn(Collection<T> pieces, Function<T, Optional<S>> work) {
            this.waiting = new ConcurrentLinkedQueue<>(pieces);
            this.work = work;
        }

        List<S> with(int hands) {
            if (hands <= 1) {
                hand();
            } else {
                try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                    for (Future<?> hand : threads.invokeAll(Collections.nCopies(hands, callable()))) {
                        ended(hand);
                    }
                } catch (InterruptedException stopping) {
                    Thread.currentThread().interrupt();
                    throw new CancellationException("This instance is shutting down");
                }
            }
            return List.copyOf(stops);
        }

        private Callable<Void> callable() {
            return () -> {
                hand();
                return null;
            };
        }

        private void hand() {
            for (T piece = next(); piece != null; piece = next()) {
                boolean done = false;
                try {
                    work.apply(piece).ifPresent(stops::add);
                    done = true;
                } finally {
                    if (!done) {
                        broken = true;
                    }
                }
            }
        }

        private @Nullable T next() {
            return stops.isEmpty() && !broken ? waiting.poll() : null;
        }

        /** What broke one hand breaks the job, as it would have without the others. */
        private static void ended(Future<?> hand) throws InterruptedException {
            try {
                hand.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error worse) {
                    throw worse;
                }
                throw e.getCause() instanceof RuntimeException unexpected ? unexpected : new IllegalStateException(e);
            }
        }
    }
}
