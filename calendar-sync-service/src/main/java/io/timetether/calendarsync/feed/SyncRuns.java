package io.timetether.calendarsync.feed;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.timetether.calendarsync.connection.Connections;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of runs; quiet successful ones are kept for a day, the others for a month. */
@ApplicationScoped
@Transactional
public class SyncRuns implements PanacheRepositoryBase<SyncRun, UUID> {

    private final MeterRegistry metrics;
    private final Clock clock;

    SyncRuns(MeterRegistry metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /** A run has ended, for all of its feeds; for the figures. */
    public void ended(Run run, SyncRun.State state) {
        metrics.timer("timetether.sync.runs", "outcome", state.name(), "read", run.full() ? "FULL" : "CHANGES")
                .record(Duration.between(run.startedAt(), clock.instant()));
    }

    /** A full read begins, seen from each of its feeds. */
    public void begin(Run run, List<Feed> feeds) {
        persist(feeds.stream().map(feed -> new SyncRun(run, feed)));
    }

    /** A run over the calendar, seen from one of its feeds. */
    public record Run(UUID id, long fence, boolean full, Instant startedAt) {}

    /** It ended for one feed. A quiet one that found nothing new leaves no row. */
    public void end(Run run, Feed feed, SyncRun.State state, @Nullable String reason, Counts counts) {
        if (!run.full() && state == SyncRun.State.SUCCEEDED && counts.equals(Counts.NONE)) {
            return;
        }
        SyncRun begun = find("runId = ?1 and feedId = ?2", run.id(), feed.id()).firstResult();
        SyncRun row = begun == null ? new SyncRun(run, feed) : begun;
        row.end(state, reason, counts, clock.instant());
        persist(row);
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

    /** The latest first. */
    public List<SyncRun> list(UUID organisationId, UUID feedId, int limit, Connections.@Nullable Place after) {
        String order = " order by startedAt desc, id desc";
        return (after == null
                        ? find("organisationId = ?1 and feedId = ?2" + order, organisationId, feedId)
                        : find(
                                "organisationId = ?1 and feedId = ?2 and (startedAt < ?3 or (startedAt = ?3 and id < ?4))"
                                        + order,
                                organisationId,
                                feedId,
                                after.createdAt(),
                                after.id()))
                .page(0, limit)
                .list();
    }

    /** Forgets what is old. */
    public void clear() {
        delete("""
                startedAt < ?1
                or (startedAt < ?2 and state = SUCCEEDED and processed = 0 and removed = 0 and not fullRead)
                """, clock.instant().minus(Duration.ofDays(30)), clock.instant().minus(Duration.ofDays(1)));
    }
}
