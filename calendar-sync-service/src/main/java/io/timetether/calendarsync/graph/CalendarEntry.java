package io.timetether.calendarsync.graph;

import org.jspecify.annotations.Nullable;

/**
 * A calendar of an account: its own, a sub-calendar or one that somebody shares with it.
 *
 * @param ownerAddress differs from the account's own for shared calendars
 */
public record CalendarEntry(
        String id,
        String name,
        @Nullable String ownerName,
        @Nullable String ownerAddress,
        boolean canEdit,
        boolean canShare,
        boolean isDefault) {}
