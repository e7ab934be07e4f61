package io.timetether.scheduling.publicbooking;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.availability.Availability;
import io.timetether.scheduling.availability.Slot;
import io.timetether.scheduling.availability.SlotWindow;
import io.timetether.scheduling.http.Cursor;
import io.timetether.scheduling.http.IanaZone;
import io.timetether.scheduling.http.Page;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.organisation.Organisation;
import io.timetether.scheduling.publicbooking.PublicOffers.Offer;
import io.timetether.scheduling.publicbooking.PublicOffers.PublicStaffMember;
import io.timetether.scheduling.service.Service;
import io.timetether.scheduling.service.Services;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What an organisation offers to everybody, and when. */
@Path("/api/v1/public/organisations/{slug}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Public booking")
@PublicDoor.Public
@RunOnVirtualThread
class PublicOrganisationResource {

    @Schema(name = "PublicOrganisation")
    record PublicOrganisation(String slug, String name, String timeZone) {}

    @Schema(name = "PublicSlots")
    record PublicSlots(String timeZone, List<Slot> slots) {}

    private final Visit visit;
    private final PublicOffers offers;
    private final Services services;
    private final Availability availability;

    PublicOrganisationResource(Visit visit, PublicOffers offers, Services services, Availability availability) {
        this.visit = visit;
        this.offers = offers;
        this.services = services;
        this.availability = availability;
    }

    @GET
    @Operation(summary = "Get an organisation's public page", description = "Without a sign-in, like all of this.")
    public PublicOrganisation getPublicOrganisation() {
        Organisation organisation = visit.organisation();
        return new PublicOrganisation(organisation.slug, organisation.name, organisation.timeZone);
    }

    @GET
    @Path("services")
    @Operation(summary = "List the services that can be booked", description = "staffIds: who gives it, by name.")
    public Page<Offer> listPublicServices(
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @QueryParam("after") @Nullable String after) {
        return Page.of(
                offers.list(visit.organisation().id, Cursor.decoded(after, 2), limit),
                limit,
                offer -> Cursor.of(offer.name(), offer.id()));
    }

    @GET
    @Path("staff")
    @Operation(summary = "List the staff members who can be booked")
    public Page<PublicStaffMember> listPublicStaff(
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @QueryParam("after") @Nullable String after) {
        return Page.of(
                offers.listStaff(visit.organisation().id, Cursor.decoded(after, 2), limit),
                limit,
                member -> Cursor.of(member.name(), member.id()));
    }

    @GET
    @Path("availability")
    @Operation(
            summary = "List free slots of a service",
            description = "Of one staff member or, without staffId, of all who give it; at most 92 days. timeZone "
                    + "(default: the organisation's) is the one to show them in.")
    public PublicSlots listPublicSlots(
            @QueryParam("serviceId") @NotNull UUID serviceId,
            @QueryParam("staffId") @Nullable UUID staffId,
            @QueryParam("from") @NotNull Instant from,
            @QueryParam("to") @NotNull Instant to,
            @QueryParam("timeZone") @IanaZone @Nullable String timeZone) {
        Organisation organisation = visit.organisation();
        SlotWindow window = SlotWindow.of(from, to);
        Service service = services.findOne(organisation.id, serviceId)
                .filter(found -> found.active)
                .orElseThrow(() -> ProblemType.invalid("serviceId", "must be one of the services of this page"));
        List<UUID> staffIds = availability.offering(service, staffId);
        return new PublicSlots(
                timeZone == null ? organisation.timeZone : timeZone,
                Slot.list(
                        availability.slots(service, staffIds, window.from(), window.until()), service.durationMinutes));
    }
}
