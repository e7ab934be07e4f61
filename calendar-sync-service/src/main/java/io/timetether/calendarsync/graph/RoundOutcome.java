package io.timetether.calendarsync.graph;

import io.timetether.calendarsync.plan.RoundEvidence;

/** How a delta round ended. Only {@link Complete} proves anything; its pages were handed over already. */
public sealed interface RoundOutcome {

    /**
     * The last page was read.
     *
     * @param deltaLink the next cursor, to be saved after everything else of the round
     * @param skipped   occurrences without a series, which are left out (docs/graph-notes.md, 17)
     */
    record Complete(String deltaLink, RoundEvidence evidence, int pages, int events, int skipped)
            implements RoundOutcome {}

    /** Microsoft has forgotten the cursor: a full read is due, and nothing is removed before it has ended. */
    record CursorExpired(String code) implements RoundOutcome {}

    /** The pages do not end, or repeat themselves: start over, with a smaller window, and tell the operator. */
    record Endless(int pages) implements RoundOutcome {}

    /** The round broke off; what was read stays, nothing may be concluded from what was not. */
    record Stopped(GraphProblem problem) implements RoundOutcome {}
}
