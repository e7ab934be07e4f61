package io.timetether.scheduling.appointment;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A time that is kept free for its holder until {@code expiresAt}; booking with its id uses it up. */
@Schema(name = "Hold")
public record Hold(UUID id, UUID serviceId, UUID staffId, Instant startAt, Instant endAt, Instant expiresAt) {

    static final Duration KEPT = Duration.ofMinutes(5);

    /** When it was decided that the time can be had. */
    Instant heldAt() {
        return expiresAt.minus(KEPT);
    }

    /** True if it was made for exactly what is wished. */
    boolean isFor(NewAppointment wish) {
        return serviceId.equals(wish.serviceId())
                && startAt.equals(wish.startAt())
                && (wish.staffId() == null || staffId.equals(wish.staffId()));
    }
}
