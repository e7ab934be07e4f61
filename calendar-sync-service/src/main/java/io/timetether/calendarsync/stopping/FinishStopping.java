package io.timetether.calendarsync.stopping;

import io.timetether.calendarsync.account.RemoteCalendars;
import io.timetether.calendarsync.connection.CalendarAccess;
import io.timetether.calendarsync.connection.CalendarAccess.Way;
import io.timetether.calendarsync.connection.Connection;
import io.timetether.calendarsync.connection.ConnectionState;
import io.timetether.calendarsync.connection.Connections;
import io.timetether.calendarsync.feed.Feed;
import io.timetether.calendarsync.graph.GraphAccess;
import io.timetether.calendarsync.graph.InFlightSlots.Lane;
import io.timetether.calendarsync.jobs.Job;
import io.timetether.calendarsync.jobs.JobKind;
import io.timetether.calendarsync.publish.EventRemoval;
import io.timetether.calendarsync.publish.PublishedEvents;
import io.timetether.calendarsync.webhook.SubscriptionKeeper;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The job that brings a stopping connection to its end: the events that shall go, the subscription, and last of all the
 * tokens. It gives up where no authorisation is left; the mapping then says what remains.
 */
@ApplicationScoped
class FinishStopping implements Job {

    private static final Logger LOG = Logger.getLogger(FinishStopping.class);
    private static final Duration LATER = Duration.ofSeconds(20);

    private final Connections connections;
    private final CalendarAccess access;
    private final RemoteCalendars calendars;
    private final StoppedFeeds stopped;
    private final PublishedEvents published;
    private final EventRemoval removal;
    private final SubscriptionKeeper subscriptions;
    private final Clock clock;

    FinishStopping(
            Connections connections,
            CalendarAccess access,
            RemoteCalendars calendars,
            StoppedFeeds stopped,
            PublishedEvents published,
            EventRemoval removal,
            SubscriptionKeeper subscriptions,
            Clock clock) {
        this.connections = connections;
        this.access = access;
        this.calendars = calendars;
        this.stopped = stopped;
        this.published = published;
        this.removal = removal;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    @Override
    public JobKind kind() {
        return JobKind.FINISH_STOPPING;
    }

    @Override
    public Next run(String instance) {
        Connection connection = connections.find(UUID.fromString(instance)).orElse(null);
        if (connection != null && connection.state() == ConnectionState.STOPPED) {
            return leftBehind(connection);
        }
        if (connection == null || connection.state() != ConnectionState.STOPPING) {
            return new Next.WhenWoken();
        }
        UUID accountId = connection.accountId();
        if (accountId == null) {
            connections.stopped(connection.id());
            return new Next.WhenWoken();
        }
        return switch (access.through(accountId, connection.id(), Lane.BACKGROUND)) {
            case Way.Open open -> finish(connection, open.access());
            case Way.ReconnectNeeded needed -> {
                LOG.warnf("connection %s: no authorisation is left to remove what was written", connection.id());
                connections.stopped(connection.id());
                yield new Next.WhenWoken();
            }
            case Way.Unavailable later -> new Next.At(clock.instant().plus(LATER));
            case Way.Misconfigured wrong -> new Next.At(clock.instant().plus(LATER));
        };
    }

    /** It gave up once; the account has been connected again since, and that authorisation finishes what is left. */
    private Next leftBehind(Connection connection) {
        UUID accountId = connection.accountId();
        if (accountId == null || published.countRemovals(connection.organisationId(), connection.id()) == 0) {
            return new Next.WhenWoken();
        }
        UUID other =
                connections.findWorking(connection.organisationId(), accountId).orElse(null);
        if (other == null) {
            return new Next.WhenWoken();
        }
        return switch (access.through(accountId, other, Lane.BACKGROUND)) {
            case Way.Open open -> finish(connection, open.access());
            case Way.ReconnectNeeded needed -> new Next.WhenWoken();
            case Way.Unavailable later -> new Next.At(clock.instant().plus(LATER));
            case Way.Misconfigured wrong -> new Next.At(clock.instant().plus(LATER));
        };
    }

    private Next finish(Connection connection, GraphAccess graphAccess) {
        for (Feed feed : stopped.list(connection.organisationId(), connection.id())) {
            switch (removal.remove(feed.id(), feed.remoteCalendarId(), graphAccess)) {
                case EventRemoval.Outcome.Done done -> {}
                case EventRemoval.Outcome.Later(Duration pause) -> {
                    return new Next.At(clock.instant().plus(pause));
                }
                case EventRemoval.Outcome.NoAuthorisation none -> {
                    connections.stopped(connection.id());
                    return new Next.WhenWoken();
                }
            }
        }
        for (Feed feed : stopped.list(connection.organisationId(), connection.id())) {
            calendars
                    .find(feed.remoteCalendarId())
                    .ifPresent(calendar -> subscriptions.release(calendar, connection.id(), graphAccess));
        }
        connections.stopped(connection.id());
        return new Next.WhenWoken();
    }
}
