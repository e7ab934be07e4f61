package io.timetether.scheduling.timeoff;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Either from startAt to endAt, or whole dates (endDate exclusive) in the staff member's zone. */
record NewTimeOff(
        @NotNull UUID staffId,
        @Nullable Instant startAt,
        @Nullable Instant endAt,
        @Nullable LocalDate startDate,
        @Nullable LocalDate endDate,
        @NotBlank @Size(max = 200) String title,

        @Schema(description = "Comes again; each occurrence is an entry of its own.") @Nullable @Valid
        Repetition repeats) {}
