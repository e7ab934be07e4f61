package io.timetether.scheduling.availability;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.http.Caller;
import io.timetether.scheduling.http.Callers;
import io.timetether.scheduling.http.IanaZone;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.service.Service;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** When a service can be booked. */
@Path("/api/v1/availability")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Availability")
@Authenticated
@RunOnVirtualThread
class AvailabilityResource {

    /** How old the knowledge of an outside calendar is, on which these slots are based. */
    public record CalendarFreshness(
            UUID staffId,
            UUID feedId,
            @Nullable Instant confirmedAt,
            @Nullable Instant knownFrom,
            @Nullable Instant knownUntil,
            boolean stale) {}

    public record Slots(String timeZone, List<Slot> slots, List<CalendarFreshness> calendarFreshness) {}

    private final Callers callers;
    private final Availability availability;
    private final ObjectMapper json;
    private final Clock clock;

    AvailabilityResource(Callers callers, Availability availability, ObjectMapper json, Clock clock) {
        this.callers = callers;
        this.availability = availability;
        this.json = json;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary = "List free slots of a service",
            description = "Of one or several staff members (staffId may be repeated) or, without staffId, of all who "
                    + "offer it; at most 92 days. Slots follow each staff member's clock; timeZone (default: the "
                    + "organisation's) is the one to show them in.")
    @APIResponse(
            responseCode = "200",
            description = "The slots, by start",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Slots.class)))
    public Response listSlots(
            @QueryParam("serviceId") @NotNull UUID serviceId,
            @QueryParam("staffId") @Size(max = 100) List<UUID> staffIds,
            @QueryParam("locationId") @Nullable UUID locationId,
            @QueryParam("from") @NotNull Instant from,
            @QueryParam("to") @NotNull Instant to,
            @QueryParam("timeZone") @IanaZone @Nullable String timeZone) {
        Caller.Member caller = callers.member();
        SlotWindow.of(from, to);
        Availability.View view = availability.view(new Availability.Question(
                caller.organisationId(),
                serviceId,
                staffIds.stream().distinct().sorted().toList(),
                locationId,
                from.getEpochSecond(),
                to.getEpochSecond(),
                Availability.Whose.WHO_OFFERS,
                null));
        Service service = view.service().orElseThrow(() -> ProblemType.NOT_FOUND.because("No service has this id."));
        if (!staffIds.stream().allMatch(view.setup()::isStaffMember)) {
            throw ProblemType.NOT_FOUND.because("No staff member has this id.");
        }
        Instant now = clock.instant();
        List<CalendarFreshness> freshness = view.feeds().stream()
                .map(feed -> new CalendarFreshness(
                        feed.staffId(),
                        feed.feedId(),
                        feed.confirmedAt(),
                        feed.knownFrom(),
                        feed.knownUntil(),
                        feed.isStale(now, from.isBefore(now) ? min(now, to) : from, to)))
                .toList();
        String zone = timeZone == null ? view.setup().zone().getId() : timeZone;
        byte[] slots = SlotsJson.array(availability.slotTable(view, from, to), service.durationMinutes * 60L);
        return Response.ok(body(zone, slots, freshness), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    private byte[] body(String zone, byte[] slots, List<CalendarFreshness> freshness) {
        try {
            ByteArrayOutputStream body = new ByteArrayOutputStream(slots.length + 1024);
            body.writeBytes("{\"timeZone\":".getBytes(StandardCharsets.UTF_8));
            body.writeBytes(json.writeValueAsBytes(zone));
            body.writeBytes(",\"slots\":".getBytes(StandardCharsets.UTF_8));
            body.writeBytes(slots);
            body.writeBytes(",\"calendarFreshness\":".getBytes(StandardCharsets.UTF_8));
            body.writeBytes(json.writeValueAsBytes(freshness));
            body.write('}');
            return body.toByteArray();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Instant min(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
