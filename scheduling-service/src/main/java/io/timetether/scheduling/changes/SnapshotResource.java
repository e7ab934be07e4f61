package io.timetether.scheduling.changes;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.changes.Change.AppointmentState;
import io.timetether.scheduling.changes.Change.OrganisationState;
import io.timetether.scheduling.changes.Change.StaffState;
import io.timetether.scheduling.http.Callers;
import io.timetether.scheduling.http.Cursor;
import io.timetether.scheduling.http.Page;
import io.timetether.scheduling.http.ProblemType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The current state behind the log, for calendar-sync-service: at the start of a feed, and when a cursor has expired. */
@Path("/internal/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Internal")
@Authenticated
@RunOnVirtualThread
class SnapshotResource {

    private static final int BATCH = 200;

    /** Those of the asked appointments that exist. */
    @Schema(name = "AppointmentStates")
    public record Batch(List<AppointmentState> items) {}

    private final Callers callers;
    private final States states;

    SnapshotResource(Callers callers, States states) {
        this.callers = callers;
        this.states = states;
    }

    @GET
    @Path("organisations/{id}")
    @Operation(summary = "Get an organisation's state")
    public OrganisationState getOrganisationState(@PathParam("id") UUID id) {
        callers.internal();
        return found(states.organisations(List.of(id)), id);
    }

    @GET
    @Path("staff/{id}")
    @Operation(summary = "Get a staff member's state")
    public StaffState getStaffState(
            @PathParam("id") UUID id, @QueryParam("organisationId") @NotNull UUID organisationId) {
        callers.internal();
        StaffState state = found(states.staff(List.of(id)), id);
        if (!state.organisationId().equals(organisationId)) {
            throw unknown();
        }
        return state;
    }

    @GET
    @Path("appointments")
    @Operation(summary = "List a staff member's appointments that are not cancelled and end after a time")
    public Page<AppointmentState> listAppointmentStates(
            @QueryParam("organisationId") @NotNull UUID organisationId,
            @QueryParam("staffId") @NotNull UUID staffId,
            @QueryParam("from") @NotNull Instant from,
            @QueryParam("limit") @DefaultValue("200") @Min(1) @Max(500) int limit,
            @QueryParam("after") @Nullable String after) {
        callers.internal();
        Cursor cursor = Cursor.decoded(after, 2);
        List<AppointmentState> states = this.states.upcoming(
                organisationId,
                staffId,
                from,
                cursor == null ? null : cursor.instant(0),
                cursor == null ? null : cursor.uuid(1),
                limit + 1);
        return Page.of(states, limit, state -> Cursor.of(state.startAt(), state.id()));
    }

    @GET
    @Path("appointments/batch")
    @Operation(summary = "Get appointments by id; one that is missing has been erased")
    public Batch listAppointmentStatesById(@QueryParam("ids") @NotNull String ids) {
        callers.internal();
        List<UUID> wanted = Arrays.stream(ids.split(","))
                .filter(id -> !id.isBlank())
                .map(SnapshotResource::uuid)
                .distinct()
                .toList();
        if (wanted.size() > BATCH) {
            throw ProblemType.invalid("ids", "must be at most " + BATCH);
        }
        Map<UUID, AppointmentState> found = states.appointments(wanted);
        return new Batch(
                wanted.stream().map(found::get).filter(Objects::nonNull).toList());
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text.strip());
        } catch (IllegalArgumentException e) {
            throw ProblemType.invalid("ids", "must be UUIDs, separated by commas");
        }
    }

    private static <T> T found(Map<UUID, T> states, UUID id) {
        T state = states.get(id);
        if (state == null) {
            throw unknown();
        }
        return state;
    }

    private static io.timetether.scheduling.http.ProblemException unknown() {
        return ProblemType.NOT_FOUND.because("Nothing has this id.");
    }
}
