package io.timetether.scheduling.timeoff;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.audit.AuditLog;
import io.timetether.scheduling.database.StaffLock;
import io.timetether.scheduling.http.Caller;
import io.timetether.scheduling.http.Callers;
import io.timetether.scheduling.http.Cursor;
import io.timetether.scheduling.http.EntityTag;
import io.timetether.scheduling.http.IdempotencyKeys;
import io.timetether.scheduling.http.Page;
import io.timetether.scheduling.http.Problem;
import io.timetether.scheduling.http.ProblemException;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.number.Numbers;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Time off: staff enter their own, administrators anybody's. What came from outside can only be looked at. */
@Path("/api/v1/time-off")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Time off")
@Authenticated
@RunOnVirtualThread
class TimeOffResource {

    /** Which occurrences of a repeating time off. */
    @Schema(name = "SeriesScope")
    enum Scope {
        THIS,
        FOLLOWING,
        ALL
    }

    /** Fields that are absent stay; a new time is given whole: startAt and endAt, or startDate and endDate. */
    record TimeOffPatch(
            @Nullable Instant startAt,
            @Nullable Instant endAt,
            @Nullable LocalDate startDate,
            @Nullable LocalDate endDate,

            @Nullable @Size(max = 200) @Pattern(regexp = ".*\\S.*", message = "must not be blank")
            String title) {

        boolean hasTime() {
            return startAt != null || endAt != null || startDate != null || endDate != null;
        }
    }

    private final Callers callers;
    private final TimeOffs timeOffs;
    private final Feeds feeds;
    private final ExternalItems items;
    private final StaffLock locks;
    private final Numbers numbers;
    private final AuditLog audit;
    private final IdempotencyKeys keys;
    private final Clock clock;

    TimeOffResource(
            Callers callers,
            TimeOffs timeOffs,
            Feeds feeds,
            ExternalItems items,
            StaffLock locks,
            Numbers numbers,
            AuditLog audit,
            IdempotencyKeys keys,
            Clock clock) {
        this.callers = callers;
        this.timeOffs = timeOffs;
        this.feeds = feeds;
        this.items = items;
        this.locks = locks;
        this.numbers = numbers;
        this.audit = audit;
        this.keys = keys;
        this.clock = clock;
    }

    @POST
    @Operation(
            summary = "Enter time off",
            description = "Appointments in that time stay and appear in /conflicts. Of a repeating one, the first is "
                    + "answered.")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = TimeOff.class)))
    public Response createTimeOff(
            @HeaderParam("Idempotency-Key") @Nullable String key, @Valid @NotNull NewTimeOff wish) {
        Caller.Member caller = callers.member();
        if (!feeds.isStaffMember(caller.organisationId(), wish.staffId())) {
            throw ProblemType.invalid("staffId", "must be a staff member of the organisation");
        }
        caller.mustManage(wish.staffId());
        // Before the transaction: taking numbers needs a connection of its own.
        long number = numbers.takeRow(caller.organisationId(), Occurrences.most(wish));
        return keys.once(caller, "createTimeOff", key, wish, () -> {
            locks.take(List.of(wish.staffId()));
            ZoneId zone = items.zoneOf(caller.organisationId(), wish.staffId());
            List<TimeOff> entries = Occurrences.of(wish, zone, number);
            for (TimeOff entry : entries) {
                boolean byHours = entry.seriesId() != null && entry.startDate() == null;
                timeOffs.add(
                        caller.organisationId(),
                        entry,
                        byHours ? localTimes(entry, zone) : TimeOffs.LocalTimes.NONE,
                        clock.instant());
            }
            TimeOff first = entries.getFirst();
            audit.note(caller, "TIME_OFF_CREATED", first.id());
            return keys.created("/api/v1/time-off/" + first.id(), first.version(), first);
        });
    }

    private static TimeOffs.LocalTimes localTimes(TimeOff entry, ZoneId zone) {
        return new TimeOffs.LocalTimes(
                LocalDateTime.ofInstant(entry.startAt(), zone), LocalDateTime.ofInstant(entry.endAt(), zone));
    }

    @GET
    @Operation(summary = "List time off of both sources that overlaps a range")
    public Page<TimeOff> listTimeOff(
            @QueryParam("staffId") @Nullable UUID staffId,
            @QueryParam("from") @NotNull Instant from,
            @QueryParam("to") @NotNull Instant to,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @QueryParam("after") @Nullable String after) {
        Caller.Member caller = callers.member();
        Cursor cursor = Cursor.decoded(after, 2);
        List<TimeOff> entries = timeOffs.list(
                caller.organisationId(),
                caller.staffId(),
                staffId,
                from,
                to,
                cursor == null ? null : cursor.instant(0),
                cursor == null ? null : cursor.uuid(1),
                limit + 1);
        return Page.of(entries, limit, entry -> Cursor.of(entry.startAt(), entry.id()));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Get a time off")
    @APIResponse(
            responseCode = "200",
            description = "The time off",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = TimeOff.class)))
    public Response getTimeOff(@PathParam("id") UUID id) {
        Caller.Member caller = callers.member();
        return answer(timeOffs.get(caller.organisationId(), caller.staffId(), id));
    }

    @PATCH
    @Path("{id}")
    @Operation(summary = "Change a time off")
    @APIResponse(
            responseCode = "200",
            description = "The time off",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = TimeOff.class)))
    @APIResponse(responseCode = "409", description = "external-entry-read-only")
    public Response patchTimeOff(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Valid @NotNull TimeOffPatch patch) {
        Caller.Member caller = callers.member();
        return QuarkusTransaction.requiringNew().call(() -> {
            TimeOff before = changeable(caller, id, ifMatch);
            ZoneId zone = items.zoneOf(caller.organisationId(), before.staffId());
            Span span = patch.hasTime()
                    ? Span.of(zone, patch.startAt(), patch.endAt(), patch.startDate(), patch.endDate())
                    : new Span(before.startAt(), before.endAt(), before.startDate(), before.endDate());
            TimeOff after = new TimeOff(
                    id,
                    before.number(),
                    before.staffId(),
                    patch.title() == null ? before.title() : patch.title(),
                    span.startAt(),
                    span.endAt(),
                    span.startDate(),
                    span.endDate(),
                    TimeOff.Source.MANUAL,
                    before.version() + 1,
                    before.seriesId(),
                    null);
            mustHaveWorked(timeOffs.replace(caller.organisationId(), after, before.version(), clock.instant()));
            audit.note(caller, "TIME_OFF_CHANGED", id);
            return answer(after);
        });
    }

    @DELETE
    @Path("{id}")
    @Operation(
            summary = "Remove a time off",
            description = "Of a repeating one: this occurrence, this and all that follow, or all.")
    @APIResponse(responseCode = "204", description = "Removed")
    @APIResponse(responseCode = "409", description = "external-entry-read-only")
    public void deleteTimeOff(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @QueryParam("scope") @DefaultValue("THIS") Scope scope) {
        Caller.Member caller = callers.member();
        QuarkusTransaction.requiringNew().run(() -> {
            TimeOff before = changeable(caller, id, ifMatch);
            mustHaveWorked(timeOffs.remove(caller.organisationId(), id, before.version()));
            UUID seriesId = before.seriesId();
            if (seriesId != null && scope != Scope.THIS) {
                // No time off is as old as this.
                Instant from = scope == Scope.ALL ? Instant.EPOCH.minus(Duration.ofDays(70 * 366)) : before.startAt();
                timeOffs.removeSeries(caller.organisationId(), seriesId, from);
            }
            audit.note(caller, "TIME_OFF_REMOVED", id);
        });
    }

    /** A manual entry that this caller may change, with the staff member's lock held. */
    private TimeOff changeable(Caller.Member caller, UUID id, @Nullable String ifMatch) {
        TimeOff entry = timeOffs.get(caller.organisationId(), caller.staffId(), id);
        TimeOff.Origin origin = entry.origin();
        if (origin != null) {
            Map<String, Object> source = new LinkedHashMap<>();
            source.put("feedId", origin.feedId());
            source.put("calendarName", origin.calendarName());
            if (origin.webLink() != null) {
                source.put("webLink", origin.webLink());
            }
            throw new ProblemException(Problem.of(
                            ProblemType.EXTERNAL_ENTRY_READ_ONLY,
                            "Change the event in the calendar it comes from; the change arrives here by itself.")
                    .with("source", source));
        }
        caller.mustManage(entry.staffId());
        locks.take(List.of(entry.staffId()));
        EntityTag.require(ifMatch, entry.version());
        return entry;
    }

    private static void mustHaveWorked(boolean worked) {
        if (!worked) {
            throw ProblemType.PRECONDITION_FAILED.because("Somebody changed it just now; read it again.");
        }
    }

    private static Response answer(TimeOff entry) {
        return Response.ok(entry).header("ETag", EntityTag.of(entry.version())).build();
    }
}
