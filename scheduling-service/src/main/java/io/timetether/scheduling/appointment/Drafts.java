package io.timetether.scheduling.appointment;

import io.timetether.scheduling.appointment.Appointment.Attendee;
import io.timetether.scheduling.appointment.Appointment.Named;
import io.timetether.scheduling.appointment.Bookings.NewClient;
import io.timetether.scheduling.availability.Setup;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.number.Numbers;
import io.timetether.scheduling.service.Service;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes of a wish the appointment that would be written: who attends, where, under which number. */
@ApplicationScoped
class Drafts {

    /** A booking as it will be written, but for the staff member, with the clients who are new. */
    record Draft(
            UUID id,
            long number,
            Service service,
            @Nullable Named location,
            Instant startAt,
            List<Attendee> attendees,
            @Nullable String note,
            Instant bookedAt,
            List<NewClient> newClients) {

        Appointment with(UUID staffId) {
            return new Appointment(
                    id,
                    number,
                    service.needsConfirmation ? AppointmentStatus.PENDING : AppointmentStatus.OPEN,
                    startAt,
                    startAt.plusSeconds(service.durationMinutes * 60L),
                    staffId,
                    new Named(service.id, service.name),
                    location,
                    attendees,
                    note,
                    null,
                    1,
                    bookedAt,
                    bookedAt);
        }
    }

    private final Appointments appointments;
    private final Numbers numbers;
    private final Clock clock;

    Drafts(Appointments appointments, Numbers numbers, Clock clock) {
        this.appointments = appointments;
        this.numbers = numbers;
        this.clock = clock;
    }

    Draft of(UUID organisationId, Setup setup, Service service, NewAppointment wish) {
        List<Attendee> attendees = new ArrayList<>();
        List<NewClient> newClients = new ArrayList<>();
        for (NewAppointment.NewAttendee attendee : wish.attendees()) {
            UUID clientId = attendee.clientId();
            if (clientId != null) {
                attendees.add(appointments
                        .findAttendee(organisationId, clientId)
                        .orElseThrow(() -> ProblemType.invalid(
                                "attendees[0].clientId", "must be an active client of the organisation")));
                continue;
            }
            String name = attendee.name() == null ? "" : attendee.name().strip();
            String email = blankToNull(attendee.email());
            String phone = blankToNull(attendee.phone());
            Optional<Attendee> known =
                    email == null ? Optional.empty() : appointments.findAttendee(organisationId, name, email);
            attendees.add(known.orElseGet(() -> {
                UUID id = UUID.randomUUID();
                newClients.add(new NewClient(id, name, email, phone));
                return new Attendee(id, name, email, phone, "BOOKED");
            }));
        }
        Setup.Place place = setup.findPlace(service, wish.locationId());
        return new Draft(
                UUID.randomUUID(),
                numbers.take(organisationId),
                service,
                place == null ? null : new Named(place.id(), place.name()),
                wish.startAt(),
                attendees,
                blankToNull(wish.note()),
                clock.instant(),
                newClients);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
