package io.timetether.calendarsync.account;

import io.timetether.calendarsync.database.Sql;
import io.timetether.calendarsync.graph.InFlightSlots;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The places for requests in flight to one mailbox (product.md §9): leased rows, so that the limit holds over all
 * instances, and by the database's clock, which they share. Within this instance callers queue in order first.
 */
@ApplicationScoped
public class AccountSlots implements InFlightSlots {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofMillis(20);
    /** The request timeout of 30 seconds and a little: a dead instance's place frees itself. */
    private static final int LEASE_SECONDS = 35;

    private record Queue(Semaphore all, Semaphore background) {

        Queue() {
            this(new Semaphore(ALL, true), new Semaphore(BACKGROUND, true));
        }
    }

    private final Sql sql;
    private final ConcurrentMap<UUID, Queue> queues = new ConcurrentHashMap<>();

    AccountSlots(Sql sql) {
        this.sql = sql;
    }

    @Override
    public Optional<Lease> acquire(UUID accountId, Lane lane) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Queue queue = queues.computeIfAbsent(accountId, id -> new Queue());
        if (lane == Lane.BACKGROUND && !entered(queue.background(), deadline)) {
            return Optional.empty();
        }
        if (!entered(queue.all(), deadline)) {
            leave(queue, lane, false);
            return Optional.empty();
        }
        UUID holder = UUID.randomUUID();
        boolean leased = false;
        try {
            leased = lease(accountId, lane, holder, deadline);
        } finally {
            if (!leased) {
                leave(queue, lane, true);
            }
        }
        return leased ? Optional.of(() -> release(accountId, holder, queue, lane)) : Optional.empty();
    }

    private static boolean entered(Semaphore semaphore, long deadline) {
        try {
            return semaphore.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void leave(Queue queue, Lane lane, boolean inAll) {
        if (inAll) {
            queue.all().release();
        }
        if (lane == Lane.BACKGROUND) {
            queue.background().release();
        }
    }

    /** Background work takes the first three places only; people who wait begin at the fourth. */
    private boolean lease(UUID accountId, Lane lane, UUID holder, long deadline) {
        do {
            int highest = lane == Lane.BACKGROUND ? BACKGROUND : ALL;
            int taken = sql.change("""
                    UPDATE account_slot SET holder = ?, lease_until = now() + ? * interval '1 second'
                    WHERE (account_id, slot) = (
                        SELECT account_id, slot FROM account_slot
                        WHERE account_id = ? AND slot <= ? AND lease_until < now()
                        ORDER BY CASE WHEN ? = 4 THEN -slot ELSE slot END
                        LIMIT 1 FOR UPDATE SKIP LOCKED)
                    """, holder, LEASE_SECONDS, accountId, highest, highest);
            if (taken == 1) {
                return true;
            }
            // Another instance holds the rest.
            LockSupport.parkNanos(RETRY.toNanos());
        } while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted());
        return false;
    }

    private void release(UUID accountId, UUID holder, Queue queue, Lane lane) {
        try {
            sql.change(
                    "UPDATE account_slot SET holder = NULL, lease_until = '-infinity' WHERE account_id = ? AND holder = ?",
                    accountId,
                    holder);
        } finally {
            leave(queue, lane, true);
        }
    }
}
