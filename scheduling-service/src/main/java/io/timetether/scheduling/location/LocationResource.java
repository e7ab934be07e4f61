package io.timetether.scheduling.location;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.directory.Directory;
import io.timetether.scheduling.http.Caller;
import io.timetether.scheduling.http.Callers;
import io.timetether.scheduling.http.Cursor;
import io.timetether.scheduling.http.IanaZone;
import io.timetether.scheduling.http.Page;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Locations of the caller's organisation. */
@Path("/api/v1/locations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Locations")
@Authenticated
@RunOnVirtualThread
class LocationResource {

    record NewLocation(
            @NotBlank @Size(max = 200) String name,
            @Nullable @Size(max = 500) String address,
            @Nullable @IanaZone String timeZone) {}

    /** Fields that are absent stay as they are (an empty address empties it). */
    record LocationPatch(
            @Nullable @Size(max = 200) @Pattern(regexp = ".*\\S.*", message = "must not be blank")
            String name,

            @Nullable @Size(max = 500) String address,
            @Nullable @IanaZone String timeZone,
            @Nullable Boolean active) {}

    private final Callers callers;
    private final Locations locations;
    private final Directory directory;

    LocationResource(Callers callers, Locations locations, Directory directory) {
        this.callers = callers;
        this.locations = locations;
        this.directory = directory;
    }

    @POST
    @Operation(summary = "Add a location (administrator)")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Location.class)))
    public Response createLocation(
            @HeaderParam("Idempotency-Key") @Nullable String key, @Valid @NotNull NewLocation wish) {
        return directory.add(callers.admin(), locations, "createLocation", key, wish, () -> {
            Location location = new Location();
            location.name = wish.name();
            location.address = Directory.orEmptied(wish.address(), null);
            location.timeZone = Directory.orEmptied(wish.timeZone(), null);
            return location;
        });
    }

    @GET
    @Operation(summary = "List locations")
    public Page<Location> listLocations(
            @QueryParam("q") @Size(max = 100) @Nullable String q,
            @QueryParam("active") @Nullable Boolean active,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @QueryParam("after") @Nullable String after) {
        Caller.Member caller = callers.member();
        return Directory.page(
                locations.list(caller.organisationId(), q, active, Cursor.decoded(after, 2), limit), limit);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Get a location")
    @APIResponse(
            responseCode = "200",
            description = "The location",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Location.class)))
    public Response getLocation(@PathParam("id") UUID id) {
        return Directory.answer(locations.get(callers.member().organisationId(), id));
    }

    @PATCH
    @Path("{id}")
    @Transactional
    @Operation(summary = "Change a location (administrator)")
    @APIResponse(
            responseCode = "200",
            description = "The location",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Location.class)))
    public Response patchLocation(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Valid @NotNull LocationPatch patch) {
        Caller.Member caller = callers.admin();
        Location location = directory.toChange(caller, locations, id, ifMatch);
        location.name = patch.name() == null ? location.name : patch.name();
        location.address = Directory.orEmptied(patch.address(), location.address);
        location.timeZone = Directory.orEmptied(patch.timeZone(), location.timeZone);
        location.active = patch.active() == null ? location.active : patch.active();
        return directory.changed(caller, locations, location);
    }
}
