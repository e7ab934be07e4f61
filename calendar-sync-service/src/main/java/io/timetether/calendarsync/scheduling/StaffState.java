package io.timetether.calendarsync.scheduling;

import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A staff member as scheduling-service tells it now; {@code timeZone} is an IANA name. */
public record StaffState(
        UUID id,
        UUID organisationId,
        String name,
        @Nullable String email,
        String timeZone,
        boolean active,
        long version) {

    /** The zone in which whole days are closed. */
    public ZoneId zone() {
        return ZoneId.of(timeZone);
    }
}
