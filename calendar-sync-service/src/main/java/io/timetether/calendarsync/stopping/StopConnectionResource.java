package io.timetether.calendarsync.stopping;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.calendarsync.connection.Connection;
import io.timetether.calendarsync.connection.ConnectionState;
import io.timetether.calendarsync.connection.ConnectionView;
import io.timetether.calendarsync.connection.Connections;
import io.timetether.calendarsync.http.Caller;
import io.timetether.calendarsync.http.Callers;
import io.timetether.calendarsync.http.EntityTag;
import io.timetether.calendarsync.http.ProblemType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Stopping a connection, and watching its events go. */
@Path("/api/v1/calendar-connections")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Calendar connections")
@RunOnVirtualThread
@Authenticated
class StopConnectionResource {

    /** @param remaining events that are still there */
    @Schema(name = "Removal")
    public record RemovalView(ConnectionState state, int total, int removed, int remaining) {}

    private final Callers callers;
    private final Connections connections;
    private final Stopping stopping;

    StopConnectionResource(Callers callers, Connections connections, Stopping stopping) {
        this.callers = callers;
        this.connections = connections;
        this.stopping = stopping;
    }

    @POST
    @Path("{id}/stop")
    @Operation(operationId = "stopCalendarConnection", summary = "Stop a connection with all its feeds")
    @APIResponse(
            responseCode = "202",
            description = "The connection; its use has ended, a job takes away what shall go",
            content = @Content(schema = @Schema(implementation = ConnectionView.class)))
    public Response stopConnection(@PathParam("id") UUID id, @NotNull @Valid Stop wish) {
        Caller caller = callers.member();
        stopping.stop(caller, visible(caller, id), wish.writtenEvents());
        Connection connection = visible(caller, id);
        return Response.accepted(ConnectionView.of(connection))
                .header(HttpHeaders.ETAG, EntityTag.of(connection.version()))
                .build();
    }

    @GET
    @Path("{id}/removal")
    @Operation(operationId = "getRemoval", summary = "Watch the events of a stopping connection go")
    public RemovalView removal(@PathParam("id") UUID id) {
        Stopping.Removal removal = stopping.removal(visible(callers.member(), id));
        return new RemovalView(removal.state(), removal.total(), removal.removed(), removal.remaining());
    }

    private Connection visible(Caller caller, UUID id) {
        Connection connection = connections
                .find(caller.organisationId(), id)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("There is no connection with this id."));
        caller.mustManage(connection.staffId());
        return connection;
    }
}
