package io.timetether.scheduling.publicbooking;

import io.timetether.scheduling.appointment.AppointmentStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides until when a client may change their own booking. PURE. The longer cut-off of organisation and service counts;
 * exactly at the cut-off it is still possible, and never once the appointment has begun.
 */
final class ManagementPolicy {

    private ManagementPolicy() {}

    /** How long before the start a change must come, in minutes. */
    record CutOff(int ofOrganisation, int ofService) {

        Duration longer() {
            return Duration.ofMinutes(Math.max(ofOrganisation, ofService));
        }
    }

    sealed interface Decision {

        record Possible(Instant until) implements Decision {}

        /** It was possible until then. */
        record TooLate(Instant until) implements Decision {}

        /** What has begun, ended or been cancelled. */
        record Over(AppointmentStatus status) implements Decision {}

        /** Until when it is possible; null if it is not any more. */
        default @Nullable Instant possibleUntil() {
            return switch (this) {
                case Possible possible -> possible.until();
                case TooLate late -> null;
                case Over over -> null;
            };
        }
    }

    static Decision decide(AppointmentStatus status, Instant startAt, CutOff cutOff, Instant now) {
        if (!status.mayMove()) {
            return new Decision.Over(status);
        }
        Instant until = startAt.minus(cutOff.longer());
        return now.isAfter(until) || !now.isBefore(startAt)
                ? new Decision.TooLate(until)
                : new Decision.Possible(until);
    }
}
