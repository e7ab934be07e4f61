package io.timetether.scheduling.availability;

import io.timetether.scheduling.database.Row;
import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.service.Service;
import io.timetether.scheduling.time.Intervals;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads all that takes time, by the covering indexes. */
@ApplicationScoped
class BusyTimes {

    /** The time of a staff member that is asked about, in epoch seconds. */
    record Stretch(UUID organisationId, UUID staffId, long from, long until) {}

    /** What takes time in one stretch, and the outside calendars of the staff member. */
    record Found(BusyTime busy, List<FeedFreshness> feeds) {}

    /** What was found for each stretch, and the versions of the organisations' setups, all of one moment. */
    record Reading(Map<UUID, Long> setupVersions, List<Found> found) {

        /** An organisation that has no version yet has the first one. */
        long setupVersion(UUID organisationId) {
            return setupVersions.getOrDefault(organisationId, 0L);
        }
    }

    private static final class Collected {
        private final List<long[]> occupied = new ArrayList<>();
        private final List<long[]> away = new ArrayList<>();
        private final List<Long> starts = new ArrayList<>();
        private final List<FeedFreshness> feeds = new ArrayList<>();
        private boolean hasExpiredHolds;

        Found found() {
            return new Found(
                    occupied.isEmpty() && away.isEmpty() && !hasExpiredHolds
                            ? BusyTime.NONE
                            : new BusyTime(Intervals.of(occupied), Intervals.of(away), starts, hasExpiredHolds),
                    feeds);
        }
    }

    /** No occupied time is longer than two days (a constraint says so), hence the lower bound for the index. */
    private static final String BUSY = """
            WITH asked AS (
                SELECT * FROM unnest(?, ?, ?, ?) WITH ORDINALITY AS t (organisation_id, staff_id, from_at, until_at, place)
            )
            SELECT a.place, CASE WHEN o.expires_at <= ? THEN 'EXPIRED' ELSE 'OCCUPIED' END AS kind, %1$s,
                   0::bigint AS version, NULL::uuid AS id, NULL::timestamptz AS known_from,
                   NULL::timestamptz AS known_until, NULL::timestamptz AS confirmed_at, NULL::boolean AS completed
            FROM asked a JOIN occupancy o ON o.organisation_id = a.organisation_id AND o.staff_id = a.staff_id
                AND o.start_at < a.until_at AND o.start_at > a.from_at - interval '48 hours' AND o.end_at > a.from_at %2$s
            GROUP BY 1, 2
            UNION ALL
            SELECT a.place, 'AWAY', %1$s, 0, NULL, NULL, NULL, NULL, NULL
            FROM asked a JOIN time_off o ON o.organisation_id = a.organisation_id AND o.staff_id = a.staff_id
                AND o.end_at > a.from_at AND o.start_at < a.until_at
            GROUP BY 1
            UNION ALL
            SELECT a.place, 'AWAY', %1$s, 0, NULL, NULL, NULL, NULL, NULL
            FROM asked a JOIN external_time_off o ON o.organisation_id = a.organisation_id AND o.staff_id = a.staff_id
                AND o.end_at > a.from_at AND o.start_at < a.until_at AND o.outcome = 'LOADED'
            GROUP BY 1
            UNION ALL
            SELECT a.place, 'FEED', NULL, NULL, 0, f.id, f.known_from, f.known_until, f.confirmed_at,
                   f.first_sync_completed
            FROM asked a JOIN feed f ON f.organisation_id = a.organisation_id AND f.staff_id = a.staff_id
                AND f.deleted_at IS NULL
            UNION ALL
            SELECT 0, 'SETUP', NULL, NULL, version, organisation_id, NULL, NULL, NULL, NULL FROM setup
            WHERE organisation_id = ANY (?)
            """;

    /** A row for each entry would cost more to hand over than all its entries cost to find. */
    private static final String SPANS = """
            array_agg(floor(date_part('epoch', o.start_at))::bigint) AS starts,
            array_agg(ceil(date_part('epoch', o.end_at))::bigint) AS ends""";

    private final Sql sql;
    private final Clock clock;

    BusyTimes(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * What overlaps each of these stretches, in one statement. Expired holds do not count, swept or not; neither does the
     * appointment or the hold {@code except}, which is about to move or to be used.
     *
     * @param organisations whose setups' versions are wanted
     */
    Reading read(Collection<UUID> organisations, List<Stretch> stretches, @Nullable UUID except) {
        List<Collected> collected =
                stretches.stream().map(stretch -> new Collected()).toList();
        Map<UUID, Long> versions = new HashMap<>();
        sql.list(
                BUSY.formatted(SPANS, but(except)),
                row -> {
                    String kind = row.text("kind");
                    return kind.equals("SETUP")
                            ? versions.put(row.uuid("id"), row.number("version"))
                            : collect(row, kind, stretches, collected);
                },
                stretches.stream().map(Stretch::organisationId).toArray(UUID[]::new),
                stretches.stream().map(Stretch::staffId).toArray(UUID[]::new),
                stretches.stream().map(one -> Instant.ofEpochSecond(one.from())).toArray(Instant[]::new),
                stretches.stream()
                        .map(one -> Instant.ofEpochSecond(one.until()))
                        .toArray(Instant[]::new),
                clock.instant(),
                except == null ? List.of() : List.of(except, except),
                organisations.toArray(UUID[]::new));
        return new Reading(versions, collected.stream().map(Collected::found).toList());
    }

    /** Appointments and living holds of a service that begin in [{@code from}, {@code until}), whoever they are with. */
    List<FullDays.Taken> taken(Service service, long from, long until, @Nullable UUID except) {
        Instant start = Instant.ofEpochSecond(from);
        Instant end = Instant.ofEpochSecond(until);
        return sql.list(
                """
                SELECT staff_id, floor(extract(epoch FROM start_at))::bigint AS start_second FROM appointment
                WHERE organisation_id = ? AND service_id = ? AND status <> 'CANCELLED' AND start_at >= ? AND start_at < ?
                  AND (?::uuid IS NULL OR id <> ?::uuid)
                UNION ALL
                SELECT staff_id, floor(extract(epoch FROM hold_start_at))::bigint FROM occupancy
                WHERE organisation_id = ? AND kind = 'HOLD' AND hold_service_id = ? AND hold_start_at >= ?
                  AND hold_start_at < ? AND expires_at > ? AND (?::uuid IS NULL OR id <> ?::uuid)
                """,
                row -> new FullDays.Taken(row.uuid("staff_id"), row.number("start_second")),
                service.organisationId,
                service.id,
                start,
                end,
                except,
                except,
                service.organisationId,
                service.id,
                start,
                end,
                clock.instant(),
                except,
                except);
    }

    /** Named only where it is needed: a column more would cost all readers the index-only scan. */
    private static String but(@Nullable UUID except) {
        return except == null ? "" : "AND o.appointment_id IS DISTINCT FROM ? AND o.id <> ?";
    }

    private static boolean collect(Row row, String kind, List<Stretch> stretches, List<Collected> collected)
            throws SQLException {
        int place = row.integer("place") - 1;
        Collected of = collected.get(place);
        return switch (kind) {
            case "FEED" ->
                of.feeds.add(new FeedFreshness(
                        stretches.get(place).staffId(),
                        row.uuid("id"),
                        row.instantOrNull("confirmed_at"),
                        row.instantOrNull("known_from"),
                        row.instantOrNull("known_until"),
                        row.flag("completed")));
            case "EXPIRED" -> of.hasExpiredHolds = true;
            case "OCCUPIED" -> {
                List<long[]> spans = spans(row);
                spans.forEach(span -> of.starts.add(span[0]));
                yield of.occupied.addAll(spans);
            }
            default -> of.away.addAll(spans(row));
        };
    }

    private static List<long[]> spans(Row row) throws SQLException {
        List<Long> starts = row.numbers("starts");
        List<Long> ends = row.numbers("ends");
        List<long[]> spans = new ArrayList<>(starts.size());
        for (int i = 0; i < starts.size(); i++) {
            spans.add(new long[] {starts.get(i), ends.get(i)});
        }
        return spans;
    }
}
