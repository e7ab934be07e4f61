package io.timetether.scheduling.appointment;

import java.util.EnumSet;
import java.util.Set;

/** Where an appointment is in its life, and where it can go from there. PURE. All but CANCELLED occupy time. */
public enum AppointmentStatus {
    PENDING,
    OPEN,
    CONFIRMED,
    CHECKED_IN,
    IN_PROGRESS,
    COMPLETED,
    NO_SHOW,
    CANCELLED;

    /** The statuses that may follow this one. */
    public Set<AppointmentStatus> next() {
        return switch (this) {
            case PENDING -> EnumSet.of(OPEN, CONFIRMED, CANCELLED);
            case OPEN -> EnumSet.of(CONFIRMED, CHECKED_IN, NO_SHOW, CANCELLED);
            case CONFIRMED -> EnumSet.of(CHECKED_IN, NO_SHOW, CANCELLED);
            case CHECKED_IN -> EnumSet.of(IN_PROGRESS, COMPLETED);
            case IN_PROGRESS -> EnumSet.of(COMPLETED);
            case NO_SHOW -> EnumSet.of(CHECKED_IN);
            case COMPLETED, CANCELLED -> EnumSet.noneOf(AppointmentStatus.class);
        };
    }

    /** What has begun, ended or been cancelled cannot move any more. */
    public boolean mayMove() {
        return switch (this) {
            case PENDING, OPEN, CONFIRMED -> true;
            case CHECKED_IN, IN_PROGRESS, COMPLETED, NO_SHOW, CANCELLED -> false;
        };
    }
}
