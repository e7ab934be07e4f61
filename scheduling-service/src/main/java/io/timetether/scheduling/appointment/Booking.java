package io.timetether.scheduling.appointment;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.timetether.scheduling.appointment.BookingPolicy.Decision;
import io.timetether.scheduling.appointment.BookingPolicy.Rules;
import io.timetether.scheduling.appointment.BookingPolicy.Wish;
import io.timetether.scheduling.appointment.Bookings.Written;
import io.timetether.scheduling.availability.Availability;
import io.timetether.scheduling.availability.Availability.Now;
import io.timetether.scheduling.availability.Availability.Question;
import io.timetether.scheduling.availability.Availability.Spot;
import io.timetether.scheduling.availability.Availability.View;
import io.timetether.scheduling.availability.Availability.Whose;
import io.timetether.scheduling.changes.ChangeKind;
import io.timetether.scheduling.changes.Changes;
import io.timetether.scheduling.database.DatabaseFailure;
import io.timetether.scheduling.database.StaffLock;
import io.timetether.scheduling.http.Answer;
import io.timetether.scheduling.http.IdempotencyKeys;
import io.timetether.scheduling.http.IdempotencyKeys.Attempt;
import io.timetether.scheduling.http.Problem;
import io.timetether.scheduling.http.ProblemException;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.message.MessageKind;
import io.timetether.scheduling.message.Messages;
import io.timetether.scheduling.service.Service;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Books, moves and cancels. Refusals of a booking are kept under its key like successes. */
@ApplicationScoped
class Booking {

    private static final Logger LOG = Logger.getLogger(Booking.class);

    private final Appointments appointments;
    private final Bookings bookings;
    private final Holds holds;
    private final Drafts drafts;
    private final Placing placing;
    private final Availability availability;
    private final Refusals refusals;
    private final StaffLock locks;
    private final Changes changes;
    private final Messages messages;
    private final IdempotencyKeys keys;
    private final Clock clock;

    Booking(
            Appointments appointments,
            Bookings bookings,
            Holds holds,
            Drafts drafts,
            Placing placing,
            Availability availability,
            Refusals refusals,
            StaffLock locks,
            Changes changes,
            Messages messages,
            IdempotencyKeys keys,
            Clock clock) {
        this.appointments = appointments;
        this.bookings = bookings;
        this.holds = holds;
        this.drafts = drafts;
        this.placing = placing;
        this.availability = availability;
        this.refusals = refusals;
        this.locks = locks;
        this.changes = changes;
        this.messages = messages;
        this.keys = keys;
        this.clock = clock;
    }

    /** 201 with the appointment, or the problem that a retry gets as well. */
    Answer book(Actor actor, String key, NewAppointment wish) {
        long began = System.nanoTime();
        UUID organisationId = actor.organisationId();
        Attempt attempt = keys.attempt(organisationId, actor.keyOwner(), "bookAppointment", key, wish);
        Optional<Hold> hold = Optional.ofNullable(wish.holdId())
                .flatMap(id -> holds.find(organisationId, actor.keyOwner(), id))
                .filter(own -> own.isFor(wish));
        Placing.Order order = new Placing.Order(
                actor,
                attempt,
                wish.serviceId(),
                hold.isPresent() ? hold.get().staffId() : wish.staffId(),
                wish.locationId(),
                wish.startAt(),
                wish.insistence(),
                hold.isPresent() ? hold.get().heldAt() : null,
                hold.isPresent() ? hold.get().id() : null);
        Answer answer =
                placing.place(order, (setup, service) -> plan(order, drafts.of(organisationId, setup, service, wish)));
        LOG.infof(
                "booking organisation=%s staff=%s service=%s start=%s status=%d location=%s ms=%d",
                organisationId,
                wish.staffId(),
                wish.serviceId(),
                wish.startAt(),
                answer.status(),
                answer.location(),
                (System.nanoTime() - began) / 1_000_000);
        return answer;
    }

    private Placing.Plan plan(Placing.Order order, Drafts.Draft draft) {
        UUID organisationId = order.actor().organisationId();
        return new Placing.Plan() {
            private @Nullable Appointment latest;

            @Override
            public Answer answerFor(UUID staffId) {
                Appointment appointment = draft.with(staffId);
                latest = appointment;
                return keys.created("/api/v1/appointments/" + appointment.id(), appointment.version(), appointment);
            }

            @Override
            public Optional<Bookings.Entry> entry(Answer answer, Instant occupiedFrom, Instant occupiedUntil) {
                return Optional.of(new Bookings.Entry(
                        organisationId,
                        order.attempt(),
                        answer,
                        Objects.requireNonNull(latest),
                        draft.newClients(),
                        occupiedFrom,
                        occupiedUntil,
                        order.actor().inHistory()));
            }

            @Override
            public Written write(UUID staffId, Answer answer, Instant occupiedFrom, Instant occupiedUntil) {
                UUID holdId = order.except();
                if (holdId != null) {
                    holds.remove(organisationId, order.actor().keyOwner(), holdId);
                }
                try {
                    return bookings.write(entry(answer, occupiedFrom, occupiedUntil).stream()
                                    .toList())
                            .getFirst();
                } catch (DatabaseFailure e) {
                    if (e.isReferenceGone()) {
                        throw ProblemType.invalid(
                                "attendees[0].clientId", "must be an active client of the organisation");
                    }
                    throw e;
                }
            }
        };
    }

    /** Moves an appointment, in time or to another staff member; its length stays. */
    Appointment reschedule(
            Actor actor, Appointment seen, Instant startAt, UUID staffId, BookingPolicy.Insistence insistence) {
        UUID organisationId = actor.organisationId();
        View view = availability.view(new Question(
                organisationId,
                seen.service().id(),
                List.of(staffId),
                placeOf(seen),
                startAt.getEpochSecond(),
                startAt.plus(Refusals.LOOK_AHEAD).getEpochSecond(),
                staffId.equals(seen.staffId()) ? Whose.WHOEVER_IS_NAMED : Whose.WHO_OFFERS,
                seen.id()));
        if (view.staff().isEmpty()) {
            throw ProblemType.NOT_OFFERED.because("Choose a staff member who offers the service.");
        }
        Service service = view.service().orElseThrow();
        long duration = seen.endAt().getEpochSecond() - seen.startAt().getEpochSecond();
        Wish wish = BookingPolicy.wish(startAt, duration, insistence);
        Rules rules = Refusals.rules(service);
        Optional<Decision> decision = QuarkusTransaction.requiringNew().call(() -> {
            locks.take(List.of(seen.staffId(), staffId));
            Appointment before = unchanged(organisationId, seen);
            if (service.maxPerDayOrganisation != null) {
                locks.takeService(service.id);
            }
            Now now = availability
                    .now(List.of(new Spot(view, staffId, wish.start(), wish.end())), seen.id())
                    .getFirst();
            if (!now.isCurrent()) {
                return Optional.empty();
            }
            Decision decided = BookingPolicy.decide(wish, rules, now.facts(), clock.instant());
            if (decided instanceof Decision.Accepted) {
                if (now.facts().busy().hasExpiredHolds()) {
                    holds.removeExpired(organisationId, staffId);
                }
                Appointment moved =
                        Changed.moved(before, staffId, startAt, Instant.ofEpochSecond(wish.end()), clock.instant());
                appointments.move(
                        organisationId,
                        moved,
                        Instant.ofEpochSecond(wish.start() - rules.slots().bufferBefore()),
                        Instant.ofEpochSecond(wish.end() + rules.slots().bufferAfter()));
                record(actor, moved, "MOVED");
                tell(MessageKind.MOVED, actor, moved);
            }
            return Optional.of(decided);
        });
        if (decision.isEmpty()) {
            // Hours or services changed, or the staff member left, after the view was read.
            return reschedule(actor, seen, startAt, staffId, insistence);
        }
        if (!(decision.get() instanceof Decision.Accepted)) {
            throw new ProblemException(refusals.problem(actor, decision.get(), service, view, startAt));
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
            if (status == AppointmentStatus.CANCELLED) {
                tell(MessageKind.CANCELLED, actor, changed);
            } else if (before.status() == AppointmentStatus.PENDING) {
                tell(MessageKind.CONFIRMED, actor, changed);
            }
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

    private void tell(MessageKind kind, Actor actor, Appointment changed) {
        messages.tell(
                kind, actor.organisationId(), changed.id(), changed.version(), changed.startAt(), changed.updatedAt());
    }

    private static @Nullable UUID placeOf(Appointment appointment) {
        Appointment.Named location = appointment.location();
        return location == null ? null : location.id();
    }
}
