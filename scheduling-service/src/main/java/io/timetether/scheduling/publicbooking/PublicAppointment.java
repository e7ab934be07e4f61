package io.timetether.scheduling.publicbooking;

import io.timetether.scheduling.appointment.AppointmentStatus;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A booking as the client who made it sees it. {@code version} is its entity tag. */
@Schema(name = "PublicAppointment")
record PublicAppointment(
        long number,
        AppointmentStatus status,
        Instant startAt,
        Instant endAt,
        UUID serviceId,
        String serviceName,
        UUID staffId,
        String staffName,
        @Nullable String locationName,

        @Schema(description = "Until when the client may move it; null if not any more.") @Nullable
        Instant movableUntil,

        @Schema(description = "Until when the client may cancel it; null if not any more.") @Nullable
        Instant cancellableUntil,

        @Schema(description = "Only in the answer to the booking: where it can be seen, moved and cancelled. A secret.")
        @Nullable
        String managementLink,

        long version) {}
