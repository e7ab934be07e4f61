package io.timetether.scheduling.staff;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The hours of one date (of the staff member's zone) instead of its weekday's; no ranges: closed all day. */
@Schema(name = "HoursException")
record HoursException(LocalDate date, List<DatedRange> ranges) {

    /** As a weekly rule, for one date. */
    @Schema(name = "DatedRange")
    record DatedRange(
            @NotNull
            @Pattern(regexp = HoursRule.START, message = "must be a time of day, 00:00 to 23:59")
            @Schema(examples = "09:00")
            String start,

            @NotNull
            @Pattern(regexp = HoursRule.END, message = "must be a time of day, 00:00 to 24:00")
            @Schema(examples = "17:00")
            String end,

            @Nullable UUID locationId) {

        static DatedRange of(WeeklyHours.Range range, @Nullable UUID locationId) {
            return new DatedRange(HoursRule.start(range), HoursRule.end(range), locationId);
        }

        WeeklyHours.Range range() {
            return HoursRule.range(start, end);
        }
    }
}
