package io.timetether.calendarsync.plan;

import java.util.LinkedHashMap;
import java.util.Map;

/** The removals that the pages of a round have put off to its end, by remote id; the last page to speak of an id wins. */
public record WaitingRemovals(Map<String, SyncAction.RemoveItem> byId) {

    public WaitingRemovals {
        byId = Map.copyOf(byId);
    }

    public static WaitingRemovals none() {
        return new WaitingRemovals(Map.of());
    }

    /** After one more page. */
    public WaitingRemovals after(PagePlan page) {
        if (page.waiting().isEmpty() && byId.isEmpty()) {
            return this;
        }
        Map<String, SyncAction.RemoveItem> next = new LinkedHashMap<>(byId);
        next.keySet().removeAll(page.seen());
        page.waiting().forEach(removal -> next.put(removal.remoteId(), removal));
        return new WaitingRemovals(next);
    }
}
