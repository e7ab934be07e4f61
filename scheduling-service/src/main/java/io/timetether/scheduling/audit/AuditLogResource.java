package io.timetether.scheduling.audit;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.http.Caller;
import io.timetether.scheduling.http.Callers;
import io.timetether.scheduling.http.Cursor;
import io.timetether.scheduling.http.Page;
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

/** The audit log of the caller's organisation. */
@Path("/api/v1/audit-log")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Organisations")
@Authenticated
@RunOnVirtualThread
class AuditLogResource {

    private final Callers callers;
    private final AuditLog log;

    AuditLogResource(Callers callers, AuditLog log) {
        this.callers = callers;
        this.log = log;
    }

    @GET
    @Operation(
            summary = "List who did what (administrator)",
            description = "Newest first, by ids only. What happened to one appointment is its history.")
    public Page<AuditEntry> listAuditEntries(
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @QueryParam("after") @Nullable String after) {
        Caller.Member caller = callers.admin();
        Cursor cursor = Cursor.decoded(after, 1);
        return Page.of(
                log.list(caller.organisationId(), cursor == null ? Long.MAX_VALUE : cursor.number(0), limit + 1),
                limit,
                entry -> Cursor.of(entry.id()));
    }
}
