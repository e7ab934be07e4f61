package io.timetether.calendarsync.feed;

import com.fasterxml.jackson.annotation.JsonIgnore;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One run over a feed, as people see it. */
@Entity
public class SyncRun {

    @Id
    public UUID id;

    @JsonIgnore
    private UUID organisationId;

    @JsonIgnore
    private UUID feedId;

    @JsonIgnore
    private UUID runId;

    @JsonIgnore
    private long fence;

    @Enumerated(EnumType.STRING)
    public State state;

    public @Nullable String reason;
    public boolean fullRead;
    public int processed;
    public int loaded;
    public int rejected;
    public int removed;
    public int held;
    public Instant startedAt;
    public @Nullable Instant finishedAt;

    protected SyncRun() {}

    /** It begins. */
    SyncRun(SyncRuns.Run run, Feed feed) {
        this.id = UUID.randomUUID();
        this.organisationId = feed.organisationId();
        this.feedId = feed.id();
        this.runId = run.id();
        this.fence = run.fence();
        this.fullRead = run.full();
        this.state = State.RUNNING;
        this.startedAt = run.startedAt();
    }

    /** It has ended. */
    void end(State how, @Nullable String why, SyncRuns.Counts counts, Instant at) {
        state = how;
        reason = why;
        processed = counts.processed();
        loaded = counts.loaded();
        rejected = counts.rejected();
        removed = counts.removed();
        held = counts.held();
        finishedAt = at;
    }

    /** How a run stands. */
    public enum State {
        QUEUED,
        RUNNING,
        SUCCEEDED,
        POSTPONED,
        FAILED
    }
}
