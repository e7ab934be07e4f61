package io.timetether.scheduling.appointment;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An appointment with its attendees (one, unless it is a group session). {@code version} is its entity tag. */
@Schema(name = "Appointment")
public record Appointment(
        UUID id,
        long number,
        AppointmentStatus status,
        Instant startAt,
        Instant endAt,
        UUID staffId,
        Named service,
        @Nullable Named location,
        List<Attendee> attendees,
        @Nullable String note,
        @Nullable String cancelReason,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    @Schema(name = "NamedReference")
    public record Named(UUID id, String name) {}

    @Schema(name = "Attendee")
    public record Attendee(
            UUID clientId,
            String name,
            @Nullable String email,
            @Nullable String phone,
            String status) {}
}
