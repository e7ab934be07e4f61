package io.timetether.calendarsync.run;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.timetether.calendarsync.account.RemoteCalendar;
import io.timetether.calendarsync.account.RemoteCalendars;
import io.timetether.calendarsync.feed.Feed;
import io.timetether.calendarsync.feed.FeedItem;
import io.timetether.calendarsync.feed.FeedItems;
import io.timetether.calendarsync.feed.Feeds;
import io.timetether.calendarsync.feed.SyncRuns.Counts;
import io.timetether.calendarsync.graph.GraphAccess;
import io.timetether.calendarsync.graph.GraphCalendar;
import io.timetether.calendarsync.graph.GraphProblem;
import io.timetether.calendarsync.graph.GraphReply;
import io.timetether.calendarsync.graph.WrittenEvent;
import io.timetether.calendarsync.plan.KnownItem;
import io.timetether.calendarsync.plan.MarkSeen;
import io.timetether.calendarsync.plan.PagePlan;
import io.timetether.calendarsync.plan.RemoteEvent;
import io.timetether.calendarsync.plan.RemovalCause;
import io.timetether.calendarsync.plan.RoundEvidence;
import io.timetether.calendarsync.plan.SyncAction;
import io.timetether.calendarsync.plan.SyncFacts;
import io.timetether.calendarsync.plan.SyncFacts.Occasion;
import io.timetether.calendarsync.plan.SyncPlan;
import io.timetether.calendarsync.plan.SyncPlanner;
import io.timetether.calendarsync.plan.SyncWindow;
import io.timetether.calendarsync.plan.WhatBlocks;
import io.timetether.calendarsync.publish.EventMark;
import io.timetether.calendarsync.publish.Installation;
import io.timetether.calendarsync.publish.PublishedEvents;
import io.timetether.calendarsync.scheduling.ExternalItem;
import io.timetether.calendarsync.scheduling.ImportOutcome;
import io.timetether.calendarsync.scheduling.ItemResult;
import io.timetether.calendarsync.scheduling.Outcome;
import io.timetether.calendarsync.scheduling.SchedulingClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Carries out what the planner decides. Every outcome is recorded before the next page; every transaction checks first that
 * the run has not been overtaken; and what is about to be put is written down before it is sent, so that a crash in between
 * leaves nothing at scheduling-service that we do not know of.
 */
@ApplicationScoped
class SyncApplier {

    private final RemoteCalendars calendars;
    private final Feeds feeds;
    private final FeedItems items;
    private final PublishedEvents published;
    private final Installation installation;
    private final GraphCalendar graph;
    private final SchedulingClient scheduling;
    private final ItemRows rows;
    private final EditsSeen edits;
    private final Clock clock;

    SyncApplier(
            RemoteCalendars calendars,
            Feeds feeds,
            FeedItems items,
            PublishedEvents published,
            Installation installation,
            GraphCalendar graph,
            SchedulingClient scheduling,
            ItemRows rows,
            EditsSeen edits,
            Clock clock) {
        this.calendars = calendars;
        this.feeds = feeds;
        this.items = items;
        this.published = published;
        this.installation = installation;
        this.graph = graph;
        this.scheduling = scheduling;
        this.rows = rows;
        this.edits = edits;
        this.clock = clock;
    }

    /** One page for all feeds of the calendar: additions and changes at once, removals are put off. */
    void addAndChange(
            RemoteCalendar run, GraphAccess access, SyncWindow window, List<FeedRound> rounds, List<RemoteEvent> page) {
        edits.look(run, page);
        for (FeedRound round : rounds) {
            addAndChange(run, access, window, round, page);
        }
    }

    private void addAndChange(
            RemoteCalendar run, GraphAccess access, SyncWindow window, FeedRound round, List<RemoteEvent> page) {
        Feed feed = round.feed();
        PublishedEvents.Ours ours = published.ours(feed.organisationId(), run.id(), page);
        List<RemoteEvent> events = page.stream()
                .map(event -> WhatBlocks.needsMark(event, ours.events())
                        ? event.withMark(mark(run, access, feed, event))
                        : event)
                .toList();
        apply(run, window, round, ours, events);
    }

    /**
     * Judges again what is known of a feed, by settings that have changed; Microsoft is not asked.
     *
     * @param window what is known
     * @return false: not by what is recorded; it has to be read again
     */
    boolean judgeAgain(RemoteCalendar run, FeedRound round, SyncWindow window) {
        Feed feed = round.feed();
        inRun(run, () -> items.unsettle(feed.id(), feed.settings().hideSubjects()));
        if (items.mustBeReadAgain(feed.id())) {
            return false;
        }
        UUID after = new UUID(0, 0);
        List<FeedItem> rows = items.listJudgedBySettings(feed.id(), after, SchedulingClient.IMPORT_BATCH);
        while (!rows.isEmpty()) {
            List<RemoteEvent> events = rows.stream().map(this.rows::event).toList();
            apply(run, window, round, published.ours(feed.organisationId(), run.id(), events), events);
            after = rows.getLast().itemId();
            rows = items.listJudgedBySettings(feed.id(), after, SchedulingClient.IMPORT_BATCH);
        }
        remove(run, round, new RoundEvidence.Changes(window, Set.of(), Set.of(), Map.of()));
        return true;
    }

    private void apply(
            RemoteCalendar run,
            SyncWindow window,
            FeedRound round,
            PublishedEvents.Ours ours,
            List<RemoteEvent> events) {
        Feed feed = round.feed();
        Map<String, KnownItem> known =
                items.known(feed.id(), events.stream().map(RemoteEvent::id).toList());
        PagePlan plan = SyncPlanner.page(round.rules(window, ours.events()), known, events);
        round.waits(round.waiting().after(plan));

        List<FeedItem> noted = new ArrayList<>();
        List<SyncAction.PutItem> puts = new ArrayList<>();
        List<UUID> kept = new ArrayList<>();
        for (SyncAction action : plan.actions()) {
            switch (action) {
                case SyncAction.PutItem put -> puts.add(put);
                case SyncAction.NoteVerdict note ->
                    noted.add(rows.noted(
                            feed,
                            round.zone(),
                            note.event(),
                            note.verdict(),
                            note.contentHash(),
                            ours.numbers().get(note.remoteId())));
                case SyncAction.KeepItem keep -> kept.add(RemoteEvent.itemId(feed.id(), keep.remoteId()));
                case SyncAction.RemoveItem remove -> throw new IllegalStateException("pages remove nothing");
                case SyncAction.ForgetItem forget -> throw new IllegalStateException("pages forget nothing");
            }
        }
        int seen = events.size();
        inRun(run, () -> {
            items.save(Stream.concat(
                            noted.stream(), puts.stream().map(put -> rows.waiting(feed, round.zone(), put.event())))
                    .toList());
            items.hold(feed.id(), kept, false);
            feeds.runAdvances(feed.id(), seen - puts.size(), 0, noted.size());
        });
        round.count(new Counts(seen - puts.size(), 0, noted.size(), 0, 0));
        for (int from = 0; from < puts.size(); from += SchedulingClient.IMPORT_BATCH) {
            put(run, round, puts.subList(from, Math.min(puts.size(), from + SchedulingClient.IMPORT_BATCH)));
        }
    }

    private void put(RemoteCalendar run, FeedRound round, List<SyncAction.PutItem> puts) {
        Feed feed = round.feed();
        List<ExternalItem> batch = new ArrayList<>();
        Map<String, String> hashes = new HashMap<>();
        for (SyncAction.PutItem put : puts) {
            ExternalItem item = ItemRows.external(feed, put.event(), put.item());
            batch.add(item);
            hashes.put(item.itemId(), put.contentHash());
        }
        List<ItemResult> results =
                imported(feed, scheduling.put(feed.id(), feed.organisationId(), run.fence(), batch, List.of()));
        int loaded = (int) results.stream()
                .filter(result -> result.outcome() == Outcome.LOADED)
                .count();
        int rejected = results.size() - loaded;
        inRun(run, () -> {
            items.saveResults(feed.id(), results, hashes);
            feeds.runAdvances(feed.id(), puts.size(), loaded, rejected);
        });
        round.count(new Counts(puts.size(), loaded, rejected, 0, 0));
    }

    /**
     * After the last page: what the complete round proves gone is removed, or held for a person.
     *
     * @return why removals are held, if they are
     */
    Optional<String> remove(RemoteCalendar run, FeedRound round, RoundEvidence evidence) {
        Feed feed = round.feed();
        if (provesNothing(evidence) && round.waiting().byId().isEmpty()) {
            return Optional.empty();
        }
        SyncPlan plan = SyncPlanner.removals(new SyncFacts(
                items.listKnown(feed.id()),
                round.waiting(),
                evidence,
                occasion(feed),
                feed.removedLately(clock.instant()),
                clock.instant()));
        List<SyncAction.RemoveItem> removals = new ArrayList<>();
        List<UUID> forgotten = new ArrayList<>();
        for (SyncAction action : plan.actions()) {
            switch (action) {
                case SyncAction.RemoveItem remove -> removals.add(remove);
                case SyncAction.ForgetItem forget -> forgotten.add(RemoteEvent.itemId(feed.id(), forget.remoteId()));
                case SyncAction.PutItem put -> throw new IllegalStateException("the end of a round puts nothing");
                case SyncAction.NoteVerdict note -> throw new IllegalStateException("the end of a round notes nothing");
                case SyncAction.KeepItem keep -> throw new IllegalStateException("the end of a round keeps nothing");
            }
        }
        inRun(run, () -> items.delete(feed.id(), forgotten));
        for (int from = 0; from < removals.size(); from += SchedulingClient.IMPORT_BATCH) {
            // All count with the first batch that is gone: a crash between two batches counts the rest twice rather
            // than
            // never, and an attempt that scheduling-service did not take does not count at all.
            remove(
                    run,
                    round,
                    removals.subList(from, Math.min(removals.size(), from + SchedulingClient.IMPORT_BATCH)),
                    from == 0 && occasion(feed) == Occasion.ROUTINE ? plan.removing() : 0);
        }
        plan.held().ifPresent(held -> {
            List<UUID> ids = held.removals().stream()
                    .map(removal -> RemoteEvent.itemId(feed.id(), removal.remoteId()))
                    .toList();
            inRun(run, () -> items.hold(feed.id(), ids, true));
            round.count(new Counts(0, 0, 0, 0, ids.size()));
        });
        return plan.held().map(SyncPlan.HeldRemovals::sentence);
    }

    private void remove(RemoteCalendar run, FeedRound round, List<SyncAction.RemoveItem> removals, int counting) {
        Feed feed = round.feed();
        List<UUID> ids = removals.stream()
                .map(removal -> RemoteEvent.itemId(feed.id(), removal.remoteId()))
                .toList();
        imported(
                feed,
                scheduling.put(
                        feed.id(),
                        feed.organisationId(),
                        run.fence(),
                        List.of(),
                        ids.stream().map(UUID::toString).toList()));
        List<UUID> vanished = new ArrayList<>();
        List<FeedItem> noted = new ArrayList<>();
        for (SyncAction.RemoveItem removal : removals) {
            switch (removal.cause()) {
                case RemovalCause.Vanished gone -> vanished.add(RemoteEvent.itemId(feed.id(), removal.remoteId()));
                case RemovalCause.NoLongerBlocks still ->
                    noted.add(
                            rows.noted(feed, round.zone(), still.event(), still.verdict(), still.contentHash(), null));
            }
        }
        inRun(run, () -> {
            items.delete(feed.id(), vanished);
            items.save(noted);
            feeds.runAdvances(feed.id(), noted.size(), 0, noted.size());
            if (counting > 0) {
                feeds.removesLately(feed, counting);
            }
        });
        round.count(new Counts(noted.size(), 0, noted.size(), removals.size(), 0));
    }

    private static boolean provesNothing(RoundEvidence evidence) {
        return switch (evidence) {
            case RoundEvidence.FullRead full -> false;
            case RoundEvidence.Changes changes ->
                changes.removed().isEmpty() && changes.series().isEmpty();
        };
    }

    private static Occasion occasion(Feed feed) {
        if (feed.firstSyncCompletedAt() == null) {
            return Occasion.FIRST_SYNC;
        }
        return feed.removalsApproved() ? Occasion.PERSON_ASKED : Occasion.ROUTINE;
    }

    /** An event with the iCalUId of one of ours: our own seen through another account, or an invitation made from it. */
    private MarkSeen mark(RemoteCalendar run, GraphAccess access, Feed feed, RemoteEvent event) {
        return switch (graph.event(access, run.graphId(), event.id(), EventMark.PROPERTY_ID)) {
            case GraphReply.Ok<WrittenEvent>(WrittenEvent seen) ->
                EventMark.parse(seen.mark())
                        .map(mark -> mark.isOf(installation.id(), feed.organisationId())
                                ? MarkSeen.THIS_ORGANISATION
                                : MarkSeen.ANOTHER)
                        .orElse(MarkSeen.NONE);
            case GraphReply.Failed<WrittenEvent>(GraphProblem.NotFound gone) -> MarkSeen.NONE;
            case GraphReply.Failed<WrittenEvent>(GraphProblem problem) ->
                throw new Halt(new Halt.Why.GraphAway(problem.toString()));
        };
    }

    private static List<ItemResult> imported(Feed feed, ImportOutcome outcome) {
        return switch (outcome) {
            case ImportOutcome.Imported(List<ItemResult> results) -> results;
            case ImportOutcome.Overtaken overtaken -> throw new Halt(new Halt.Why.Overtaken());
            case ImportOutcome.FeedUnknown unknown -> throw new Halt(new Halt.Why.FeedLost(feed.id()));
            case ImportOutcome.Unavailable(String cause) -> throw new Halt(new Halt.Why.SchedulingAway(cause));
        };
    }

    private void inRun(RemoteCalendar run, Runnable work) {
        QuarkusTransaction.requiringNew().run(() -> {
            if (!calendars.isHeld(run)) {
                throw new Halt(new Halt.Why.Overtaken());
            }
            work.run();
        });
    }
}
