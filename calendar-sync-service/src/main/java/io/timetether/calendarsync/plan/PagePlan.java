package io.timetether.calendarsync.plan;

import java.util.List;
import java.util.Set;

/**
 * What one page of a round asks of one feed.
 *
 * @param actions additions and changes, to be done at once
 * @param waiting items that scheduling-service holds and that block no longer: they wait for the end of the round, so
 *     that the brake sees them all
 * @param seen    ids of all events of the page
 */
public record PagePlan(List<SyncAction> actions, List<SyncAction.RemoveItem> waiting, Set<String> seen) {

    public PagePlan {
        actions = List.copyOf(actions);
        waiting = List.copyOf(waiting);
        seen = Set.copyOf(seen);
    }
}
