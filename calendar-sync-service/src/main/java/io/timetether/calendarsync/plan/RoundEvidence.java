package io.timetether.calendarsync.plan;

import java.util.Map;
import java.util.Set;

/** What a round that ran to its end has proved about the calendar. Only a complete round is evidence of anything. */
public sealed interface RoundEvidence {

    /** The window that the round covers. */
    SyncWindow window();

    /** Ids of the events that the round showed and did not take back. */
    Set<String> seen();

    /** Everything in the window was shown: what is known in it and was not seen has vanished. */
    record FullRead(SyncWindow window, Set<String> seen) implements RoundEvidence {}

    /**
     * Changes since the last round.
     *
     * @param removed ids with a tombstone; also of events never seen, and of series masters
     * @param series  master id → ids of all its instances in the window: a series is shown whole, and an instance
     *     that was deleted alone gets no tombstone but is missing here
     */
    record Changes(SyncWindow window, Set<String> seen, Set<String> removed, Map<String, Set<String>> series)
            implements RoundEvidence {}
}
