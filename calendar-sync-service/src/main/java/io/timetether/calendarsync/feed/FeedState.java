package io.timetether.calendarsync.feed;

/** Where a feed stands (product.md §6). */
public enum FeedState {
    FIRST_SYNC,
    ACTIVE,
    PAUSED,
    HELD,
    PARKED,
    STOPPED
}
