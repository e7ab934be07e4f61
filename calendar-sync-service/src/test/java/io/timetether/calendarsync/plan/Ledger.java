package io.timetether.calendarsync.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A feed that applies plans to itself as the applier would: what is recorded here, and what scheduling holds. */
final class Ledger {
    final Map<String, KnownItem> known = new HashMap<>();
    final Set<String> atScheduling = new HashSet<>();
    private final Map<String, String> shown = new HashMap<>();
    final FeedRules rules;
    /** Tests that speak of the hour before set it. */
    int removedLately;

    Ledger(FeedRules rules) {
        this.rules = rules;
    }

    WaitingRemovals take(WaitingRemovals waiting, List<RemoteEvent> page) {
        PagePlan plan = SyncPlanner.page(rules, known, page);
        plan.actions().forEach(this::apply);
        return waiting.after(plan);
    }

    SyncPlan finish(WaitingRemovals waiting, RoundEvidence evidence, SyncFacts.Occasion occasion) {
        SyncPlan plan = SyncPlanner.removals(
                new SyncFacts(new ArrayList<>(known.values()), waiting, evidence, occasion, removedLately, Events.NOW));
        plan.actions().forEach(this::apply);
        plan.held()
                .ifPresent(held -> held.removals().forEach(removal -> {
                    KnownItem item = known.get(removal.remoteId());
                    known.put(item.remoteId(), placed(item, KnownItem.Place.REMOVAL_HELD));
                }));
        return plan;
    }

    SyncPlan round(List<List<RemoteEvent>> pages, RoundEvidence evidence, SyncFacts.Occasion occasion) {
        WaitingRemovals waiting = WaitingRemovals.none();
        for (List<RemoteEvent> page : pages) {
            waiting = take(waiting, page);
        }
        return finish(waiting, evidence, occasion);
    }

    void apply(SyncAction action) {
        switch (action) {
            case SyncAction.PutItem put -> {
                atScheduling.add(put.remoteId());
                shown.put(
                        put.remoteId(),
                        put.item().title() + " " + put.item().when().startsAt(rules.zone()) + " "
                                + put.item().when().endsAt(rules.zone()));
                record(put.event(), put.contentHash(), KnownItem.Place.AT_SCHEDULING);
            }
            case SyncAction.NoteVerdict note -> record(note.event(), note.contentHash(), KnownItem.Place.NOTED);
            case SyncAction.KeepItem keep ->
                known.put(keep.remoteId(), placed(known.get(keep.remoteId()), KnownItem.Place.AT_SCHEDULING));
            case SyncAction.ForgetItem forget -> known.remove(forget.remoteId());
            case SyncAction.RemoveItem remove -> {
                atScheduling.remove(remove.remoteId());
                switch (remove.cause()) {
                    case RemovalCause.Vanished vanished -> known.remove(remove.remoteId());
                    case RemovalCause.NoLongerBlocks no -> record(no.event(), no.contentHash(), KnownItem.Place.NOTED);
                }
            }
        }
    }

    /** What scheduling holds: title, start and end. */
    TreeSet<String> blocks() {
        TreeSet<String> blocks = new TreeSet<>();
        atScheduling.forEach(id -> blocks.add(shown.get(id)));
        return blocks;
    }

    private void record(RemoteEvent event, String hash, KnownItem.Place place) {
        known.put(
                event.id(),
                new KnownItem(
                        event.id(),
                        event.seriesId(),
                        hash,
                        place,
                        event.when().startsAt(rules.zone()),
                        event.when().endsAt(rules.zone())));
    }

    private static KnownItem placed(KnownItem item, KnownItem.Place place) {
        return new KnownItem(item.remoteId(), item.seriesId(), item.contentHash(), place, item.startAt(), item.endAt());
    }
}
