package io.timetether.calendarsync.publish;

import io.timetether.calendarsync.feed.Feed;
import io.timetether.calendarsync.feed.WritingFeeds;
import io.timetether.calendarsync.graph.EventDraft;
import io.timetether.calendarsync.graph.EventField;
import io.timetether.calendarsync.graph.GraphCalendar;
import io.timetether.calendarsync.graph.GraphProblem;
import io.timetether.calendarsync.graph.GraphReply;
import io.timetether.calendarsync.graph.WrittenEvent;
import io.timetether.calendarsync.publish.OutsideEditPolicy.Answer;
import io.timetether.calendarsync.publish.OutsideEditPolicy.Edit;
import io.timetether.calendarsync.scheduling.AppointmentState;
import io.timetether.calendarsync.scheduling.EditOutcome;
import io.timetether.calendarsync.scheduling.SchedulingClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Answers what somebody did to one of our events in Office 365: puts our fields back, takes the edit over into the
 * appointment, or reports it; and tells the feed. The event is compared as Graph returns it now, not as a page showed it.
 */
@ApplicationScoped
class OutsideEditing {

    private static final Logger LOG = Logger.getLogger(OutsideEditing.class);

    private final EventWriting writing;
    private final EditedEvents edited;
    private final WritingFeeds feeds;
    private final GraphCalendar graph;
    private final SchedulingClient scheduling;
    private final Clock clock;

    OutsideEditing(
            EventWriting writing,
            EditedEvents edited,
            WritingFeeds feeds,
            GraphCalendar graph,
            SchedulingClient scheduling,
            Clock clock) {
        this.writing = writing;
        this.edited = edited;
        this.feeds = feeds;
        this.graph = graph;
        this.scheduling = scheduling;
        this.clock = clock;
    }

    /** Where the edit was made: the event as it is now, null when it is gone, and what of ours differs. */
    private record Found(
            Edit edit,
            @Nullable WrittenEvent current,
            @Nullable EventDraft draft) {}

    /** Looks at the event and answers; empty: done and recorded. */
    Optional<GraphProblem> answer(
            Feed feed, EventWriting.Target target, PublishedEvent event, AppointmentState appointment) {
        String eventId = Objects.requireNonNull(event.eventId());
        switch (graph.event(target.access(), target.calendarId(), eventId, EventMark.PROPERTY_ID)) {
            case GraphReply.Ok<WrittenEvent>(WrittenEvent current) -> {
                EventDraft draft = EventTemplate.draft(appointment, target.look(), current);
                Set<EventField> fields = EventTemplate.differences(draft, current);
                if (fields.isEmpty()) {
                    // Our own write coming back, or something of the person's own.
                    edited.left(event, current);
                    return Optional.empty();
                }
                return decide(
                        feed,
                        target,
                        event,
                        appointment,
                        new Found(new Edit.Changed(fields, current.when()), current, draft));
            }
            // A tombstone or a whole read said so, and now the event itself: twice is proof.
            case GraphReply.Failed<WrittenEvent>(GraphProblem.NotFound gone) -> {
                Edit deleted = new Edit.Deleted(edited.countDeleted(event));
                return decide(feed, target, event, appointment, new Found(deleted, null, null));
            }
            case GraphReply.Failed<WrittenEvent>(GraphProblem problem) -> {
                return Optional.of(problem);
            }
        }
    }

    private Optional<GraphProblem> decide(
            Feed feed, EventWriting.Target target, PublishedEvent event, AppointmentState appointment, Found found) {
        Answer answer = OutsideEditPolicy.decide(
                feed.settings().outsideEdits(), found.edit(), appointment, event.restoresAt(clock.instant()));
        return switch (answer) {
            case Answer.PutBack(String because) -> putBack(feed, target, event, appointment, found, because);
            case Answer.Report(String because) -> {
                leave(event, found);
                tell(feed, appointment, found, "Nothing was changed back. " + because);
                yield Optional.empty();
            }
            case Answer.Move(Instant startAt) ->
                apply(feed, target, event, appointment, found, startAt, "The appointment was moved.");
            case Answer.Cancel cancel ->
                apply(feed, target, event, appointment, found, null, "The appointment was cancelled.");
        };
    }

    private Optional<GraphProblem> apply(
            Feed feed,
            EventWriting.Target target,
            PublishedEvent event,
            AppointmentState appointment,
            Found found,
            @Nullable Instant startAt,
            String done) {
        return switch (scheduling.applyOutsideEdit(appointment, startAt)) {
            case EditOutcome.Applied applied -> {
                // The change comes back through the log and settles whatever else differs.
                leave(event, found);
                tell(feed, appointment, found, done);
                yield Optional.empty();
            }
            case EditOutcome.Refused(String why) -> putBack(feed, target, event, appointment, found, why);
            case EditOutcome.Unavailable(String cause) -> Optional.of(new GraphProblem.Unavailable(cause));
        };
    }

    private Optional<GraphProblem> putBack(
            Feed feed,
            EventWriting.Target target,
            PublishedEvent event,
            AppointmentState appointment,
            Found found,
            String because) {
        WrittenEvent current = found.current();
        EventDraft draft = found.draft();
        if (current == null || draft == null || !(found.edit() instanceof Edit.Changed changed)) {
            edited.restored(event);
            edited.makeAgain(event);
            tell(feed, appointment, found, "It was made again. " + because);
            return Optional.empty();
        }
        return switch (graph.update(
                target.access(), target.calendarId(), current.id(), current.etag(), draft, changed.fields())) {
            case GraphReply.Ok<WrittenEvent>(WrittenEvent updated) -> {
                edited.restored(event);
                writing.recordWritten(
                        event, updated, appointment, Looks.hash(EventTemplate.draft(appointment, target.look(), null)));
                tell(feed, appointment, found, "Our fields were put back. " + because);
                yield Optional.empty();
            }
            case GraphReply.Failed<WrittenEvent>(GraphProblem problem) -> Optional.of(problem);
        };
    }

    private void leave(PublishedEvent event, Found found) {
        WrittenEvent current = found.current();
        if (current == null) {
            edited.leftDeleted(event);
        } else {
            edited.left(event, current);
        }
    }

    private void tell(Feed feed, AppointmentState appointment, Found found, String done) {
        String text = "Appointment " + appointment.number() + " " + OutsideEditPolicy.words(found.edit()) + ". " + done;
        LOG.infof("feed %s: %s", feed.id(), text.strip());
        feeds.outsideEdit(feed.id(), text.strip());
    }
}
