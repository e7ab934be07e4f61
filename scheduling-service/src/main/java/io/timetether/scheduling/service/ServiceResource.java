package io.timetether.scheduling.service;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.directory.Directory;
import io.timetether.scheduling.http.Caller;
import io.timetether.scheduling.http.Callers;
import io.timetether.scheduling.http.Cursor;
import io.timetether.scheduling.http.Page;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.location.Locations;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Services. Everybody of the organisation may look; administrators change. */
@Path("/api/v1/services")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Services")
@Authenticated
@RunOnVirtualThread
class ServiceResource {

    private static final Set<Integer> GRIDS = Set.of(5, 10, 15, 20, 30, 60);

    /** Without {@code staffIds}, every active staff member offers it. */
    record NewService(
            @NotBlank @Size(max = 200) String name,
            @NotNull @Min(1) @Max(1440) Integer durationMinutes,
            @Nullable @Min(0) @Max(480) Integer bufferBeforeMinutes,
            @Nullable @Min(0) @Max(480) Integer bufferAfterMinutes,
            @Nullable Integer slotGridMinutes,
            @Nullable @Min(0) @Max(527_040) Integer minimumNoticeMinutes,
            @Nullable @Min(1) @Max(1100) Integer horizonDays,
            @Nullable Boolean needsConfirmation,
            @Nullable @Min(0) @Max(527_040) Integer moveCutOffMinutes,
            @Nullable @Min(0) @Max(527_040) Integer cancelCutOffMinutes,
            @Nullable @Min(1) @Max(1000) Integer maxPerDayStaff,
            @Nullable @Min(1) @Max(100_000) Integer maxPerDayOrganisation,
            @Nullable UUID locationId,
            @Nullable @Size(max = 500) List<@NotNull UUID> staffIds) {}

    /**
     * Fields that are absent stay as they are; an empty list of staff means: nobody offers it; {@code offeredByAll}
     * instead of a list: everybody does. A maximum of 0 lifts it.
     */
    record ServicePatch(
            @Nullable @Size(max = 200) @Pattern(regexp = ".*\\S.*", message = "must not be blank")
            String name,

            @Nullable @Min(1) @Max(1440) Integer durationMinutes,
            @Nullable @Min(0) @Max(480) Integer bufferBeforeMinutes,
            @Nullable @Min(0) @Max(480) Integer bufferAfterMinutes,
            @Nullable Integer slotGridMinutes,
            @Nullable @Min(0) @Max(527_040) Integer minimumNoticeMinutes,
            @Nullable @Min(1) @Max(1100) Integer horizonDays,
            @Nullable Boolean needsConfirmation,
            @Nullable @Min(0) @Max(527_040) Integer moveCutOffMinutes,
            @Nullable @Min(0) @Max(527_040) Integer cancelCutOffMinutes,
            @Nullable @Min(0) @Max(1000) Integer maxPerDayStaff,
            @Nullable @Min(0) @Max(100_000) Integer maxPerDayOrganisation,
            @Nullable UUID locationId,
            @Nullable Boolean active,

            @Nullable @AssertTrue(message = "must be true, or absent where staffIds say who offers it")
            Boolean offeredByAll,

            @Nullable @Size(max = 500) List<@NotNull UUID> staffIds) {}

    private final Callers callers;
    private final Services services;
    private final Locations locations;
    private final Directory directory;

    ServiceResource(Callers callers, Services services, Locations locations, Directory directory) {
        this.callers = callers;
        this.services = services;
        this.locations = locations;
        this.directory = directory;
    }

    @POST
    @Operation(summary = "Add a service (administrator)")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Service.class)))
    public Response createService(
            @HeaderParam("Idempotency-Key") @Nullable String key, @Valid @NotNull NewService wish) {
        Caller.Member caller = callers.admin();
        Supplier<Service> fresh = () -> {
            Service service = new Service();
            service.name = wish.name();
            service.durationMinutes = wish.durationMinutes();
            service.bufferBeforeMinutes = or(wish.bufferBeforeMinutes(), 0);
            service.bufferAfterMinutes = or(wish.bufferAfterMinutes(), 0);
            service.slotGridMinutes = grid(or(wish.slotGridMinutes(), 15));
            service.minimumNoticeMinutes = or(wish.minimumNoticeMinutes(), 0);
            service.horizonDays = or(wish.horizonDays(), 365);
            service.needsConfirmation = or(wish.needsConfirmation(), false);
            service.moveCutOffMinutes = or(wish.moveCutOffMinutes(), 0);
            service.cancelCutOffMinutes = or(wish.cancelCutOffMinutes(), 0);
            service.maxPerDayStaff = wish.maxPerDayStaff();
            service.maxPerDayOrganisation = wish.maxPerDayOrganisation();
            service.locationId = location(caller, wish.locationId());
            service.offeredByAll = wish.staffIds() == null;
            return service;
        };
        return directory.add(caller, services, "createService", key, wish, fresh, service -> {
            if (wish.staffIds() != null) {
                services.offerBy(service, wish.staffIds());
            }
        });
    }

    @GET
    @Operation(summary = "List services")
    public Page<Service> listServices(
            @QueryParam("q") @Size(max = 100) @Nullable String q,
            @QueryParam("active") @Nullable Boolean active,
            @QueryParam("staffId") @Nullable UUID staffId,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @QueryParam("after") @Nullable String after) {
        Caller.Member caller = callers.member();
        return Directory.page(
                services.list(caller.organisationId(), q, active, staffId, Cursor.decoded(after, 2), limit), limit);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Get a service")
    @APIResponse(
            responseCode = "200",
            description = "The service",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Service.class)))
    public Response getService(@PathParam("id") UUID id) {
        return Directory.answer(services.get(callers.member().organisationId(), id));
    }

    @PATCH
    @Path("{id}")
    @Transactional
    @Operation(
            summary = "Change a service (administrator)",
            description = "Appointments that exist already stay as they are.")
    @APIResponse(
            responseCode = "200",
            description = "The service",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Service.class)))
    public Response patchService(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Valid @NotNull ServicePatch patch) {
        Caller.Member caller = callers.admin();
        Service service = directory.toChange(caller, services, id, ifMatch);
        service.name = or(patch.name(), service.name);
        service.durationMinutes = or(patch.durationMinutes(), service.durationMinutes);
        service.bufferBeforeMinutes = or(patch.bufferBeforeMinutes(), service.bufferBeforeMinutes);
        service.bufferAfterMinutes = or(patch.bufferAfterMinutes(), service.bufferAfterMinutes);
        service.slotGridMinutes = grid(or(patch.slotGridMinutes(), service.slotGridMinutes));
        service.minimumNoticeMinutes = or(patch.minimumNoticeMinutes(), service.minimumNoticeMinutes);
        service.horizonDays = or(patch.horizonDays(), service.horizonDays);
        service.needsConfirmation = or(patch.needsConfirmation(), service.needsConfirmation);
        service.moveCutOffMinutes = or(patch.moveCutOffMinutes(), service.moveCutOffMinutes);
        service.cancelCutOffMinutes = or(patch.cancelCutOffMinutes(), service.cancelCutOffMinutes);
        service.active = or(patch.active(), service.active);
        if (patch.locationId() != null) {
            service.locationId = location(caller, patch.locationId());
        }
        service.maxPerDayStaff = limit(patch.maxPerDayStaff(), service.maxPerDayStaff);
        service.maxPerDayOrganisation = limit(patch.maxPerDayOrganisation(), service.maxPerDayOrganisation);
        if (patch.offeredByAll() != null) {
            if (patch.staffIds() != null) {
                throw ProblemType.invalid("offeredByAll", "must be absent where staffIds say who offers it");
            }
            service.offeredByAll = true;
            services.offerBy(service, List.of());
        }
        if (patch.staffIds() != null) {
            service.offeredByAll = false;
            services.offerBy(service, patch.staffIds());
        }
        return directory.changed(caller, services, service);
    }

    private @Nullable UUID location(Caller.Member caller, @Nullable UUID locationId) {
        if (locationId != null && !locations.isOffered(caller.organisationId(), locationId)) {
            throw ProblemType.invalid("locationId", "must be an active location of the organisation");
        }
        return locationId;
    }

    private static @Nullable Integer limit(@Nullable Integer wished, @Nullable Integer present) {
        if (wished == null) {
            return present;
        }
        return wished == 0 ? null : wished;
    }

    private static int grid(int minutes) {
        if (!GRIDS.contains(minutes)) {
            throw ProblemType.invalid("slotGridMinutes", "must be one of 5, 10, 15, 20, 30, 60");
        }
        return minutes;
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
