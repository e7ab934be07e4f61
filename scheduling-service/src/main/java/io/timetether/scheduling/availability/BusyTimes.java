package io.timetether.scheduling.availability;

import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.time.Intervals;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads all that takes time, in one statement, by the covering indexes. */
@ApplicationScoped
public class BusyTimes {

    private static final class Collected {
        private final List<long[]> occupied = new ArrayList<>();
        private final List<long[]> away = new ArrayList<>();
    }

    private final Sql sql;
    private final Clock clock;

    BusyTimes(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Of these staff members, overlapping [{@code from}, {@code until}) in epoch seconds. Expired holds do not count,
     * swept or not; neither does the appointment {@code except}, which is about to move.
     */
    public Map<UUID, BusyTime> of(
            UUID organisationId, Collection<UUID> staffIds, long from, long until, @Nullable UUID except) {
        Instant start = Instant.ofEpochSecond(from);
        Instant end = Instant.ofEpochSecond(until);
        UUID[] ids = staffIds.toArray(UUID[]::new);
        Map<UUID, Collected> collected = new HashMap<>();
        // No occupied time is longer than two days (a constraint says so), hence the lower bound for the index.
        sql.list(
                """
                SELECT staff_id, true AS occupied, floor(extract(epoch FROM start_at))::bigint AS start_second,
                       ceil(extract(epoch FROM end_at))::bigint AS end_second
                FROM occupancy
                WHERE organisation_id = ? AND staff_id = ANY (?) AND start_at < ?
                  AND start_at > ?::timestamptz - interval '48 hours' AND end_at > ?
                  AND (expires_at IS NULL OR expires_at > ?)
                  AND (?::uuid IS NULL OR appointment_id IS DISTINCT FROM ?::uuid)
                UNION ALL
                SELECT staff_id, false, floor(extract(epoch FROM start_at))::bigint, ceil(extract(epoch FROM end_at))::bigint
                FROM time_off WHERE organisation_id = ? AND staff_id = ANY (?) AND end_at > ? AND start_at < ?
                UNION ALL
                SELECT staff_id, false, floor(extract(epoch FROM start_at))::bigint, ceil(extract(epoch FROM end_at))::bigint
                FROM external_time_off
                WHERE organisation_id = ? AND staff_id = ANY (?) AND end_at > ? AND start_at < ? AND outcome = 'LOADED'
                """,
                row -> {
                    Collected of = collected.computeIfAbsent(row.uuid("staff_id"), id -> new Collected());
                    return (row.flag("occupied") ? of.occupied : of.away)
                            .add(new long[] {row.number("start_second"), row.number("end_second")});
                },
                organisationId,
                ids,
                end,
                start,
                start,
                clock.instant(),
                except,
                except,
                organisationId,
                ids,
                start,
                end,
                organisationId,
                ids,
                start,
                end);
        Map<UUID, BusyTime> busy = new HashMap<>();
        collected.forEach(
                (staffId, of) -> busy.put(staffId, new BusyTime(Intervals.of(of.occupied), Intervals.of(of.away))));
        return busy;
    }
}
