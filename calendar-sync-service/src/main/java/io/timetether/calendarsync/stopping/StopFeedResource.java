package io.timetether.calendarsync.stopping;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.calendarsync.connection.Connection;
import io.timetether.calendarsync.connection.ConnectionView;
import io.timetether.calendarsync.connection.Connections;
import io.timetether.calendarsync.feed.Feed;
import io.timetether.calendarsync.feed.Feeds;
import io.timetether.calendarsync.http.Caller;
import io.timetether.calendarsync.http.Callers;
import io.timetether.calendarsync.http.EntityTag;
import io.timetether.calendarsync.http.ProblemType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
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

/** Stopping a feed. */
@Path("/api/v1/sync-feeds")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Sync feeds")
@RunOnVirtualThread
@Authenticated
class StopFeedResource {

    private final Callers callers;
    private final Connections connections;
    private final Feeds feeds;
    private final Stopping stopping;

    StopFeedResource(Callers callers, Connections connections, Feeds feeds, Stopping stopping) {
        this.callers = callers;
        this.connections = connections;
        this.feeds = feeds;
        this.stopping = stopping;
    }

    @POST
    @Path("{id}/stop")
    @Operation(operationId = "stopSyncFeed", summary = "Stop a feed; the last one stops its connection")
    @APIResponse(
            responseCode = "202",
            description = "The feed's connection",
            content = @Content(schema = @Schema(implementation = ConnectionView.class)))
    public Response stopFeed(@PathParam("id") UUID id, @NotNull @Valid Stop wish) {
        Caller caller = callers.member();
        Feed feed = feeds.find(caller.organisationId(), id)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("There is no feed with this id."));
        caller.mustManage(feed.staffId());
        stopping.stop(caller, feed, wish.writtenEvents());
        Connection connection =
                connections.find(caller.organisationId(), feed.connectionId()).orElseThrow();
        return Response.accepted(ConnectionView.of(connection))
                .header(HttpHeaders.ETAG, EntityTag.of(connection.version()))
                .build();
    }
}
