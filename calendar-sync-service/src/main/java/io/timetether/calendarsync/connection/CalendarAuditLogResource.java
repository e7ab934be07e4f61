package io.timetether.calendarsync.connection;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What was done to the connections and feeds of the caller's organisation. */
@Path("/api/v1/calendar-audit-log")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calendar connections")
@RunOnVirtualThread
@Authenticated
class CalendarAuditLogResource {

    private final Callers callers;
    private final Audit audit;

    CalendarAuditLogResource(Callers callers, Audit audit) {
        this.callers = callers;
        this.audit = audit;
    }

    @GET
    @Operation(
            operationId = "listCalendarAuditEntries",
            summary = "List who connected, shared, changed or stopped what (administrator)",
            description = "Newest first, by ids only. What was done to appointments and the setup is the audit log.")
    public Page<AuditEntry> listCalendarAuditEntries(
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @QueryParam("after") @Nullable String after) {
        return audit.list(callers.admin().organisationId(), Cursor.decoded(after, 2), limit);
    }
}
