package io.timetether.calendarsync.sharing;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.calendarsync.connection.Audit;
import io.timetether.calendarsync.connection.Connection;
import io.timetether.calendarsync.connection.ConnectionShare;
import io.timetether.calendarsync.connection.ConnectionState;
import io.timetether.calendarsync.connection.Connections;
import io.timetether.calendarsync.connection.Shares;
import io.timetether.calendarsync.http.Caller;
import io.timetether.calendarsync.http.Callers;
import io.timetether.calendarsync.http.Page;
import io.timetether.calendarsync.http.ProblemType;
import io.timetether.calendarsync.scheduling.Answer;
import io.timetether.calendarsync.scheduling.SchedulingClient;
import io.timetether.calendarsync.scheduling.StaffState;
import io.timetether.calendarsync.stopping.Stopping;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** With whom an account is shared (J9). Its owner, or an administrator, decides. */
@Path("/api/v1/calendar-connections/{id}/shares")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calendar connections")
@RunOnVirtualThread
@Authenticated
class ShareResource {

    /** A colleague who may use the account. */
    @Schema(name = "ConnectionShare")
    public record ShareView(UUID staffId, Instant grantedAt) {

        static ShareView of(ConnectionShare share) {
            return new ShareView(share.staffId(), share.grantedAt());
        }
    }

    private final Callers callers;
    private final Connections connections;
    private final Shares shares;
    private final Stopping stopping;
    private final SchedulingClient scheduling;
    private final Audit audit;

    ShareResource(
            Callers callers,
            Connections connections,
            Shares shares,
            Stopping stopping,
            SchedulingClient scheduling,
            Audit audit) {
        this.callers = callers;
        this.connections = connections;
        this.shares = shares;
        this.stopping = stopping;
        this.scheduling = scheduling;
        this.audit = audit;
    }

    @GET
    @Operation(operationId = "listConnectionShares", summary = "List the colleagues who may use the account")
    public Page<ShareView> list(@PathParam("id") UUID id) {
        return new Page<>(
                shares.list(managed(callers.member(), id)).stream()
                        .map(ShareView::of)
                        .toList(),
                null);
    }

    @PUT
    @Path("{staffId}")
    @Operation(
            operationId = "shareConnection",
            summary = "Let a colleague use the account",
            description = "They can add feeds of their own on its calendars: to write to them, or to be busy by them.")
    @APIResponse(
            responseCode = "200",
            description = "The colleague",
            content = @Content(schema = @Schema(implementation = ShareView.class)))
    public ShareView grant(@PathParam("id") UUID id, @PathParam("staffId") UUID staffId) {
        Caller caller = callers.member();
        Connection connection = managed(caller, id);
        if (connection.staffId().equals(staffId)) {
            throw ProblemType.invalid("staffId", "The account is this staff member's own.");
        }
        if (connection.state() == ConnectionState.STOPPING || connection.state() == ConnectionState.STOPPED) {
            throw ProblemType.CONNECTION_NOT_ACTIVE.because("It has been stopped; connect the account again.");
        }
        switch (scheduling.staff(connection.organisationId(), staffId)) {
            case Answer.Known<StaffState> known -> {}
            case Answer.Missing<StaffState> missing ->
                throw ProblemType.invalid("staffId", "must be a staff member of the organisation");
            case Answer.Unavailable<StaffState> away ->
                throw ProblemType.PLAN_UNKNOWN.because(
                        "The scheduling service, which knows the staff, does not answer; try again soon.");
        }
        shares.grant(connection, staffId, caller.personId());
        audit.record(caller.organisationId(), caller.personId(), "connection.shared", "connection", id);
        return shares.list(connection).stream()
                .filter(share -> share.staffId().equals(staffId))
                .findFirst()
                .map(ShareView::of)
                .orElseThrow();
    }

    @DELETE
    @Path("{staffId}")
    @Operation(
            operationId = "withdrawConnectionShare",
            summary = "End a colleague's use of the account",
            description = "Their feeds on it are stopped; events that they wrote stay.")
    @APIResponse(responseCode = "204", description = "Withdrawn, or never granted")
    public Response withdraw(@PathParam("id") UUID id, @PathParam("staffId") UUID staffId) {
        Caller caller = callers.member();
        Connection connection = managed(caller, id);
        if (connection.staffId().equals(staffId)) {
            // The owner's feeds rest on no share.
            return Response.noContent().build();
        }
        boolean withdrawn = shares.withdraw(connection, staffId);
        // Also when the share is gone already: the call that took it away may have been cut off before the feeds ended.
        stopping.endShare(caller, connection, staffId);
        if (withdrawn) {
            audit.record(caller.organisationId(), caller.personId(), "connection.share-withdrawn", "connection", id);
        }
        return Response.noContent().build();
    }

    private Connection managed(Caller caller, UUID id) {
        Connection connection = connections
                .find(caller.organisationId(), id)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("There is no connection with this id."));
        caller.mustManage(connection.staffId());
        return connection;
    }
}
