package io.timetether.scheduling.appointment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An appointment after a change, with its next version. PURE. */
final class Changed {

    private Changed() {}

    static Appointment moved(Appointment a, UUID staffId, Instant startAt, Instant endAt, Instant now) {
        return of(a, staffId, startAt, endAt, a.status(), a.cancelReason(), now);
    }

    static Appointment status(Appointment a, AppointmentStatus status, @Nullable String cancelReason, Instant now) {
        return of(a, a.staffId(), a.startAt(), a.endAt(), status, cancelReason, now);
    }

    private static Appointment of(
            Appointment a,
            UUID staffId,
            Instant startAt,
            Instant endAt,
            AppointmentStatus status,
            @Nullable String cancelReason,
            Instant now) {
        return new Appointment(
                a.id(),
                a.number(),
                status,
                startAt,
                endAt,
                staffId,
                a.service(),
                a.location(),
                a.attendees(),
                a.note(),
                cancelReason,
                a.version() + 1,
                a.createdAt(),
                now);
    }
}
