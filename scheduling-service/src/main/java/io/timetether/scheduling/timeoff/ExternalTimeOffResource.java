package io.timetether.scheduling.timeoff;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.http.Callers;
import io.timetether.scheduling.http.Problem;
import io.timetether.scheduling.http.ProblemException;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.timeoff.Feeds.Feed;
import io.timetether.scheduling.timeoff.Feeds.Freshness;
import io.timetether.scheduling.timeoff.Imports.Outcome;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where calendar-sync-service registers feeds, puts imported items and reports how fresh its knowledge is. */
@Path("/internal/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Internal")
@Authenticated
@RunOnVirtualThread
class ExternalTimeOffResource {

    record FeedState(
            @NotNull UUID organisationId,
            @NotNull UUID staffId,
            @NotNull @Min(0) Long fence,
            @NotNull @Size(max = 500) String calendarName,
            @NotNull Boolean subjectsShared,
            Feeds.@NotNull State state) {}

    @Schema(name = "ImportBatch")
    record Batch(
            @NotNull UUID organisationId,
            @NotNull @Min(0) Long fence,
            @Nullable @Size(max = 500) List<@NotNull @Valid ExternalItem> puts,
            @Nullable @Size(max = 500) List<@NotNull String> removals) {}

    @Schema(name = "ImportResult")
    record BatchResult(List<Imports.Result> results) {}

    @Schema(name = "FeedFreshness")
    record FeedFreshness(
            @NotNull UUID feedId,
            @NotNull UUID organisationId,
            @NotNull @Min(0) Long fence,
            @Nullable Instant confirmedAt,
            @Nullable Instant knownFrom,
            @Nullable Instant knownUntil,
            @NotNull Boolean firstSyncCompleted,
            Feeds.@NotNull State state) {}

    record FreshnessReport(@NotNull @Size(max = 1000) List<@NotNull @Valid FeedFreshness> feeds) {}

    record FreshnessResult(List<UUID> unknown, List<UUID> overtaken) {}

    private final Callers callers;
    private final Feeds feeds;
    private final Imports imports;

    ExternalTimeOffResource(Callers callers, Feeds feeds, Imports imports) {
        this.callers = callers;
        this.feeds = feeds;
        this.imports = imports;
    }

    @PUT
    @Path("feeds/{feedId}")
    @Operation(summary = "Register or change a feed", description = "A lower fence is refused: 409 fence-overtaken.")
    @APIResponse(responseCode = "204", description = "Done")
    @APIResponse(responseCode = "409", description = "fence-overtaken, feed-of-another-staff-member")
    public void putFeed(@PathParam("feedId") UUID feedId, @Valid @NotNull FeedState state) {
        callers.internal();
        QuarkusTransaction.requiringNew().run(() -> {
            if (!feeds.isStaffMember(state.organisationId(), state.staffId())) {
                throw ProblemType.NOT_FOUND.because("No staff member of this organisation has this id.");
            }
            Feed wished = new Feed(feedId, state.organisationId(), state.staffId(), state.fence(), false);
            if (feeds.add(wished, state.calendarName(), state.subjectsShared(), state.state())) {
                return;
            }
            Feed present = feeds.findForUpdate(state.organisationId(), feedId)
                    .orElseThrow(
                            () -> ProblemType.FEED_UNKNOWN.because("This id belongs to another organisation's feed."));
            if (!present.staffId().equals(state.staffId())) {
                throw ProblemType.FEED_OF_ANOTHER_STAFF_MEMBER.because("Register a new feed for another staff member.");
            }
            // What was deleted comes back by a newer run only: the run that was deleted under may still be going.
            if (state.fence() < present.fence() || present.deleted() && state.fence() == present.fence()) {
                throw overtaken(present.fence());
            }
            feeds.update(wished, state.calendarName(), state.subjectsShared(), state.state());
        });
    }

    @POST
    @Path("feeds/{feedId}/items")
    @Operation(
            summary = "Put and remove imported items",
            description =
                    "One transaction. Putting again replaces; removing what is not there does nothing. One result "
                            + "per put: loaded, or rejected and why.")
    @APIResponse(responseCode = "200", description = "A verdict for each item that was put")
    @APIResponse(responseCode = "409", description = "fence-overtaken: nothing was changed")
    public BatchResult putItems(@PathParam("feedId") UUID feedId, @Valid @NotNull Batch batch) {
        callers.internal();
        List<ExternalItem> puts = batch.puts() == null ? List.of() : batch.puts();
        List<String> removals = batch.removals() == null ? List.of() : batch.removals();
        return new BatchResult(imported(imports.apply(batch.organisationId(), feedId, batch.fence(), puts, removals)));
    }

    @DELETE
    @Path("feeds/{feedId}")
    @Operation(summary = "Forget a feed and all it brought", description = "Repeating it does no harm.")
    @APIResponse(responseCode = "204", description = "Done")
    @APIResponse(responseCode = "409", description = "fence-overtaken: nothing was changed")
    public void deleteFeed(
            @PathParam("feedId") UUID feedId,
            @QueryParam("organisationId") @NotNull UUID organisationId,
            @QueryParam("fence") @NotNull @Min(0) Long fence) {
        callers.internal();
        imported(imports.forget(organisationId, feedId, fence));
    }

    @PUT
    @Path("freshness")
    @Operation(
            summary = "Report how fresh the knowledge of calendars is",
            description = "Feeds that are not known, and those reported with a lower fence, are skipped and listed.")
    public FreshnessResult putFreshness(@Valid @NotNull FreshnessReport report) {
        callers.internal();
        return QuarkusTransaction.requiringNew().call(() -> {
            Map<UUID, Feed> present = feeds.findAllForUpdate(report.feeds().stream()
                    .map(FeedFreshness::feedId)
                    .distinct()
                    .toList());
            List<UUID> unknown = new ArrayList<>();
            List<UUID> overtaken = new ArrayList<>();
            List<Freshness> accepted = new ArrayList<>();
            for (FeedFreshness feed : report.feeds()) {
                Optional<Feed> known = Optional.ofNullable(present.get(feed.feedId()))
                        .filter(found ->
                                !found.deleted() && found.organisationId().equals(feed.organisationId()));
                if (known.isEmpty()) {
                    unknown.add(feed.feedId());
                } else if (feed.fence() < known.get().fence()) {
                    overtaken.add(feed.feedId());
                } else {
                    accepted.add(new Freshness(
                            feed.feedId(),
                            feed.organisationId(),
                            feed.fence(),
                            feed.confirmedAt(),
                            feed.knownFrom(),
                            feed.knownUntil(),
                            feed.firstSyncCompleted(),
                            feed.state()));
                }
            }
            if (!accepted.isEmpty()) {
                feeds.report(accepted);
            }
            return new FreshnessResult(unknown, overtaken);
        });
    }

    private static List<Imports.Result> imported(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Imported done -> done.results();
            case Outcome.FeedUnknown unknown ->
                throw ProblemType.FEED_UNKNOWN.because("Register the feed first; it may have been stopped.");
            case Outcome.FenceOvertaken overtaken -> throw overtaken(overtaken.currentFence());
        };
    }

    private static ProblemException overtaken(long currentFence) {
        return new ProblemException(
                Problem.of(ProblemType.FENCE_OVERTAKEN, "A run with a higher fence has written; stop this one.")
                        .with("currentFence", currentFence));
    }
}
