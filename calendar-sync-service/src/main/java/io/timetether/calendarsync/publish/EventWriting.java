package io.timetether.calendarsync.publish;

import io.timetether.calendarsync.graph.EventDraft;
import io.timetether.calendarsync.graph.EventField;
import io.timetether.calendarsync.graph.GraphAccess;
import io.timetether.calendarsync.graph.GraphCalendar;
import io.timetether.calendarsync.graph.GraphProblem;
import io.timetether.calendarsync.graph.GraphReply;
import io.timetether.calendarsync.graph.WrittenEvent;
import io.timetether.calendarsync.jobs.JobKind;
import io.timetether.calendarsync.jobs.Jobs;
import io.timetether.calendarsync.scheduling.AppointmentState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Makes one event in Office 365 what the appointment says: created with a transactionId that is committed first, changed in
 * place, or deleted. A request that is repeated after a lost answer finds what the first one made.
 */
@ApplicationScoped
class EventWriting {

    private static final Logger LOG = Logger.getLogger(EventWriting.class);

    private final PublishedEvents published;
    private final StrayEvents strays;
    private final GraphCalendar graph;
    private final Installation installation;
    private final Jobs jobs;

    EventWriting(
            PublishedEvents published, StrayEvents strays, GraphCalendar graph, Installation installation, Jobs jobs) {
        this.published = published;
        this.strays = strays;
        this.graph = graph;
        this.installation = installation;
        this.jobs = jobs;
    }

    /** Where an event is written. */
    record Target(GraphAccess access, String calendarId, EventLook look) {}

    /** Brings the event up to date; empty: done and recorded. */
    Optional<GraphProblem> show(Target target, PublishedEvent event, AppointmentState appointment) {
        boolean there = event.eventId() != null
                && (event.state() == PublishedEvent.State.WRITTEN || event.state() == PublishedEvent.State.FAILED);
        return there ? update(target, event, appointment) : create(target, event, appointment);
    }

    /** Whether the appointment still looks as it was last written: what differs in Office 365 was then done there. */
    static boolean isUnchangedHere(Target target, PublishedEvent event, AppointmentState appointment) {
        return event.state() == PublishedEvent.State.WRITTEN
                && event.eventId() != null
                && Looks.hash(EventTemplate.draft(appointment, target.look(), null))
                        .equals(event.contentHash());
    }

    private Optional<GraphProblem> create(Target target, PublishedEvent event, AppointmentState appointment) {
        EventDraft draft = EventTemplate.draft(appointment, target.look(), null);
        Optional<UUID> committed = published.creating(event, appointment.number());
        if (committed.isEmpty()) {
            return Optional.empty();
        }
        UUID transactionId = committed.get();
        return switch (graph.create(
                target.access(),
                target.calendarId(),
                draft,
                transactionId.toString(),
                mark(event).property())) {
            case GraphReply.Ok<WrittenEvent>(WrittenEvent created) ->
                created(target, event, appointment, draft, transactionId, created);
            case GraphReply.Failed<WrittenEvent>(GraphProblem.DuplicateTransaction again) ->
                adopt(target, event, appointment, draft, transactionId, again);
            case GraphReply.Failed<WrittenEvent>(GraphProblem problem) -> Optional.of(problem);
        };
    }

    /**
     * The event of an earlier attempt may carry older content than what is wanted by now, or what somebody did to it since;
     * so may the event that a repeated request was answered with.
     */
    private Optional<GraphProblem> created(
            Target target,
            PublishedEvent event,
            AppointmentState appointment,
            EventDraft draft,
            UUID transactionId,
            WrittenEvent created) {
        WrittenEvent current = created;
        EventDraft rebased = EventTemplate.draft(appointment, target.look(), created);
        Set<EventField> fields = EventTemplate.differences(rebased, created);
        if (!fields.isEmpty()) {
            switch (graph.update(target.access(), target.calendarId(), created.id(), null, rebased, fields)) {
                case GraphReply.Ok<WrittenEvent>(WrittenEvent updated) -> current = updated;
                case GraphReply.Failed<WrittenEvent>(GraphProblem problem) -> {
                    return Optional.of(problem);
                }
            }
        }
        switch (published.created(event, transactionId, current, appointment, Looks.hash(draft))) {
            case SETTLED -> {}
            case DUE_AGAIN -> wakePublisher(event);
            case NOT_OURS -> {
                strays.note(event, current.id());
                wakePublisher(event);
            }
        }
        return Optional.empty();
    }

    private Optional<GraphProblem> adopt(
            Target target,
            PublishedEvent event,
            AppointmentState appointment,
            EventDraft draft,
            UUID transactionId,
            GraphProblem otherwise) {
        return switch (graph.findByMark(
                target.access(), target.calendarId(), mark(event).property())) {
            case GraphReply.Ok<List<WrittenEvent>>(List<WrittenEvent> found) ->
                found.isEmpty()
                        ? Optional.of(otherwise)
                        : created(target, event, appointment, draft, transactionId, found.getFirst());
            case GraphReply.Failed<List<WrittenEvent>>(GraphProblem problem) -> Optional.of(problem);
        };
    }

    private Optional<GraphProblem> update(Target target, PublishedEvent event, AppointmentState appointment) {
        String hash = Looks.hash(EventTemplate.draft(appointment, target.look(), null));
        if (hash.equals(event.contentHash()) && event.state() == PublishedEvent.State.WRITTEN && !event.edited()) {
            published.settled(event, PublishedEvent.State.WRITTEN);
            return Optional.empty();
        }
        String eventId = Objects.requireNonNull(event.eventId());
        GraphProblem stale = new GraphProblem.PreconditionFailed("not tried");
        for (int attempt = 0; attempt < 2; attempt++) {
            switch (graph.event(target.access(), target.calendarId(), eventId, EventMark.PROPERTY_ID)) {
                case GraphReply.Ok<WrittenEvent>(WrittenEvent current) -> {
                    EventDraft draft = EventTemplate.draft(appointment, target.look(), current);
                    Set<EventField> fields = EventTemplate.differences(draft, current);
                    if (fields.isEmpty()) {
                        recordWritten(event, current, appointment, hash);
                        return Optional.empty();
                    }
                    switch (graph.update(
                            target.access(), target.calendarId(), eventId, current.etag(), draft, fields)) {
                        case GraphReply.Ok<WrittenEvent>(WrittenEvent updated) -> {
                            recordWritten(event, updated, appointment, hash);
                            return Optional.empty();
                        }
                        // Somebody changed it between the two requests: read it again, once.
                        case GraphReply.Failed<WrittenEvent>(GraphProblem.PreconditionFailed again) -> stale = again;
                        case GraphReply.Failed<WrittenEvent>(GraphProblem.NotFound gone) -> {
                            return vanished(event, gone);
                        }
                        case GraphReply.Failed<WrittenEvent>(GraphProblem problem) -> {
                            return Optional.of(problem);
                        }
                    }
                }
                case GraphReply.Failed<WrittenEvent>(GraphProblem.NotFound gone) -> {
                    return vanished(event, gone);
                }
                case GraphReply.Failed<WrittenEvent>(GraphProblem problem) -> {
                    return Optional.of(problem);
                }
            }
        }
        return Optional.of(stale);
    }

    /** Office 365 shows this. Whoever was overtaken leaves the rest to the one who overtook. */
    void recordWritten(PublishedEvent event, WrittenEvent remote, AppointmentState shown, String hash) {
        if (published.written(event, remote, shown, hash) == Recorded.DUE_AGAIN) {
            wakePublisher(event);
        }
    }

    private void wakePublisher(PublishedEvent event) {
        jobs.wake(JobKind.PUBLISH_FEED, event.feedId());
    }

    /** Somebody deleted it: the next turn makes it again, under a new transactionId. */
    private Optional<GraphProblem> vanished(PublishedEvent event, GraphProblem gone) {
        published.vanished(event);
        return Optional.empty();
    }

    /** Takes away what late creates have made beside the event; empty: there is none. */
    Optional<GraphProblem> removeStrays(GraphAccess access, String calendarId, PublishedEvent event) {
        for (String stray : event.strays()) {
            switch (graph.delete(access, calendarId, stray, null)) {
                case GraphReply.Ok<GraphReply.Done> done -> strays.forget(event, stray);
                case GraphReply.Failed<GraphReply.Done>(GraphProblem.NotFound gone) -> strays.forget(event, stray);
                case GraphReply.Failed<GraphReply.Done>(GraphProblem.Rejected refused) -> {
                    LOG.warnf("feed %s: a stray event cannot be deleted: %s", event.feedId(), refused.code());
                    strays.forget(event, stray);
                }
                case GraphReply.Failed<GraphReply.Done>(GraphProblem problem) -> {
                    return Optional.of(problem);
                }
            }
        }
        return Optional.empty();
    }

    /** Takes the event away; empty: done and recorded. Only what the mapping names is touched. */
    Optional<GraphProblem> remove(GraphAccess access, String calendarId, PublishedEvent event) {
        boolean there = event.eventId() != null
                && (event.state() == PublishedEvent.State.WRITTEN || event.state() == PublishedEvent.State.FAILED);
        if (there) {
            return delete(access, calendarId, event, Objects.requireNonNull(event.eventId()));
        }
        if (event.state() == PublishedEvent.State.KEPT && !event.removalWanted()) {
            published.settled(event, PublishedEvent.State.KEPT);
            return Optional.empty();
        }
        if (event.state() != PublishedEvent.State.CREATING) {
            published.removed(event);
            return Optional.empty();
        }
        // A create was sent and its answer lost: the mark finds what it may have made.
        return switch (graph.findByMark(access, calendarId, mark(event).property())) {
            case GraphReply.Ok<List<WrittenEvent>>(List<WrittenEvent> found) -> {
                for (WrittenEvent made : found) {
                    Optional<GraphProblem> problem = delete(access, calendarId, event, made.id());
                    if (problem.isPresent()) {
                        yield problem;
                    }
                }
                published.removed(event);
                yield Optional.empty();
            }
            case GraphReply.Failed<List<WrittenEvent>>(GraphProblem problem) -> Optional.of(problem);
        };
    }

    private Optional<GraphProblem> delete(GraphAccess access, String calendarId, PublishedEvent event, String eventId) {
        return switch (graph.delete(access, calendarId, eventId, null)) {
            case GraphReply.Ok<GraphReply.Done> done -> {
                published.removed(event);
                yield Optional.empty();
            }
            case GraphReply.Failed<GraphReply.Done>(GraphProblem.NotFound gone) -> {
                published.removed(event);
                yield Optional.empty();
            }
            case GraphReply.Failed<GraphReply.Done>(GraphProblem problem) -> Optional.of(problem);
        };
    }

    private EventMark mark(PublishedEvent event) {
        return new EventMark(installation.id(), event.organisationId(), event.appointmentId(), event.feedId());
    }
}
