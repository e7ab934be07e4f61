package io.timetether.calendarsync.connection;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.calendarsync.connection.CalendarAccess.Way;
import io.timetether.calendarsync.graph.CalendarEntry;
import io.timetether.calendarsync.graph.GraphCalendar;
import io.timetether.calendarsync.graph.GraphProblem;
import io.timetether.calendarsync.graph.GraphReply;
import io.timetether.calendarsync.graph.InFlightSlots.Lane;
import io.timetether.calendarsync.graph.MailboxProfile;
import io.timetether.calendarsync.http.Caller;
import io.timetether.calendarsync.http.Callers;
import io.timetether.calendarsync.http.Cursor;
import io.timetether.calendarsync.http.EntityTag;
import io.timetether.calendarsync.http.Page;
import io.timetether.calendarsync.http.ProblemType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Connections: what there is, and whether it works. */
@Path("/api/v1/calendar-connections")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calendar connections")
@RunOnVirtualThread
@Authenticated
class ConnectionResource {

    private final Callers callers;
    private final Connections connections;
    private final Shares shares;
    private final CalendarAccess access;
    private final GraphCalendar graph;

    ConnectionResource(
            Callers callers, Connections connections, Shares shares, CalendarAccess access, GraphCalendar graph) {
        this.callers = callers;
        this.connections = connections;
        this.shares = shares;
        this.access = access;
        this.graph = graph;
    }

    @GET
    @Operation(
            operationId = "listCalendarConnections",
            summary = "List connections, also those that colleagues share; stopped ones are left out")
    public Page<ConnectionView> list(
            @QueryParam("staffId") @Nullable UUID staffId,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @QueryParam("after") @Nullable String after) {
        Caller caller = callers.member();
        Cursor cursor = Cursor.decoded(after, 2);
        List<Connection> rows = connections.list(
                caller.organisationId(),
                caller.staffFilter(staffId),
                limit + 1,
                cursor == null ? null : new Connections.Place(cursor.instant(0), cursor.uuid(1)));
        Page<Connection> page = Page.of(rows, limit, row -> Cursor.of(row.createdAt(), row.id()));
        return new Page<>(page.items().stream().map(ConnectionView::of).toList(), page.next());
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getCalendarConnection", summary = "Get a connection, stopped or not")
    @APIResponse(
            responseCode = "200",
            description = "The connection",
            content = @Content(schema = @Schema(implementation = ConnectionView.class)))
    public Response get(@PathParam("id") UUID id) {
        Connection connection = visible(id);
        return Response.ok(ConnectionView.of(connection))
                .header(HttpHeaders.ETAG, EntityTag.of(connection.version()))
                .build();
    }

    /** What a test found. */
    @Schema(name = "ConnectionTest")
    public record TestResult(Outcome outcome, String text) {

        /** Whether Office 365 answers. */
        public enum Outcome {
            WORKS,
            RECONNECT_REQUIRED,
            UNAVAILABLE
        }
    }

    @POST
    @Path("{id}/test")
    @Operation(operationId = "testCalendarConnection", summary = "Ask Office 365 whether the connection works")
    public TestResult test(@PathParam("id") UUID id) {
        Connection connection = visible(id);
        UUID accountId = usable(connection);
        return switch (access.through(accountId, connection.id(), Lane.INTERACTIVE)) {
            case Way.Open open ->
                switch (graph.me(open.access())) {
                    case GraphReply.Ok<MailboxProfile> ok ->
                        new TestResult(TestResult.Outcome.WORKS, "Office 365 answers for this account.");
                    case GraphReply.Failed<MailboxProfile>(GraphProblem.Unauthorized problem) -> reconnect();
                    case GraphReply.Failed<MailboxProfile> failed ->
                        new TestResult(
                                TestResult.Outcome.UNAVAILABLE,
                                "Office 365 does not answer as it should right now; nothing is lost, try again later.");
                };
            case Way.ReconnectNeeded needed -> reconnect();
            case Way.Unavailable away ->
                new TestResult(
                        TestResult.Outcome.UNAVAILABLE, "Microsoft cannot be reached right now; try again later.");
            case Way.Misconfigured wrong ->
                new TestResult(
                        TestResult.Outcome.UNAVAILABLE,
                        "This installation is not set up correctly at Microsoft; its operator has been told.");
        };
    }

    private static TestResult reconnect() {
        return new TestResult(
                TestResult.Outcome.RECONNECT_REQUIRED,
                Trouble.SIGN_IN_EXPIRED.sentence() + " " + Trouble.SIGN_IN_EXPIRED.remedy());
    }

    /** A calendar that can be chosen for a feed. */
    @Schema(name = "RemoteCalendar")
    public record CalendarView(
            String id, String name, @Nullable String owner, boolean canEdit, boolean isDefault) {}

    @GET
    @Path("{id}/calendars")
    @Operation(operationId = "listCalendars", summary = "List the calendars of the account, shared ones too")
    public Page<CalendarView> calendars(@PathParam("id") UUID id) {
        Connection connection = visible(id);
        UUID accountId = usable(connection);
        if (!(access.through(accountId, connection.id(), Lane.INTERACTIVE) instanceof Way.Open open)) {
            throw ProblemType.CONNECTION_NOT_ACTIVE.because("Test the connection; it may have to be reconnected.");
        }
        return switch (graph.listCalendars(open.access())) {
            case GraphReply.Ok<List<CalendarEntry>>(List<CalendarEntry> entries) ->
                new Page<>(entries.stream().map(ConnectionResource::view).toList(), null);
            case GraphReply.Failed<List<CalendarEntry>> failed ->
                throw ProblemType.OFFICE365_UNAVAILABLE.because("The calendars could not be listed; try again soon.");
        };
    }

    private static CalendarView view(CalendarEntry entry) {
        return new CalendarView(
                entry.id(),
                entry.name(),
                entry.ownerName() == null ? entry.ownerAddress() : entry.ownerName(),
                entry.canEdit(),
                entry.isDefault());
    }

    private Connection visible(UUID id) {
        Caller caller = callers.member();
        Connection connection = connections
                .find(caller.organisationId(), id)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("There is no connection with this id."));
        if (!shares.maySee(caller, connection)) {
            caller.mustManage(connection.staffId());
        }
        return connection;
    }

    private static UUID usable(Connection connection) {
        UUID accountId = connection.accountId();
        boolean works = connection.state() == ConnectionState.ACTIVE
                || connection.state() == ConnectionState.RECONNECT_REQUIRED;
        if (accountId == null || !works) {
            throw ProblemType.CONNECTION_NOT_ACTIVE.because(
                    "Its state is " + connection.state() + "; only a connection that is in use can be asked.");
        }
        return accountId;
    }
}
