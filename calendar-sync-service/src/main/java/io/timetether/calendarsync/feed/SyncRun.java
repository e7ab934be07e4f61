package io.timetether.calendarsync.feed;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One run over a feed, as people see it. */
public record SyncRun(
        UUID id,
        State state,
        @Nullable String reason,
        boolean fullRead,
        int processed,
        int loaded,
        int rejected,
        int removed,
        int held,
        Instant startedAt,
        @Nullable Instant finishedAt) {

    /** How a run stands. */
    public enum State {
        QUEUED,
        RUNNING,
        SUCCEEDED,
        POSTPONED,
        FAILED
    }
}
