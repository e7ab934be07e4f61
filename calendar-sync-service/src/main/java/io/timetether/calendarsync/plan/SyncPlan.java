package io.timetether.calendarsync.plan;

import java.util.List;
import java.util.Optional;

/**
 * What is to be done at the end of a round.
 *
 * @param actions to be done now, in any order
 * @param held    removals that wait for a person, with the reason, if the brake took hold
 * @param removing how many future items go now, each series counted once
 */
public record SyncPlan(List<SyncAction> actions, Optional<HeldRemovals> held, int removing) {

    public SyncPlan {
        actions = List.copyOf(actions);
    }

    /**
     * Removals that the brake holds.
     *
     * @param removing how many future items would go, each series counted once
     * @param known    how many future items the feed has, counted alike
     */
    public record HeldRemovals(List<SyncAction.RemoveItem> removals, int removing, int known) {

        public HeldRemovals {
            removals = List.copyOf(removals);
        }

        /** Why, in words, for people. */
        public String sentence() {
            return "Office 365 would remove %d of the %d coming entries of this feed at once, so nothing was removed. "
                            .formatted(removing, known)
                    + "Please say whether that is right, or have everything read again.";
        }
    }
}
