package io.timetether.calendarsync.plan;

import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;

/**
 * How one feed looks at events.
 *
 * @param showAs  BLOCK or IGNORE for each way of showing time; missing values take the default of the product
 * @param allDay  whether all-day events follow {@code showAs} or are left out altogether
 * @param subjects whether subjects are told to scheduling-service
 * @param zone    the staff member's zone: whole days are closed in it, whatever the mailbox's zone
 * @param window  what this feed looks at
 * @param ours    the organisation's own events in this calendar
 */
public record FeedRules(
        Map<ShowAs, BlockPolicy> showAs,
        BlockPolicy allDay,
        Subjects subjects,
        ZoneId zone,
        SyncWindow window,
        OurEvents ours) {

    /** Whether a feed tells what its events are about. */
    public enum Subjects {
        TOLD,
        HIDDEN
    }

    /** busy, oof, tentative, unknown block; free and workingElsewhere do not (docs/what-blocks.md). */
    public static final Map<ShowAs, BlockPolicy> DEFAULT_SHOW_AS = Map.of(
            ShowAs.BUSY, BlockPolicy.BLOCK,
            ShowAs.OOF, BlockPolicy.BLOCK,
            ShowAs.TENTATIVE, BlockPolicy.BLOCK,
            ShowAs.UNKNOWN, BlockPolicy.BLOCK,
            ShowAs.FREE, BlockPolicy.IGNORE,
            ShowAs.WORKING_ELSEWHERE, BlockPolicy.IGNORE);

    public FeedRules {
        Map<ShowAs, BlockPolicy> complete = new EnumMap<>(DEFAULT_SHOW_AS);
        complete.putAll(showAs);
        showAs = Map.copyOf(complete);
    }

    /** The rules of a feed that nobody has changed anything about. */
    public static FeedRules defaults(ZoneId zone, SyncWindow window, OurEvents ours) {
        return new FeedRules(DEFAULT_SHOW_AS, BlockPolicy.BLOCK, Subjects.TOLD, zone, window, ours);
    }
}
