package io.timetether.scheduling.timeoff;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Time in which a staff member is away. EXTERNAL entries come from an outside calendar and cannot be changed here; who
 * is not their staff member sees "[ext] Busy", unless the owner shares subjects.
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
        @Nullable @JsonIgnore @Schema(hidden = true) Origin origin) {

    @Schema(name = "TimeOffSource")
    enum Source {
        MANUAL,
        EXTERNAL
    }

    /** Where an external entry comes from. */
    record Origin(
            UUID feedId, String calendarName, @Nullable String webLink) {}
}
