package io.timetether.scheduling.message;

import io.timetether.scheduling.managementlink.ManagementLinks;
import io.timetether.scheduling.message.MailServer.Enclosure;
import io.timetether.scheduling.message.MailServer.Envelope;
import io.timetether.scheduling.message.Messages.Leased;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts a message into its envelope: words, a management link of its own, and the calendar file. */
@ApplicationScoped
class Writing {

    private static final String CALENDAR_SYNC = "/profile/calendar-sync";

    private final ManagementLinks links;
    private final String publicUrl;

    Writing(ManagementLinks links, @ConfigProperty(name = "timetether.public-url") String publicUrl) {
        this.links = links;
        this.publicUrl = publicUrl.replaceFirst("/+$", "");
    }

    Envelope write(Leased message, MessageFacts facts) {
        String address = Objects.requireNonNull(facts.address(), "decided before");
        return switch (facts) {
            case MessageFacts.OfConnection connection ->
                new Envelope(
                        message.id(),
                        address,
                        MessageTemplate.ofConnection(connection, publicUrl + CALENDAR_SYNC),
                        null);
            case MessageFacts.OfAppointment appointment -> {
                String link = links.forAttendee(
                        appointment.organisationId(),
                        appointment.slug(),
                        appointment.appointmentId(),
                        appointment.attendeeId());
                yield new Envelope(
                        message.id(),
                        address,
                        MessageTemplate.ofAppointment(message.kind(), appointment, link),
                        new Enclosure(
                                "appointment.ics",
                                "text/calendar; charset=UTF-8; method=" + CalendarFile.method(appointment),
                                CalendarFile.of(appointment, link, message.createdAt())));
            }
        };
    }
}
