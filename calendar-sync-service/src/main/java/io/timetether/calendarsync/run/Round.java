package io.timetether.calendarsync.run;

import io.timetether.calendarsync.account.RemoteCalendar;
import io.timetether.calendarsync.feed.Feed;
import io.timetether.calendarsync.feed.SyncRun;
import io.timetether.calendarsync.feed.SyncRuns;
import io.timetether.calendarsync.feed.SyncRuns.Counts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run under way: its calendar with its fence, the feeds that it serves, and those of them that read. */
final class Round {

    private final RemoteCalendar run;
    private final List<Feed> served;
    private final List<FeedRound> feeds;
    private final Instant startedAt;
    private SyncRuns.@Nullable Run record;

    Round(RemoteCalendar run, List<Feed> served, List<FeedRound> feeds, Instant startedAt) {
        this.run = run;
        this.served = served;
        this.feeds = feeds;
        this.startedAt = startedAt;
    }

    RemoteCalendar run() {
        return run;
    }

    List<Feed> served() {
        return served;
    }

    List<FeedRound> feeds() {
        return feeds;
    }

    Instant startedAt() {
        return startedAt;
    }

    void recorded(SyncRuns.Run begun) {
        record = begun;
    }

    /** Writes down how it ended, for each feed. */
    void recorded(SyncRuns runs, SyncRun.State state, @Nullable String reason) {
        SyncRuns.Run begun = record;
        if (begun == null) {
            return;
        }
        runs.ended(begun, state);
        for (Feed feed : served) {
            Counts counts = feeds.stream()
                    .filter(round -> round.feed().id().equals(feed.id()))
                    .map(FeedRound::counts)
                    .findFirst()
                    .orElse(Counts.NONE);
            runs.end(begun, feed, state, reason, counts);
        }
    }
}
