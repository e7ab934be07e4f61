package io.timetether.calendarsync.authorization;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.calendarsync.connection.CalendarSyncPlan;
import io.timetether.calendarsync.connection.Connection;
import io.timetether.calendarsync.connection.ConnectionState;
import io.timetether.calendarsync.connection.ConnectionView;
import io.timetether.calendarsync.connection.Connections;
import io.timetether.calendarsync.http.Caller;
import io.timetether.calendarsync.http.Callers;
import io.timetether.calendarsync.http.EntityTag;
import io.timetether.calendarsync.http.IdempotencyKeys;
import io.timetether.calendarsync.http.ProblemType;
import io.timetether.calendarsync.scheduling.Answer;
import io.timetether.calendarsync.scheduling.SchedulingClient;
import io.timetether.calendarsync.scheduling.StaffState;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Begins sign-ins at Microsoft. Only a browser session may: the flow cookie must reach the browser that comes back. */
@Path("/api/v1/calendar-connections")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Calendar connections")
@RunOnVirtualThread
@Authenticated
class ConnectingResource {

    /**
     * @param staffId  whose calendar it is; the caller's own by default
     * @param returnTo the page of ours to come back to
     */
    @Schema(name = "ConnectCalendar")
    public record Connect(
            @NotNull @Pattern(regexp = "office365", message = "must be office365")
            String provider,

            @Nullable UUID staffId,
            @Nullable String returnTo) {}

    /** @param returnTo the page of ours to come back to */
    @Schema(name = "ReconnectCalendar")
    public record Reconnect(@Nullable String returnTo) {}

    private final Callers callers;
    private final Connections connections;
    private final Connecting connecting;
    private final CalendarSyncPlan plan;
    private final SchedulingClient scheduling;
    private final FlowCookie flowCookie;
    private final IdempotencyKeys keys;

    ConnectingResource(
            Callers callers,
            Connections connections,
            Connecting connecting,
            CalendarSyncPlan plan,
            SchedulingClient scheduling,
            FlowCookie flowCookie,
            IdempotencyKeys keys) {
        this.callers = callers;
        this.connections = connections;
        this.connecting = connecting;
        this.plan = plan;
        this.scheduling = scheduling;
        this.flowCookie = flowCookie;
        this.keys = keys;
    }

    @POST
    @Operation(
            operationId = "connectCalendar",
            summary = "Begin to connect an Office 365 account",
            description =
                    "Send the browser to authorizationUrl; it comes back to returnTo with ?connection=…&outcome=….")
    @APIResponse(
            responseCode = "201",
            description = "A connection that waits for its sign-in",
            content = @Content(schema = @Schema(implementation = ConnectionView.class)))
    public Response connect(@HeaderParam("Idempotency-Key") @Nullable String key, @NotNull @Valid Connect wish) {
        Caller caller = browser();
        return keys.once(caller, "connectCalendar", key, wish, id -> connect(caller, id, wish));
    }

    private Response connect(Caller caller, UUID id, Connect wish) {
        UUID staffId = wish.staffId() == null ? caller.ownStaff() : wish.staffId();
        caller.mustManage(staffId);
        String returnTo = returnTo(wish.returnTo());
        plan.require(caller.organisationId());
        switch (scheduling.staff(caller.organisationId(), staffId)) {
            case Answer.Known<StaffState> known -> {}
            case Answer.Missing<StaffState> missing ->
                throw ProblemType.NOT_FOUND.because("There is no staff member with this id.");
            case Answer.Unavailable<StaffState> away ->
                throw ProblemType.TEMPORARILY_UNAVAILABLE.because(
                        "The scheduling service does not answer; try again soon.");
        }
        Connecting.Begun begun = connecting.connect(caller, id, staffId, returnTo);
        Connection connection =
                connections.find(caller.organisationId(), begun.connectionId()).orElseThrow();
        return Response.created(URI.create("/api/v1/calendar-connections/" + connection.id()))
                .entity(ConnectionView.of(connection, begun.authorizationUrl()))
                .header(HttpHeaders.ETAG, EntityTag.of(connection.version()))
                .cookie(flowCookie.of(begun.cookie()))
                .build();
    }

    @POST
    @Path("{id}/reconnect")
    @Operation(operationId = "reconnectCalendar", summary = "Begin to sign in again with a connection's account")
    @APIResponse(
            responseCode = "200",
            description = "The connection, with the address to send the browser to",
            content = @Content(schema = @Schema(implementation = ConnectionView.class)))
    public Response reconnect(@PathParam("id") UUID id, @Nullable @Valid Reconnect wish) {
        Caller caller = browser();
        Connection connection = connections
                .find(caller.organisationId(), id)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("There is no connection with this id."));
        caller.mustManage(connection.staffId());
        plan.require(caller.organisationId());
        boolean possible = connection.state() == ConnectionState.ACTIVE
                || connection.state() == ConnectionState.RECONNECT_REQUIRED
                || connection.state() == ConnectionState.PARKED;
        if (!possible) {
            throw ProblemType.CONNECTION_NOT_ACTIVE.because(
                    "Its state is " + connection.state() + "; connect the account anew instead.");
        }
        Connecting.Begun begun =
                connecting.reconnect(caller, connection, returnTo(wish == null ? null : wish.returnTo()));
        return Response.ok(ConnectionView.of(connection, begun.authorizationUrl()))
                .header(HttpHeaders.ETAG, EntityTag.of(connection.version()))
                .cookie(flowCookie.of(begun.cookie()))
                .build();
    }

    private Caller browser() {
        Caller caller = callers.member();
        if (caller.client() != Caller.Client.BROWSER_SESSION) {
            throw ProblemType.BROWSER_SESSION_REQUIRED.because(
                    "Sign in to Timetether in a browser and connect the calendar there: the sign-in at Microsoft is "
                            + "bound to that browser.");
        }
        return caller;
    }

    private static String returnTo(@Nullable String wished) {
        if (wished == null) {
            return ReturnPath.DEFAULT;
        }
        return ReturnPath.allowed(wished)
                .orElseThrow(
                        () -> ProblemType.invalid("returnTo", "must be the path of a page here, such as /profile"));
    }
}
