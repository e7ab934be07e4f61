package io.timetether.scheduling.appointment;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.http.Caller;
import io.timetether.scheduling.http.Callers;
import io.timetether.scheduling.http.Cursor;
import io.timetether.scheduling.http.EntityTag;
import io.timetether.scheduling.http.Page;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.staff.StaffMembers;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Appointments. Everybody of the organisation may look; staff book and change their own, administrators all. */
@Path("/api/v1/appointments")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Appointments")
@Authenticated
@RunOnVirtualThread
class AppointmentResource {

    record Move(
            @NotNull Instant startAt,
            @Nullable UUID staffId,
            @Nullable Boolean overrideTimeOff) {}

    record Cancellation(@Nullable @Size(max = 500) String reason) {}

    @Schema(name = "AppointmentHistory")
    record History(List<HistoryEntry> items) {}

    record NewStatus(@NotNull AppointmentStatus status) {}

    private final Callers callers;
    private final Appointments appointments;
    private final Booking booking;
    private final StaffMembers staffMembers;

    AppointmentResource(Callers callers, Appointments appointments, Booking booking, StaffMembers staffMembers) {
        this.callers = callers;
        this.appointments = appointments;
        this.booking = booking;
        this.staffMembers = staffMembers;
    }

    @POST
    @Operation(
            summary = "Book an appointment",
            description =
                    "The header Idempotency-Key is required; a retry with it gets the same answer, refusals included.")
    @APIResponse(
            responseCode = "201",
            description = "Booked",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Appointment.class)))
    @APIResponse(
            responseCode = "409",
            description = "slot-taken (with alternatives), outside-working-hours, off-grid, too-late, too-far-ahead, "
                    + "calendar-unknown, not-offered, request-in-progress")
    public Response bookAppointment(
            @HeaderParam("Idempotency-Key") @Nullable String key, @Valid @NotNull NewAppointment wish) {
        Caller.Member caller = callers.member();
        if (key == null) {
            throw ProblemType.IDEMPOTENCY_KEY_MISSING.because(
                    "Send a text of your own that names this booking, such as a UUID; then retrying is harmless.");
        }
        caller.mustManageOrBeAdmin(wish.staffId());
        return booking.book(new Actor.Person(caller), key, wish).response();
    }

    @GET
    @Operation(
            summary = "List appointments by range, staff member, status and text",
            description = "q looks in clients' names and addresses, and for the number.")
    public Page<Appointment> listAppointments(
            @QueryParam("from") @Nullable Instant from,
            @QueryParam("to") @Nullable Instant to,
            @QueryParam("staffId") @Nullable UUID staffId,
            @QueryParam("status") @Nullable AppointmentStatus status,
            @QueryParam("q") @Size(max = 100) @Nullable String q,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @QueryParam("after") @Nullable String after) {
        Caller.Member caller = callers.member();
        Cursor cursor = Cursor.decoded(after, 2);
        Appointments.Filter filter = new Appointments.Filter(
                from,
                to,
                staffId,
                status,
                q == null || q.isBlank() ? null : q,
                cursor == null ? null : cursor.instant(0),
                cursor == null ? null : cursor.uuid(1));
        return Page.of(
                appointments.list(caller.organisationId(), filter, limit + 1),
                limit,
                appointment -> Cursor.of(appointment.startAt(), appointment.id()));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Get an appointment")
    @APIResponse(
            responseCode = "200",
            description = "The appointment",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Appointment.class)))
    public Response getAppointment(@PathParam("id") UUID id) {
        return answer(appointments.get(callers.member().organisationId(), id));
    }

    @GET
    @Path("{id}/history")
    @Operation(summary = "Get who changed an appointment, when and how", description = "Oldest first.")
    public History listAppointmentHistory(@PathParam("id") UUID id) {
        UUID organisationId = callers.member().organisationId();
        appointments.get(organisationId, id);
        return new History(appointments.history(organisationId, id));
    }

    @POST
    @Path("{id}/reschedule")
    @Operation(summary = "Move an appointment, in time or to another staff member")
    @APIResponse(
            responseCode = "200",
            description = "The appointment",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Appointment.class)))
    @APIResponse(responseCode = "409", description = "As for booking; illegal-transition for what cannot move any more")
    public Response rescheduleAppointment(
            @PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String ifMatch, @Valid @NotNull Move move) {
        Caller.Member caller = callers.member();
        Appointment seen = changeable(caller, id, ifMatch);
        UUID staffId = move.staffId() == null ? seen.staffId() : move.staffId();
        if (!staffMembers.isKnown(caller.organisationId(), staffId)) {
            throw ProblemType.invalid("staffId", "must be a staff member of the organisation");
        }
        if (move.startAt().getNano() != 0) {
            throw ProblemType.invalid("startAt", "must be a whole second");
        }
        caller.mustManage(staffId);
        if (!seen.status().mayMove()) {
            throw ProblemType.ILLEGAL_TRANSITION.because("An appointment that is " + seen.status() + " cannot move.");
        }
        BookingPolicy.Insistence insistence = Boolean.TRUE.equals(move.overrideTimeOff())
                ? BookingPolicy.Insistence.KNOWINGLY
                : BookingPolicy.Insistence.ONLY_WHAT_IS_OFFERED;
        return answer(booking.reschedule(new Actor.Person(caller), seen, move.startAt(), staffId, insistence));
    }

    @POST
    @Path("{id}/cancellation")
    @Consumes(MediaType.APPLICATION_JSON) // a type of one text would also be made from a text
    @Operation(summary = "Cancel an appointment", description = "Its time is free at once.")
    @APIResponse(
            responseCode = "200",
            description = "The appointment",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Appointment.class)))
    @APIResponse(responseCode = "409", description = "illegal-transition")
    public Response cancelAppointment(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Valid @Nullable Cancellation cancellation) {
        Caller.Member caller = callers.member();
        Appointment seen = changeable(caller, id, ifMatch);
        String reason = cancellation == null ? null : cancellation.reason();
        return answer(booking.changeStatus(new Actor.Person(caller), seen, AppointmentStatus.CANCELLED, reason));
    }

    @PUT
    @Path("{id}/status")
    @Operation(summary = "Change an appointment's status")
    @APIResponse(
            responseCode = "200",
            description = "The appointment",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Appointment.class)))
    @APIResponse(responseCode = "409", description = "illegal-transition, with the statuses that are possible")
    public Response setAppointmentStatus(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Valid @NotNull NewStatus wish) {
        Caller.Member caller = callers.member();
        Appointment seen = changeable(caller, id, ifMatch);
        return answer(booking.changeStatus(new Actor.Person(caller), seen, wish.status(), null));
    }

    private Appointment changeable(Caller.Member caller, UUID id, @Nullable String ifMatch) {
        Appointment seen = appointments.get(caller.organisationId(), id);
        caller.mustManage(seen.staffId());
        EntityTag.require(ifMatch, seen.version());
        return seen;
    }

    private static Response answer(Appointment appointment) {
        return Response.ok(appointment)
                .header("ETag", EntityTag.of(appointment.version()))
                .build();
    }
}
