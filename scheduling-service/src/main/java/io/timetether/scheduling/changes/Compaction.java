package io.timetether.scheduling.changes;

import io.quarkus.scheduler.Scheduled;
import io.timetether.scheduling.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Removes the oldest part of the log. A cursor into it answers 410, so its reader begins with a snapshot again. */
@ApplicationScoped
class Compaction {

    private static final Duration KEPT = Duration.ofDays(30);

    private final Sql sql;
    private final Clock clock;

    Compaction(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    @Scheduled(every = "PT1H", delayed = "PT10M", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void compact() {
        compact(clock.instant().minus(KEPT));
    }

    /** Removes what lies before the first entry that is not older than {@code oldest}; in one statement. */
    int compact(Instant oldest) {
        return sql.get("""
                WITH kept AS (
                    SELECT coalesce(
                        (SELECT position FROM change_log WHERE position IS NOT NULL AND at >= ? ORDER BY position LIMIT 1),
                        (SELECT position + 1 FROM change_head)) AS first
                ), removed AS (
                    DELETE FROM change_log USING kept WHERE position < kept.first RETURNING position
                ), head AS (
                    UPDATE change_head SET compacted_until = greatest(compacted_until, (SELECT max(position) FROM removed))
                    WHERE EXISTS (SELECT 1 FROM removed)
                )
                SELECT count(*) AS removed FROM removed
                """, row -> row.integer("removed"), oldest);
    }
}
