package io.timetether.calendarsync.plan;

/** Why an item that scheduling-service holds is to be removed. */
public sealed interface RemovalCause {

    /** The event is still there but blocks no longer; the item keeps its row with this verdict. */
    record NoLongerBlocks(RemoteEvent event, String contentHash, Verdict.Ignored verdict) implements RemovalCause {}

    /** The event was deleted, or a whole read of its window did not show it: the item goes. */
    record Vanished() implements RemovalCause {}
}
