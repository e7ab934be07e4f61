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

    /** Busy time and outside calendars of several staff members, and the version of the setup, all of one moment. */
    record Reading(long setupVersion, Map<UUID, BusyTime> busy, List<FeedFreshness> feeds) {}

    private static final class Collected {
        private final List<long[]> occupied = new ArrayList<>();
        private final List<long[]> away = new ArrayList<>();
        private final List<Long> starts = new ArrayList<>();
        private boolean hasExpiredHolds;
    }

    /** No occupied time is longer than two days (a constraint says so), hence the lower bound for the index. */
    private static final String BUSY = """
            SELECT CASE WHEN expires_at <= ? THEN 'EXPIRED' ELSE 'OCCUPIED' END AS kind, staff_id, floor(extract(epoch FROM start_at))::bigint AS start_second,
                   ceil(extract(epoch FROM end_at))::bigint AS end_second%1$s
            FROM occupancy
            WHERE organisation_id = ? AND staff_id = ANY (?) AND start_at < ?
              AND start_at > ?::timestamptz - interval '48 hours' AND end_at > ?
              %2$s
            UNION ALL
            SELECT 'AWAY', staff_id, floor(extract(epoch FROM start_at))::bigint, ceil(extract(epoch FROM end_at))::bigint%1$s
            FROM time_off WHERE organisation_id = ? AND staff_id = ANY (?) AND end_at > ? AND start_at < ?
            UNION ALL
            SELECT 'AWAY', staff_id, floor(extract(epoch FROM start_at))::bigint, ceil(extract(epoch FROM end_at))::bigint%1$s
            FROM external_time_off
            WHERE organisation_id = ? AND staff_id = ANY (?) AND end_at > ? AND start_at < ? AND outcome = 'LOADED'
            """;

    private static final String MORE_COLUMNS = ", NULL::uuid AS feed_id, NULL::timestamptz AS known_from,"
            + " NULL::timestamptz AS known_until, NULL::timestamptz AS confirmed_at, NULL::boolean AS completed";

    private static final String MORE_ROWS = """
            UNION ALL
            SELECT 'FEED', staff_id, 0, 0, id, known_from, known_until, confirmed_at, first_sync_completed FROM feed
            WHERE organisation_id = ? AND staff_id = ANY (?) AND deleted_at IS NULL
            UNION ALL
            SELECT 'SETUP', NULL, version, 0, NULL, NULL, NULL, NULL, NULL FROM setup WHERE organisation_id = ?
            """;

    private final Sql sql;
    private final Clock clock;

    BusyTimes(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** As {@link #of}, with the outside calendars' freshness and the setup's version, in one statement. */
    Reading read(UUID organisationId, Collection<UUID> staffIds, long from, long until, @Nullable UUID except) {
        Map<UUID, Collected> collected = new HashMap<>();
        List<FeedFreshness> feeds = new ArrayList<>();
        long[] version = new long[1];
        List<@Nullable Object> arguments = arguments(organisationId, staffIds, from, until, except);
        arguments.add(organisationId);
        arguments.add(staffIds.toArray(UUID[]::new));
        arguments.add(organisationId);
        sql.list(
                BUSY.formatted(MORE_COLUMNS, but(except)) + MORE_ROWS,
                row -> switch (row.text("kind")) {
                    case "SETUP" -> version[0] = row.number("start_second");
                    case "FEED" ->
                        feeds.add(new FeedFreshness(
                                row.uuid("staff_id"),
                                row.uuid("feed_id"),
                                row.instantOrNull("confirmed_at"),
                                row.instantOrNull("known_from"),
                                row.instantOrNull("known_until"),
                                row.flag("completed")));
                    default -> collect(row, collected);
                },
                arguments.toArray());
        return new Reading(version[0], busy(collected), feeds);
    }

    /**
     * Of these staff members, overlapping [{@code from}, {@code until}) in epoch seconds. Expired holds do not count,
     * swept or not; neither does the appointment or the hold {@code except}, which is about to move or to be used.
     */
    Map<UUID, BusyTime> of(
            UUID organisationId, Collection<UUID> staffIds, long from, long until, @Nullable UUID except) {
        Map<UUID, Collected> collected = new HashMap<>();
        sql.list(
                BUSY.formatted("", but(except)),
                row -> collect(row, collected),
                arguments(organisationId, staffIds, from, until, except).toArray());
        return busy(collected);
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
        return except == null ? "" : "AND appointment_id IS DISTINCT FROM ? AND id <> ?";
    }

    private List<@Nullable Object> arguments(
            UUID organisationId, Collection<UUID> staffIds, long from, long until, @Nullable UUID except) {
        Instant start = Instant.ofEpochSecond(from);
        Instant end = Instant.ofEpochSecond(until);
        UUID[] ids = staffIds.toArray(UUID[]::new);
        List<@Nullable Object> arguments = new ArrayList<>();
        arguments.add(clock.instant());
        arguments.add(organisationId);
        arguments.add(ids);
        arguments.add(end);
        arguments.add(start);
        arguments.add(start);
        if (except != null) {
            arguments.add(except);
            arguments.add(except);
        }
        for (int table = 0; table < 2; table++) {
            arguments.add(organisationId);
            arguments.add(ids);
            arguments.add(start);
            arguments.add(end);
        }
        return arguments;
    }

    private static boolean collect(Row row, Map<UUID, Collected> collected) throws SQLException {
        Collected of = collected.computeIfAbsent(row.uuid("staff_id"), id -> new Collected());
        long[] pair = {row.number("start_second"), row.number("end_second")};
        return switch (row.text("kind")) {
            case "OCCUPIED" -> of.starts.add(pair[0]) && of.occupied.add(pair);
            case "EXPIRED" -> of.hasExpiredHolds = true;
            default -> of.away.add(pair);
        };
    }

    private static Map<UUID, BusyTime> busy(Map<UUID, Collected> collected) {
        Map<UUID, BusyTime> busy = new HashMap<>();
        collected.forEach((staffId, of) -> busy.put(
                staffId,
                new BusyTime(Intervals.of(of.occupied), Intervals.of(of.away), of.starts, of.hasExpiredHolds)));
        return busy;
    }
}
