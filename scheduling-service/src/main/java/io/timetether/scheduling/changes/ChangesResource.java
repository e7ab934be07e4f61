package io.timetether.scheduling.changes;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.http.Callers;
import io.timetether.scheduling.http.Cursor;
import io.timetether.scheduling.http.ProblemType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The change log for calendar-sync-service: a long poll by cursor. A waiting poll holds no database connection. */
@Path("/internal/v1/changes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Internal")
@Authenticated
@RunOnVirtualThread
class ChangesResource {

    /** {@code next} is always there: the cursor to ask with next time. */
    public record ChangesPage(List<Change> items, String next) {}

    private final Callers callers;
    private final Epoch epoch;
    private final ChangeLog log;
    private final ChangeSignal signal;

    ChangesResource(Callers callers, Epoch epoch, ChangeLog log, ChangeSignal signal) {
        this.callers = callers;
        this.epoch = epoch;
        this.log = log;
        this.signal = signal;
    }

    @GET
    @Operation(
            summary = "Follow the changes",
            description = "Answers at once when something is there, else after 'wait' seconds with no items. "
                    + "Without 'after': no items, and the cursor of now.")
    @APIResponse(responseCode = "200", description = "Changes after the cursor, oldest first")
    @APIResponse(responseCode = "410", description = "cursor-expired: read a snapshot and follow from a new cursor")
    public ChangesPage listChanges(
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @DefaultValue("500") @Min(1) @Max(1000) int limit,
            @QueryParam("wait") @DefaultValue("25") @Min(0) @Max(30) int wait) {
        callers.internal();
        Cursor cursor = Cursor.decoded(after, 2);
        Epoch.Head head = epoch.head();
        if (cursor == null) {
            return new ChangesPage(List.of(), cursor(head.epoch(), head.position()));
        }
        long position = position(cursor, head);
        List<Change> items = awaitChanges(position, limit, Duration.ofSeconds(wait));
        // What came after the cursor may have been compacted while we waited or read.
        position(cursor, epoch.head());
        return new ChangesPage(
                items,
                cursor(
                        head.epoch(),
                        items.isEmpty() ? position : items.getLast().position()));
    }

    private List<Change> awaitChanges(long position, int limit, Duration wait) {
        long deadline = System.nanoTime() + wait.toNanos();
        while (true) {
            long seen = signal.generation();
            List<Change> items = log.after(position, limit);
            if (!items.isEmpty() || !signal.await(seen, Duration.ofNanos(deadline - System.nanoTime()))) {
                return items;
            }
        }
    }

    private static long position(Cursor cursor, Epoch.Head head) {
        long position = cursor.number(1);
        boolean known =
                cursor.text(0).equals(head.epoch()) && position <= head.position() && position >= head.compactedUntil();
        if (!known) {
            throw ProblemType.CURSOR_EXPIRED.because(
                    "The log began anew or its oldest part is gone; read a snapshot and follow from a new cursor.");
        }
        return position;
    }

    private static String cursor(String epoch, long position) {
        return Cursor.of(epoch, position).encoded();
    }
}
