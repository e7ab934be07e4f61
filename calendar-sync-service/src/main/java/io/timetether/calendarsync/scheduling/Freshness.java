package io.timetether.calendarsync.scheduling;

import java.time.Instant;
import java.util.UUID;

/** Until when a feed's busy time is confirmed, and for which time it is known at all. */
public record Freshness(
        UUID feedId,
        UUID organisationId,
        long fence,
        Instant confirmedAt,
        Instant knownFrom,
        Instant knownUntil,
        boolean firstSyncCompleted,
        String state) {}
