package io.timetether.scheduling.appointment;

import io.quarkus.scheduler.Scheduled;
import io.timetether.scheduling.appointment.Bookings.Written;
import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.http.Answer;
import io.timetether.scheduling.http.IdempotencyKeys;
import io.timetether.scheduling.http.IdempotencyKeys.Attempt;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Holds: rows of the same table as appointments' occupied time, under the same constraint. One that has expired counts
 * nowhere; it is removed by whoever writes for the staff member next, or swept.
 */
@ApplicationScoped
class Holds {

    private final Sql sql;
    private final IdempotencyKeys keys;
    private final Clock clock;

    Holds(Sql sql, IdempotencyKeys keys, Clock clock) {
        this.sql = sql;
        this.keys = keys;
        this.clock = clock;
    }

    /** The holder's own one, if it has not expired. */
    Optional<Hold> find(UUID organisationId, String holder, UUID id) {
        return sql.find(
                """
                SELECT o.id, o.hold_service_id, o.staff_id, o.hold_start_at, o.expires_at,
                       o.hold_start_at + s.duration_minutes * interval '1 minute' AS hold_end_at
                FROM occupancy o JOIN service s ON s.organisation_id = o.organisation_id AND s.id = o.hold_service_id
                WHERE o.organisation_id = ? AND o.id = ? AND o.kind = 'HOLD' AND o.holder = ? AND o.expires_at > ?
                """,
                row -> new Hold(
                        row.uuid("id"),
                        row.uuid("hold_service_id"),
                        row.uuid("staff_id"),
                        row.instant("hold_start_at"),
                        row.instant("hold_end_at"),
                        row.instant("expires_at")),
                organisationId,
                id,
                holder,
                clock.instant());
    }

    /** Writes the answer's key and the hold in one statement; see {@link Bookings#write}. */
    Written hold(
            UUID organisationId,
            Attempt attempt,
            Answer answer,
            Hold hold,
            String holder,
            Instant occupiedFrom,
            Instant occupiedUntil) {
        return sql.get(
                IdempotencyKeys.KEEPING + """
                , occupied AS (
                    INSERT INTO occupancy (id, organisation_id, staff_id, kind, start_at, end_at, expires_at, holder,
                                           hold_service_id, hold_start_at)
                    SELECT ?::uuid, ?::uuid, ?::uuid, 'HOLD', ?::timestamptz, ?::timestamptz, ?::timestamptz, ?,
                           ?::uuid, ?::timestamptz FROM used_key
                    ON CONFLICT DO NOTHING RETURNING 1
                )
                SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM used_key) THEN 'KEY_USED'
                            WHEN NOT EXISTS (SELECT 1 FROM occupied) THEN 'OVERLAPS'
                            ELSE 'BOOKED' END AS written
                """,
                row -> Written.valueOf(row.text("written")),
                keys.keeping(attempt, answer),
                hold.id(),
                organisationId,
                hold.staffId(),
                occupiedFrom,
                occupiedUntil,
                hold.expiresAt(),
                holder,
                hold.serviceId(),
                hold.startAt());
    }

    /** False if it was gone already. */
    boolean remove(UUID organisationId, String holder, UUID id) {
        return sql.change(
                        "DELETE FROM occupancy WHERE organisation_id = ? AND id = ? AND kind = 'HOLD' AND holder = ?",
                        organisationId,
                        id,
                        holder)
                == 1;
    }

    /** Under the staff member's lock: what has expired makes room. */
    void removeExpired(UUID organisationId, UUID staffId) {
        sql.change(
                "DELETE FROM occupancy WHERE organisation_id = ? AND staff_id = ? AND kind = 'HOLD' AND expires_at <= ?",
                organisationId,
                staffId,
                clock.instant());
    }

    @Scheduled(every = "PT1M", delayed = "PT1M", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sweep() {
        sql.change("DELETE FROM occupancy WHERE kind = 'HOLD' AND expires_at <= ?", clock.instant());
    }
}
