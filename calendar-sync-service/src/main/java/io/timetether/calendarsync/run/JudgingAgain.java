package io.timetether.calendarsync.run;

import io.timetether.calendarsync.account.RemoteCalendar;
import io.timetether.calendarsync.feed.Feed;
import io.timetether.calendarsync.feed.FeedAdding;
import io.timetether.calendarsync.feed.Feeds;
import io.timetether.calendarsync.plan.SyncWindow;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** What a run does first: feeds whose settings have changed are judged again by what is known, also while Microsoft is away. */
@ApplicationScoped
class JudgingAgain {

    private final Feeds feeds;
    private final FeedAdding adding;
    private final StaffZones zones;
    private final SyncApplier applier;

    JudgingAgain(Feeds feeds, FeedAdding adding, StaffZones zones, SyncApplier applier) {
        this.feeds = feeds;
        this.adding = adding;
        this.zones = zones;
        this.applier = applier;
    }

    /** @return the feeds that can only be judged by reading everything again */
    List<Feed> judge(RemoteCalendar run, List<Feed> served) {
        List<Feed> unjudged = new ArrayList<>();
        for (Feed feed : served) {
            if (!feed.isToBeJudgedAgain()) {
                continue;
            }
            if (feed.reading() && feed.firstSyncCompletedAt() != null) {
                adding.announce(feed);
                if (!judged(run, feed)) {
                    unjudged.add(feed);
                    continue;
                }
            }
            feeds.judged(feed.id(), feed.judgingWishes());
        }
        return unjudged;
    }

    private boolean judged(RemoteCalendar run, Feed feed) {
        SyncWindow known = run.window();
        ZoneId zone = zones.find(feed.organisationId(), feed.staffId()).orElse(null);
        return zone != null && known != null && applier.judgeAgain(run, new FeedRound(feed, zone), known);
    }
}
