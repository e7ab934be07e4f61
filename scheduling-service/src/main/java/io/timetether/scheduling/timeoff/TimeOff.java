package io.timetether.scheduling.timeoff;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Time in which a staff member is away. EXTERNAL entries come from an outside calendar and cannot be changed here; who
 * is not their staff member sees "[ext] Busy", unless the owner shares subjects.
 *
 * @param seriesId what the occurrences of one repeating time off have in common
 * @param origin of an EXTERNAL entry; null for a MANUAL one
 */
@Schema(name = "TimeOff")
record TimeOff(
        UUID id,
        long number,
        UUID staffId,
        String title,
        Instant startAt,
        Instant endAt,
        @Nullable LocalDate startDate,
        @Nullable LocalDate endDate,
        Source source,
        long version,
        @Nullable UUID seriesId,
        @Nullable Origin origin) {

    @Schema(name = "TimeOffSource")
    enum Source {
        MANUAL,
        EXTERNAL
    }

    /** Where an external entry comes from; the link is there for the calendar's owner only. */
    @Schema(name = "TimeOffOrigin")
    record Origin(
            UUID feedId, String calendarName, @Nullable String webLink) {}
}
