package io.timetether.scheduling.publicbooking;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.appointment.Appointment;
import io.timetether.scheduling.appointment.ClientBookings;
import io.timetether.scheduling.appointment.ClientBookings.ClientWish;
import io.timetether.scheduling.appointment.ClientBookings.Outcome;
import io.timetether.scheduling.http.EntityTag;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.managementlink.ManagementLinks;
import io.timetether.scheduling.organisation.Organisation;
import io.timetether.scheduling.publicbooking.ManagementPolicy.CutOff;
import io.timetether.scheduling.publicbooking.ManagementPolicy.Decision;
import io.timetether.scheduling.service.Service;
import io.timetether.scheduling.service.Services;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Booking without a sign-in, and managing that booking through its link. */
@Path("/api/v1/public/organisations/{slug}/appointments")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Public booking")
@PublicDoor.Public
@RunOnVirtualThread
class PublicAppointmentResource {

    /** All clients share one set of keys, so a key must be hard to guess. */
    private static final int SHORTEST_KEY = 16;

    @Schema(name = "PublicClient")
    record PublicClient(
            @NotBlank @Size(max = 100) @Pattern(regexp = "^\\P{Cc}*$", message = "must be one line of text")
            String name,

            @NotBlank @Email @Size(max = 254) String email,

            @Nullable @Size(max = 40) @Pattern(regexp = "^\\P{Cc}*$", message = "must be one line of text")
            String phone) {}

    @Schema(name = "NewPublicAppointment", description = "Without staffId: with anybody who is free.")
    record NewPublicAppointment(
            @NotNull UUID serviceId,
            @Nullable UUID staffId,
            @NotNull Instant startAt,
            @NotNull @Valid PublicClient client,
            @Nullable @Size(max = 2000) String note) {}

    @Schema(name = "PublicMove")
    record PublicMove(@NotNull Instant startAt, @Nullable UUID staffId) {}

    @Schema(name = "PublicCancellation")
    record PublicCancellation(@Nullable @Size(max = 500) String reason) {}

    /** The booking that a link opens, with the service whose cut-offs count. */
    private record Own(Organisation organisation, Service service, Appointment appointment) {}

    private final Visit visit;
    private final ClientBookings bookings;
    private final ManagementLinks links;
    private final Services services;
    private final PublicOffers offers;
    private final Clock clock;

    PublicAppointmentResource(
            Visit visit,
            ClientBookings bookings,
            ManagementLinks links,
            Services services,
            PublicOffers offers,
            Clock clock) {
        this.visit = visit;
        this.bookings = bookings;
        this.links = links;
        this.services = services;
        this.offers = offers;
        this.clock = clock;
    }

    @POST
    @Operation(
            summary = "Book as a client",
            description =
                    "The header Idempotency-Key is required (16 characters or more, such as a UUID); a retry with "
                            + "it gets the same answer, refusals included, and a management link of its own.")
    @APIResponse(
            responseCode = "201",
            description = "Booked; PENDING if the service needs a confirmation",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = PublicAppointment.class)))
    @APIResponse(
            responseCode = "409",
            description = "slot-taken (with alternatives), outside-working-hours, off-grid, too-late, too-far-ahead, "
                    + "calendar-unknown, not-offered, request-in-progress")
    public Response bookPublicly(
            @HeaderParam("Idempotency-Key") @Nullable String key, @Valid @NotNull NewPublicAppointment wish) {
        Organisation organisation = visit.organisation();
        if (key == null) {
            throw ProblemType.IDEMPOTENCY_KEY_MISSING.because(
                    "Send a random text of your own for this booking, such as a UUID; then retrying is harmless.");
        }
        if (key.length() < SHORTEST_KEY) {
            throw ProblemType.invalid("Idempotency-Key", "must have 16 characters or more, such as a UUID");
        }
        PublicClient client = wish.client();
        return switch (bookings.book(
                organisation.id,
                key,
                new ClientWish(
                        wish.serviceId(),
                        wish.staffId(),
                        wish.startAt(),
                        client.name(),
                        client.email(),
                        client.phone(),
                        wish.note()))) {
            case Outcome.Refused refused -> refused.answer().response();
            case Outcome.Booked booked -> created(organisation, booked.appointment());
        };
    }

    @GET
    @Path("{token}")
    @Operation(summary = "Look at one's own booking", description = "token: the last part of the management link.")
    @APIResponse(responseCode = "200", description = "The booking")
    public RestResponse<PublicAppointment> getOwnAppointment(@PathParam("token") String token) {
        return answer(own(token));
    }

    @POST
    @Path("{token}/reschedule")
    @Operation(summary = "Move one's own booking", description = "To a time that availability offers.")
    @APIResponse(responseCode = "200", description = "The booking")
    @APIResponse(responseCode = "409", description = "cut-off-passed, illegal-transition, or as for booking")
    public RestResponse<PublicAppointment> moveOwnAppointment(
            @PathParam("token") String token,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Valid @NotNull PublicMove move) {
        Own own = own(token);
        EntityTag.require(ifMatch, own.appointment().version());
        mustBePossible(movable(own));
        return answer(new Own(
                own.organisation(),
                own.service(),
                bookings.move(own.organisation().id, own.appointment(), move.startAt(), move.staffId())));
    }

    @POST
    @Path("{token}/cancellation")
    @Consumes(MediaType.APPLICATION_JSON) // a type of one text would also be made from a text
    @Operation(summary = "Cancel one's own booking", description = "Its time is free at once.")
    @APIResponse(responseCode = "200", description = "The booking")
    @APIResponse(responseCode = "409", description = "cut-off-passed, illegal-transition")
    public RestResponse<PublicAppointment> cancelOwnAppointment(
            @PathParam("token") String token,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Valid @Nullable PublicCancellation cancellation) {
        Own own = own(token);
        EntityTag.require(ifMatch, own.appointment().version());
        mustBePossible(cancellable(own));
        String reason = cancellation == null ? null : cancellation.reason();
        return answer(new Own(
                own.organisation(), own.service(), bookings.cancel(own.organisation().id, own.appointment(), reason)));
    }

    private Own own(String token) {
        Organisation organisation = visit.organisation();
        UUID id = links.find(organisation.id, token)
                .orElseThrow(Visit::nothingHere)
                .appointmentId();
        Appointment appointment = bookings.get(organisation.id, id);
        return new Own(
                organisation,
                services.get(organisation.id, appointment.service().id()),
                appointment);
    }

    private Decision movable(Own own) {
        return decide(own, new CutOff(own.organisation().moveCutOffMinutes, own.service().moveCutOffMinutes));
    }

    private Decision cancellable(Own own) {
        return decide(own, new CutOff(own.organisation().cancelCutOffMinutes, own.service().cancelCutOffMinutes));
    }

    private Decision decide(Own own, CutOff cutOff) {
        Appointment appointment = own.appointment();
        return ManagementPolicy.decide(appointment.status(), appointment.startAt(), cutOff, clock.instant());
    }

    private static void mustBePossible(Decision decision) {
        switch (decision) {
            case Decision.Possible possible -> {}
            case Decision.TooLate late ->
                throw ProblemType.CUT_OFF_PASSED.because(
                        "This was possible until " + late.until() + "; please call the organisation.");
            case Decision.Over over ->
                throw ProblemType.ILLEGAL_TRANSITION.because(
                        "An appointment that is " + over.status() + " cannot be changed any more.");
        }
    }

    private Response created(Organisation organisation, Appointment appointment) {
        String link = links.forWhoBooked(organisation.id, organisation.slug, appointment.id());
        String token = link.substring(link.lastIndexOf('/') + 1);
        Own own = new Own(
                organisation,
                services.get(organisation.id, appointment.service().id()),
                appointment);
        return Response.status(Response.Status.CREATED)
                .entity(view(own, link))
                .header(
                        HttpHeaders.LOCATION,
                        "/api/v1/public/organisations/" + organisation.slug + "/appointments/" + token)
                .header(HttpHeaders.ETAG, EntityTag.of(appointment.version()))
                .build();
    }

    private RestResponse<PublicAppointment> answer(Own own) {
        return RestResponse.ResponseBuilder.ok(view(own, null))
                .header(HttpHeaders.ETAG, EntityTag.of(own.appointment().version()))
                .build();
    }

    private PublicAppointment view(Own own, @Nullable String link) {
        Appointment appointment = own.appointment();
        Appointment.Named location = appointment.location();
        return new PublicAppointment(
                appointment.number(),
                appointment.status(),
                appointment.startAt(),
                appointment.endAt(),
                appointment.service().id(),
                own.service().name,
                appointment.staffId(),
                offers.staffName(own.organisation().id, appointment.staffId()),
                location == null ? null : location.name(),
                movable(own).possibleUntil(),
                cancellable(own).possibleUntil(),
                link,
                appointment.version());
    }
}
