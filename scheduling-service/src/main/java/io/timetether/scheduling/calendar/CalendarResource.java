package io.timetether.scheduling.calendar;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.calendar.CalendarItems.Conflict;
import io.timetether.scheduling.http.Caller;
import io.timetether.scheduling.http.Callers;
import io.timetether.scheduling.http.Cursor;
import io.timetether.scheduling.http.Page;
import io.timetether.scheduling.http.ProblemType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The merged calendar. What comes from outside is "[ext] Busy" for everybody but its staff member, unless shared. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calendar")
@Authenticated
@RunOnVirtualThread
class CalendarResource {

    private static final Duration LONGEST_WINDOW = Duration.ofDays(92);
    private static final int MOST_ITEMS = 20_000;

    record Calendar(List<CalendarItem> items) {}

    private final Callers callers;
    private final CalendarItems items;
    private final Clock clock;

    CalendarResource(Callers callers, CalendarItems items, Clock clock) {
        this.callers = callers;
        this.items = items;
        this.clock = clock;
    }

    @GET
    @Path("calendar")
    @Operation(
            summary = "List appointments and time off in one list",
            description = "All that overlaps the range (at most 92 days), of one staff member or of all, by start.")
    public Calendar listCalendar(
            @QueryParam("staffId") @Nullable UUID staffId,
            @QueryParam("from") @NotNull Instant from,
            @QueryParam("to") @NotNull Instant to) {
        Caller.Member caller = callers.member();
        if (!from.isBefore(to)) {
            throw ProblemType.invalid("to", "must be after from");
        }
        if (Duration.between(from, to).compareTo(LONGEST_WINDOW) > 0) {
            throw ProblemType.invalid("to", "must be at most 92 days after from");
        }
        List<CalendarItem> found = items.list(caller, staffId, from, to, MOST_ITEMS + 1);
        if (found.size() > MOST_ITEMS) {
            throw ProblemType.invalid("to", "must be earlier: there are more than " + MOST_ITEMS + " entries");
        }
        return new Calendar(found);
    }

    @GET
    @Path("calendar-entries/{number}")
    @Operation(summary = "Find an entry by its number", description = "Cancelled appointments are found, too.")
    public CalendarItem getCalendarEntry(@PathParam("number") @Min(1) long number) {
        return items.findByNumber(callers.member(), number)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("No appointment or time off has this number."));
    }

    @GET
    @Path("conflicts")
    @Operation(
            summary = "List appointments that overlap time off of their staff member",
            description = "From now on, or from 'from' on; by the appointment's start.")
    public Page<Conflict> listConflicts(
            @QueryParam("staffId") @Nullable UUID staffId,
            @QueryParam("from") @Nullable Instant from,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @QueryParam("after") @Nullable String after) {
        Caller.Member caller = callers.member();
        Cursor cursor = Cursor.decoded(after, 3);
        List<Conflict> found = items.conflicts(
                caller,
                staffId,
                from == null ? clock.instant() : from,
                cursor == null ? null : cursor.instant(0),
                cursor == null ? null : cursor.uuid(1),
                cursor == null ? null : cursor.uuid(2),
                limit + 1);
        return Page.of(
                found,
                limit,
                conflict -> Cursor.of(
                        conflict.appointment().startAt(),
                        conflict.appointment().id(),
                        conflict.timeOff().id()));
    }
}
