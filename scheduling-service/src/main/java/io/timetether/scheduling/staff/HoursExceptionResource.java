package io.timetether.scheduling.staff;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.audit.AuditLog;
import io.timetether.scheduling.database.StaffLock;
import io.timetether.scheduling.http.Caller;
import io.timetether.scheduling.http.Callers;
import io.timetether.scheduling.http.Cursor;
import io.timetether.scheduling.http.Page;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.staff.HoursException.DatedRange;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The dates on which a staff member's hours are others than the week says. */
@Path("/api/v1/staff/{id}/hours-exceptions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Staff")
@Authenticated
@RunOnVirtualThread
class HoursExceptionResource {

    /** No ranges: closed all day. */
    record NewHoursException(@NotNull @Size(max = 10) List<@NotNull @Valid DatedRange> ranges) {}

    private final Callers callers;
    private final StaffMembers staffMembers;
    private final WorkingHours workingHours;
    private final StaffLock staffLock;
    private final AuditLog audit;
    private final Clock clock;

    HoursExceptionResource(
            Callers callers,
            StaffMembers staffMembers,
            WorkingHours workingHours,
            StaffLock staffLock,
            AuditLog audit,
            Clock clock) {
        this.callers = callers;
        this.staffMembers = staffMembers;
        this.workingHours = workingHours;
        this.staffLock = staffLock;
        this.audit = audit;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary = "List the dates with other hours",
            description = "By date, from 'from' on, which is the staff member's today where it is absent.")
    public Page<HoursException> listHoursExceptions(
            @PathParam("id") UUID id,
            @QueryParam("from") @Nullable LocalDate from,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(400) int limit,
            @QueryParam("after") @Nullable String after) {
        StaffMember member = staffMembers.get(callers.member().organisationId(), id);
        Cursor cursor = Cursor.decoded(after, 1);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneId.of(member.timeZone));
        LocalDate first = cursor != null ? cursor.date(0).plusDays(1) : from != null ? from : today;
        return Page.of(
                workingHours.exceptions(member.organisationId, id, first, limit),
                limit,
                exception -> Cursor.of(exception.date()));
    }

    @PUT
    @Path("{date}")
    @Transactional
    @Operation(
            summary = "Set the hours of one date (administrator, or oneself)",
            description =
                    "They replace the weekday's at all locations; an empty list closes the date. Appointments that "
                            + "exist already stay.")
    public HoursException putHoursException(
            @PathParam("id") UUID id, @PathParam("date") LocalDate date, @Valid @NotNull NewHoursException wish) {
        Caller.Member caller = callers.member();
        StaffMember member = staffMembers.get(caller.organisationId(), id);
        caller.mustManage(id);
        if (date.getYear() < 2000 || date.getYear() > 2200) {
            throw ProblemType.invalid("date", "must lie between the years 2000 and 2200");
        }
        staffLock.take(List.of(id));
        workingHours.replaceException(member.organisationId, id, date, wish.ranges());
        audit.note(caller, "HOURS_CHANGED", id);
        return workingHours.exceptions(member.organisationId, id, date, 1).getFirst();
    }

    @DELETE
    @Path("{date}")
    @Transactional
    @Operation(summary = "Let the week's hours hold on a date again (administrator, or oneself)")
    @APIResponse(responseCode = "204", description = "Removed")
    public void deleteHoursException(@PathParam("id") UUID id, @PathParam("date") LocalDate date) {
        Caller.Member caller = callers.member();
        StaffMember member = staffMembers.get(caller.organisationId(), id);
        caller.mustManage(id);
        staffLock.take(List.of(id));
        if (!workingHours.removeException(member.organisationId, id, date)) {
            throw ProblemType.NOT_FOUND.because("The week's hours hold on this date.");
        }
        audit.note(caller, "HOURS_CHANGED", id);
    }
}
