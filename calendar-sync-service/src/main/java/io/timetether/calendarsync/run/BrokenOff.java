package io.timetether.calendarsync.run;

import io.timetether.calendarsync.account.MicrosoftAccounts;
import io.timetether.calendarsync.account.RemoteCalendar;
import io.timetether.calendarsync.account.RemoteCalendars;
import io.timetether.calendarsync.connection.CalendarAccess;
import io.timetether.calendarsync.connection.CalendarAccess.Way;
import io.timetether.calendarsync.connection.Connections;
import io.timetether.calendarsync.connection.Trouble;
import io.timetether.calendarsync.feed.Feed;
import io.timetether.calendarsync.feed.FeedAdding;
import io.timetether.calendarsync.feed.FeedItems;
import io.timetether.calendarsync.feed.Feeds;
import io.timetether.calendarsync.feed.SyncRun;
import io.timetether.calendarsync.feed.SyncRuns;
import io.timetether.calendarsync.graph.CalendarEntry;
import io.timetether.calendarsync.graph.GraphCalendar;
import io.timetether.calendarsync.graph.GraphProblem;
import io.timetether.calendarsync.graph.GraphReply;
import io.timetether.calendarsync.jobs.Job.Next;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What becomes of a run that did not come to its end. Nothing that is known is ever freed here. */
@ApplicationScoped
class BrokenOff {

    private static final Logger LOG = Logger.getLogger(BrokenOff.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    /** scheduling-service is ours: bookings wait for what it has not taken yet, so it is asked again soon. */
    private static final Duration LONGEST_FOR_SCHEDULING = Duration.ofSeconds(15);

    private static final Duration AT_ONCE = Duration.ofMillis(200);
    private static final Duration OPERATOR = Duration.ofMinutes(2);

    private final RemoteCalendars calendars;
    private final MicrosoftAccounts accounts;
    private final CalendarAccess access;
    private final Connections connections;
    private final Feeds feeds;
    private final FeedItems items;
    private final FeedAdding adding;
    private final SyncRuns runs;
    private final GraphCalendar graph;
    private final Clock clock;

    BrokenOff(
            RemoteCalendars calendars,
            MicrosoftAccounts accounts,
            CalendarAccess access,
            Connections connections,
            Feeds feeds,
            FeedItems items,
            FeedAdding adding,
            SyncRuns runs,
            GraphCalendar graph,
            Clock clock) {
        this.calendars = calendars;
        this.accounts = accounts;
        this.access = access;
        this.connections = connections;
        this.feeds = feeds;
        this.items = items;
        this.adding = adding;
        this.runs = runs;
        this.graph = graph;
        this.clock = clock;
    }

    Next postponed(Round round, String cause) {
        return postponedWithin(round, cause, LONGEST_PAUSE);
    }

    /**
     * Again after a pause as long as the trouble has lasted, so that it doubles. Attempts are not counted: during an outage
     * each notification is one, and a busy calendar would end up with the longest pause within a second.
     */
    private Next postponedWithin(Round round, String cause, Duration longest) {
        Duration lasted = calendars.failed(round.run());
        Duration pause = lasted.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : lasted;
        return postponed(round, cause, pause.compareTo(longest) > 0 ? longest : pause);
    }

    private Next postponed(Round round, String cause, Duration pause) {
        LOG.infof(
                "calendar %s: run %d broken off, again in %d ms: %s",
                round.run().id(), round.run().fence(), pause.toMillis(), cause);
        feeds.runWaits(round.served().stream().map(Feed::id).toList());
        round.recorded(runs, SyncRun.State.POSTPONED, cause);
        return new Next.At(clock.instant().plus(pause));
    }

    /** Something beside Office 365 broke the round off. */
    Next halted(Round round, Halt.Why why) {
        return switch (why) {
            case Halt.Why.Overtaken overtaken -> {
                // The newer run looks after the feeds; this one must not touch them.
                LOG.infof(
                        "calendar %s: run %d was overtaken",
                        round.run().id(), round.run().fence());
                round.recorded(runs, SyncRun.State.FAILED, "A newer run has taken over.");
                yield new Next.At(clock.instant().plus(FIRST_PAUSE));
            }
            case Halt.Why.SchedulingAway(String cause) -> postponedWithin(round, cause, LONGEST_FOR_SCHEDULING);
            case Halt.Why.GraphAway(String cause) -> postponed(round, cause);
            case Halt.Why.FeedLost lost -> {
                items.putAgain(lost.feedId());
                calendars.wantFullRead(round.run().id());
                yield postponed(round, "scheduling-service does not know the feed; everything is put again");
            }
        };
    }

    Next cursorExpired(Round round, String code) {
        calendars.wantFullRead(round.run().id());
        return postponed(round, "Microsoft has forgotten the cursor (" + code + "); everything is read again", AT_ONCE);
    }

    /** The next round asks for half the time ahead; what lies beyond counts as not known until the whole can be read. */
    Next endless(Round round, int pages) {
        int months = round.run().monthsAhead(clock.instant(), SyncRunner.MONTHS_AHEAD);
        int fewer = Math.max(1, months / 2);
        LOG.errorf(
                "calendar %s: a round of %d pages does not end; %d months ahead are read instead of %d",
                round.run().id(), pages, fewer, months);
        calendars.narrow(round.run(), fewer);
        return postponed(round, "The pages of Office 365 do not end.", months == fewer ? LONGEST_PAUSE : FIRST_PAUSE);
    }

    /** Graph said no in the middle of the round. */
    Next stopped(Round round, Way.Open way, GraphProblem problem) {
        return switch (problem) {
            case GraphProblem.Throttled(Duration retryAfter) -> {
                accounts.pause(round.run().accountId(), retryAfter);
                yield postponed(round, "Microsoft asks for a pause", retryAfter);
            }
            case GraphProblem.Unauthorized(String reason, var claims) -> {
                access.lost(way.connectionId(), reason, claims);
                // Another connection may still be able to read it.
                yield postponed(round, reason, AT_ONCE);
            }
            case GraphProblem.Forbidden forbidden -> parked(round, way, Trouble.ACCESS_WITHDRAWN, forbidden.code());
            case GraphProblem.NotFound gone -> gone(round, way, gone.code());
            case GraphProblem.MailboxUnavailable unavailable -> {
                connections.park(way.connectionId(), Trouble.MAILBOX_UNAVAILABLE);
                yield postponed(round, "the mailbox cannot be read (" + unavailable.code() + ")", AT_ONCE);
            }
            case GraphProblem.SyncStateExpired expired -> cursorExpired(round, expired.code());
            case GraphProblem.Misconfigured(String detail) -> {
                LOG.errorf("Microsoft refuses this installation, no feed is touched: %s", detail);
                yield postponed(round, detail, OPERATOR);
            }
            case GraphProblem.Unavailable(String cause) -> postponed(round, cause);
            case GraphProblem.PreconditionFailed odd -> postponed(round, odd.toString());
            case GraphProblem.DuplicateTransaction odd -> postponed(round, odd.toString());
            case GraphProblem.AlreadyExists odd -> postponed(round, odd.toString());
            case GraphProblem.QuotaExceeded odd -> postponed(round, odd.toString());
            case GraphProblem.Rejected odd -> postponed(round, odd.toString());
        };
    }

    /** A calendar's id can change: it is looked for by name and owner before its feeds are parked. */
    private Next gone(Round round, Way.Open way, String code) {
        RemoteCalendar run = round.run();
        if (!(graph.listCalendars(way.access()) instanceof GraphReply.Ok<List<CalendarEntry>>(var entries))) {
            return postponed(round, "the calendar was not found, and the calendars could not be listed");
        }
        if (entries.stream().anyMatch(entry -> entry.id().equals(run.graphId()))) {
            return postponed(round, "the calendar was not found, but is still listed");
        }
        Optional<CalendarEntry> same = entries.stream()
                .filter(entry -> run.isDefault()
                        ? entry.isDefault()
                        : entry.name().equals(run.name()) && Objects.equals(entry.ownerAddress(), run.ownerAddress()))
                .findFirst();
        if (same.isPresent()) {
            calendars.moved(run.id(), same.get());
            return postponed(round, "the calendar has a new id", AT_ONCE);
        }
        return parked(round, way, Trouble.CALENDAR_GONE, code);
    }

    /** The feeds wait until a person acts; their busy time stays. Those of other connections try their own way. */
    private Next parked(Round round, Way.Open way, Trouble trouble, String code) {
        for (Feed feed : round.served()) {
            if (feed.connectionId().equals(way.connectionId())) {
                feeds.park(feed.id(), trouble);
                feeds.find(feed.id()).ifPresent(adding::announce);
            }
        }
        round.recorded(runs, SyncRun.State.FAILED, trouble.sentence());
        LOG.warnf("calendar %s: feeds parked, %s (%s)", round.run().id(), trouble, code);
        return new Next.At(clock.instant().plus(AT_ONCE));
    }
}
