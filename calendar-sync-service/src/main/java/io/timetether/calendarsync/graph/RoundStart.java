package io.timetether.calendarsync.graph;

import io.timetether.calendarsync.plan.SyncWindow;

/** Where a delta round begins. */
public sealed interface RoundStart {

    /** The window that the round covers; with a cursor it was fixed when the baseline began. */
    SyncWindow window();

    /** Everything in the window. */
    record Baseline(SyncWindow window) implements RoundStart {}

    /** What changed since the round that ended with this delta link. */
    record Cursor(String deltaLink, SyncWindow window) implements RoundStart {}
}
