package io.timetether.calendarsync.scheduling;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An appointment as scheduling-service tells it now; the fields are those of the contract. */
public record AppointmentState(
        UUID id,
        long number,
        UUID organisationId,
        UUID staffId,
        Instant startAt,
        Instant endAt,
        String status,
        long version,
        Named service,
        @Nullable Named location,
        List<Attendee> attendees,
        @Nullable String note,
        @Nullable Instant updatedAt) {

    /** Something that has an id and a name. */
    public record Named(UUID id, String name) {}

    /** Who comes; exactly one unless it is a group session. */
    public record Attendee(
            @Nullable UUID clientId,
            @Nullable String name,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String status) {}
}
