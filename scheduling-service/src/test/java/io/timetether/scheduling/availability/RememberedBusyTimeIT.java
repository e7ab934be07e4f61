package io.timetether.scheduling.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.timetether.scheduling.Api;
import io.timetether.scheduling.PostgresForTests;
import io.timetether.scheduling.Practice;
import io.timetether.scheduling.availability.BusyTimes.Reading;
import io.timetether.scheduling.availability.BusyTimes.Stretch;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an instance remembers of busy time is what the tables hold, whoever wrote it: here by SQL, as another instance
 * would, so that nothing in this process can have heard of it.
 */
@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class RememberedBusyTimeIT {

    private static final long WEEK = 7 * 86_400;
    private static final long FROM = 3000 * WEEK;
    private static final long UNTIL = FROM + 2 * WEEK;
    private static final int STAFF = 3;
    private static final int STEPS = 150;

    @Inject
    DataSource dataSource;

    @Inject
    BusyTimes busyTimes;

    @Inject
    Clock clock;

    private UUID organisation;
    private List<Stretch> stretches;
    private String service;

    @BeforeEach
    void somebodyToBeBusy() {
        Practice practice = Api.practice("UTC");
        organisation = practice.id();
        service = practice.service(30, Map.of());
        stretches = IntStream.range(0, STAFF)
                .mapToObj(n -> practice.staffMember("Staff" + n, "UTC"))
                .map(staff -> new Stretch(organisation, UUID.fromString(staff), FROM, UNTIL))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsRememberedIsWhatTheTablesHold(long seed) throws SQLException {
        Random random = new Random(seed);
        List<Deed> deeds = new ArrayList<>();
        for (UUID staff : staff()) {
            UUID feed = feed(staff);
            deeds.addAll(List.of(
                    () -> hold(staff, minute(random)),
                    () -> timeOff(staff, minute(random)),
                    () -> imported(staff, feed, minute(random)),
                    () -> some(random, "DELETE FROM occupancy WHERE id", "occupancy", staff),
                    () -> some(random, "DELETE FROM time_off WHERE id", "time_off", staff),
                    () -> some(random, "DELETE FROM external_time_off WHERE id", "external_time_off", staff),
                    () -> some(
                            random,
                            "UPDATE time_off SET end_at = end_at + interval '20 minutes' WHERE id",
                            "time_off",
                            staff),
                    () -> some(
                            random,
                            "UPDATE external_time_off SET outcome = 'REJECTED', reason_code = 'REJECTED' WHERE id",
                            "external_time_off",
                            staff),
                    () -> some(
                            random,
                            "UPDATE external_time_off SET outcome = 'LOADED', reason_code = NULL WHERE id",
                            "external_time_off",
                            staff),
                    () -> change("UPDATE feed SET confirmed_at = now() WHERE id = ?", feed),
                    () -> some(
                            random,
                            "UPDATE occupancy SET staff_id = '" + staff().get(random.nextInt(STAFF)) + "' WHERE id",
                            "occupancy",
                            staff)));
        }
        for (int step = 0; step < STEPS; step++) {
            deeds.get(random.nextInt(deeds.size())).once();
            assertThat(busyTimes.recall(organisation, stretches))
                    .as("seed %d, step %d", seed, step)
                    .usingRecursiveComparison()
                    .isEqualTo(asTheyAre());
        }
    }

    @Test
    void whatIsNotCommittedIsNotSeenAndWhatIsCommittedIs() throws SQLException {
        UUID staff = staff().getFirst();
        Reading before = busyTimes.recall(organisation, stretches);
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            hold(connection, staff, Duration.ofMinutes(90), Duration.ofHours(1));
            assertThat(busyTimes.recall(organisation, stretches))
                    .usingRecursiveComparison()
                    .isEqualTo(before);
            connection.commit();
        }
        assertThat(busyTimes
                        .recall(organisation, stretches)
                        .found()
                        .getFirst()
                        .busy()
                        .starts())
                .hasSize(1);
    }

    @Test
    void aRememberedHoldExpires() throws SQLException {
        UUID staff = staff().getFirst();
        try (Connection connection = dataSource.getConnection()) {
            hold(connection, staff, Duration.ofMinutes(90), Duration.ofMillis(400));
        }
        assertThat(busyTimes
                        .recall(organisation, stretches)
                        .found()
                        .getFirst()
                        .busy()
                        .starts())
                .hasSize(1);
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            BusyTime busy =
                    busyTimes.recall(organisation, stretches).found().getFirst().busy();
            return busy.starts().isEmpty() && busy.hasExpiredHolds();
        });
    }

    private interface Deed {
        void once() throws SQLException;
    }

    private Reading asTheyAre() {
        return busyTimes.read(List.of(organisation), stretches, null);
    }

    private List<UUID> staff() {
        return stretches.stream().map(Stretch::staffId).toList();
    }

    private static Duration minute(Random random) {
        return Duration.ofMinutes(random.nextInt(14 * 24 * 60));
    }

    private UUID feed(UUID staff) throws SQLException {
        UUID id = UUID.randomUUID();
        change(
                "INSERT INTO feed (id, organisation_id, staff_id, fence, calendar_name, subjects_shared, state,"
                        + " first_sync_completed) VALUES (?, ?, ?, 1, 'Calendar', false, 'ACTIVE', true)",
                id,
                organisation,
                staff);
        return id;
    }

    private void hold(UUID staff, Duration after) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            hold(connection, staff, after, Duration.ofHours(1));
        } catch (SQLException e) {
            if (!"23P01".equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    private void hold(Connection connection, UUID staff, Duration after, Duration living) throws SQLException {
        Instant start = Instant.ofEpochSecond(FROM).plus(after);
        change(
                connection,
                "INSERT INTO occupancy (id, organisation_id, staff_id, kind, start_at, end_at, expires_at, holder,"
                        + " hold_service_id, hold_start_at) VALUES (gen_random_uuid(), ?, ?, 'HOLD', ?, ?, ?, 'somebody', ?, ?)",
                organisation,
                staff,
                start,
                start.plusSeconds(1800),
                clock.instant().plus(living),
                UUID.fromString(service),
                start);
    }

    private void timeOff(UUID staff, Duration after) throws SQLException {
        Instant start = Instant.ofEpochSecond(FROM).plus(after);
        change(
                "INSERT INTO time_off (id, organisation_id, staff_id, number, title, start_at, end_at, version, created_at,"
                        + " updated_at) VALUES (gen_random_uuid(), ?, ?, (random() * 1e15)::bigint, 'Away', ?, ?, 1, now(), now())",
                organisation,
                staff,
                start,
                start.plusSeconds(7200));
    }

    private void imported(UUID staff, UUID feed, Duration after) throws SQLException {
        Instant start = Instant.ofEpochSecond(FROM).plus(after);
        change(
                "INSERT INTO external_time_off (id, organisation_id, staff_id, feed_id, item_id, number, title, start_at,"
                        + " end_at, outcome, verdict_version) VALUES (gen_random_uuid(), ?, ?, ?, gen_random_uuid()::text,"
                        + " (random() * 1e15)::bigint, 'Busy', ?, ?, 'LOADED', nextval('verdict_version'))",
                organisation,
                staff,
                feed,
                start,
                start.plusSeconds(3600));
    }

    private void some(Random random, String change, String table, UUID staff) throws SQLException {
        try {
            change(
                    change + " = (SELECT id FROM " + table + " WHERE staff_id = ? ORDER BY id OFFSET ? LIMIT 1)",
                    staff,
                    random.nextInt(5));
        } catch (SQLException e) {
            if (!"23P01".equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    private void change(String sql, Object... arguments) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            change(connection, sql, arguments);
        }
    }

    private static void change(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(
                        i + 1,
                        arguments[i] instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : arguments[i]);
            }
            statement.executeUpdate();
        }
    }
}
