package io.timetether.scheduling.appointment;

import io.timetether.scheduling.appointment.BookingPolicy.Insistence;
import io.timetether.scheduling.appointment.Bookings.Written;
import io.timetether.scheduling.http.Answer;
import io.timetether.scheduling.http.IdempotencyKeys;
import io.timetether.scheduling.service.Service;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.constraints.NotNull;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Keeps a time free for five minutes, by the same rules and under the same constraint as a booking. */
@ApplicationScoped
class Holding {

    /** What shall be held. */
    @Schema(name = "NewHold")
    record NewHold(
            @NotNull UUID serviceId,

            @Schema(description = "Without it, whoever is free and has the fewest appointments that day.") @Nullable
            UUID staffId,

            @NotNull Instant startAt,
            @Nullable UUID locationId) {}

    private final Placing placing;
    private final Holds holds;
    private final IdempotencyKeys keys;
    private final Clock clock;

    Holding(Placing placing, Holds holds, IdempotencyKeys keys, Clock clock) {
        this.placing = placing;
        this.holds = holds;
        this.keys = keys;
        this.clock = clock;
    }

    /** 201 with the hold, or the problem that a retry with the same key gets as well. */
    Answer hold(Actor actor, @Nullable String key, NewHold wish) {
        IdempotencyKeys.Attempt attempt = keys.attempt(
                actor.organisationId(),
                actor.keyOwner(),
                "createHold",
                key == null ? UUID.randomUUID().toString() : key,
                wish);
        Optional<Answer> earlier = key == null ? Optional.empty() : keys.find(attempt);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        Placing.Order order = new Placing.Order(
                actor,
                attempt,
                wish.serviceId(),
                wish.staffId(),
                wish.locationId(),
                wish.startAt(),
                Insistence.ONLY_WHAT_IS_OFFERED,
                null,
                null);
        return placing.place(order, (setup, service) -> plan(order, service));
    }

    private Placing.Plan plan(Placing.Order order, Service service) {
        return new Placing.Plan() {
            private @Nullable Hold latest;

            @Override
            public Answer answerFor(UUID staffId) {
                Hold hold = new Hold(
                        UUID.randomUUID(),
                        service.id,
                        staffId,
                        order.startAt(),
                        order.startAt().plusSeconds(service.durationMinutes * 60L),
                        clock.instant().plus(Hold.KEPT));
                latest = hold;
                return keys.answer(201, "/api/v1/holds/" + hold.id(), null, hold);
            }

            @Override
            public Optional<Bookings.Entry> entry(Answer answer, Instant occupiedFrom, Instant occupiedUntil) {
                return Optional.empty();
            }

            @Override
            public Written write(UUID staffId, Answer answer, Instant occupiedFrom, Instant occupiedUntil) {
                return holds.hold(
                        order.actor().organisationId(),
                        order.attempt(),
                        answer,
                        Objects.requireNonNull(latest),
                        order.actor().keyOwner(),
                        occupiedFrom,
                        occupiedUntil);
            }
        };
    }
}
