package io.timetether.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.timetether.scheduling.database.ExplainingSql;
import io.timetether.scheduling.database.Sql;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Only where asked for ({@code -Dtimetether.rows=1000000} for a million appointments), because filling the tables takes
 * long. How PostgreSQL carries out what is asked all day, with many rows: never by reading a whole table.
 */
@EnabledIfSystemProperty(named = "timetether.rows", matches = "\\d+")
@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class PlansIT {

    private static final int ROWS = Integer.getInteger("timetether.rows", 40_000);
    private static final int STAFF = 100;
    private static final Instant DAY =
            Instant.now().truncatedTo(ChronoUnit.DAYS).plus(3, ChronoUnit.DAYS);
    /** Everybody is booked and away for the first half of each hour. */
    private static final Instant HALF_PAST_NINE = DAY.plus(570, ChronoUnit.MINUTES);

    private static final Pattern WHOLE_TABLE = Pattern.compile(
            "Seq Scan on (appointment|occupancy|attendee|appointment_history|client|time_off|external_time_off"
                    + "|change_log|idempotency_key)\\b");

    @Inject
    DataSource dataSource;

    @Test
    void whatIsAskedAllDayReadsNoWholeTable() throws SQLException {
        Practice practice = Api.practice("UTC");
        Api admin = practice.admin();
        String staff = practice.staffMember("Ada", "UTC");
        String service = practice.service(30, Map.of("maxPerDayOrganisation", 100_000));
        String client = practice.client("Bo");
        fill(practice.id(), service, client);

        ExplainingSql sql = new ExplainingSql(dataSource);
        QuarkusMock.installMockForType(sql, Sql.class);
        String range = "from=" + DAY + "&to=" + DAY.plus(30, ChronoUnit.DAYS);
        admin.get("/api/v1/availability?serviceId=" + service + "&staffId=" + staff + "&" + range)
                .then()
                .statusCode(200);
        String id = admin.id(
                admin.book(service, staff, HALF_PAST_NINE, Map.of("name", "Cleo", "email", "cleo@example.org")));
        admin.book(service, staff, HALF_PAST_NINE, Map.of("clientId", client))
                .then()
                .statusCode(409);
        admin.changing(
                        "POST",
                        "/api/v1/appointments/" + id + "/reschedule",
                        1,
                        Map.of(
                                "startAt",
                                HALF_PAST_NINE.plus(2, ChronoUnit.HOURS).toString()))
                .then()
                .statusCode(200);
        admin.get("/api/v1/appointments/" + id + "/history").then().statusCode(200);
        admin.get("/api/v1/appointments?staffId=" + staff + "&" + range).then().statusCode(200);
        admin.get("/api/v1/calendar?staffId=" + staff + "&from=" + DAY + "&to=" + DAY.plus(7, ChronoUnit.DAYS))
                .then()
                .statusCode(200);
        admin.get("/api/v1/calendar-entries/17").then().statusCode(200);
        admin.get("/api/v1/clients?q={q}", "number 777").then().statusCode(200);
        Api.calendarSync()
                .get("/internal/v1/appointments?organisationId=" + practice.id() + "&staffId=" + staff + "&from=" + DAY)
                .then()
                .statusCode(200);
        String cursor = Api.calendarSync().get("/internal/v1/changes").path("next");
        Api.calendarSync()
                .get("/internal/v1/changes?wait=0&after={after}", cursor)
                .then()
                .statusCode(200);

        assertThat(sql.plans()).hasSizeGreaterThan(12);
        sql.plans().forEach((statement, plan) -> {
            Matcher whole = WHOLE_TABLE.matcher(plan);
            assertThat(whole.find()).as("%s%n%s", statement, plan).isFalse();
        });
        String busy = sql.plans().entrySet().stream()
                .filter(entry -> entry.getKey().contains("'SETUP'"))
                .findFirst()
                .orElseThrow()
                .getValue();
        assertThat(busy).contains("Index Only Scan using occupancy_window");
        assertThat(sql.plans().values()).anyMatch(plan -> plan.contains("appointment_service_day"));
        assertThat(sql.plans().values()).anyMatch(plan -> plan.contains("client_search"));
    }

    private void fill(UUID organisation, String service, String client) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : List.of("""
                    INSERT INTO staff (id, organisation_id, name, email, time_zone, active, version, created_at, updated_at)
                    SELECT gen_random_uuid(), '%1$s', 'Staff ' || n, 's@example.org', 'UTC', true, 0, now(), now()
                    FROM generate_series(1, %2$d) n
                    """, """
                    INSERT INTO client (id, organisation_id, name, email, version, created_at, updated_at)
                    SELECT gen_random_uuid(), '%1$s', 'Number ' || n, n || '@example.org', 0, now(), now()
                    FROM generate_series(1, %3$d / 4) n
                    """, """
                    INSERT INTO appointment (id, organisation_id, number, staff_id, service_id, start_at, end_at, status,
                                             version, created_at, updated_at)
                    SELECT gen_random_uuid(), '%1$s', 100000 + n * 10000 + s.place, s.id, '%4$s',
                           date_trunc('hour', now(), 'UTC') + n * interval '1 hour', date_trunc('hour', now(), 'UTC') + n * interval '1 hour' + interval '30 minutes', 'OPEN', 1,
                           now(), now()
                    FROM (SELECT id, row_number() OVER () AS place FROM staff WHERE organisation_id = '%1$s') s,
                         generate_series(1, %3$d / %2$d) n
                    """, """
                    INSERT INTO occupancy (id, organisation_id, staff_id, kind, appointment_id, start_at, end_at)
                    SELECT gen_random_uuid(), organisation_id, staff_id, 'APPOINTMENT', id, start_at, end_at
                    FROM appointment WHERE organisation_id = '%1$s'
                    """, """
                    INSERT INTO attendee (id, organisation_id, appointment_id, client_id, position, status)
                    SELECT gen_random_uuid(), organisation_id, id, '%5$s', 1, 'BOOKED'
                    FROM appointment WHERE organisation_id = '%1$s'
                    """, """
                    INSERT INTO appointment_history
                        (organisation_id, appointment_id, version, at, actor, action, status, staff_id, start_at)
                    SELECT organisation_id, id, 1, now(), 'client', 'BOOKED', status, staff_id, start_at
                    FROM appointment WHERE organisation_id = '%1$s'
                    """, """
                    INSERT INTO time_off (id, organisation_id, staff_id, number, title, start_at, end_at, version,
                                          created_at, updated_at)
                    SELECT gen_random_uuid(), organisation_id, staff_id, number + 5000000000, 'Away', start_at, end_at, 1,
                           now(), now()
                    FROM appointment WHERE organisation_id = '%1$s'
                    """)) {
                statement.execute(sql.formatted(organisation, STAFF, ROWS, service, client));
            }
            statement.execute(
                    "INSERT INTO time_off SELECT gen_random_uuid(), organisation_id, staff_id, 17, title, start_at,"
                            + " end_at, start_date, end_date, version, created_at, updated_at FROM time_off WHERE organisation_id = '"
                            + organisation + "' LIMIT 1");
            for (String table : List.of(
                    "staff", "client", "appointment", "occupancy", "attendee", "appointment_history", "time_off")) {
                statement.execute("VACUUM ANALYZE " + table);
            }
        }
    }
}
