package io.timetether.calendarsync.feed;

import io.timetether.calendarsync.connection.Connections;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The table of runs; quiet successful ones are kept for a day, the others for a month. */
@ApplicationScoped
public class SyncRuns {

    private final Jdbi jdbi;
    private final Clock clock;

    SyncRuns(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** A full read begins, seen from each of its feeds. */
    public void begin(Run run, List<Feed> feeds) {
        jdbi.useTransaction(handle -> {
            for (Feed feed : feeds) {
                handle.createUpdate("""
                                INSERT INTO sync_run (id, organisation_id, feed_id, run_id, fence, full_read, state, started_at)
                                VALUES (:id, :organisation, :feed, :run, :fence, :full, 'RUNNING', :now)
                                """)
                        .bind("id", UUID.randomUUID())
                        .bind("organisation", feed.organisationId())
                        .bind("feed", feed.id())
                        .bind("run", run.id())
                        .bind("fence", run.fence())
                        .bind("full", run.full())
                        .bind("now", run.startedAt())
                        .execute();
            }
        });
    }

    /** A run over the calendar, seen from one of its feeds. */
    public record Run(UUID id, long fence, boolean full, Instant startedAt) {}

    /** It ended for one feed. A quiet one that found nothing new leaves no row. */
    public void end(Run run, Feed feed, SyncRun.State state, @Nullable String reason, Counts counts) {
        if (!run.full() && state == SyncRun.State.SUCCEEDED && counts.equals(Counts.NONE)) {
            return;
        }
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO sync_run (id, organisation_id, feed_id, run_id, fence, full_read, state, reason, processed,
                                              loaded, rejected, removed, held, started_at, finished_at)
                        VALUES (:id, :organisation, :feed, :run, :fence, :full, :state, :reason, :processed,
                                :loaded, :rejected, :removed, :held, :started, :now)
                        ON CONFLICT (run_id, feed_id) DO UPDATE
                        SET state = EXCLUDED.state, reason = EXCLUDED.reason, processed = EXCLUDED.processed,
                            loaded = EXCLUDED.loaded, rejected = EXCLUDED.rejected, removed = EXCLUDED.removed,
                            held = EXCLUDED.held, finished_at = EXCLUDED.finished_at
                        """)
                .bind("id", UUID.randomUUID())
                .bind("organisation", feed.organisationId())
                .bind("feed", feed.id())
                .bind("run", run.id())
                .bind("fence", run.fence())
                .bind("full", run.full())
                .bind("state", state)
                .bind("reason", reason)
                .bindMethods(counts)
                .bind("started", run.startedAt())
                .bind("now", clock.instant())
                .execute());
    }

    /** What a run did for a feed. */
    public record Counts(int processed, int loaded, int rejected, int removed, int held) {

        public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        public Counts plus(Counts more) {
            return new Counts(
                    processed + more.processed,
                    loaded + more.loaded,
                    rejected + more.rejected,
                    removed + more.removed,
                    held + more.held);
        }
    }

    public List<SyncRun> list(UUID organisationId, UUID feedId, int limit, Connections.@Nullable Place after) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT id, state, reason, full_read, processed, loaded, rejected, removed, held, started_at,
                               finished_at
                        FROM sync_run
                        WHERE organisation_id = :organisation AND feed_id = :feed
                          AND (cast(:at AS timestamptz) IS NULL OR (started_at, id) < (:at, :id))
                        ORDER BY started_at DESC, id DESC LIMIT :limit
                        """)
                .bind("organisation", organisationId)
                .bind("feed", feedId)
                .bind("at", after == null ? null : after.createdAt())
                .bind("id", after == null ? null : after.id())
                .bind("limit", limit)
                .mapTo(SyncRun.class)
                .list());
    }

    /** Forgets what is old. */
    public void clear() {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        DELETE FROM sync_run
                        WHERE started_at < :month OR (started_at < :day AND state = 'SUCCEEDED' AND processed = 0
                                                      AND removed = 0 AND NOT full_read)
                        """)
                .bind("month", clock.instant().minus(Duration.ofDays(30)))
                .bind("day", clock.instant().minus(Duration.ofDays(1)))
                .execute());
    }
}
