package io.timetether.calendarsync.scheduling;

import java.util.List;

/** What putting items of a feed came to. */
public sealed interface ImportOutcome {

    /** Everything was recorded; one result per item put. */
    record Imported(List<ItemResult> results) implements ImportOutcome {}

    /** A newer run of the calendar has taken over; nothing was changed, and nothing more may be done. */
    record Overtaken() implements ImportOutcome {}

    /** The feed is not known there: it was never registered, or has been forgotten. */
    record FeedUnknown() implements ImportOutcome {}

    /** It is not known whether it was recorded; put again later. */
    record Unavailable(String cause) implements ImportOutcome {}
}
