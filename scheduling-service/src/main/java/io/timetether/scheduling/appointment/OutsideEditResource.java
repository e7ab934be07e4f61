package io.timetether.scheduling.appointment;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.http.Callers;
import io.timetether.scheduling.http.ProblemType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What somebody did to an appointment's event in an outside calendar, taken over where the rules allow. */
@Path("/internal/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Internal")
@Authenticated
@RunOnVirtualThread
class OutsideEditResource {

    /**
     * @param version of the appointment that the event showed
     * @param startAt where the event was moved to; null: it was deleted
     */
    @Schema(name = "OutsideEdit")
    record OutsideEdit(
            @NotNull UUID organisationId,
            @NotNull Long version,
            @Nullable Instant startAt) {}

    private final Callers callers;
    private final Appointments appointments;
    private final Booking booking;

    OutsideEditResource(Callers callers, Appointments appointments, Booking booking) {
        this.callers = callers;
        this.appointments = appointments;
        this.booking = booking;
    }

    @POST
    @Path("appointments/{id}/outside-edit")
    @Operation(
            summary = "Take over what somebody did to the event of an appointment",
            description = "Moves the appointment to a time that is offered, or cancels it.")
    @APIResponse(responseCode = "204", description = "Taken over")
    @APIResponse(responseCode = "409", description = "As for rescheduling and cancelling: the rules do not allow it")
    @APIResponse(responseCode = "412", description = "The appointment has changed since; look again")
    public void applyOutsideEdit(@PathParam("id") UUID id, @Valid @NotNull OutsideEdit edit) {
        callers.internal();
        Actor actor = new Actor.OutsideCalendar(edit.organisationId());
        Appointment seen = appointments.get(edit.organisationId(), id);
        if (seen.version() != edit.version()) {
            throw ProblemType.PRECONDITION_FAILED.because("The appointment has changed since; look again.");
        }
        Instant startAt = edit.startAt();
        if (startAt == null) {
            booking.changeStatus(actor, seen, AppointmentStatus.CANCELLED, null);
            return;
        }
        if (!seen.status().mayMove()) {
            throw ProblemType.ILLEGAL_TRANSITION.because("An appointment that is " + seen.status() + " cannot move.");
        }
        booking.reschedule(
                actor,
                seen,
                startAt.truncatedTo(ChronoUnit.SECONDS),
                seen.staffId(),
                BookingPolicy.Insistence.ONLY_WHAT_IS_OFFERED);
    }
}
