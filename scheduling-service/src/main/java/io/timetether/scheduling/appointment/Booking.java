package io.timetether.scheduling.appointment;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.timetether.scheduling.appointment.Appointment.Attendee;
import io.timetether.scheduling.appointment.Appointment.Named;
import io.timetether.scheduling.appointment.Appointments.NewClient;
import io.timetether.scheduling.appointment.BookingPolicy.Decision;
import io.timetether.scheduling.appointment.BookingPolicy.Rules;
import io.timetether.scheduling.appointment.BookingPolicy.Wish;
import io.timetether.scheduling.availability.Availability;
import io.timetether.scheduling.availability.SlotRules;
import io.timetether.scheduling.availability.StaffFacts;
import io.timetether.scheduling.changes.ChangeKind;
import io.timetether.scheduling.changes.Changes;
import io.timetether.scheduling.database.StaffLock;
import io.timetether.scheduling.http.Answer;
import io.timetether.scheduling.http.IdempotencyKeys;
import io.timetether.scheduling.http.IdempotencyKeys.Attempt;
import io.timetether.scheduling.http.Problem;
import io.timetether.scheduling.http.ProblemException;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.location.Locations;
import io.timetether.scheduling.number.Numbers;
import io.timetether.scheduling.service.Service;
import io.timetether.scheduling.service.Services;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Books. One transaction: the staff member's lock in a statement of its own, the facts, the decision, and one statement
 * that writes all. Refusals are kept under the key like successes.
 */
@ApplicationScoped
class Booking {

    private static final Logger LOG = Logger.getLogger(Booking.class);
    private static final long DAY = 86_400;

    /** A booking as it will be written, with the clients who are new. */
    private record Draft(Appointment appointment, List<NewClient> newClients) {}

    private sealed interface Outcome {
        record Booked() implements Outcome {}

        record AnsweredBefore() implements Outcome {}

        record Refused(Decision decision) implements Outcome {}
    }

    /** Undoes a transaction in which the exclusion constraint had the last word. */
    private static final class Overlapped extends RuntimeException {

        Overlapped() {
            super("the time was taken", null, false, false);
        }
    }

    private final Appointments appointments;
    private final Availability availability;
    private final Refusals refusals;
    private final Services services;
    private final Locations locations;
    private final Numbers numbers;
    private final StaffLock locks;
    private final Changes changes;
    private final IdempotencyKeys keys;
    private final Clock clock;

    Booking(
            Appointments appointments,
            Availability availability,
            Refusals refusals,
            Services services,
            Locations locations,
            Numbers numbers,
            StaffLock locks,
            Changes changes,
            IdempotencyKeys keys,
            Clock clock) {
        this.appointments = appointments;
        this.availability = availability;
        this.refusals = refusals;
        this.services = services;
        this.locations = locations;
        this.numbers = numbers;
        this.locks = locks;
        this.changes = changes;
        this.keys = keys;
        this.clock = clock;
    }

    /** 201 with the appointment, or the problem that a retry gets as well. */
    Answer book(Actor actor, String key, NewAppointment wish) {
        long began = System.nanoTime();
        Attempt attempt = keys.attempt(actor.organisationId(), actor.keyOwner(), "bookAppointment", key, wish);
        Optional<Answer> earlier = keys.find(attempt);
        Answer answer = earlier.isPresent() ? earlier.get() : attempt(actor, attempt, wish);
        LOG.infof(
                "booking organisation=%s staff=%s service=%s start=%s status=%d location=%s replayed=%s ms=%d",
                actor.organisationId(),
                wish.staffId(),
                wish.serviceId(),
                wish.startAt(),
                answer.status(),
                answer.location(),
                earlier.isPresent(),
                (System.nanoTime() - began) / 1_000_000);
        return answer;
    }

    private Answer attempt(Actor actor, Attempt attempt, NewAppointment newAppointment) {
        UUID organisationId = actor.organisationId();
        UUID staffId = newAppointment.staffId();
        Service service = services.findOne(organisationId, newAppointment.serviceId())
                .orElseThrow(() -> ProblemType.invalid("serviceId", "must be a service of the organisation"));
        if (newAppointment.startAt().getNano() != 0) {
            throw ProblemType.invalid("startAt", "must be a whole second");
        }
        if (!service.active || availability.offering(service, staffId).isEmpty()) {
            return keys.keepRefusal(
                    attempt,
                    Problem.of(
                            ProblemType.NOT_OFFERED,
                            "Choose a staff member who offers the service, or another service."));
        }
        Wish wish = wish(newAppointment.startAt(), service.durationMinutes * 60L, newAppointment.insistence());
        Rules rules = rules(service);
        // A first look without the lock: whoever comes too late need not queue for it.
        StaffFacts facts = availability.factsOf(organisationId, staffId, wish.start(), wish.end(), null);
        Decision firstLook = BookingPolicy.decide(wish, rules, facts, clock.instant());
        if (!(firstLook instanceof Decision.Accepted)) {
            return refuse(actor, attempt, firstLook, service, newAppointment);
        }
        Draft draft = draft(organisationId, service, newAppointment);
        Answer booked =
                keys.created("/api/v1/appointments/" + draft.appointment().id(), 1, draft.appointment());
        Outcome outcome;
        try {
            outcome = QuarkusTransaction.requiringNew()
                    .call(() -> write(actor, attempt, booked, draft, wish, rules, facts));
        } catch (Overlapped e) {
            outcome = new Outcome.Refused(new Decision.SlotTaken(false));
        }
        return switch (outcome) {
            case Outcome.Booked done -> booked;
            case Outcome.AnsweredBefore before -> keys.find(attempt).orElseThrow();
            case Outcome.Refused refused -> refuse(actor, attempt, refused.decision(), service, newAppointment);
        };
    }

    private Outcome write(
            Actor actor, Attempt attempt, Answer booked, Draft draft, Wish wish, Rules rules, StaffFacts facts) {
        UUID organisationId = actor.organisationId();
        Appointment appointment = draft.appointment();
        keys.begin(attempt);
        locks.take(List.of(appointment.staffId()));
        StaffFacts now = availability.busyAgain(organisationId, facts, wish.start(), wish.end(), null);
        Decision decision = BookingPolicy.decide(wish, rules, now, clock.instant());
        if (!(decision instanceof Decision.Accepted)) {
            return new Outcome.Refused(decision);
        }
        appointments.removeExpiredHolds(organisationId, appointment.staffId(), clock.instant());
        return switch (appointments.book(
                organisationId,
                attempt,
                booked,
                appointment,
                draft.newClients(),
                Instant.ofEpochSecond(wish.start() - rules.slots().bufferBefore()),
                Instant.ofEpochSecond(wish.end() + rules.slots().bufferAfter()),
                actor.inHistory())) {
            case BOOKED -> {
                changes.announce();
                yield new Outcome.Booked();
            }
            case KEY_USED -> new Outcome.AnsweredBefore();
            // Only the constraint saw it: the key is undone with the rest.
            case OVERLAPS -> throw new Overlapped();
        };
    }

    private Answer refuse(Actor actor, Attempt attempt, Decision decision, Service service, NewAppointment wish) {
        return keys.keepRefusal(attempt, refusals.problem(actor, decision, service, wish.staffId(), wish.startAt()));
    }

    /** Moves an appointment, in time or to another staff member; its length stays. */
    Appointment reschedule(
            Actor actor, Appointment seen, Instant startAt, UUID staffId, BookingPolicy.Insistence insistence) {
        UUID organisationId = actor.organisationId();
        Service service = services.get(organisationId, seen.service().id());
        if (!staffId.equals(seen.staffId())
                && availability.offering(service, staffId).isEmpty()) {
            throw ProblemType.NOT_OFFERED.because("Choose a staff member who offers the service.");
        }
        long duration = seen.endAt().getEpochSecond() - seen.startAt().getEpochSecond();
        Wish wish = wish(startAt, duration, insistence);
        Rules rules = rules(service);
        StaffFacts facts = availability.factsOf(organisationId, staffId, wish.start(), wish.end(), seen.id());
        Decision decision = QuarkusTransaction.requiringNew().call(() -> {
            locks.take(List.of(seen.staffId(), staffId));
            Appointment before = unchanged(organisationId, seen);
            StaffFacts now = availability.busyAgain(organisationId, facts, wish.start(), wish.end(), seen.id());
            Decision decided = BookingPolicy.decide(wish, rules, now, clock.instant());
            if (decided instanceof Decision.Accepted) {
                appointments.removeExpiredHolds(organisationId, staffId, clock.instant());
                Appointment moved =
                        Changed.moved(before, staffId, startAt, Instant.ofEpochSecond(wish.end()), clock.instant());
                appointments.move(
                        organisationId,
                        moved,
                        Instant.ofEpochSecond(wish.start() - rules.slots().bufferBefore()),
                        Instant.ofEpochSecond(wish.end() + rules.slots().bufferAfter()));
                record(actor, moved, "MOVED");
            }
            return decided;
        });
        if (!(decision instanceof Decision.Accepted)) {
            throw new ProblemException(refusals.problem(actor, decision, service, staffId, startAt));
        }
        return appointments.get(organisationId, seen.id());
    }

    /** Changes the status; CANCELLED frees the time. */
    Appointment changeStatus(Actor actor, Appointment seen, AppointmentStatus status, @Nullable String cancelReason) {
        QuarkusTransaction.requiringNew().run(() -> {
            Appointment before = unchanged(actor.organisationId(), seen);
            if (!before.status().next().contains(status)) {
                throw new ProblemException(Problem.of(
                                ProblemType.ILLEGAL_TRANSITION,
                                "From " + before.status() + " it can become: "
                                        + before.status().next())
                        .with("allowed", before.status().next()));
            }
            Appointment changed = Changed.status(before, status, cancelReason, clock.instant());
            appointments.changeStatus(actor.organisationId(), changed);
            record(actor, changed, status == AppointmentStatus.CANCELLED ? "CANCELLED" : "STATUS");
        });
        return appointments.get(actor.organisationId(), seen.id());
    }

    /** The row, locked, if it is still as it was seen. */
    private Appointment unchanged(UUID organisationId, Appointment seen) {
        Appointment before = appointments.getForUpdate(organisationId, seen.id());
        if (before.version() != seen.version()) {
            throw ProblemType.PRECONDITION_FAILED.because("Somebody changed it just now; read it again.");
        }
        return before;
    }

    private void record(Actor actor, Appointment changed, String action) {
        appointments.note(actor.organisationId(), changed, action, actor.inHistory());
        changes.record(ChangeKind.APPOINTMENT, actor.organisationId(), changed.id());
    }

    private Draft draft(UUID organisationId, Service service, NewAppointment wish) {
        List<Attendee> attendees = new ArrayList<>();
        List<NewClient> newClients = new ArrayList<>();
        for (NewAppointment.NewAttendee attendee : wish.attendees()) {
            UUID clientId = attendee.clientId();
            if (clientId != null) {
                attendees.add(appointments.findAttendees(organisationId, List.of(clientId)).stream()
                        .findFirst()
                        .orElseThrow(() ->
                                ProblemType.invalid("attendees[0].clientId", "must be a client of the organisation")));
                continue;
            }
            String name = attendee.name() == null ? "" : attendee.name().strip();
            String email = blankToNull(attendee.email());
            String phone = blankToNull(attendee.phone());
            UUID known = email == null ? null : known(organisationId, name, email);
            UUID id = known == null ? UUID.randomUUID() : known;
            if (known == null) {
                newClients.add(new NewClient(id, name, email, phone));
                attendees.add(new Attendee(id, name, email, phone, "BOOKED"));
            } else {
                attendees.addAll(appointments.findAttendees(organisationId, List.of(id)));
            }
        }
        UUID locationId = service.locationId;
        Instant now = clock.instant();
        Appointment appointment = new Appointment(
                UUID.randomUUID(),
                numbers.take(organisationId),
                service.needsConfirmation ? AppointmentStatus.PENDING : AppointmentStatus.OPEN,
                wish.startAt(),
                wish.startAt().plusSeconds(service.durationMinutes * 60L),
                wish.staffId(),
                new Named(service.id, service.name),
                locationId == null ? null : new Named(locationId, locations.get(organisationId, locationId).name),
                attendees,
                blankToNull(wish.note()),
                null,
                1,
                now,
                now);
        return new Draft(appointment, newClients);
    }

    private @Nullable UUID known(UUID organisationId, String name, String email) {
        Map<String, UUID> clients = appointments.findClients(organisationId, List.of(email));
        return clients.get(email.toLowerCase(Locale.ROOT) + "|" + name.toLowerCase(Locale.ROOT));
    }

    private static Wish wish(Instant startAt, long duration, BookingPolicy.Insistence insistence) {
        return new Wish(startAt.getEpochSecond(), startAt.getEpochSecond() + duration, insistence);
    }

    private static Rules rules(Service service) {
        return new Rules(SlotRules.of(service), service.minimumNoticeMinutes * 60L, service.horizonDays * DAY);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
