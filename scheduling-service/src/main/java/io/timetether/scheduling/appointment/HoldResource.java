package io.timetether.scheduling.appointment;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.http.Caller;
import io.timetether.scheduling.http.Callers;
import io.timetether.scheduling.http.ProblemException;
import io.timetether.scheduling.http.ProblemType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Holds: a time is kept for the caller while they fill in the rest. */
@Path("/api/v1/holds")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Appointments")
@Authenticated
@RunOnVirtualThread
class HoldResource {

    private final Callers callers;
    private final Holding holding;
    private final Holds holds;

    HoldResource(Callers callers, Holding holding, Holds holds) {
        this.callers = callers;
        this.holding = holding;
        this.holds = holds;
    }

    @POST
    @Operation(
            summary = "Hold a time for five minutes",
            description = "Nobody else can have it meanwhile. POST /appointments with its holdId books it.")
    @APIResponse(
            responseCode = "201",
            description = "Held",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Hold.class)))
    @APIResponse(responseCode = "409", description = "As for booking")
    public Response createHold(
            @HeaderParam("Idempotency-Key") @Nullable String key, @Valid @NotNull Holding.NewHold wish) {
        Caller.Member caller = callers.member();
        caller.mustManageOrBeAdmin(wish.staffId());
        return holding.hold(new Actor.Person(caller), key, wish).response();
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Get one's own hold, while it lasts")
    public Hold getHold(@PathParam("id") UUID id) {
        Actor actor = new Actor.Person(callers.member());
        return holds.find(actor.organisationId(), actor.keyOwner(), id).orElseThrow(HoldResource::gone);
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Let a held time go")
    @APIResponse(responseCode = "204", description = "Free again")
    public void deleteHold(@PathParam("id") UUID id) {
        Actor actor = new Actor.Person(callers.member());
        if (!holds.remove(actor.organisationId(), actor.keyOwner(), id)) {
            throw gone();
        }
    }

    private static ProblemException gone() {
        return ProblemType.NOT_FOUND.because("You hold no time under this id; it may have been used or have expired.");
    }
}
