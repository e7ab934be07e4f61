package io.timetether.calendarsync.plan;

/** What a feed makes of one value of {@link ShowAs}. */
public enum BlockPolicy {
    BLOCK,
    IGNORE
}
