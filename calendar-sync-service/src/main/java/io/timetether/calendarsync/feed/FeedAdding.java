package io.timetether.calendarsync.feed;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.timetether.calendarsync.account.RemoteCalendar;
import io.timetether.calendarsync.account.RemoteCalendars;
import io.timetether.calendarsync.connection.Audit;
import io.timetether.calendarsync.connection.CalendarAccess;
import io.timetether.calendarsync.connection.CalendarAccess.Way;
import io.timetether.calendarsync.connection.CalendarSyncPlan;
import io.timetether.calendarsync.connection.Connection;
import io.timetether.calendarsync.connection.ConnectionState;
import io.timetether.calendarsync.connection.Connections;
import io.timetether.calendarsync.connection.Shares;
import io.timetether.calendarsync.graph.CalendarEntry;
import io.timetether.calendarsync.graph.GraphCalendar;
import io.timetether.calendarsync.graph.GraphProblem;
import io.timetether.calendarsync.graph.GraphReply;
import io.timetether.calendarsync.graph.InFlightSlots.Lane;
import io.timetether.calendarsync.http.Caller;
import io.timetether.calendarsync.http.ProblemType;
import io.timetether.calendarsync.jobs.JobKind;
import io.timetether.calendarsync.jobs.Jobs;
import io.timetether.calendarsync.scheduling.FeedRegistration;
import io.timetether.calendarsync.scheduling.SchedulingClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adding a calendar as a feed, after Office 365 has confirmed that it is there and what may be done with it. */
@ApplicationScoped
public class FeedAdding {

    private final Connections connections;
    private final Shares shares;
    private final CalendarAccess access;
    private final GraphCalendar graph;
    private final WritingTrial trial;
    private final RemoteCalendars calendars;
    private final Feeds feeds;
    private final CalendarSyncPlan plan;
    private final SchedulingClient scheduling;
    private final Jobs jobs;
    private final Audit audit;

    FeedAdding(
            Connections connections,
            Shares shares,
            CalendarAccess access,
            GraphCalendar graph,
            WritingTrial trial,
            RemoteCalendars calendars,
            Feeds feeds,
            CalendarSyncPlan plan,
            SchedulingClient scheduling,
            Jobs jobs,
            Audit audit) {
        this.connections = connections;
        this.shares = shares;
        this.access = access;
        this.graph = graph;
        this.trial = trial;
        this.calendars = calendars;
        this.feeds = feeds;
        this.plan = plan;
        this.scheduling = scheduling;
        this.jobs = jobs;
        this.audit = audit;
    }

    /**
     * Adds a feed under this id; if it is there already, an earlier attempt broke off after its commit.
     *
     * @param forStaff whose feed it is; null: the caller's on a shared account, else the connection owner's
     */
    Feed add(Caller caller, UUID id, UUID connectionId, @Nullable UUID forStaff, String graphId, Feeds.Use use) {
        Feed feed = feeds.find(caller.organisationId(), id)
                .orElseGet(() -> create(caller, id, connectionId, forStaff, graphId, use));
        jobs.wake(JobKind.SYNC_CALENDAR, feed.remoteCalendarId());
        jobs.wake(JobKind.KEEP_SUBSCRIPTION, feed.remoteCalendarId());
        jobs.wake(JobKind.PUBLISH_FEED, id);
        return feed;
    }

    private Feed create(
            Caller caller, UUID id, UUID connectionId, @Nullable UUID forStaff, String graphId, Feeds.Use use) {
        Connection connection = connections
                .find(caller.organisationId(), connectionId)
                .orElseThrow(() -> ProblemType.invalid("connectionId", "There is no connection with this id."));
        UUID staffId = staffOf(caller, connection, forStaff);
        plan.require(caller.organisationId());
        UUID accountId = connection.accountId();
        if (connection.state() != ConnectionState.ACTIVE
                || accountId == null
                || !(access.through(accountId, connectionId, Lane.INTERACTIVE) instanceof Way.Open open)) {
            throw ProblemType.CONNECTION_NOT_ACTIVE.because("Test the connection; it may have to be reconnected.");
        }
        CalendarEntry entry = entry(open, graphId);
        if (use.writing() && !entry.canEdit()) {
            throw ProblemType.CALENDAR_NOT_WRITABLE.because("Ask its owner for the right to edit, or only read it.");
        }
        // Whose own default calendar it is can always write to it.
        if (use.writing() && !entry.isDefault()) {
            trial.mustBeWritable(open.access(), graphId);
        }
        QuarkusTransaction.requiringNew().run(() -> {
            // Microsoft was asked meanwhile; a feed must not outlive what allowed it.
            if (!shares.keepsUsing(connection, staffId)) {
                throw ProblemType.CONNECTION_NOT_ACTIVE.because("It has just been stopped, or is no longer shared.");
            }
            UUID calendarId = calendars.adopt(accountId, entry);
            // What a colleague's calendar says stays with the colleague: here it is only busy.
            FeedSettings settings = staffId.equals(connection.staffId())
                    ? FeedSettings.defaults()
                    : FeedSettings.defaults().withHiddenSubjects();
            if (!feeds.create(id, caller.organisationId(), connectionId, calendarId, staffId, use, settings)) {
                throw ProblemType.ALREADY_EXISTS.because("This calendar has a feed already.");
            }
            audit.record(caller.organisationId(), caller.personId(), "feed.added", "feed", id);
        });
        return feeds.find(caller.organisationId(), id).orElseThrow();
    }

    /** Before a feed that has only read begins to write: as when a writing feed is added. */
    void mustBeWritable(Feed feed) {
        RemoteCalendar calendar = calendars.get(feed.remoteCalendarId());
        if (!calendar.canEdit()) {
            throw ProblemType.CALENDAR_NOT_WRITABLE.because("Ask its owner for the right to edit, or only read it.");
        }
        if (calendar.isDefault()) {
            return;
        }
        if (!(access.through(calendar.accountId(), feed.connectionId(), Lane.INTERACTIVE) instanceof Way.Open open)) {
            throw ProblemType.CONNECTION_NOT_ACTIVE.because("Test the connection; it may have to be reconnected.");
        }
        trial.mustBeWritable(open.access(), calendar.graphId());
    }

    /** The owner's own feed, or one of somebody with whom the account is shared. */
    private UUID staffOf(Caller caller, Connection connection, @Nullable UUID asked) {
        UUID own = caller.staffId();
        UUID usual = !caller.mayManage(connection.staffId()) && own != null && shares.mayUse(connection, own)
                ? own
                : connection.staffId();
        UUID staffId = asked == null ? usual : asked;
        caller.mustManage(staffId);
        if (!shares.mayUse(connection, staffId)) {
            throw ProblemType.NOT_ALLOWED.because("The account has not been shared with this staff member.");
        }
        return staffId;
    }

    private CalendarEntry entry(Way.Open open, String graphId) {
        return switch (graph.calendar(open.access(), graphId)) {
            case GraphReply.Ok<CalendarEntry>(CalendarEntry entry) -> entry;
            case GraphReply.Failed<CalendarEntry>(GraphProblem problem) ->
                throw problem instanceof GraphProblem.NotFound || problem instanceof GraphProblem.Rejected
                        ? ProblemType.invalid("calendarId", "The account has no calendar with this id.")
                        : ProblemType.OFFICE365_UNAVAILABLE.because(
                                "The calendar could not be looked at; try again soon.");
        };
    }

    /** Tells scheduling-service the feed's present state at once; a run would tell it too, only later. */
    public void announce(Feed feed) {
        if (!feed.reading()) {
            return;
        }
        RemoteCalendar calendar = calendars.get(feed.remoteCalendarId());
        scheduling.register(feed.id(), registration(feed, calendar));
    }

    /** The feed as scheduling-service shall know it. */
    public static FeedRegistration registration(Feed feed, RemoteCalendar calendar) {
        return new FeedRegistration(
                feed.organisationId(),
                feed.staffId(),
                calendar.fence(),
                calendar.name(),
                feed.settings().shareSubjects(),
                feed.state().name());
    }
}
