package io.timetether.scheduling.calendar;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One line of the merged calendar, with its display title. {@code status} is an appointment's, {@code source} a time
 * off's. {@code stale} means: it comes from an outside calendar that has not been confirmed lately.
 */
@Schema(name = "CalendarItem")
record CalendarItem(
        Kind kind,
        long number,
        UUID id,
        UUID staffId,
        String title,
        Instant startAt,
        Instant endAt,
        boolean allDay,
        @Nullable String status,
        @Nullable String source,
        boolean stale) {

    @Schema(name = "CalendarItemKind")
    enum Kind {
        APPOINTMENT,
        TIME_OFF
    }
}
