package io.timetether.calendarsync.feed;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How far the present or last run over a feed has come. */
@Schema(description = "How far the present or last run has come")
public record FeedProgress(
        Phase phase,
        int processed,
        int loaded,
        int rejected,
        @Nullable Instant finishedAt) {

    /** What a run is doing. */
    public enum Phase {
        QUEUED,
        READING,
        FINISHED,
        /** It broke off and comes back by itself. */
        WAITING
    }

    /** Whether nothing more happens without a new run. */
    public boolean ended() {
        return phase == Phase.FINISHED;
    }
}
