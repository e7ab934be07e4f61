package io.timetether.calendarsync.publish;

import io.timetether.calendarsync.graph.EventDraft;
import io.timetether.calendarsync.graph.EventField;
import io.timetether.calendarsync.graph.WrittenEvent;
import io.timetether.calendarsync.scheduling.AppointmentState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From an appointment to the event that shall stand for it, and back: which of our fields differ from it. */
public final class EventTemplate {

    /** The category that every event of ours carries. */
    public static final String CATEGORY = "Timetether";

    private EventTemplate() {}

    /**
     * The event that shall stand for the appointment.
     *
     * @param current the event as it stands now: what the person added to its body and categories is kept; null for a
     *     new one
     */
    public static EventDraft draft(AppointmentState appointment, EventLook look, @Nullable WrittenEvent current) {
        throw new UnsupportedOperationException(appointment.toString() + look + current);
    }

    /**
     * Which of the fields that we write differ from the event as Graph returned it, after what Exchange does to every
     * event (wraps bodies, cuts subjects) has been allowed for. Empty: leave it alone.
     */
    public static Set<EventField> differences(EventDraft wanted, WrittenEvent actual) {
        throw new UnsupportedOperationException(wanted.toString() + actual);
    }
}
