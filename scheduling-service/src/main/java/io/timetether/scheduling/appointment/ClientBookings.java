package io.timetether.scheduling.appointment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.timetether.scheduling.appointment.BookingPolicy.Insistence;
import io.timetether.scheduling.http.Answer;
import io.timetether.scheduling.http.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What clients do with appointments by themselves. They get what availability offers and nothing else; whether it is
 * their own appointment, and early enough to change it, has been looked at before.
 */
@ApplicationScoped
public class ClientBookings {

    /** A client's wish; without {@code staffId}, anybody who is free. */
    public record ClientWish(
            UUID serviceId,
            @Nullable UUID staffId,
            Instant startAt,
            String name,
            String email,
            @Nullable String phone,
            @Nullable String note) {}

    public sealed interface Outcome {

        /** As it was when it was booked, for a retry too. */
        record Booked(Appointment appointment) implements Outcome {}

        /** The problem, as a retry gets it as well. */
        record Refused(Answer answer) implements Outcome {}
    }

    private final Booking booking;
    private final Appointments appointments;
    private final ObjectMapper json;

    ClientBookings(Booking booking, Appointments appointments, ObjectMapper json) {
        this.booking = booking;
        this.appointments = appointments;
        this.json = json;
    }

    public Outcome book(UUID organisationId, String key, ClientWish wish) {
        NewAppointment appointment = new NewAppointment(
                wish.serviceId(),
                wish.staffId(),
                wish.startAt(),
                List.of(new NewAppointment.NewAttendee(null, wish.name(), wish.email(), wish.phone())),
                wish.note(),
                null,
                null,
                null);
        Answer answer = booking.book(new Actor.Client(organisationId), key, appointment);
        return answer.status() == 201 ? new Outcome.Booked(read(answer)) : new Outcome.Refused(answer);
    }

    public Appointment get(UUID organisationId, UUID id) {
        return appointments.get(organisationId, id);
    }

    /** Moves it to an offered time; 409 with the reason if the time is not offered (any more). */
    public Appointment move(UUID organisationId, Appointment seen, Instant startAt, @Nullable UUID staffId) {
        if (startAt.getNano() != 0) {
            throw ProblemType.invalid("startAt", "must be a whole second");
        }
        return booking.reschedule(
                new Actor.Client(organisationId),
                seen,
                startAt,
                staffId == null ? seen.staffId() : staffId,
                Insistence.ONLY_WHAT_IS_OFFERED);
    }

    public Appointment cancel(UUID organisationId, Appointment seen, @Nullable String reason) {
        return booking.changeStatus(new Actor.Client(organisationId), seen, AppointmentStatus.CANCELLED, reason);
    }

    private Appointment read(Answer answer) {
        try {
            return json.readValue(answer.body(), Appointment.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
