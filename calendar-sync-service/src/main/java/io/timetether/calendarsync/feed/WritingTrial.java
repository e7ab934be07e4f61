package io.timetether.calendarsync.feed;

import io.timetether.calendarsync.graph.EventDraft;
import io.timetether.calendarsync.graph.ExtendedProperty;
import io.timetether.calendarsync.graph.GraphAccess;
import io.timetether.calendarsync.graph.GraphCalendar;
import io.timetether.calendarsync.graph.GraphProblem;
import io.timetether.calendarsync.graph.GraphReply;
import io.timetether.calendarsync.graph.GraphReply.Done;
import io.timetether.calendarsync.graph.WrittenEvent;
import io.timetether.calendarsync.http.ProblemException;
import io.timetether.calendarsync.http.ProblemType;
import io.timetether.calendarsync.plan.Sensitivity;
import io.timetether.calendarsync.plan.ShowAs;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Whether events can really be written to a calendar, before a person relies on it: Graph's {@code canEdit} says yes of
 * calendars whose owner lets nobody in. An event is created and taken away again; it is shown as free, a month ago and
 * without a reminder, and carries a property by which the next trial finds it if this one is cut off in between.
 */
@ApplicationScoped
class WritingTrial {

    private static final String PROPERTY = "String {6f1b2c1e-8d4a-4a35-9a3c-2d7a5c0b94e1} Name TimetetherTrial";
    private static final Duration AGO = Duration.ofDays(30);
    private static final Duration LENGTH = Duration.ofMinutes(5);

    private final GraphCalendar graph;
    private final Clock clock;

    WritingTrial(GraphCalendar graph, Clock clock) {
        this.graph = graph;
        this.clock = clock;
    }

    /**
     * Leaves the calendar as it was.
     *
     * @throws ProblemException calendar-not-writable, or office365-unavailable when it could not be found out
     */
    void mustBeWritable(GraphAccess access, String calendarId) {
        ExtendedProperty trial = new ExtendedProperty(PROPERTY, calendarId);
        if (graph.create(access, calendarId, draft(), UUID.randomUUID().toString(), trial)
                instanceof GraphReply.Failed<WrittenEvent>(GraphProblem problem)) {
            throw refused(problem);
        }
        // Those of earlier trials, too.
        List<WrittenEvent> left = switch (graph.findByMark(access, calendarId, trial)) {
            case GraphReply.Ok<List<WrittenEvent>>(List<WrittenEvent> found) -> found;
            case GraphReply.Failed<List<WrittenEvent>>(GraphProblem problem) -> throw refused(problem);
        };
        for (WrittenEvent event : left) {
            if (graph.delete(access, calendarId, event.id(), null)
                    instanceof GraphReply.Failed<Done>(GraphProblem problem)) {
                throw refused(problem);
            }
        }
    }

    private EventDraft draft() {
        Instant startAt = clock.instant().minus(AGO);
        return new EventDraft(
                "Timetether tries whether it can write here",
                startAt,
                startAt.plus(LENGTH),
                "This event is taken away again at once.",
                null,
                ShowAs.FREE,
                Sensitivity.PRIVATE,
                List.of(),
                null);
    }

    private static ProblemException refused(GraphProblem problem) {
        return switch (problem) {
            case GraphProblem.Forbidden no -> notWritable();
            case GraphProblem.Rejected no -> notWritable();
            case GraphProblem.NotFound no -> notWritable();
            case GraphProblem.QuotaExceeded full ->
                ProblemType.CALENDAR_NOT_WRITABLE.because("The mailbox is full. Make room in it, or only read it.");
            case GraphProblem.Throttled later -> unknown();
            case GraphProblem.Unauthorized later -> unknown();
            case GraphProblem.MailboxUnavailable later -> unknown();
            case GraphProblem.SyncStateExpired later -> unknown();
            case GraphProblem.PreconditionFailed later -> unknown();
            case GraphProblem.DuplicateTransaction later -> unknown();
            case GraphProblem.AlreadyExists later -> unknown();
            case GraphProblem.Unavailable later -> unknown();
            case GraphProblem.Misconfigured later -> unknown();
        };
    }

    private static ProblemException notWritable() {
        return ProblemType.CALENDAR_NOT_WRITABLE.because(
                "Microsoft refused an event that was written to try it. Ask the calendar's owner for the right to edit,"
                        + " or only read it.");
    }

    private static ProblemException unknown() {
        return ProblemType.OFFICE365_UNAVAILABLE.because(
                "Whether the calendar can be written to could not be tried; try again soon.");
    }
}
