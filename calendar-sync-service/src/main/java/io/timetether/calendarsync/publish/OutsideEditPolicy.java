package io.timetether.calendarsync.publish;

import io.timetether.calendarsync.feed.FeedSettings.OutsideEdits;
import io.timetether.calendarsync.graph.EventField;
import io.timetether.calendarsync.plan.EventTime;
import io.timetether.calendarsync.scheduling.AppointmentState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** Decides what happens when somebody edits one of our events in Office 365 (product.md §5). PURE. */
final class OutsideEditPolicy {

    /** More restores of one event within {@link #RESTORES_COUNT_FOR} are a quarrel that we leave to people. */
    static final int MOST_RESTORES = 3;

    static final Duration RESTORES_COUNT_FOR = Duration.ofHours(1);

    /** So many events deleted within {@link #DELETIONS_COUNT_FOR} are no cancellations of single appointments. */
    static final int MANY_DELETED = 20;

    static final Duration DELETIONS_COUNT_FOR = Duration.ofHours(1);

    private OutsideEditPolicy() {}

    /** What somebody did to the event. */
    sealed interface Edit {

        /** @param fields of ours that differ, at least one */
        record Changed(Set<EventField> fields, EventTime when) implements Edit {

            public Changed {
                fields = Set.copyOf(fields);
            }
        }

        /** @param atOnce how many events of the feed were deleted within {@link #DELETIONS_COUNT_FOR}, this one included */
        record Deleted(int atOnce) implements Edit {}
    }

    /** What is done about it. */
    sealed interface Answer {

        /** Our fields are written again; a deleted event is made again. */
        record PutBack(String because) implements Answer {}

        /** The event stays as it is, and the feed says so. */
        record Report(String because) implements Answer {}

        /** The appointment moves to where the event went, if the scheduling rules allow. */
        record Move(Instant startAt) implements Answer {}

        /** The appointment is cancelled, if the scheduling rules allow. */
        record Cancel() implements Answer {}
    }

    /** @param restores of this event within {@link #RESTORES_COUNT_FOR} */
    static Answer decide(OutsideEdits policy, Edit edit, AppointmentState appointment, int restores) {
        Answer wish = switch (policy) {
            case REPORT -> new Answer.Report("");
            case RESTORE -> new Answer.PutBack("");
            case APPLY -> applied(edit, appointment);
        };
        boolean quarrel = wish instanceof Answer.PutBack && restores >= MOST_RESTORES;
        return quarrel
                ? new Answer.Report("It was put back " + restores + " times within an hour, so it is left alone now.")
                : wish;
    }

    private static Answer applied(Edit edit, AppointmentState appointment) {
        return switch (edit) {
            case Edit.Deleted(int atOnce) ->
                atOnce < MANY_DELETED
                        ? new Answer.Cancel()
                        : new Answer.Report(
                                "Many events were deleted at once, so no appointment was cancelled. Cancel them here if"
                                        + " that was meant.");
            case Edit.Changed(Set<EventField> fields, EventTime when) -> {
                if (!fields.contains(EventField.TIME)) {
                    yield new Answer.PutBack("Only a move or a deletion can be taken over.");
                }
                yield switch (when) {
                    case EventTime.Timed(Instant startAt, Instant endAt) ->
                        sameLength(appointment, startAt, endAt)
                                ? new Answer.Move(startAt)
                                : new Answer.PutBack("The length of an appointment cannot be changed in Office 365.");
                    case EventTime.AllDay days -> new Answer.PutBack("An appointment cannot last whole days.");
                    case EventTime.UnknownZone unknown -> new Answer.PutBack("Its time zone is not known.");
                };
            }
        };
    }

    private static boolean sameLength(AppointmentState appointment, Instant startAt, Instant endAt) {
        return Duration.between(startAt, endAt).equals(Duration.between(appointment.startAt(), appointment.endAt()));
    }

    /** The edit in words, without personal content. */
    static String words(Edit edit) {
        return switch (edit) {
            case Edit.Deleted gone -> "was deleted in Office 365";
            case Edit.Changed(Set<EventField> fields, EventTime when) -> {
                StringBuilder names = new StringBuilder();
                for (EventField field : EnumSet.copyOf(fields)) {
                    names.append(names.isEmpty() ? "" : ", ").append(name(field));
                }
                yield "was changed in Office 365 (" + names + ")";
            }
        };
    }

    private static String name(EventField field) {
        return switch (field) {
            case SUBJECT -> "subject";
            case TIME -> "time";
            case BODY -> "our part of the text";
            case LOCATION -> "location";
            case SHOW_AS -> "show as";
            case SENSITIVITY -> "sensitivity";
            case CATEGORIES -> "our category";
            case REMINDER -> "reminder";
        };
    }
}
