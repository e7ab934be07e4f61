package io.timetether.calendarsync.publish;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.calendarsync.http.Caller;
import io.timetether.calendarsync.http.Callers;
import io.timetether.calendarsync.http.Cursor;
import io.timetether.calendarsync.http.Page;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What somebody has to take away by hand, or by connecting the calendar again. */
@Path("/api/v1/remaining-events")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calendar connections")
@RunOnVirtualThread
@Authenticated
class RemainingEventResource {

    /**
     * An event that should be gone, by calendar and time alone.
     *
     * @param startsAt null where it was never noted
     * @param at its place in the list
     */
    @Schema(name = "RemainingEvent")
    public record RemainingEvent(
            UUID id,
            UUID staffId,
            UUID connectionId,
            String calendarName,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt,
            @JsonIgnore @Schema(hidden = true) Instant at) {}

    private final Callers callers;
    private final RemainingEvents events;

    RemainingEventResource(Callers callers, RemainingEvents events) {
        this.callers = callers;
        this.events = events;
    }

    @GET
    @Operation(
            operationId = "listRemainingEvents",
            summary = "See which events still stand in Office 365 that should be gone",
            description =
                    "Of appointments that have been erased, or that should go when a connection stopped, in calendars that"
                            + " nobody authorises us to use any more. Connecting such a calendar again takes them away.")
    public Page<RemainingEvent> listRemainingEvents(
            @QueryParam("staffId") @Nullable UUID staffId,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @QueryParam("after") @Nullable String after) {
        Caller caller = callers.member();
        return events.list(caller.organisationId(), caller.staffFilter(staffId), Cursor.decoded(after, 2), limit);
    }
}
