package io.timetether.calendarsync.feed;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.timetether.calendarsync.connection.Connections;
import io.timetether.calendarsync.http.Caller;
import io.timetether.calendarsync.http.Callers;
import io.timetether.calendarsync.http.Cursor;
import io.timetether.calendarsync.http.Page;
import io.timetether.calendarsync.http.ProblemType;
import io.timetether.calendarsync.identity.TokenCipher;
import io.timetether.calendarsync.plan.ReasonCode;
import io.timetether.calendarsync.scheduling.Answer;
import io.timetether.calendarsync.scheduling.SchedulingClient;
import io.timetether.calendarsync.scheduling.StaffState;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

/** "View feed": what became of the most recent items, and of the runs. */
@Path("/api/v1/sync-feeds")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sync feeds")
@Authenticated
class FeedItemResource {

    private static final Duration TICK = Duration.ofMillis(500);
    private static final DateTimeFormatter CHANGED = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);

    /**
     * One line of "View feed".
     *
     * @param number by which the entry is found in Timetether; null: none
     * @param info   if loaded, when it was last changed in Office 365; else why not
     */
    @Schema(name = "FeedItem")
    public record ItemView(
            @Nullable Long number,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt,
            boolean allDay,
            @Nullable String subject,
            boolean loaded,
            @Nullable String reasonCode,
            String info,
            @Nullable Instant lastModifiedAt,
            Instant processedAt,
            @Nullable String webLink) {}

    /** @param timeZone in which a page should show the times */
    @Schema(name = "FeedItemPage")
    public record ItemPage(
            String timeZone, List<ItemView> items, @Nullable String next) {}

    private final Callers callers;
    private final Feeds feeds;
    private final FeedItems items;
    private final SyncRuns runs;
    private final Connections connections;
    private final SchedulingClient scheduling;
    private final TokenCipher cipher;

    FeedItemResource(
            Callers callers,
            Feeds feeds,
            FeedItems items,
            SyncRuns runs,
            Connections connections,
            SchedulingClient scheduling,
            TokenCipher cipher) {
        this.callers = callers;
        this.feeds = feeds;
        this.items = items;
        this.runs = runs;
        this.connections = connections;
        this.scheduling = scheduling;
        this.cipher = cipher;
    }

    @GET
    @Path("{id}/items")
    @RunOnVirtualThread
    @Operation(operationId = "viewSyncFeed", summary = "List the most recent items with what became of them")
    public ItemPage listItems(
            @PathParam("id") UUID id,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @QueryParam("after") @Nullable String after) {
        Caller caller = callers.member();
        Feed feed = visible(caller, id);
        Cursor cursor = Cursor.decoded(after, 3);
        List<FeedItem> rows = items.listRecent(
                feed.organisationId(),
                feed.id(),
                limit + 1,
                cursor == null
                        ? null
                        : new FeedItems.Place(
                                cursor.instant(0),
                                cursor.text(1).isEmpty() ? null : cursor.instant(1),
                                cursor.uuid(2)));
        Page<FeedItem> page = Page.of(
                rows,
                limit,
                row -> Cursor.of(row.processedAt(), row.startsAt() == null ? "" : row.startsAt(), row.itemId()));
        ZoneId zone = zone(feed);
        // The calendar's owner, not whoever has a feed on it.
        boolean owner = connections
                .find(feed.organisationId(), feed.connectionId())
                .map(connection -> connection.staffId().equals(caller.staffId()))
                .orElse(false);
        return new ItemPage(
                zone.getId(),
                page.items().stream().map(item -> view(item, feed, owner, zone)).toList(),
                page.next());
    }

    @GET
    @Path("{id}/runs")
    @RunOnVirtualThread
    @Operation(operationId = "listSyncRuns", summary = "List the most recent runs")
    public Page<SyncRun> listRuns(
            @PathParam("id") UUID id,
            @QueryParam("limit") @DefaultValue("20") @Min(1) @Max(200) int limit,
            @QueryParam("after") @Nullable String after) {
        Feed feed = visible(callers.member(), id);
        Cursor cursor = Cursor.decoded(after, 2);
        List<SyncRun> rows = runs.list(
                feed.organisationId(),
                feed.id(),
                limit + 1,
                cursor == null ? null : new Connections.Place(cursor.instant(0), cursor.uuid(1)));
        return Page.of(rows, limit, row -> Cursor.of(row.startedAt, row.id));
    }

    @GET
    @Path("{id}/progress")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "watchSyncProgress",
            summary = "Watch the progress of a feed's run (server-sent events); ends when the run has ended")
    @io.smallrye.common.annotation.Blocking
    public Multi<FeedProgress> progress(@PathParam("id") UUID id) {
        Feed feed = visible(callers.member(), id);
        // Read from the database each time: the run may be another instance's.
        Multi<FeedProgress> ticks = Multi.createFrom()
                .ticks()
                .every(TICK)
                .onOverflow()
                .drop()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(tick -> feeds.find(feed.organisationId(), feed.id())
                        .map(Feed::progress)
                        .orElseGet(feed::progress));
        return ticks.select().first(new UntilEnded()).skip().repetitions();
    }

    /** Lets the final state through too, and then ends. */
    private static final class UntilEnded implements java.util.function.Predicate<FeedProgress> {

        private boolean ended;

        @Override
        public boolean test(FeedProgress progress) {
            boolean before = ended;
            ended = progress.ended();
            return !before;
        }
    }

    private ItemView view(FeedItem item, Feed feed, boolean owner, ZoneId zone) {
        return new ItemView(
                item.number(),
                item.startsAt(),
                item.endsAt(),
                item.startDate() != null,
                subject(item, feed, owner),
                item.loaded(),
                item.loaded() ? null : item.verdict(),
                info(item, zone),
                item.lastModifiedAt(),
                item.processedAt(),
                owner ? item.webLink() : null);
    }

    private @Nullable String subject(FeedItem item, Feed feed, boolean owner) {
        String sealed = item.subjectSealed();
        if (sealed != null) {
            return owner ? cipher.open(sealed, FeedItem.sealedRow(item.itemId())) : "Busy";
        }
        return owner || feed.settings().shareSubjects() ? item.subject() : "Busy";
    }

    private static String info(FeedItem item, ZoneId zone) {
        if (item.loaded()) {
            Instant changed = item.lastModifiedAt();
            return changed == null
                    ? "Loaded."
                    : "Last changed in Office 365 on " + CHANGED.format(changed.atZone(zone)) + ".";
        }
        String detail = item.detail();
        if (detail != null && !detail.isBlank()) {
            return detail;
        }
        return Arrays.stream(ReasonCode.values())
                .filter(code -> code.name().equals(item.verdict()))
                .map(ReasonCode::sentence)
                .findFirst()
                .orElse("It is being loaded.");
    }

    private ZoneId zone(Feed feed) {
        return scheduling.staff(feed.organisationId(), feed.staffId()) instanceof Answer.Known<StaffState> known
                ? known.value().zone()
                : ZoneOffset.UTC;
    }

    private Feed visible(Caller caller, UUID id) {
        Feed feed = feeds.find(caller.organisationId(), id)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("There is no feed with this id."));
        caller.mustManage(feed.staffId());
        return feed;
    }
}
