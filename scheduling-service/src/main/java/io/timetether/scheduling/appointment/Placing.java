package io.timetether.scheduling.appointment;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.timetether.scheduling.appointment.Appointments.Written;
import io.timetether.scheduling.appointment.BookingPolicy.Decision;
import io.timetether.scheduling.appointment.BookingPolicy.Insistence;
import io.timetether.scheduling.appointment.BookingPolicy.Rules;
import io.timetether.scheduling.appointment.BookingPolicy.Wish;
import io.timetether.scheduling.availability.Availability;
import io.timetether.scheduling.availability.Availability.Question;
import io.timetether.scheduling.availability.Availability.View;
import io.timetether.scheduling.availability.Setup;
import io.timetether.scheduling.availability.StaffFacts;
import io.timetether.scheduling.changes.Changes;
import io.timetether.scheduling.database.StaffLock;
import io.timetether.scheduling.http.Answer;
import io.timetether.scheduling.http.IdempotencyKeys;
import io.timetether.scheduling.http.IdempotencyKeys.Attempt;
import io.timetether.scheduling.http.Problem;
import io.timetether.scheduling.http.ProblemException;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.service.Service;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds a staff member for a wished time and has it written: the story that bookings and holds share. A look without
 * lock; then, for one candidate after the other, a transaction with the staff member's lock in a statement of its own,
 * the busy time again, the decision, and one statement that writes all. The exclusion constraint has the last word.
 */
@ApplicationScoped
class Placing {

    private static final int PATIENCE = 200;

    /**
     * What shall be placed. {@code asOf} is when the decision about notice and horizon is made; null: now.
     *
     * @param staffId null: any who offers the service
     * @param except a hold that is used by this, so that it does not stand in its own way
     */
    record Order(
            Actor actor,
            Attempt attempt,
            UUID serviceId,
            @Nullable UUID staffId,
            @Nullable UUID locationId,
            Instant startAt,
            Insistence insistence,
            @Nullable Instant asOf,
            @Nullable UUID except) {}

    /** How it is written, once it is clear for which service. */
    interface Plan {

        /** The answer if it succeeds with this staff member. */
        Answer answerFor(UUID staffId);

        /** In the transaction, under the lock; occupied time includes the buffers. */
        Written write(UUID staffId, Answer answer, Instant occupiedFrom, Instant occupiedUntil);
    }

    private sealed interface Outcome {
        record Done(Answer answer) implements Outcome {}

        record AnsweredBefore() implements Outcome {}

        record Refused(Decision decision) implements Outcome {}
    }

    /** Undoes a transaction in which the exclusion constraint had the last word. */
    private static final class Overlapped extends RuntimeException {

        Overlapped() {
            super("the time was taken", null, false, false);
        }
    }

    private final Availability availability;
    private final Holds holds;
    private final Refusals refusals;
    private final StaffLock locks;
    private final Changes changes;
    private final IdempotencyKeys keys;
    private final Clock clock;
    private final Turns turns = new Turns();

    Placing(
            Availability availability,
            Holds holds,
            Refusals refusals,
            StaffLock locks,
            Changes changes,
            IdempotencyKeys keys,
            Clock clock) {
        this.availability = availability;
        this.holds = holds;
        this.refusals = refusals;
        this.locks = locks;
        this.changes = changes;
        this.keys = keys;
        this.clock = clock;
    }

    /** The answer, kept under the attempt's key: what the plan said, or a refusal. */
    Answer place(Order order, BiFunction<Setup, Service, Plan> planning) {
        try {
            return placed(order, planning);
        } catch (ProblemException e) {
            // What was right at the first attempt may be wrong by now: a retry still gets the first one's answer.
            if (e.problem().problem() == ProblemType.INVALID_REQUEST) {
                return keys.find(order.attempt()).orElseThrow(() -> e);
            }
            throw e;
        }
    }

    private Answer placed(Order order, BiFunction<Setup, Service, Plan> planning) {
        if (order.startAt().getNano() != 0) {
            throw ProblemType.invalid("startAt", "must be a whole second");
        }
        Question question = new Question(
                order.actor().organisationId(),
                order.serviceId(),
                order.staffId() == null ? List.of() : List.of(order.staffId()),
                order.locationId(),
                order.startAt().getEpochSecond(),
                order.startAt().plus(Refusals.LOOK_AHEAD).getEpochSecond(),
                Availability.Whose.WHO_OFFERS,
                order.except());
        View view = availability.view(question);
        Service service = known(order, view);
        if (!service.active || view.staff().isEmpty()) {
            return keys.keepRefusal(
                    order.attempt(),
                    Problem.of(
                            ProblemType.NOT_OFFERED,
                            "Choose a staff member who offers the service, or another service."));
        }
        Wish wish = BookingPolicy.wish(order.startAt(), service.durationMinutes * 60L, order.insistence());
        Rules rules = Refusals.rules(service);
        Candidates candidates = candidates(order, wish, rules, view);
        if (candidates.inOrder().isEmpty()) {
            return refuse(order, candidates.refusal(), service, view);
        }
        Plan plan = planning.apply(view.setup(), service);
        for (int round = 0; round < PATIENCE; round++) {
            UUID staffId = candidates.inOrder().getFirst();
            if (turns.beginOrWait(staffId)) {
                switch (attempt(order, plan, view, staffId, wish, rules)) {
                    case Outcome.Done done -> {
                        return done.answer();
                    }
                    case Outcome.AnsweredBefore before -> {
                        return keys.find(order.attempt()).orElseThrow();
                    }
                    case Outcome.Refused lost -> {}
                }
            }
            // Somebody else wrote: here, in another process, or an import. Look again who is free now.
            view = availability.view(question);
            candidates = candidates(order, wish, rules, view);
            if (candidates.inOrder().isEmpty()) {
                return refuse(order, candidates.refusal(), service, view);
            }
        }
        throw ProblemType.TEMPORARILY_UNAVAILABLE.because("Very many are booking here at once; try again in a moment.");
    }

    private Outcome attempt(Order order, Plan plan, View view, UUID staffId, Wish wish, Rules rules) {
        try {
            Answer answer = plan.answerFor(staffId);
            return QuarkusTransaction.requiringNew().call(() -> write(order, plan, view, staffId, answer, wish, rules));
        } catch (Overlapped e) {
            return new Outcome.Refused(new Decision.SlotTaken(false));
        } finally {
            turns.end(staffId);
        }
    }

    private Outcome write(Order order, Plan plan, View view, UUID staffId, Answer answer, Wish wish, Rules rules) {
        if (!locks.takeFor(order.attempt().lockName(), staffId)) {
            throw ProblemType.REQUEST_IN_PROGRESS.because("Wait for the first request's answer, then repeat this one.");
        }
        if (view.service().orElseThrow().maxPerDayOrganisation != null) {
            locks.takeService(order.serviceId());
        }
        StaffFacts now = availability.busyAgain(view, staffId, wish.start(), wish.end(), order.except());
        Decision decision = BookingPolicy.decide(wish, rules, now, asOf(order));
        if (!(decision instanceof Decision.Accepted)) {
            return new Outcome.Refused(decision);
        }
        if (now.busy().hasExpiredHolds()) {
            holds.removeExpired(order.actor().organisationId(), staffId);
        }
        return switch (plan.write(
                staffId,
                answer,
                Instant.ofEpochSecond(wish.start() - rules.slots().bufferBefore()),
                Instant.ofEpochSecond(wish.end() + rules.slots().bufferAfter()))) {
            case BOOKED -> {
                changes.announce();
                yield new Outcome.Done(answer);
            }
            case KEY_USED -> new Outcome.AnsweredBefore();
            // Only the constraint saw it: the key is undone with the rest.
            case OVERLAPS -> throw new Overlapped();
        };
    }

    private Candidates candidates(Order order, Wish wish, Rules rules, View view) {
        return Candidates.of(wish, rules, view.staff().values(), asOf(order));
    }

    private Instant asOf(Order order) {
        Instant now = clock.instant();
        Instant asOf = order.asOf();
        return asOf == null || order.startAt().isBefore(now) ? now : asOf;
    }

    private Answer refuse(Order order, Decision decision, Service service, View view) {
        return keys.keepRefusal(
                order.attempt(), refusals.problem(order.actor(), decision, service, view, order.startAt()));
    }

    private static Service known(Order order, View view) {
        Service service = view.service()
                .orElseThrow(() -> ProblemType.invalid("serviceId", "must be a service of the organisation"));
        UUID staffId = order.staffId();
        if (staffId != null && !view.setup().isStaffMember(staffId)) {
            throw ProblemType.invalid("staffId", "must be a staff member of the organisation");
        }
        UUID locationId = order.locationId();
        if (locationId != null && service.locationId != null && !locationId.equals(service.locationId)) {
            throw ProblemType.invalid("locationId", "must be the service's location, or absent");
        }
        return service;
    }
}
