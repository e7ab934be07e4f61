package io.timetether.calendarsync.scheduling;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An event that blocks, as it is put at scheduling-service. Either instants or dates (end exclusive, whole days in the
 * staff member's zone).
 *
 * @param title null where nobody shall read the subject ("Busy")
 */
public record ExternalItem(
        String itemId,
        @Nullable String title,
        @Nullable Instant startAt,
        @Nullable Instant endAt,
        @Nullable LocalDate startDate,
        @Nullable LocalDate endDate,
        String showAs,
        @Nullable String iCalUId,
        @Nullable Instant originalStart,
        @Nullable Instant lastModifiedAt,
        @Nullable String webLink) {}
