package io.timetether.scheduling.message;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds the words. PURE. Times are in the organisation's zone, which is named. What a client wrote (note, reason) is not
 * repeated: nobody shall use these messages to send words of their own to others.
 */
final class MessageTemplate {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.UK);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.UK);

    private MessageTemplate() {}

    /** @param link where the client manages the booking */
    static Letter ofAppointment(MessageKind kind, MessageFacts.OfAppointment facts, String link) {
        String when = time(facts.startAt(), facts.zone());
        String what = facts.serviceName() + " with " + facts.staffName();
        boolean pending = facts.status().equals("PENDING");
        List<String> paragraphs = new ArrayList<>();
        paragraphs.add(
                switch (kind) {
                    case BOOKED ->
                        pending
                                ? "Your wish for an appointment has arrived. You hear from us again when it is confirmed."
                                : "Your appointment is booked.";
                    case CONFIRMED -> "Your appointment is confirmed.";
                    case MOVED -> "Your appointment has moved. It now takes place at this time:";
                    case CANCELLED -> "Your appointment was cancelled.";
                    case REMINDER -> "This is a reminder of your appointment.";
                    case RECONNECT_NEEDED -> throw new IllegalArgumentException("this is not about an appointment");
                });
        paragraphs.add(details(facts, what));
        String subject = switch (kind) {
            case BOOKED -> pending ? "Received" : "Booked";
            case CONFIRMED -> "Confirmed";
            case MOVED -> "Moved";
            case CANCELLED -> "Cancelled";
            case REMINDER -> "Reminder";
            case RECONNECT_NEEDED -> throw new IllegalArgumentException("this is not about an appointment");
        };
        boolean cancelled = kind == MessageKind.CANCELLED;
        return new Letter(
                oneLine(subject + ": " + facts.serviceName() + ", " + when),
                "Hello " + oneLine(facts.attendeeName()) + ",",
                paragraphs,
                new Letter.Action(cancelled ? "Look at it" : "Look at it, move it or cancel it", link),
                facts.organisationName());
    }

    /** @param link where the connection is renewed */
    static Letter ofConnection(MessageFacts.OfConnection facts, String link) {
        return new Letter(
                "Your calendar needs to be connected again",
                "Hello " + oneLine(facts.staffName()) + ",",
                List.of(
                        "Timetether may not use your Office 365 account any more. Until you connect it again, appointments "
                                + "are not written to your calendar, and what your calendar shows as busy is no longer "
                                + "kept up to date; what was known last stays closed for booking.",
                        "It takes a minute."),
                new Letter.Action("Connect it again", link),
                facts.organisationName());
    }

    private static String details(MessageFacts.OfAppointment facts, String what) {
        StringBuilder details = new StringBuilder(what)
                .append('\n')
                .append(time(facts.startAt(), facts.zone()))
                .append(" – ")
                .append(CLOCK.format(facts.endAt().atZone(facts.zone())))
                .append(" (")
                .append(facts.zone().getId())
                .append(')');
        if (facts.locationName() != null) {
            details.append('\n').append(facts.locationName());
            if (facts.locationAddress() != null) {
                details.append(", ").append(oneLine(facts.locationAddress()));
            }
        }
        return details.append("\nNumber ").append(facts.number()).toString();
    }

    private static String time(Instant instant, ZoneId zone) {
        var local = instant.atZone(zone);
        return DAY.format(local) + ", " + CLOCK.format(local);
    }

    /** A header must be one line, whatever somebody has put into a name. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ").strip();
    }
}
