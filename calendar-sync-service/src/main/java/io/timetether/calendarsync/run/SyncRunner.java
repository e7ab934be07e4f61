package io.timetether.calendarsync.run;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.timetether.calendarsync.account.MicrosoftAccounts;
import io.timetether.calendarsync.account.RemoteCalendar;
import io.timetether.calendarsync.account.RemoteCalendars;
import io.timetether.calendarsync.connection.CalendarAccess;
import io.timetether.calendarsync.connection.CalendarAccess.Way;
import io.timetether.calendarsync.feed.Feed;
import io.timetether.calendarsync.feed.FeedAdding;
import io.timetether.calendarsync.feed.FeedItems;
import io.timetether.calendarsync.feed.FeedState;
import io.timetether.calendarsync.feed.Feeds;
import io.timetether.calendarsync.feed.SyncRun;
import io.timetether.calendarsync.feed.SyncRuns;
import io.timetether.calendarsync.graph.GraphCalendar;
import io.timetether.calendarsync.graph.InFlightSlots.Lane;
import io.timetether.calendarsync.graph.RoundOutcome;
import io.timetether.calendarsync.graph.RoundStart;
import io.timetether.calendarsync.jobs.Job.Next;
import io.timetether.calendarsync.plan.SyncWindow;
import io.timetether.calendarsync.scheduling.Answer;
import io.timetether.calendarsync.scheduling.Freshness;
import io.timetether.calendarsync.scheduling.ImportOutcome;
import io.timetether.calendarsync.scheduling.SchedulingClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The story of one run: a calendar is read once, for all of its feeds; last of all, the cursor. */
@ApplicationScoped
class SyncRunner {

    /** What is read of a calendar, unless its rounds do not end. */
    static final int MONTHS_AHEAD = 12;

    private static final Logger LOG = Logger.getLogger(SyncRunner.class);

    private final RemoteCalendars calendars;
    private final MicrosoftAccounts accounts;
    private final CalendarAccess access;
    private final GraphCalendar graph;
    private final Feeds feeds;
    private final FeedItems items;
    private final SyncRuns runs;
    private final StaffZones zones;
    private final JudgingAgain judging;
    private final SyncApplier applier;
    private final EditsSeen edits;
    private final SchedulingClient scheduling;
    private final BrokenOff brokenOff;
    private final Polling polling;
    private final Clock clock;

    SyncRunner(
            RemoteCalendars calendars,
            MicrosoftAccounts accounts,
            CalendarAccess access,
            GraphCalendar graph,
            Feeds feeds,
            FeedItems items,
            SyncRuns runs,
            StaffZones zones,
            JudgingAgain judging,
            SyncApplier applier,
            EditsSeen edits,
            SchedulingClient scheduling,
            BrokenOff brokenOff,
            Polling polling,
            Clock clock) {
        this.calendars = calendars;
        this.accounts = accounts;
        this.access = access;
        this.graph = graph;
        this.feeds = feeds;
        this.items = items;
        this.runs = runs;
        this.zones = zones;
        this.judging = judging;
        this.applier = applier;
        this.edits = edits;
        this.scheduling = scheduling;
        this.brokenOff = brokenOff;
        this.polling = polling;
        this.clock = clock;
    }

    /** Reads the calendar and applies it to its feeds. Whatever breaks it off, the next run repeats what is missing. */
    Next run(UUID calendarId) {
        // The fence and the wishes first: a feed that joins or resumes after this leaves a wish that this run does not
        // meet.
        RemoteCalendar run = calendars.begin(calendarId).orElse(null);
        List<Feed> served = run == null ? List.of() : feeds.listRunning(calendarId);
        if (run == null || served.isEmpty()) {
            return new Next.WhenWoken();
        }
        Round round = new Round(run, served, new ArrayList<>(), clock.instant());
        try {
            List<Feed> unjudged = judging.judge(run, served);
            Instant paused = accounts.pausedUntil(run.accountId()).orElse(null);
            if (paused != null) {
                return new Next.At(paused);
            }
            return switch (access.through(
                    run.accountId(), served.stream().map(Feed::connectionId).toList(), Lane.BACKGROUND)) {
                case Way.Open open -> read(round, open, unjudged);
                case Way.ReconnectNeeded needed -> new Next.WhenWoken();
                case Way.Unavailable(String cause) -> brokenOff.postponed(round, cause);
                case Way.Misconfigured(String detail) -> brokenOff.postponed(round, detail);
            };
        } catch (Halt halt) {
            return brokenOff.halted(round, halt.why());
        }
    }

    private Next read(Round round, Way.Open open, List<Feed> unjudged) {
        RemoteCalendar run = round.run();
        RoundStart start = start(round, unjudged);
        boolean full = start instanceof RoundStart.Baseline;
        SyncRuns.Run record = new SyncRuns.Run(UUID.randomUUID(), run.fence(), full, round.startedAt());
        round.recorded(record);
        feeds.runBegins(round.served().stream().map(Feed::id).toList());
        if (full) {
            runs.begin(record, round.served());
            round.feeds().forEach(feed -> register(run, feed.feed()));
        }
        return switch (graph.changesSince(
                open.access(),
                run.graphId(),
                start,
                page -> applier.addAndChange(run, open.access(), start.window(), round.feeds(), page))) {
            case RoundOutcome.Complete complete -> finish(round, start, complete, unjudged);
            case RoundOutcome.CursorExpired expired -> brokenOff.cursorExpired(round, expired.code());
            case RoundOutcome.Endless endless -> brokenOff.endless(round, endless.pages());
            case RoundOutcome.Stopped stopped -> brokenOff.stopped(round, open, stopped.problem());
        };
    }

    private RoundStart start(Round round, List<Feed> unjudged) {
        SyncWindow wanted = null;
        for (Feed feed : round.served()) {
            var zone = zones.find(feed.organisationId(), feed.staffId()).orElse(null);
            if (zone == null) {
                continue;
            }
            SyncWindow one =
                    SyncWindow.wanted(clock.instant(), zone, round.run().monthsAhead(clock.instant(), MONTHS_AHEAD));
            wanted = wanted == null ? one : wanted.union(one);
            if (feed.reading()) {
                round.feeds().add(new FeedRound(feed, zone));
            }
        }
        if (wanted == null) {
            throw new Halt(new Halt.Why.SchedulingAway("no staff member of this calendar is known"));
        }
        SyncWindow known = round.run().window();
        String cursor = round.run().deltaLink();
        // A feed that has never been read in full cannot go on from where the others are.
        boolean joins = round.feeds().stream().anyMatch(feed -> feed.feed().firstSyncCompletedAt() == null);
        return known == null
                        || cursor == null
                        || joins
                        || round.run().fullReadWanted()
                        || round.run().isDueForFullRead(clock.instant())
                        || !unjudged.isEmpty()
                        || !known.covers(wanted)
                ? new RoundStart.Baseline(wanted.toRead())
                : new RoundStart.Cursor(cursor, known);
    }

    /** Removals (or their hold), then freshness, then how the feeds stand and the cursor, in one transaction. */
    private Next finish(Round round, RoundStart start, RoundOutcome.Complete complete, List<Feed> unjudged) {
        RemoteCalendar run = round.run();
        edits.look(run, complete.evidence());
        Map<UUID, @Nullable String> held = new HashMap<>();
        for (FeedRound feed : round.feeds()) {
            held.put(
                    feed.feed().id(),
                    applier.remove(run, feed, complete.evidence()).orElse(null));
        }
        confirm(round, start.window(), held);
        // A feed whose staff member is not known was not served.
        List<Feed> ended = round.served().stream()
                .filter(feed -> !feed.reading() || held.containsKey(feed.id()))
                .toList();
        QuarkusTransaction.requiringNew().run(() -> {
            boolean saved = calendars.saveCursor(
                    run,
                    complete.deltaLink(),
                    start.window(),
                    start instanceof RoundStart.Baseline
                            ? RemoteCalendars.Reading.FULL
                            : RemoteCalendars.Reading.CHANGES);
            if (!saved) {
                throw new Halt(new Halt.Why.Overtaken());
            }
            unjudged.forEach(feed -> feeds.judged(feed.id(), feed.judgingWishes()));
            ended.forEach(feed -> feeds.runEnds(feed, start.window(), held.get(feed.id())));
        });
        round.recorded(runs, SyncRun.State.SUCCEEDED, null);
        LOG.infof(
                "calendar %s read: %s, fence %d, %d feeds, %d pages, %d events, %d ms",
                run.id(),
                start instanceof RoundStart.Baseline ? "full" : "changes",
                run.fence(),
                round.served().size(),
                complete.pages(),
                complete.events(),
                clock.millis() - round.startedAt().toEpochMilli());
        return new Next.At(polling.next(run, complete.events()));
    }

    private void confirm(Round round, SyncWindow window, Map<UUID, @Nullable String> held) {
        Instant now = clock.instant();
        List<Freshness> report = round.feeds().stream()
                .map(FeedRound::feed)
                .map(feed -> new Freshness(
                        feed.id(),
                        feed.organisationId(),
                        round.run().fence(),
                        now,
                        window.from(),
                        window.until(),
                        true,
                        (held.get(feed.id()) == null && feed.state() != FeedState.HELD
                                        ? FeedState.ACTIVE
                                        : FeedState.HELD)
                                .name()))
                .toList();
        if (report.isEmpty()) {
            return;
        }
        switch (scheduling.confirm(report)) {
            case Answer.Known<List<UUID>>(List<UUID> unknown) -> {
                if (!unknown.isEmpty()) {
                    throw new Halt(new Halt.Why.FeedLost(unknown.getFirst()));
                }
            }
            case Answer.Missing<List<UUID>> missing ->
                throw new Halt(new Halt.Why.SchedulingAway("freshness is not taken"));
            case Answer.Unavailable<List<UUID>>(String cause) -> throw new Halt(new Halt.Why.SchedulingAway(cause));
        }
    }

    private void register(RemoteCalendar run, Feed feed) {
        switch (scheduling.register(feed.id(), FeedAdding.registration(feed, run))) {
            case ImportOutcome.Imported done -> {}
            case ImportOutcome.Overtaken overtaken -> throw new Halt(new Halt.Why.Overtaken());
            case ImportOutcome.FeedUnknown unknown ->
                throw new Halt(new Halt.Why.SchedulingAway("the feed cannot be registered"));
            case ImportOutcome.Unavailable(String cause) -> throw new Halt(new Halt.Why.SchedulingAway(cause));
        }
    }
}
