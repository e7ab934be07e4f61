package io.timetether.scheduling.availability;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.http.Caller;
import io.timetether.scheduling.http.Callers;
import io.timetether.scheduling.http.IanaZone;
import io.timetether.scheduling.organisation.Organisations;
import io.timetether.scheduling.service.Service;
import io.timetether.scheduling.service.Services;
import io.timetether.scheduling.staff.StaffMembers;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** When a service can be booked. */
@Path("/api/v1/availability")
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
    private final Services services;
    private final StaffMembers staffMembers;
    private final Organisations organisations;
    private final Availability availability;
    private final Clock clock;

    AvailabilityResource(
            Callers callers,
            Services services,
            StaffMembers staffMembers,
            Organisations organisations,
            Availability availability,
            Clock clock) {
        this.callers = callers;
        this.services = services;
        this.staffMembers = staffMembers;
        this.organisations = organisations;
        this.availability = availability;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary = "List free slots of a service",
            description = "Of one staff member or, without staffId, of all who offer it; at most 92 days. Slots follow "
                    + "each staff member's clock; timeZone (default: the organisation's) is the one to show them in.")
    public Slots listSlots(
            @QueryParam("serviceId") @NotNull UUID serviceId,
            @QueryParam("staffId") @Nullable UUID staffId,
            @QueryParam("from") @NotNull Instant from,
            @QueryParam("to") @NotNull Instant to,
            @QueryParam("timeZone") @IanaZone @Nullable String timeZone) {
        Caller.Member caller = callers.member();
        SlotWindow.of(from, to);
        Service service = services.get(caller.organisationId(), serviceId);
        if (staffId != null) {
            staffMembers.get(caller.organisationId(), staffId);
        }
        List<UUID> staffIds = availability.offering(service, staffId);
        Availability.Facts facts =
                availability.facts(caller.organisationId(), staffIds, from.getEpochSecond(), to.getEpochSecond(), null);
        List<Slot> slots = Slot.list(availability.slots(service, staffIds, facts, from, to), service.durationMinutes);
        Instant now = clock.instant();
        List<CalendarFreshness> freshness = facts.feeds().stream()
                .map(feed -> new CalendarFreshness(
                        feed.staffId(),
                        feed.feedId(),
                        feed.confirmedAt(),
                        feed.knownFrom(),
                        feed.knownUntil(),
                        feed.isStale(now, from.isBefore(now) ? min(now, to) : from, to)))
                .toList();
        String zone = timeZone == null ? organisations.get(caller.organisationId()).timeZone : timeZone;
        return new Slots(zone, slots, freshness);
    }

    private static Instant min(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
