package io.timetether.calendarsync.run;

import io.timetether.calendarsync.feed.Feed;
import io.timetether.calendarsync.feed.SyncRuns.Counts;
import io.timetether.calendarsync.plan.FeedRules;
import io.timetether.calendarsync.plan.OurEvents;
import io.timetether.calendarsync.plan.SyncWindow;
import io.timetether.calendarsync.plan.WaitingRemovals;
import java.time.ZoneId;
import java.util.Objects;

/** One feed's part in a round: its zone, what its pages have put off, and what was done so far. */
final class FeedRound {

    private final Feed feed;
    private final ZoneId zone;
    private WaitingRemovals waiting = WaitingRemovals.none();
    private Counts counts = Counts.NONE;

    FeedRound(Feed feed, ZoneId zone) {
        this.feed = feed;
        this.zone = zone;
    }

    Feed feed() {
        return feed;
    }

    ZoneId zone() {
        return zone;
    }

    WaitingRemovals waiting() {
        return waiting;
    }

    void waits(WaitingRemovals next) {
        waiting = next;
    }

    Counts counts() {
        return counts;
    }

    void count(Counts more) {
        counts = counts.plus(more);
    }

    /** The window is the one really read, so that nothing between wanted and read is left out by mistake. */
    FeedRules rules(SyncWindow window, OurEvents ours) {
        return new FeedRules(
                feed.settings().showAs(),
                feed.settings().allDay(),
                feed.settings().hideSubjects() ? FeedRules.Subjects.HIDDEN : FeedRules.Subjects.TOLD,
                Objects.requireNonNull(zone),
                window,
                ours);
    }
}
