package io.timetether.calendarsync.publish;

import io.timetether.calendarsync.graph.EventDraft;
import io.timetether.calendarsync.graph.EventField;
import io.timetether.calendarsync.graph.WrittenEvent;
import io.timetether.calendarsync.plan.EventTime;
import io.timetether.calendarsync.publish.EventLook.Clients;
import io.timetether.calendarsync.publish.EventLook.Location;
import io.timetether.calendarsync.scheduling.AppointmentState;
import io.timetether.calendarsync.scheduling.AppointmentState.Attendee;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From an appointment to the event that shall stand for it, and back: which of our fields differ from it. */
public final class EventTemplate {

    /** The category that every event of ours carries. */
    public static final String CATEGORY = "Timetether";

    /** Exchange cuts longer subjects; what it would cut must not look like somebody's edit. */
    static final int LONGEST_SUBJECT = 255;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(service|client|location|number|status|note)}");
    private static final String CANCELLED = "CANCELLED";

    private EventTemplate() {}

    /**
     * The event that shall stand for the appointment.
     *
     * @param current the event as it stands now: what the person added to its body and categories is kept; null for a
     *     new one
     */
    public static EventDraft draft(AppointmentState appointment, EventLook look, @Nullable WrittenEvent current) {
        Map<String, String> words = words(appointment, look);
        return new EventDraft(
                subject(look, words),
                appointment.startAt(),
                appointment.endAt(),
                OurPart.into(current == null ? null : current.body(), lines(appointment, look, words)),
                look.location() == Location.SHOWN && appointment.location() != null
                        ? appointment.location().name()
                        : null,
                look.showAs(),
                look.sensitivity(),
                categories(current),
                look.reminderMinutes());
    }

    /**
     * Which of the fields that we write differ from the event as Graph returned it, after what Exchange does to every
     * event (wraps bodies, cuts subjects) has been allowed for. Empty: leave it alone.
     */
    public static Set<EventField> differences(EventDraft wanted, WrittenEvent actual) {
        Set<EventField> differing = EnumSet.noneOf(EventField.class);
        for (EventField field : EventField.values()) {
            boolean same = switch (field) {
                case SUBJECT -> wanted.subject().strip().equals(text(actual.subject()));
                case TIME -> sameTime(wanted, actual.when());
                case BODY -> OurPart.isSame(wanted.bodyHtml(), actual.body());
                case LOCATION -> text(wanted.location()).equals(text(actual.location()));
                case SHOW_AS -> wanted.showAs() == actual.showAs();
                case SENSITIVITY -> wanted.sensitivity() == actual.sensitivity();
                case CATEGORIES -> actual.categories().stream().anyMatch(CATEGORY::equalsIgnoreCase);
                case REMINDER -> Objects.equals(wanted.reminderMinutes(), actual.reminderMinutes());
            };
            if (!same) {
                differing.add(field);
            }
        }
        return differing;
    }

    private static boolean sameTime(EventDraft wanted, EventTime actual) {
        return switch (actual) {
            case EventTime.Timed timed ->
                same(wanted.startAt(), timed.startAt()) && same(wanted.endAt(), timed.endAt());
            case EventTime.AllDay days -> false;
            case EventTime.UnknownZone unknown -> false;
        };
    }

    private static boolean same(Instant one, Instant other) {
        return one.truncatedTo(ChronoUnit.SECONDS).equals(other.truncatedTo(ChronoUnit.SECONDS));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    private static Map<String, String> words(AppointmentState appointment, EventLook look) {
        boolean shown = look.clients() == Clients.SHOWN;
        return Map.of(
                "service",
                appointment.service().name(),
                "client",
                shown ? client(appointment) : "",
                "location",
                look.location() == Location.SHOWN && appointment.location() != null
                        ? appointment.location().name()
                        : "",
                "number",
                String.valueOf(appointment.number()),
                "status",
                appointment.status().toLowerCase(Locale.ROOT).replace('_', ' '),
                // What is noted about a client is the client's as much as the name.
                "note",
                shown ? text(appointment.note()) : "");
    }

    private static String client(AppointmentState appointment) {
        List<Attendee> coming = coming(appointment);
        return coming.size() == 1 ? text(coming.getFirst().name()) : coming.size() + " clients";
    }

    private static List<Attendee> coming(AppointmentState appointment) {
        return appointment.attendees().stream()
                .filter(attendee -> !CANCELLED.equals(attendee.status()))
                .toList();
    }

    private static String subject(EventLook look, Map<String, String> words) {
        String title = filled(look.titleTemplate(), words)
                .replaceAll("\\p{Cntrl}+", " ")
                .replaceAll(" {2,}", " ")
                // A client who is not named leaves no dash behind.
                .replaceAll("^[\\s–—|,:/-]+|[\\s–—|,:/-]+$", "");
        String subject = (look.prefix().strip() + " " + (title.isEmpty() ? "Appointment" : title)).strip();
        if (subject.length() <= LONGEST_SUBJECT) {
            return subject;
        }
        int end =
                Character.isHighSurrogate(subject.charAt(LONGEST_SUBJECT - 1)) ? LONGEST_SUBJECT - 1 : LONGEST_SUBJECT;
        return subject.substring(0, end).strip();
    }

    /** In one pass: a client who is called {@code {note}} stays that. */
    private static String filled(String template, Map<String, String> words) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(Objects.requireNonNull(words.get(found.group(1)))));
    }

    private static List<String> lines(AppointmentState appointment, EventLook look, Map<String, String> words) {
        List<String> lines = new ArrayList<>();
        lines.add("This appointment comes from Timetether (number " + words.get("number") + ", " + words.get("status")
                + "). Please change or cancel it there.");
        lines.add("Service: " + words.get("service"));
        if (!text(words.get("location")).isEmpty()) {
            lines.add("Location: " + words.get("location"));
        }
        if (look.clients() == Clients.SHOWN) {
            coming(appointment).forEach(attendee -> lines.add("Client: " + contact(attendee)));
            if (!text(words.get("note")).isEmpty()) {
                lines.add("Note: " + words.get("note"));
            }
        }
        if (look.bodyTemplate() != null && !look.bodyTemplate().isBlank()) {
            filled(look.bodyTemplate(), words).lines().forEach(lines::add);
        }
        lines.add("What you write outside these brackets is yours and stays.");
        return lines;
    }

    private static String contact(Attendee attendee) {
        List<String> parts = new ArrayList<>();
        for (String part : new String[] {text(attendee.name()), text(attendee.email()), text(attendee.phone())}) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return String.join(", ", parts);
    }

    private static List<String> categories(@Nullable WrittenEvent current) {
        List<String> all = new ArrayList<>(current == null ? List.of() : current.categories());
        if (all.stream().noneMatch(CATEGORY::equalsIgnoreCase)) {
            all.add(CATEGORY);
        }
        return all;
    }
}
