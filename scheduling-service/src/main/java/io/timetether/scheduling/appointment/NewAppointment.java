package io.timetether.scheduling.appointment;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A wish for an appointment. */
@Schema(name = "NewAppointment")
record NewAppointment(
        @NotNull UUID serviceId,

        @Schema(description = "Without it, whoever is free and has the fewest appointments that day.") @Nullable
        UUID staffId,

        @NotNull Instant startAt,
        @NotNull @Size(min = 1, max = 1) List<@NotNull @Valid NewAttendee> attendees,
        @Nullable @Size(max = 2000) String note,

        @Schema(
                description = "Book knowingly what availability does not offer: over time off, imported busy time or "
                        + "an unknown calendar, outside hours, off the grid. Never over another appointment.")
        @Nullable
        Boolean overrideTimeOff,

        @Schema(description = "Where, if the service has no location of its own.") @Nullable
        UUID locationId,

        @Schema(description = "The caller's own hold on this time; used up by the booking.") @Nullable
        UUID holdId) {

    /** A client who is known (clientId), or one by name. */
    @Schema(name = "NewAttendee")
    record NewAttendee(
            @Nullable UUID clientId,
            @Nullable @Size(min = 1, max = 200) String name,
            @Nullable @Email @Size(max = 254) String email,
            @Nullable @Size(max = 40) String phone) {

        @AssertTrue(message = "must be either a clientId, or a name with or without email and phone")
        @Schema(hidden = true)
        boolean isEitherKnownOrNamed() {
            return clientId != null ? name == null && email == null && phone == null : name != null && !name.isBlank();
        }
    }

    BookingPolicy.Insistence insistence() {
        return Boolean.TRUE.equals(overrideTimeOff)
                ? BookingPolicy.Insistence.KNOWINGLY
                : BookingPolicy.Insistence.ONLY_WHAT_IS_OFFERED;
    }
}
