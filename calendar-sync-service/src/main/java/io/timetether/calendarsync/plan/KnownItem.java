package io.timetether.calendarsync.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An item as the feed has recorded it.
 *
 * @param remoteId    Graph's id
 * @param seriesId    the master's id for instances of a series
 * @param contentHash of what was last recorded, see {@link ContentHash}
 * @param place       whether scheduling-service holds it
 * @param startAt     null when its zone is unknown; whole days in the staff member's zone
 * @param endAt       as {@code startAt}
 */
public record KnownItem(
        String remoteId,
        @Nullable String seriesId,
        String contentHash,
        Place place,
        @Nullable Instant startAt,
        @Nullable Instant endAt) {

    /** Where a recorded item stands. */
    public enum Place {
        /** Put at scheduling-service, which may have answered loaded, already in calendar or rejected. */
        AT_SCHEDULING,
        /** Put at scheduling-service, and its removal is held until a person decides. */
        REMOVAL_HELD,
        /** Recorded with a verdict for "View feed" only. */
        NOTED
    }

    /** Whether scheduling-service holds the item. */
    public boolean atScheduling() {
        return place != Place.NOTED;
    }
}
