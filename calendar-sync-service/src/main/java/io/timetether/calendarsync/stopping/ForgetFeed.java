package io.timetether.calendarsync.stopping;

import io.timetether.calendarsync.account.RemoteCalendars;
import io.timetether.calendarsync.feed.Feed;
import io.timetether.calendarsync.feed.FeedState;
import io.timetether.calendarsync.feed.Feeds;
import io.timetether.calendarsync.jobs.Job;
import io.timetether.calendarsync.jobs.JobKind;
import io.timetether.calendarsync.scheduling.ImportOutcome;
import io.timetether.calendarsync.scheduling.SchedulingClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/**
 * The job that takes the imported time off of a feed away that was stopped or reads no longer. It takes a new fence, which ends a run that may still be
 * putting items, and comes once more later, in case such a run registered the feed again in the last moment.
 */
@ApplicationScoped
class ForgetFeed implements Job {

    private static final Duration AWAY = Duration.ofSeconds(2);
    private static final Duration ONCE_MORE = Duration.ofSeconds(90);

    private final Feeds feeds;
    private final RemoteCalendars calendars;
    private final SchedulingClient scheduling;
    private final Clock clock;

    ForgetFeed(Feeds feeds, RemoteCalendars calendars, SchedulingClient scheduling, Clock clock) {
        this.feeds = feeds;
        this.calendars = calendars;
        this.scheduling = scheduling;
        this.clock = clock;
    }

    @Override
    public JobKind kind() {
        return JobKind.FORGET_FEED;
    }

    @Override
    public Next run(String instance) {
        Feed feed = feeds.find(UUID.fromString(instance)).orElse(null);
        if (feed == null || (feed.state() != FeedState.STOPPED && feed.reading())) {
            return new Next.WhenWoken();
        }
        boolean first = feeds.isForgetWanted(feed.id());
        long fence = calendars.nextFence(feed.remoteCalendarId());
        return switch (scheduling.forget(feed.id(), feed.organisationId(), fence)) {
            case ImportOutcome.Imported done -> forgotten(feed, first);
            case ImportOutcome.FeedUnknown gone -> forgotten(feed, first);
            case ImportOutcome.Overtaken later -> new Next.At(clock.instant().plus(AWAY));
            case ImportOutcome.Unavailable away -> new Next.At(clock.instant().plus(AWAY));
        };
    }

    private Next forgotten(Feed feed, boolean first) {
        feeds.forgotten(feed.id());
        return first ? new Next.At(clock.instant().plus(ONCE_MORE)) : new Next.WhenWoken();
    }
}
