package io.timetether.scheduling.availability;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads all that takes time, by the covering indexes, and remembers it as long as its version says that it is still so. */
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

    /** What was read under a version, and until when it stays true by itself: until the first of its holds expires. */
    private record Remembered(long version, BusyTime busy, Instant until) {

        int size() {
            return 8
                    + 2 * busy.occupied().size()
                    + 2 * busy.away().size()
                    + 3 * busy.starts().size();
        }
    }

    private static final class Collected {
        private final List<long[]> occupied = new ArrayList<>();
        private final List<long[]> away = new ArrayList<>();
        private final List<Long> starts = new ArrayList<>();
        private final List<FeedFreshness> feeds = new ArrayList<>();
        private boolean hasExpiredHolds;
        private Instant until = Instant.MAX;
        private long version;

        Found found() {
            return new Found(
                    occupied.isEmpty() && away.isEmpty() && !hasExpiredHolds
                            ? BusyTime.NONE
                            : new BusyTime(Intervals.of(occupied), Intervals.of(away), starts, hasExpiredHolds),
                    feeds);
        }

        Remembered remembered(BusyTime busy) {
            return new Remembered(version, busy, until);
        }
    }

    private static final long WEEK = 7 * 86_400;

    /** About 16 MB of numbers: half a year of a few thousand staff members. */
    private static final long MOST_REMEMBERED = 2_000_000;

    /** One is written out, so that PostgreSQL, which cannot tell how many an array holds, need not plan it each time. */
    private static final String ONE = "SELECT ?::uuid, ?::uuid, ?::timestamptz, ?::timestamptz, 1::bigint";

    private static final String SEVERAL = "SELECT * FROM unnest(?, ?, ?, ?) WITH ORDINALITY";

    private static final String ASKED =
            "WITH asked (organisation_id, staff_id, from_at, until_at, place) AS MATERIALIZED (%s)\n";

    /** No occupied time is longer than two days (a constraint says so), hence the lower bound for the index. */
    private static final String BUSY = """
            SELECT a.place, CASE WHEN o.expires_at <= ? THEN 'EXPIRED' ELSE 'OCCUPIED' END AS kind, %1$s,
                   0::bigint AS version, NULL::uuid AS id, NULL::timestamptz AS known_from,
                   min(o.expires_at) AS known_until, NULL::timestamptz AS confirmed_at, NULL::boolean AS completed
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
            """;

    /** A row for each entry would cost more to hand over than all its entries cost to find. */
    private static final String SPANS = """
            array_agg(floor(date_part('epoch', o.start_at))::bigint) AS starts,
            array_agg(ceil(date_part('epoch', o.end_at))::bigint) AS ends""";

    /** What changes often beside busy time, and the versions of busy time and setup. */
    private static final String STATE = """
            SELECT a.place, 'FEED' AS kind, NULL::bigint[] AS starts, NULL::bigint[] AS ends, 0::bigint AS version, f.id,
                   f.known_from, f.known_until, f.confirmed_at, f.first_sync_completed AS completed
            FROM asked a JOIN feed f ON f.organisation_id = a.organisation_id AND f.staff_id = a.staff_id
                AND f.deleted_at IS NULL
            UNION ALL
            SELECT a.place, 'VERSION', NULL, NULL, b.version, NULL, NULL, NULL, NULL, NULL
            FROM asked a JOIN busy_version b ON b.organisation_id = a.organisation_id AND b.staff_id = a.staff_id
            UNION ALL
            SELECT 0, 'SETUP', NULL, NULL, version, organisation_id, NULL, NULL, NULL, NULL FROM setup
            WHERE organisation_id = ANY (?)
            """;

    private final Sql sql;
    private final Clock clock;
    private final Cache<Stretch, Remembered> remembered = Caffeine.newBuilder()
            .maximumWeight(MOST_REMEMBERED)
            .weigher((Stretch stretch, Remembered of) -> of.size())
            .build();

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
        Map<UUID, Long> versions = new HashMap<>();
        List<Collected> collected = ask(
                BUSY.formatted(SPANS, but(except)) + STATE,
                organisations,
                stretches,
                versions,
                List.of(clock.instant()),
                except == null ? List.of() : List.of(except, except));
        return new Reading(versions, collected.stream().map(Collected::found).toList());
    }

    /**
     * The same of whole weeks around each stretch. What was read before is only asked whether it is still so: its version
     * is read in the same statement as the feeds and the setup's version. So it is exact on every instance.
     */
    Reading recall(UUID organisation, List<Stretch> stretches) {
        Instant now = clock.instant();
        List<Stretch> weeks = stretches.stream().map(BusyTimes::inWholeWeeks).toList();
        List<Stretch> known = new ArrayList<>();
        for (Stretch stretch : weeks) {
            Remembered of = remembered.getIfPresent(stretch);
            if (of != null && of.until().isAfter(now)) {
                known.add(stretch);
            }
        }
        Map<UUID, Long> versions = new HashMap<>();
        Map<Stretch, Found> found = new HashMap<>();
        if (!known.isEmpty()) {
            List<Collected> states = ask(STATE, List.of(organisation), known, versions);
            for (int i = 0; i < known.size(); i++) {
                Remembered of = remembered.getIfPresent(known.get(i));
                if (of != null
                        && of.version() == states.get(i).version
                        && of.until().isAfter(now)) {
                    found.put(known.get(i), new Found(of.busy(), states.get(i).feeds));
                }
            }
        }
        List<Stretch> missing =
                weeks.stream().filter(stretch -> !found.containsKey(stretch)).toList();
        if (!missing.isEmpty() || weeks.isEmpty()) {
            List<Collected> read =
                    ask(BUSY.formatted(SPANS, "") + STATE, List.of(organisation), missing, versions, List.of(now));
            for (int i = 0; i < missing.size(); i++) {
                Found of = read.get(i).found();
                found.put(missing.get(i), of);
                remembered.put(missing.get(i), read.get(i).remembered(of.busy()));
            }
        }
        return new Reading(
                versions,
                weeks.stream()
                        .map(stretch -> Objects.requireNonNull(found.get(stretch)))
                        .toList());
    }

    private static Stretch inWholeWeeks(Stretch stretch) {
        return new Stretch(
                stretch.organisationId(),
                stretch.staffId(),
                Math.floorDiv(stretch.from(), WEEK) * WEEK,
                Math.ceilDiv(stretch.until(), WEEK) * WEEK);
    }

    private List<Collected> ask(
            String statement,
            Collection<UUID> organisations,
            List<Stretch> stretches,
            Map<UUID, Long> versions,
            List<?>... more) {
        List<Collected> collected =
                stretches.stream().map(stretch -> new Collected()).toList();
        List<Object> arguments =
                new ArrayList<>(stretches.size() == 1 ? one(stretches.getFirst()) : several(stretches));
        for (List<?> some : more) {
            arguments.addAll(some);
        }
        arguments.add(organisations.toArray(UUID[]::new));
        sql.list(
                ASKED.formatted(stretches.size() == 1 ? ONE : SEVERAL) + statement,
                row -> {
                    String kind = row.text("kind");
                    return kind.equals("SETUP")
                            ? versions.put(row.uuid("id"), row.number("version"))
                            : collect(row, kind, stretches, collected);
                },
                arguments);
        return collected;
    }

    private static List<Object> one(Stretch stretch) {
        return List.of(
                stretch.organisationId(),
                stretch.staffId(),
                Instant.ofEpochSecond(stretch.from()),
                Instant.ofEpochSecond(stretch.until()));
    }

    private static List<Object> several(List<Stretch> stretches) {
        return List.of(
                stretches.stream().map(Stretch::organisationId).toArray(UUID[]::new),
                stretches.stream().map(Stretch::staffId).toArray(UUID[]::new),
                stretches.stream().map(one -> Instant.ofEpochSecond(one.from())).toArray(Instant[]::new),
                stretches.stream()
                        .map(one -> Instant.ofEpochSecond(one.until()))
                        .toArray(Instant[]::new));
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
            case "VERSION" -> {
                of.version = row.number("version");
                yield true;
            }
            case "EXPIRED" -> of.hasExpiredHolds = true;
            case "OCCUPIED" -> {
                Instant firstToExpire = row.instantOrNull("known_until");
                of.until = firstToExpire == null ? Instant.MAX : firstToExpire;
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
