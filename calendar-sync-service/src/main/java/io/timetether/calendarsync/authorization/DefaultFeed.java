package io.timetether.calendarsync.authorization;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.timetether.calendarsync.account.RemoteCalendars;
import io.timetether.calendarsync.connection.CalendarAccess;
import io.timetether.calendarsync.connection.CalendarAccess.Way;
import io.timetether.calendarsync.connection.Connection;
import io.timetether.calendarsync.connection.Connections;
import io.timetether.calendarsync.connection.Trouble;
import io.timetether.calendarsync.feed.Feed;
import io.timetether.calendarsync.feed.FeedSettings;
import io.timetether.calendarsync.feed.Feeds;
import io.timetether.calendarsync.graph.CalendarEntry;
import io.timetether.calendarsync.graph.GraphCalendar;
import io.timetether.calendarsync.graph.GraphProblem;
import io.timetether.calendarsync.graph.GraphReply;
import io.timetether.calendarsync.graph.InFlightSlots.Lane;
import io.timetether.calendarsync.jobs.JobKind;
import io.timetether.calendarsync.jobs.Jobs;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The feed that a new connection begins with: the account's default calendar, reading and writing, its first sync queued.
 * Housekeeping comes here too for a connection whose feed could not be made at once.
 */
@ApplicationScoped
class DefaultFeed {

    private static final Logger LOG = Logger.getLogger(DefaultFeed.class);

    private final CalendarAccess access;
    private final GraphCalendar graph;
    private final RemoteCalendars calendars;
    private final Connections connections;
    private final Feeds feeds;
    private final Jobs jobs;

    DefaultFeed(
            CalendarAccess access,
            GraphCalendar graph,
            RemoteCalendars calendars,
            Connections connections,
            Feeds feeds,
            Jobs jobs) {
        this.access = access;
        this.graph = graph;
        this.calendars = calendars;
        this.connections = connections;
        this.feeds = feeds;
        this.jobs = jobs;
    }

    /** A connection that has feeds goes on with them; one without gets its first. */
    void openOrContinue(Connection connection) {
        feeds.unpark(connection.organisationId(), connection.id(), Trouble.SIGN_IN_EXPIRED);
        List<Feed> existing = feeds.listOf(connection.organisationId(), connection.id());
        if (existing.isEmpty()) {
            open(connection);
        } else {
            existing.forEach(this::wake);
        }
    }

    private void open(Connection connection) {
        UUID accountId = connection.accountId();
        if (accountId == null
                || !(access.through(accountId, connection.id(), Lane.INTERACTIVE) instanceof Way.Open way)) {
            return;
        }
        switch (graph.defaultCalendar(way.access())) {
            case GraphReply.Ok<CalendarEntry>(CalendarEntry entry) -> open(connection, accountId, entry);
            case GraphReply.Failed<CalendarEntry>(GraphProblem problem) -> {
                LOG.warnf("the default calendar of connection %s could not be read: %s", connection.id(), problem);
                if (problem instanceof GraphProblem.MailboxUnavailable) {
                    connections.park(connection.id(), Trouble.MAILBOX_UNAVAILABLE);
                }
            }
        }
    }

    private void open(Connection connection, UUID accountId, CalendarEntry entry) {
        QuarkusTransaction.requiringNew().run(() -> {
            UUID calendarId = calendars.adopt(accountId, entry);
            feeds.create(
                    UUID.randomUUID(),
                    connection.organisationId(),
                    connection.id(),
                    calendarId,
                    connection.staffId(),
                    entry.canEdit() ? Feeds.Use.READ_AND_WRITE : Feeds.Use.READ,
                    FeedSettings.defaults());
        });
        feeds.listOf(connection.organisationId(), connection.id()).forEach(this::wake);
    }

    private void wake(Feed feed) {
        jobs.wake(JobKind.SYNC_CALENDAR, feed.remoteCalendarId());
        jobs.wake(JobKind.KEEP_SUBSCRIPTION, feed.remoteCalendarId());
        if (feed.writing()) {
            jobs.wake(JobKind.PUBLISH_FEED, feed.id());
        }
    }
}
