package io.timetether.calendarsync.plan;

import io.timetether.calendarsync.plan.SyncAction.ForgetItem;
import io.timetether.calendarsync.plan.SyncAction.KeepItem;
import io.timetether.calendarsync.plan.SyncAction.NoteVerdict;
import io.timetether.calendarsync.plan.SyncAction.PutItem;
import io.timetether.calendarsync.plan.SyncAction.RemoveItem;
import io.timetether.calendarsync.plan.SyncFacts.Occasion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From facts to actions. Pages give additions and changes at once; removals come only after the last page, from the
 * evidence of the whole round, and under the brake. Its laws are property tests: settled, ours only, covered, no echo, no
 * mass loss, order-free.
 */
public final class SyncPlanner {

    /** The brake: so many items and more than this share of a feed's future items are never removed unasked. */
    static final int BRAKE_ITEMS = 20;

    private SyncPlanner() {}

    /**
     * One page for one feed.
     *
     * @param known  the recorded items of (at least) the page's events, by remote id
     * @param events of the page; the last of equal ids wins
     */
    public static PagePlan page(FeedRules rules, Map<String, KnownItem> known, List<RemoteEvent> events) {
        Map<String, RemoteEvent> last = new LinkedHashMap<>();
        events.forEach(event -> last.put(event.id(), event));
        List<SyncAction> actions = new ArrayList<>();
        List<RemoveItem> waiting = new ArrayList<>();
        last.values().forEach(event -> plan(rules, known.get(event.id()), event, actions, waiting));
        return new PagePlan(actions, waiting, last.keySet());
    }

    private static void plan(
            FeedRules rules,
            @Nullable KnownItem known,
            RemoteEvent event,
            List<SyncAction> actions,
            List<RemoveItem> waiting) {
        Verdict verdict = WhatBlocks.judge(event, rules);
        String hash = ContentHash.of(event, verdict);
        boolean recorded = known != null && known.contentHash().equals(hash);
        switch (verdict) {
            case Verdict.Blocks blocks -> {
                if (known == null || !known.atScheduling() || !recorded) {
                    actions.add(new PutItem(event, hash, blocks));
                } else if (known.place() == KnownItem.Place.REMOVAL_HELD) {
                    actions.add(new KeepItem(event.id()));
                }
            }
            case Verdict.Ignored ignored -> {
                if (known != null && known.atScheduling()) {
                    waiting.add(new RemoveItem(event.id(), new RemovalCause.NoLongerBlocks(event, hash, ignored)));
                } else if (!recorded) {
                    actions.add(new NoteVerdict(event, hash, ignored));
                }
            }
        }
    }

    /** The end of a round for one feed: what goes, or is held. */
    public static SyncPlan removals(SyncFacts facts) {
        Map<String, KnownItem> known = new LinkedHashMap<>();
        facts.known().forEach(item -> known.put(item.remoteId(), item));
        Set<String> vanished = vanished(known.values(), facts.evidence());
        List<SyncAction> actions = new ArrayList<>();
        List<RemoveItem> removals = new ArrayList<>();
        for (String id : vanished) {
            KnownItem item = known.get(id);
            if (item == null) {
                continue;
            }
            if (item.atScheduling()) {
                removals.add(new RemoveItem(id, new RemovalCause.Vanished()));
            } else {
                actions.add(new ForgetItem(id));
            }
        }
        for (RemoveItem waiting : facts.waiting().byId().values()) {
            KnownItem item = known.get(waiting.remoteId());
            if (item != null && item.atScheduling() && !vanished.contains(waiting.remoteId())) {
                removals.add(waiting);
            }
        }
        Count count = count(known.values(), removals, facts.now());
        if (holds(count, facts)) {
            return new SyncPlan(
                    actions, Optional.of(new SyncPlan.HeldRemovals(removals, count.removing(), count.known())), 0);
        }
        actions.addAll(removals);
        return new SyncPlan(actions, Optional.empty(), removals.isEmpty() ? 0 : count.removing());
    }

    /** Known ids that the round proved gone: never one outside the window really read, unless it has a tombstone. */
    private static Set<String> vanished(Collection<KnownItem> known, RoundEvidence evidence) {
        Set<String> gone = new HashSet<>();
        for (KnownItem item : known) {
            if (evidence.seen().contains(item.remoteId())) {
                continue;
            }
            switch (evidence) {
                case RoundEvidence.FullRead full -> {
                    if (liesIn(full.window(), item)) {
                        gone.add(item.remoteId());
                    }
                }
                case RoundEvidence.Changes changes -> {
                    boolean tombstone = changes.removed().contains(item.remoteId());
                    boolean seriesGone =
                            item.seriesId() != null && changes.removed().contains(item.seriesId());
                    boolean missing = item.seriesId() != null
                            && isMissing(changes.series().get(item.seriesId()), item)
                            && liesIn(changes.window(), item);
                    if (tombstone || seriesGone || missing) {
                        gone.add(item.remoteId());
                    }
                }
            }
        }
        return gone;
    }

    private static boolean isMissing(@Nullable Set<String> instances, KnownItem item) {
        return instances != null && !instances.contains(item.remoteId());
    }

    /** An item whose times are not known was shown by a read of this very window, so a later one covers it too. */
    private static boolean liesIn(SyncWindow window, KnownItem item) {
        Instant startAt = item.startAt();
        Instant endAt = item.endAt();
        return startAt == null || endAt == null || window.overlaps(startAt, endAt);
    }

    /** Future items, each series counted once: how many go, of how many. */
    private record Count(int removing, int known) {}

    /** What went within the last hour counts too, or a mailbox could be emptied in small bites. */
    private static boolean holds(Count count, SyncFacts facts) {
        int removing = count.removing() + facts.removedLately();
        int known = count.known() + facts.removedLately();
        return facts.occasion() == Occasion.ROUTINE
                && count.removing() > 0
                && removing >= BRAKE_ITEMS
                && 2 * removing > known;
    }

    private static Count count(Collection<KnownItem> known, List<RemoveItem> removals, Instant now) {
        if (removals.isEmpty()) {
            return new Count(0, 0);
        }
        Set<String> removedIds = new HashSet<>();
        removals.forEach(removal -> removedIds.add(removal.remoteId()));
        // Removals that are held already count with the new ones.
        Map<String, int[]> groups = new HashMap<>();
        for (KnownItem item : known) {
            Instant endAt = item.endAt();
            if (!item.atScheduling() || (endAt != null && !endAt.isAfter(now))) {
                continue;
            }
            int[] group = groups.computeIfAbsent(
                    item.seriesId() == null ? item.remoteId() : item.seriesId(), key -> new int[2]);
            group[0]++;
            if (removedIds.contains(item.remoteId()) || item.place() == KnownItem.Place.REMOVAL_HELD) {
                group[1]++;
            }
        }
        int removing =
                (int) groups.values().stream().filter(c -> 2 * c[1] > c[0]).count();
        return new Count(removing, groups.size());
    }
}
