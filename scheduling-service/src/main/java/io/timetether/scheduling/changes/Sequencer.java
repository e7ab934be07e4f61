package io.timetether.scheduling.changes;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.timetether.scheduling.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Gives committed change rows their positions, without gaps, in a short transaction of its own: at once after a commit
 * in this process, and every second for rows that another process left behind (it may have died between its commit and
 * its numbering). Only here is NOTIFY used: in a booking's own transaction it would make commits queue up.
 * Under load it rests a few milliseconds in between, so that one transaction numbers what many wrote.
 * Any instance may number; a lock lets one do so at a time, and the next one sees what the last one left.
 */
@ApplicationScoped
class Sequencer {

    static final String CHANNEL = "timetether_changes";
    private static final Logger LOG = Logger.getLogger(Sequencer.class);
    private static final int BATCH = 2000;
    private static final long LOCK = 0x7474_5345_5155L;
    private static final long SAFETY_NET_MILLIS = 1000;
    private static final long REST_NANOS = 10_000_000;

    private final Sql sql;
    private final ChangeSignal signal;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean pending = true;
    private boolean stopped;

    Sequencer(Sql sql, ChangeSignal signal) {
        this.sql = sql;
        this.signal = signal;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().name("change-sequencer").daemon().start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        lock.lock();
        try {
            stopped = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** There may be rows to number. Returns at once. */
    void wake() {
        lock.lock();
        try {
            pending = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (awaitWork()) {
            try {
                while (number() == BATCH) {
                    LOG.debug("more than one batch of changes to number");
                }
            } catch (RuntimeException | Error e) {
                // The database may be away; the safety net tries again in a second.
                LOG.warnf("changes could not be numbered, trying again: %s", e.toString());
            }
        }
    }

    private boolean awaitWork() {
        lock.lock();
        try {
            long rest = REST_NANOS;
            while (rest > 0 && !stopped) {
                rest = woken.awaitNanos(rest);
            }
            if (!pending && !stopped) {
                woken.await(SAFETY_NET_MILLIS, TimeUnit.MILLISECONDS);
            }
            pending = false;
            return !stopped;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Numbers one batch; returns how many rows got a position. */
    int number() {
        if (!sql.get(
                "SELECT EXISTS (SELECT 1 FROM change_log WHERE position IS NULL) AS any_pending",
                row -> row.flag("any_pending"))) {
            return 0;
        }
        int numbered = QuarkusTransaction.requiringNew().call(() -> {
            sql.get("SELECT pg_advisory_xact_lock(?) IS NULL AS taken", row -> true, LOCK);
            return sql.get("""
                    WITH pending AS (
                        SELECT id, row_number() OVER (ORDER BY id) AS place
                        FROM (SELECT id FROM change_log WHERE position IS NULL ORDER BY id LIMIT ?) AS batch
                    ), numbered AS (
                        UPDATE change_log SET position = change_head.position + pending.place
                        FROM pending, change_head WHERE change_log.id = pending.id
                        RETURNING change_log.position
                    ), head AS (
                        UPDATE change_head SET position = position + (SELECT count(*) FROM numbered)
                        WHERE EXISTS (SELECT 1 FROM numbered)
                        RETURNING position
                    )
                    SELECT (SELECT count(*) FROM numbered) AS numbered,
                           (SELECT pg_notify('timetether_changes', position::text) IS NULL FROM head) AS notified
                    """, row -> row.integer("numbered"), BATCH);
        });
        if (numbered > 0) {
            signal.raise();
        }
        return numbered;
    }
}
