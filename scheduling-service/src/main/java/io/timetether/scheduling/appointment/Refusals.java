package io.timetether.scheduling.appointment;

import io.timetether.scheduling.appointment.BookingPolicy.Decision;
import io.timetether.scheduling.appointment.BookingPolicy.Rules;
import io.timetether.scheduling.availability.Availability;
import io.timetether.scheduling.availability.Availability.View;
import io.timetether.scheduling.availability.SlotRules;
import io.timetether.scheduling.http.Problem;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.service.Service;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Says why a time cannot be booked, and what could be instead. */
@ApplicationScoped
class Refusals {

    static final Duration LOOK_AHEAD = Duration.ofDays(7);
    private static final int ALTERNATIVES = 3;
    private static final long DAY = 86_400;
    private static final String KNOWINGLY = " Staff can book it knowingly with overrideTimeOff.";

    /** A time that is free at the moment of the refusal. */
    record Alternative(Instant startAt, Instant endAt, UUID staffId) {}

    private final Availability availability;

    Refusals(Availability availability) {
        this.availability = availability;
    }

    /** Clients are told neither why the time is not free nor that staff could insist. */
    Problem problem(Actor actor, Decision decision, Service service, View view, Instant startAt) {
        String knowingly = insistence(actor);
        return switch (decision) {
            case Decision.Accepted accepted -> throw new IllegalArgumentException("this is no refusal");
            case Decision.SlotTaken taken -> taken(actor, taken, alternatives(service, view, startAt));
            case Decision.OutsideHours outside ->
                Problem.of(
                        ProblemType.OUTSIDE_WORKING_HOURS,
                        "The staff member does not work all of this time." + knowingly);
            case Decision.OffGrid off ->
                Problem.of(
                        ProblemType.OFF_GRID,
                        "Starts are every " + service.slotGridMinutes + " minutes of the staff member's clock."
                                + knowingly);
            case Decision.TooLate late ->
                Problem.of(
                        ProblemType.TOO_LATE,
                        "It has begun, or begins within the service's notice of " + service.minimumNoticeMinutes
                                + " minutes.");
            case Decision.TooFarAhead far ->
                Problem.of(
                        ProblemType.TOO_FAR_AHEAD, "The service can be booked " + service.horizonDays + " days ahead.");
            case Decision.DayFull full ->
                Problem.of(
                                ProblemType.DAY_FULL,
                                "As many appointments of this kind as one day may have are booked." + knowingly)
                        .with("alternatives", alternatives(service, view, startAt));
            case Decision.CalendarUnknown unknown ->
                Problem.of(
                        ProblemType.CALENDAR_UNKNOWN,
                        switch (actor) {
                            case Actor.Person person ->
                                "An outside calendar of the staff member has not been read yet, or not lately."
                                        + knowingly;
                            case Actor.Client client -> "This time cannot be booked online just now; choose another.";
                            case Actor.OutsideCalendar calendar ->
                                "Another calendar of the staff member has not been read yet, or not lately.";
                        });
        };
    }

    private static Problem taken(Actor actor, Decision.SlotTaken taken, List<Alternative> alternatives) {
        boolean overridable = actor instanceof Actor.Person && taken.knowinglyPossible();
        String remedy = switch (actor) {
            case Actor.Person person -> "Choose one of the alternatives, or ask /availability.";
            case Actor.Client client -> "Somebody was faster, or the time is not offered; choose another one.";
            case Actor.OutsideCalendar calendar -> "The time is not free.";
        };
        return Problem.of(ProblemType.SLOT_TAKEN, remedy + (overridable ? KNOWINGLY : ""))
                .with("alternatives", alternatives)
                .with("overridable", overridable);
    }

    private static String insistence(Actor actor) {
        return switch (actor) {
            case Actor.Person person -> KNOWINGLY;
            case Actor.Client client -> "";
            case Actor.OutsideCalendar calendar -> "";
        };
    }

    private List<Alternative> alternatives(Service service, View view, Instant startAt) {
        long duration = service.durationMinutes * 60L;
        return availability.firstSlots(view, startAt, startAt.plus(LOOK_AHEAD), ALTERNATIVES).entrySet().stream()
                .map(slot -> new Alternative(
                        Instant.ofEpochSecond(slot.getKey()),
                        Instant.ofEpochSecond(slot.getKey() + duration),
                        slot.getValue().getFirst()))
                .toList();
    }

    static Rules rules(Service service) {
        return new Rules(SlotRules.of(service), service.minimumNoticeMinutes * 60L, service.horizonDays * DAY);
    }
}
