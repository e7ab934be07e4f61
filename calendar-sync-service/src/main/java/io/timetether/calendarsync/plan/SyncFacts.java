package io.timetether.calendarsync.plan;

import java.time.Instant;
import java.util.Collection;

/**
 * What the end of a round is decided from, for one feed.
 *
 * @param known    all items that the feed has recorded, with the round's pages applied already
 * @param waiting  what the pages put off
 * @param evidence what the round proved
 * @param occasion why it was read
 * @param removedLately how many future items, each series counted once, routine runs removed within the last hour
 * @param now      items that have ended by now do not count for the brake
 */
public record SyncFacts(
        Collection<KnownItem> known,
        WaitingRemovals waiting,
        RoundEvidence evidence,
        Occasion occasion,
        int removedLately,
        Instant now) {

    /** Whether the brake may take hold. */
    public enum Occasion {
        /** An ordinary run: the brake watches. */
        ROUTINE,
        /** The first sync of a feed: it has nothing to lose. */
        FIRST_SYNC,
        /** A person asked for the removals here: changed the settings, or resumed a held feed with "apply". */
        PERSON_ASKED
    }
}
