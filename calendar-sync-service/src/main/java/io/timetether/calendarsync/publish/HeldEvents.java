package io.timetether.calendarsync.publish;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.UUID;

/** The mapping again, as the brake concerns it: events whose appointment is gone, and that nobody asked to go. */
@ApplicationScoped
@Transactional
class HeldEvents implements PanacheRepositoryBase<PublishedEvent, UUID> {

    private final Clock clock;

    HeldEvents(Clock clock) {
        this.clock = clock;
    }

    /** The appointment is gone and nobody said why: the event stays until the brake has judged. */
    void hold(PublishedEvent event) {
        update(
                "removalHeld = true, written = ?1, attempts = 0, lastError = null where id = ?2",
                event.wanted(),
                event.id());
    }

    /** Events of a feed whose removal is held, and all of its future events. */
    record Held(int held, int known) {}

    Held count(UUID feedId) {
        int held = Math.toIntExact(count("feedId = ?1 and removalHeld", feedId));
        return held == 0
                ? new Held(0, 0)
                : new Held(
                        held,
                        Math.toIntExact(count(
                                "feedId = ?1 and state = WRITTEN and (removalHeld or endsAt is null or endsAt > ?2)",
                                feedId,
                                clock.instant())));
    }

    /** The brake found nothing wrong: they go. */
    void release(UUID feedId) {
        update("""
                removalHeld = false, removalWanted = true, wanted = wanted + 1, notBefore = ?1
                where feedId = ?2 and removalHeld
                """, clock.instant(), feedId);
    }
}
