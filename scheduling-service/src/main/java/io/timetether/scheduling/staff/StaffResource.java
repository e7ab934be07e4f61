package io.timetether.scheduling.staff;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.audit.AuditLog;
import io.timetether.scheduling.database.StaffLock;
import io.timetether.scheduling.directory.Directory;
import io.timetether.scheduling.http.Caller;
import io.timetether.scheduling.http.Callers;
import io.timetether.scheduling.http.Cursor;
import io.timetether.scheduling.http.IanaZone;
import io.timetether.scheduling.http.Page;
import io.timetether.scheduling.organisation.Organisations;
import io.timetether.scheduling.timeoff.AllDayEntries;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Staff members and their hours. Everybody of the organisation may look; administrators change. */
@Path("/api/v1/staff")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Staff")
@Authenticated
@RunOnVirtualThread
class StaffResource {

    record NewStaffMember(
            @NotBlank @Size(max = 200) String name,
            @NotNull @Email @Size(max = 254) String email,
            @Nullable @IanaZone String timeZone) {}

    /** Fields that are absent stay as they are. */
    record StaffPatch(
            @Nullable @Size(max = 200) @Pattern(regexp = ".*\\S.*", message = "must not be blank")
            String name,

            @Nullable @Email @Size(max = 254) String email,
            @Nullable @IanaZone String timeZone,
            @Nullable Boolean active) {}

    record WorkingHoursWeek(@NotNull @Size(max = 70) List<@NotNull @Valid HoursRule> rules) {}

    private final Callers callers;
    private final StaffMembers staffMembers;
    private final WorkingHours workingHours;
    private final Organisations organisations;
    private final AllDayEntries allDayEntries;
    private final StaffLock staffLock;
    private final Directory directory;
    private final AuditLog audit;
    private final Leaving leaving;

    StaffResource(
            Callers callers,
            StaffMembers staffMembers,
            WorkingHours workingHours,
            Organisations organisations,
            AllDayEntries allDayEntries,
            StaffLock staffLock,
            Directory directory,
            AuditLog audit,
            Leaving leaving) {
        this.callers = callers;
        this.staffMembers = staffMembers;
        this.workingHours = workingHours;
        this.organisations = organisations;
        this.allDayEntries = allDayEntries;
        this.staffLock = staffLock;
        this.directory = directory;
        this.audit = audit;
        this.leaving = leaving;
    }

    @POST
    @Operation(summary = "Add a staff member (administrator)", description = "The zone defaults to the organisation's.")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = StaffMember.class)))
    public Response createStaffMember(
            @HeaderParam("Idempotency-Key") @Nullable String key, @Valid @NotNull NewStaffMember wish) {
        Caller.Member caller = callers.admin();
        return directory.add(caller, staffMembers, "createStaffMember", key, wish, () -> {
            StaffMember member = new StaffMember();
            member.name = wish.name();
            member.email = wish.email();
            member.timeZone =
                    wish.timeZone() == null ? organisations.get(caller.organisationId()).timeZone : wish.timeZone();
            return member;
        });
    }

    @GET
    @Operation(summary = "List staff members")
    public Page<StaffMember> listStaffMembers(
            @QueryParam("q") @Size(max = 100) @Nullable String q,
            @QueryParam("active") @Nullable Boolean active,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @QueryParam("after") @Nullable String after) {
        Caller.Member caller = callers.member();
        return Directory.page(
                staffMembers.list(caller.organisationId(), q, active, Cursor.decoded(after, 2), limit), limit);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Get a staff member")
    @APIResponse(
            responseCode = "200",
            description = "The staff member",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = StaffMember.class)))
    public Response getStaffMember(@PathParam("id") UUID id) {
        return Directory.answer(staffMembers.get(callers.member().organisationId(), id));
    }

    @PATCH
    @Path("{id}")
    @Transactional
    @Operation(
            summary = "Change a staff member (administrator)",
            description = "In another zone, working hours and all-day entries keep their wall-clock times and dates.")
    @APIResponse(
            responseCode = "200",
            description = "The staff member",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = StaffMember.class)))
    public Response patchStaffMember(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Valid @NotNull StaffPatch patch) {
        Caller.Member caller = callers.admin();
        StaffMember member = directory.toChange(caller, staffMembers, id, ifMatch);
        member.name = patch.name() == null ? member.name : patch.name();
        member.email = patch.email() == null ? member.email : patch.email();
        member.active = patch.active() == null ? member.active : patch.active();
        String zone = patch.timeZone();
        boolean zoneChanges = zone != null && !zone.equals(member.timeZone);
        if (zone != null && zoneChanges) {
            // The lock first, the row second: the same order as in imports, which read the zone under the lock.
            staffLock.take(List.of(member.id));
            member.timeZone = zone;
        }
        Response answer = directory.changed(caller, staffMembers, member);
        if (zoneChanges) {
            allDayEntries.moveTo(ZoneId.of(member.timeZone), member.organisationId, member.id);
        }
        return answer;
    }

    @DELETE
    @Path("{id}")
    @Operation(
            summary = "Erase a staff member (administrator)",
            description =
                    "Completely and for good: the person with their sign-in, hours, time off, outside calendars and "
                            + "what was written there. Past appointments stay, with a staff member without a name. To keep the "
                            + "staff member and only book them no more, set active to false.")
    @APIResponse(responseCode = "204", description = "Erased")
    @APIResponse(responseCode = "409", description = "appointments-to-come: they have to be moved or cancelled first")
    public void eraseStaffMember(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        leaving.erase(callers.admin(), id, ifMatch);
    }

    @GET
    @Path("{id}/working-hours")
    @Operation(summary = "Get a staff member's weekly hours")
    public WorkingHoursWeek getWorkingHours(@PathParam("id") UUID id) {
        StaffMember member = staffMembers.get(callers.member().organisationId(), id);
        return new WorkingHoursWeek(workingHours.rules(member.organisationId, member.id));
    }

    @PUT
    @Path("{id}/working-hours")
    @Transactional
    @Operation(
            summary = "Replace a staff member's weekly hours (administrator, or oneself)",
            description = "Several ranges a day are possible; '24:00' is the end of the day; an end that is not after "
                    + "its start lies on the next day. Appointments that exist already stay.")
    public WorkingHoursWeek replaceWorkingHours(@PathParam("id") UUID id, @Valid @NotNull WorkingHoursWeek week) {
        Caller.Member caller = callers.member();
        StaffMember member = staffMembers.get(caller.organisationId(), id);
        caller.mustManage(id);
        // Two replacements at once would mix their rules.
        staffLock.take(List.of(member.id));
        workingHours.replace(member.organisationId, member.id, week.rules());
        audit.note(caller, "HOURS_CHANGED", id);
        return new WorkingHoursWeek(workingHours.rules(member.organisationId, member.id));
    }
}
