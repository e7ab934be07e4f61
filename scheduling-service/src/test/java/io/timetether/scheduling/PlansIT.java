package io.timetether.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.timetether.scheduling.database.ExplainingSql;
import io.timetether.scheduling.database.Sql;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How PostgreSQL carries out what is asked all day, with many rows: by the indexes that were made for it, never by reading
 * a whole table. With 50,000 appointments, or with as many as asked for ({@code -Dtimetether.rows=1000000}).
 */
@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class PlansIT {

    private static final int ROWS = Integer.getInteger("timetether.rows", 50_000);
    private static final Instant DAY =
            Instant.now().truncatedTo(ChronoUnit.DAYS).plus(3, ChronoUnit.DAYS);
    private static final String WEEK = "from=" + DAY + "&to=" + DAY.plus(7, ChronoUnit.DAYS);

    private static final Pattern WHOLE_TABLE = Pattern.compile(
            "Seq Scan on (appointment|occupancy|attendee|appointment_history|client|time_off|external_time_off"
                    + "|change_log|idempotency_key)\\b");

    private static final Map<String, Object> CLEO = Map.of("name", "Cleo", "email", "cleo@example.org");

    @Inject
    DataSource dataSource;

    private ExplainingSql sql;

    @BeforeEach
    void explain() {
        sql = new ExplainingSql(dataSource);
        QuarkusMock.installMockForType(sql, Sql.class);
    }

    @Test
    void whatIsAskedAllDayGoesByItsIndexes() throws SQLException {
        Practice practice = Api.practice("UTC");
        Api admin = practice.admin();
        String ada = practice.staffMember("Ada", "UTC");
        String service = practice.service(30, Map.of());
        String limited = practice.service(40, Map.of("maxPerDayOrganisation", 100_000));
        String busy;
        try (Connection connection = dataSource.getConnection()) {
            ManyAppointments.fill(connection, practice.id(), service, ROWS);
            busy = admin.get("/api/v1/staff?q=busy").path("items[0].id");
        }
        String slots = "/api/v1/availability?" + WEEK + "&staffId=" + busy + "&serviceId=";
        goesBy(
                () -> admin.get(slots + service),
                "Index Only Scan using occupancy_window",
                "time_off_staff",
                "external_time_off_window");
        // Busy time was read a moment ago, and is only asked whether it is still so.
        goesBy(() -> admin.get(slots + limited), "appointment_service_day");
        Response booked = goesBy(
                () -> admin.book(service, ada, DAY.plus(570, ChronoUnit.MINUTES), CLEO),
                "Index Only Scan using occupancy_window",
                "time_off_staff",
                "external_time_off_window");
        assertThat(booked.statusCode()).isEqualTo(201);
        String id = booked.path("id");
        assertThat(goesBy(() -> admin.book(service, ada, DAY.plus(570, ChronoUnit.MINUTES), CLEO), "occupancy_window")
                        .statusCode())
                .isEqualTo(409);
        goesBy(
                () -> admin.changing(
                        "POST",
                        "/api/v1/appointments/" + id + "/reschedule",
                        1,
                        Map.of("startAt", DAY.plus(690, ChronoUnit.MINUTES).toString())),
                "occupancy_window",
                "occupancy_appointment");
        goesBy(() -> admin.get("/api/v1/appointments/" + id + "/history"), "appointment_history_pkey");
        goesBy(() -> admin.get("/api/v1/appointments?" + WEEK + "&staffId=" + busy), "appointment_staff");
        goesBy(() -> admin.get("/api/v1/appointments?" + WEEK), "appointment_start");
        goesBy(() -> admin.get("/api/v1/appointments?q=1001001"), "appointment_organisation_id_number_key");
        goesBy(() -> admin.get("/api/v1/appointments?q={q}", "number 777"), "client_search", "attendee_client");
        goesBy(() -> admin.get("/api/v1/clients"), "client_name");
        goesBy(() -> admin.get("/api/v1/clients?q={q}", "number 777"), "client_search");
        goesBy(
                () -> admin.get("/api/v1/calendar?" + WEEK + "&staffId=" + busy),
                "appointment_staff",
                "time_off_staff",
                "external_time_off_window");
        goesBy(() -> admin.get("/api/v1/calendar-entries/1001001"), "appointment_organisation_id_number_key");
        goesBy(() -> admin.get("/api/v1/conflicts?staffId=" + busy), "time_off_staff", "appointment_staff");
        Api calendarSync = Api.calendarSync();
        goesBy(
                () -> calendarSync.get("/internal/v1/appointments?organisationId=" + practice.id() + "&staffId=" + busy
                        + "&limit=50&from=" + DAY),
                "appointment_staff");
        String head = calendarSync.get("/internal/v1/changes").path("next");
        goesBy(() -> calendarSync.get("/internal/v1/changes?wait=0&after={after}", head), "change_log_position");
    }

    /** Asserts that the statements of a request use these indexes, and that none of them reads a whole table. */
    private Response goesBy(Supplier<Response> request, String... indexes) {
        sql.forget();
        Response response = request.get();
        assertThat(response.statusCode())
                .as(response.asString())
                .isLessThan(500)
                .isNotEqualTo(400);
        Map<String, String> plans = sql.plans();
        plans.forEach((statement, plan) -> assertThat(WHOLE_TABLE.matcher(plan).find())
                .as("%s%n%s", statement, plan)
                .isFalse());
        for (String index : indexes) {
            assertThat(plans.values())
                    .as("plans that use " + index)
                    .anySatisfy(plan -> assertThat(plan).contains(index));
        }
        return response;
    }
}
