package io.timetether.calendarsync.feed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.calendarsync.account.RemoteCalendar;
import io.timetether.calendarsync.account.RemoteCalendars;
import io.timetether.calendarsync.connection.Audit;
import io.timetether.calendarsync.connection.Connections;
import io.timetether.calendarsync.http.Caller;
import io.timetether.calendarsync.http.Callers;
import io.timetether.calendarsync.http.Cursor;
import io.timetether.calendarsync.http.EntityTag;
import io.timetether.calendarsync.http.IdempotencyKeys;
import io.timetether.calendarsync.http.Page;
import io.timetether.calendarsync.http.ProblemType;
import io.timetether.calendarsync.jobs.JobKind;
import io.timetether.calendarsync.jobs.Jobs;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Feeds: list, add, settings, and what a person can tell them to do. */
@Path("/api/v1/sync-feeds")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Sync feeds")
@RunOnVirtualThread
@Authenticated
class FeedResource {

    /**
     * @param calendarId Graph's id, from the list of the connection's calendars
     * @param staffId    whose feed it is, if the account is shared; without it the caller's own or the owner's
     */
    @Schema(name = "AddFeed")
    public record Add(
            @NotNull UUID connectionId,
            @Nullable UUID staffId,
            @NotNull String calendarId,
            @NotNull Boolean reading,
            @NotNull Boolean writing) {}

    /** What is left out stays as it is; within settings too. */
    @Schema(name = "ChangeFeed")
    public record Change(
            @Nullable Boolean reading,
            @Nullable Boolean writing,

            @Schema(implementation = FeedSettings.class) @Nullable
            ObjectNode settings) {}

    /** @param removals what becomes of removals that were held; RESYNC by default */
    @Schema(name = "ResumeFeed")
    public record Resume(Feeds.@Nullable HeldRemovals removals) {}

    private final Callers callers;
    private final Feeds feeds;
    private final FeedAdding adding;
    private final Connections connections;
    private final RemoteCalendars calendars;
    private final Jobs jobs;
    private final Audit audit;
    private final SettingsChanges changes;
    private final IdempotencyKeys keys;
    private final Clock clock;

    FeedResource(
            Callers callers,
            Feeds feeds,
            FeedAdding adding,
            Connections connections,
            RemoteCalendars calendars,
            Jobs jobs,
            Audit audit,
            SettingsChanges changes,
            IdempotencyKeys keys,
            Clock clock) {
        this.callers = callers;
        this.feeds = feeds;
        this.adding = adding;
        this.connections = connections;
        this.calendars = calendars;
        this.jobs = jobs;
        this.audit = audit;
        this.changes = changes;
        this.keys = keys;
        this.clock = clock;
    }

    @GET
    @Operation(operationId = "listSyncFeeds", summary = "List feeds; stopped ones are left out")
    public Page<FeedView> list(
            @QueryParam("staffId") @Nullable UUID staffId,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @QueryParam("after") @Nullable String after) {
        Caller caller = callers.member();
        Cursor cursor = Cursor.decoded(after, 2);
        List<Feed> rows = feeds.list(
                caller.organisationId(),
                caller.staffFilter(staffId),
                limit + 1,
                cursor == null ? null : new Connections.Place(cursor.instant(0), cursor.uuid(1)));
        Page<Feed> page = Page.of(rows, limit, row -> Cursor.of(row.createdAt(), row.id()));
        Map<UUID, RemoteCalendar> byId = page.items().stream()
                .map(Feed::remoteCalendarId)
                .distinct()
                .collect(Collectors.toMap(id -> id, calendars::get));
        return new Page<>(
                page.items().stream()
                        .map(feed -> FeedView.of(
                                feed, Objects.requireNonNull(byId.get(feed.remoteCalendarId())), clock.instant()))
                        .toList(),
                page.next());
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getSyncFeed", summary = "Get a feed, stopped or not")
    @APIResponse(
            responseCode = "200",
            description = "The feed",
            content = @Content(schema = @Schema(implementation = FeedView.class)))
    public Response get(@PathParam("id") UUID id) {
        return shown(Response.Status.OK, visible(callers.member(), id));
    }

    @POST
    @Operation(operationId = "addSyncFeed", summary = "Sync one more calendar of a connection")
    @APIResponse(
            responseCode = "201",
            description = "The feed; its first sync is queued",
            content = @Content(schema = @Schema(implementation = FeedView.class)))
    public Response add(@HeaderParam("Idempotency-Key") @Nullable String key, @NotNull @Valid Add wish) {
        Caller caller = callers.member();
        return keys.once(caller, "addSyncFeed", key, wish, id -> add(caller, id, wish));
    }

    private Response add(Caller caller, UUID id, Add wish) {
        if (!wish.reading() && !wish.writing()) {
            throw ProblemType.invalid("reading", "A feed must read, or write, or both.");
        }
        Feed feed = adding.add(
                caller,
                id,
                wish.connectionId(),
                wish.staffId(),
                wish.calendarId(),
                new Feeds.Use(wish.reading(), wish.writing()));
        return Response.fromResponse(shown(Response.Status.CREATED, feed))
                .location(URI.create("/api/v1/sync-feeds/" + feed.id()))
                .build();
    }

    @PATCH
    @Path("{id}")
    @Operation(operationId = "changeSyncFeed", summary = "Change what a feed is used for, and how")
    @APIResponse(
            responseCode = "200",
            description = "The feed",
            content = @Content(schema = @Schema(implementation = FeedView.class)))
    public Response change(
            @PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String ifMatch, @NotNull @Valid Change wish) {
        Caller caller = callers.member();
        Feed feed = running(visible(caller, id));
        EntityTag.require(ifMatch, feed.version());
        Feeds.Use use = new Feeds.Use(
                wish.reading() == null ? feed.reading() : wish.reading(),
                wish.writing() == null ? feed.writing() : wish.writing());
        if (!use.reading() && !use.writing()) {
            throw ProblemType.invalid("reading", "A feed must read, or write, or both; to end it, stop it.");
        }
        FeedSettings settings = changes.merged(feed.settings(), wish.settings());
        if (feed.settings().hideSubjects() && !settings.hideSubjects() && !ownsCalendar(caller, feed)) {
            throw ProblemType.NOT_ALLOWED.because(
                    "The calendar is a colleague's: only its owner may let its subjects be seen.");
        }
        if (use.writing() && !feed.writing()) {
            adding.mustBeWritable(feed);
        }
        if (!feeds.change(feed, use, settings)) {
            throw ProblemType.PRECONDITION_FAILED.because("Somebody changed it just now; read it again.");
        }
        audit.record(caller.organisationId(), caller.personId(), "feed.changed", "feed", id);
        wake(feed);
        return shown(Response.Status.OK, visible(caller, id));
    }

    @POST
    @Path("{id}/sync")
    @Operation(operationId = "syncNow", summary = "Sync a feed now")
    @APIResponse(
            responseCode = "202",
            description = "A run is queued",
            content = @Content(schema = @Schema(implementation = FeedView.class)))
    public Response sync(@PathParam("id") UUID id) {
        Feed feed = visible(callers.member(), id);
        switch (feed.state()) {
            case FIRST_SYNC, ACTIVE, HELD -> wake(feed);
            case PAUSED, PARKED, STOPPED ->
                throw ProblemType.FEED_NOT_RUNNING.because(
                        "Its state is " + feed.state() + "; only a running feed can be synced.");
        }
        return shown(Response.Status.ACCEPTED, feed);
    }

    @POST
    @Path("{id}/pause")
    @Operation(operationId = "pauseSyncFeed", summary = "Stop syncing until it is resumed; known busy time stays")
    @APIResponse(
            responseCode = "200",
            description = "The feed",
            content = @Content(schema = @Schema(implementation = FeedView.class)))
    public Response pause(@PathParam("id") UUID id) {
        Caller caller = callers.member();
        Feed feed = running(visible(caller, id));
        if (feeds.pause(feed)) {
            audit.record(caller.organisationId(), caller.personId(), "feed.paused", "feed", id);
            adding.announce(visible(caller, id));
        }
        return shown(Response.Status.OK, visible(caller, id));
    }

    @POST
    @Path("{id}/resume")
    @Operation(operationId = "resumeSyncFeed", summary = "Go on with a paused or held feed")
    @APIResponse(
            responseCode = "200",
            description = "The feed",
            content = @Content(schema = @Schema(implementation = FeedView.class)))
    public Response resume(@PathParam("id") UUID id, @Nullable @Valid Resume wish) {
        Caller caller = callers.member();
        Feed feed = running(visible(caller, id));
        Feeds.HeldRemovals removals =
                wish == null || wish.removals() == null ? Feeds.HeldRemovals.RESYNC : wish.removals();
        if (feeds.resume(feed, removals)) {
            audit.record(caller.organisationId(), caller.personId(), "feed.resumed", "feed", id);
            wake(feed);
        }
        return shown(Response.Status.OK, visible(caller, id));
    }

    private void wake(Feed feed) {
        feeds.runQueued(feed.id());
        jobs.wake(JobKind.SYNC_CALENDAR, feed.remoteCalendarId());
        jobs.wake(JobKind.KEEP_SUBSCRIPTION, feed.remoteCalendarId());
        jobs.wake(JobKind.PUBLISH_FEED, feed.id());
        if (feeds.isForgetWanted(feed.id())) {
            jobs.wake(JobKind.FORGET_FEED, feed.id());
        }
    }

    private Feed visible(Caller caller, UUID id) {
        Feed feed = feeds.find(caller.organisationId(), id)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("There is no feed with this id."));
        caller.mustManage(feed.staffId());
        return feed;
    }

    private static Feed running(Feed feed) {
        if (feed.state() == FeedState.STOPPED) {
            throw ProblemType.FEED_STOPPED.because("Add the calendar again instead.");
        }
        return feed;
    }

    /** Whether the account behind the feed is the caller's to show. */
    private boolean ownsCalendar(Caller caller, Feed feed) {
        return connections
                .find(feed.organisationId(), feed.connectionId())
                .map(connection -> caller.mayManage(connection.staffId()))
                .orElse(false);
    }

    private Response shown(Response.Status status, Feed feed) {
        RemoteCalendar calendar = calendars.get(feed.remoteCalendarId());
        return Response.status(status)
                .entity(FeedView.of(feed, calendar, clock.instant()))
                .header(HttpHeaders.ETAG, EntityTag.of(feed.version()))
                .build();
    }
}
