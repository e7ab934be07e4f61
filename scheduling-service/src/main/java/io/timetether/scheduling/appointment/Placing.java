package io.timetether.scheduling.appointment;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.timetether.scheduling.appointment.BookingPolicy.Decision;
import io.timetether.scheduling.appointment.BookingPolicy.Insistence;
import io.timetether.scheduling.appointment.BookingPolicy.Rules;
import io.timetether.scheduling.appointment.BookingPolicy.Wish;
import io.timetether.scheduling.appointment.Bookings.Written;
import io.timetether.scheduling.availability.Availability;
import io.timetether.scheduling.availability.Availability.Now;
import io.timetether.scheduling.availability.Availability.Question;
import io.timetether.scheduling.availability.Availability.Spot;
import io.timetether.scheduling.availability.Availability.View;
import io.timetether.scheduling.availability.Setup;
import io.timetether.scheduling.changes.Changes;
import io.timetether.scheduling.database.Batches;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Finds a staff member for a wished time and has it written: the story that bookings and holds share. Who names the staff
 * member goes for the lock at once; else, or if that fails, a look without lock; then, for one candidate after the other,
 * a transaction with the staff member's lock in a statement of its own, the facts under it, the decision, and one
 * statement that writes all. Bookings for different staff members that come together share these statements; one that
 * would have to wait for its lock does so alone. The exclusion constraint has the last word.
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

        /** What is written, if that can be along with others. */
        Optional<Bookings.Entry> entry(Answer answer, Instant occupiedFrom, Instant occupiedUntil);

        /** In a transaction of its own, under the lock; occupied time includes the buffers. */
        Written write(UUID staffId, Answer answer, Instant occupiedFrom, Instant occupiedUntil);
    }

    private sealed interface Outcome {
        record Done(Answer answer) implements Outcome {}

        record AnsweredBefore() implements Outcome {}

        /** The facts under the lock are others than those before: somebody else wrote. */
        record LookAgain() implements Outcome {}

        /** It could not be written along with others. */
        record Alone() implements Outcome {}
    }

    /** A wish for one staff member, ready to be written. */
    private record Task(Order order, Plan plan, View view, UUID staffId, Answer answer, Wish wish, Rules rules) {

        Service service() {
            return view.service().orElseThrow();
        }

        Spot spot() {
            return new Spot(view, staffId, wish.start(), wish.end());
        }

        String name() {
            return order.attempt().lockName();
        }

        Instant occupiedFrom() {
            return Instant.ofEpochSecond(wish.start() - rules.slots().bufferBefore());
        }

        Instant occupiedUntil() {
            return Instant.ofEpochSecond(wish.end() + rules.slots().bufferAfter());
        }

        /** A hold that is used up, and a maximum that others count towards, need more statements. */
        Optional<Bookings.Entry> entry() {
            return order.except() != null || service().hasDailyMaximum()
                    ? Optional.empty()
                    : plan.entry(answer, occupiedFrom(), occupiedUntil());
        }
    }

    /** Undoes a transaction in which the exclusion constraint had the last word. */
    private static final class Overlapped extends RuntimeException {

        Overlapped() {
            super("the time was taken", null, false, false);
        }
    }

    private static final Logger LOG = Logger.getLogger(Placing.class);

    private final Availability availability;
    private final Bookings bookings;
    private final Holds holds;
    private final Refusals refusals;
    private final StaffLock locks;
    private final Changes changes;
    private final IdempotencyKeys keys;
    private final Clock clock;
    private final Turns turns = new Turns();
    private final Batches<Task, Outcome> together = new Batches<>(this::writeTogether);

    Placing(
            Availability availability,
            Bookings bookings,
            Holds holds,
            Refusals refusals,
            StaffLock locks,
            Changes changes,
            IdempotencyKeys keys,
            Clock clock) {
        this.availability = availability;
        this.bookings = bookings;
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
        return atOnce(order, question, planning).orElseGet(() -> afterALook(order, question, planning));
    }

    /** Without a look, where what is remembered gives hope; what is found under the lock decides. */
    private Optional<Answer> atOnce(Order order, Question question, BiFunction<Setup, Service, Plan> planning) {
        UUID staffId = order.staffId();
        View view = staffId == null ? null : availability.assumed(question).orElse(null);
        if (staffId == null || view == null) {
            return Optional.empty();
        }
        Service service = view.service().orElseThrow();
        Wish wish = wish(order, service);
        Rules rules = Refusals.rules(service);
        if (isElsewhere(order, service)
                || candidates(order, wish, rules, view).inOrder().isEmpty()
                || !turns.beginOrWait(staffId)) {
            return Optional.empty();
        }
        try {
            return attempt(order, planning.apply(view.setup(), service), view, staffId, wish, rules);
        } finally {
            turns.end(staffId);
        }
    }

    private Answer afterALook(Order order, Question question, BiFunction<Setup, Service, Plan> planning) {
        View view = availability.view(question);
        Service service = known(order, view);
        if (!service.active || view.staff().isEmpty()) {
            return keys.keepRefusal(
                    order.attempt(),
                    Problem.of(
                            ProblemType.NOT_OFFERED,
                            "Choose a staff member who offers the service, or another service."));
        }
        Wish wish = wish(order, service);
        Rules rules = Refusals.rules(service);
        Candidates candidates = candidates(order, wish, rules, view);
        if (candidates.inOrder().isEmpty()) {
            return refuse(order, candidates.refusal(), service, view);
        }
        Plan plan = planning.apply(view.setup(), service);
        for (int round = 0; round < PATIENCE; round++) {
            UUID staffId = candidates.inOrder().getFirst();
            if (turns.beginOrWait(staffId)) {
                try {
                    Optional<Answer> answer = attempt(order, plan, view, staffId, wish, rules);
                    if (answer.isPresent()) {
                        return answer.get();
                    }
                } finally {
                    turns.end(staffId);
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

    /** Empty if somebody else wrote meanwhile. The caller has the staff member's turn. */
    private Optional<Answer> attempt(Order order, Plan plan, View view, UUID staffId, Wish wish, Rules rules) {
        Task task = new Task(order, plan, view, staffId, plan.answerFor(staffId), wish, rules);
        Outcome outcome = task.entry().isPresent() ? together.serve(task) : new Outcome.Alone();
        if (outcome instanceof Outcome.Alone) {
            outcome = writeAlone(task);
        }
        return switch (outcome) {
            case Outcome.Done done -> Optional.of(done.answer());
            case Outcome.AnsweredBefore before -> keys.find(order.attempt());
            case Outcome.LookAgain lost -> Optional.empty();
            case Outcome.Alone alone -> throw new IllegalStateException("nobody is more alone than that");
        };
    }

    private List<Outcome> writeTogether(List<Task> tasks) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> writeUnderLocks(tasks));
        } catch (RuntimeException e) {
            // One of them has spoilt it for all; each learns its own reason by itself.
            LOG.debugf(e, "%d bookings could not be written together", tasks.size());
            return Collections.nCopies(tasks.size(), new Outcome.Alone());
        }
    }

    /** By the names of their attempts, so that two such transactions never wait in a circle for each other's keys. */
    private List<Outcome> writeUnderLocks(List<Task> tasks) {
        Map<String, Task> byName = new TreeMap<>();
        tasks.forEach(task -> byName.putIfAbsent(task.name(), task));
        List<Task> chosen = List.copyOf(byName.values());
        List<Boolean> taken = locks.tryTakeEach(
                List.copyOf(byName.keySet()), chosen.stream().map(Task::staffId).toList());
        List<Task> ready = IntStream.range(0, chosen.size())
                .filter(taken::get)
                .mapToObj(chosen::get)
                .toList();
        List<Now> now = ready.isEmpty()
                ? List.of()
                : availability.now(ready.stream().map(Task::spot).toList(), null);
        Map<Task, Outcome> outcomes = new IdentityHashMap<>();
        List<Task> writable = new ArrayList<>();
        for (int i = 0; i < ready.size(); i++) {
            if (!isFree(ready.get(i), now.get(i))) {
                outcomes.put(ready.get(i), new Outcome.LookAgain());
            } else if (!now.get(i).facts().busy().hasExpiredHolds()) {
                writable.add(ready.get(i));
            }
        }
        if (!writable.isEmpty()) {
            List<Written> written = bookings.write(
                    writable.stream().flatMap(task -> task.entry().stream()).toList());
            for (int i = 0; i < writable.size(); i++) {
                outcomes.put(writable.get(i), outcome(written.get(i), writable.get(i)));
            }
            changes.announce();
        }
        return tasks.stream()
                .map(task -> outcomes.getOrDefault(task, new Outcome.Alone()))
                .toList();
    }

    private Outcome writeAlone(Task task) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> writeUnderLock(task));
        } catch (Overlapped e) {
            return new Outcome.LookAgain();
        }
    }

    private Outcome writeUnderLock(Task task) {
        Order order = task.order();
        if (!locks.takeFor(task.name(), task.staffId())) {
            throw ProblemType.REQUEST_IN_PROGRESS.because("Wait for the first request's answer, then repeat this one.");
        }
        if (task.service().maxPerDayOrganisation != null) {
            locks.takeService(order.serviceId());
        }
        Now now = availability.now(List.of(task.spot()), order.except()).getFirst();
        if (!isFree(task, now)) {
            return new Outcome.LookAgain();
        }
        if (now.facts().busy().hasExpiredHolds()) {
            holds.removeExpired(order.actor().organisationId(), task.staffId());
        }
        Written written = task.plan().write(task.staffId(), task.answer(), task.occupiedFrom(), task.occupiedUntil());
        changes.announce();
        return outcome(written, task);
    }

    private boolean isFree(Task task, Now now) {
        return now.isCurrent()
                && BookingPolicy.decide(task.wish(), task.rules(), now.facts(), asOf(task.order()))
                        instanceof Decision.Accepted;
    }

    private static Outcome outcome(Written written, Task task) {
        return switch (written) {
            case BOOKED -> new Outcome.Done(task.answer());
            case KEY_USED -> new Outcome.AnsweredBefore();
            // Only the constraint saw it: the key is undone with the rest.
            case OVERLAPS -> throw new Overlapped();
        };
    }

    private static Wish wish(Order order, Service service) {
        return BookingPolicy.wish(order.startAt(), service.durationMinutes * 60L, order.insistence());
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
        if (isElsewhere(order, service)) {
            throw ProblemType.invalid("locationId", "must be the service's location, or absent");
        }
        return service;
    }

    private static boolean isElsewhere(Order order, Service service) {
        UUID locationId = order.locationId();
        return locationId != null && service.locationId != null && !locationId.equals(service.locationId);
    }
}
