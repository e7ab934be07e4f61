package io.timetether.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What is kept about clients and about who did what, and how it goes. */
@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class RecordsIT {

    private static final LocalDate DAY =
            LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC).plusDays(2);

    @Inject
    DataSource dataSource;

    private static Instant at(int hour) {
        return DAY.atStartOfDay(ZoneOffset.UTC).toInstant().plus(hour, ChronoUnit.HOURS);
    }

    private static List<String> starts(Api api, String more) {
        return api.starts(at(0), at(24), more);
    }

    @Test
    void whoDidWhatIsInTheHistoryAndInTheAuditLog() throws SQLException {
        Practice practice = Api.practice("UTC");
        Api admin = practice.admin();
        String staff = practice.staffMember("Gus", "UTC");
        String service = practice.service(30, Map.of());
        String id = admin.book(service, staff, at(9), Map.of("name", "Hedwig Secret"))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        admin.changing("POST", "/api/v1/appointments/" + id + "/reschedule", 1, Map.of("startAt", at(10).toString()))
                .then()
                .statusCode(200);
        admin.changing("PUT", "/api/v1/appointments/" + id + "/status", 2, Map.of("status", "CONFIRMED"))
                .then()
                .statusCode(200);
        Api sam = practice.signInAs(staff);
        sam.changing("POST", "/api/v1/appointments/" + id + "/cancellation", 3, Map.of())
                .then()
                .statusCode(200);
        admin.get("/api/v1/appointments/" + id + "/history")
                .then()
                .statusCode(200)
                .body("items.action", contains("BOOKED", "MOVED", "STATUS", "CANCELLED"))
                .body("items.actorName", contains("Ada", "Ada", "Ada", "Sam"))
                .body("items.version", contains(1, 2, 3, 4))
                .body("items[1].startAt", equalTo(at(10).toString()))
                .body("items[2].status", equalTo("CONFIRMED"));
        Api.practice("UTC")
                .admin()
                .get("/api/v1/appointments/" + id + "/history")
                .then()
                .statusCode(404);
        Response log = admin.get("/api/v1/audit-log");
        log.then()
                .statusCode(200)
                .body("items.action", hasItem("STAFF_CREATED"))
                .body("items.action", hasItem("HOURS_CHANGED"))
                .body("items.action", hasItem("SERVICE_CREATED"))
                .body("items.actor", everyItem(matchesPattern("(person|operator):[0-9a-f-]{36}")));
        assertThat(log.asString()).doesNotContain("Gus").doesNotContain("@").doesNotContain("Secret");
        sam.get("/api/v1/audit-log").then().statusCode(403);
        admin.get("/api/v1/audit-log?limit=1").then().body("items", hasSize(1)).body("next", notNullValue());
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            for (String change : List.of("UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry")) {
                org.assertj.core.api.Assertions.assertThatThrownBy(() -> statement.execute(change))
                        .hasMessageContaining("append-only");
            }
        }
    }

    @Test
    void clientsAreFoundMergedAndErased() throws SQLException {
        Practice practice = Api.practice("UTC");
        Api admin = practice.admin();
        String staff = practice.staffMember("Ida", "UTC");
        String service = practice.service(30, Map.of());
        String kept = admin.id(admin.post("/api/v1/clients", Map.of("name", "Jane Doe", "phone", "+49 30 1234")));
        String twin = admin.id(admin.post("/api/v1/clients", Map.of("name", "Jane D.", "email", "jane@doe.example")));
        String other = admin.id(admin.post("/api/v1/clients", Map.of("name", "100% Jim_Beam")));
        admin.get("/api/v1/clients?q={q}", "doe jane").then().body("items.id", contains(twin, kept));
        admin.get("/api/v1/clients?q={q}", "30 1234").then().body("items.id", contains(kept));
        admin.get("/api/v1/clients?q={q}", "0% jim_b").then().body("items.id", contains(other));
        admin.get("/api/v1/clients?q={q}", "%").then().body("items.id", contains(other));

        String appointment = admin.book(service, staff, at(9), Map.of("clientId", twin))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        admin.post("/api/v1/clients/" + kept + "/merge", Map.of("clientId", twin))
                .then()
                .statusCode(428);
        admin.changing("POST", "/api/v1/clients/" + kept + "/merge", 0, Map.of("clientId", kept))
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("clientId"));
        admin.changing("POST", "/api/v1/clients/" + kept + "/merge", 0, Map.of("clientId", twin))
                .then()
                .statusCode(200)
                .body("name", equalTo("Jane Doe"))
                .body("email", equalTo("jane@doe.example"))
                .body("phone", equalTo("+49 30 1234"));
        admin.get("/api/v1/clients/" + twin).then().statusCode(404);
        admin.get("/api/v1/appointments/" + appointment)
                .then()
                .body("attendees[0].clientId", equalTo(kept))
                .body("attendees[0].name", equalTo("Jane Doe"))
                .body("version", equalTo(2));

        String key = UUID.randomUUID().toString();
        Map<String, Object> wish = Api.booking(service, staff, at(11), Map.of("clientId", kept));
        String booked = admin.id(admin.postWithKey("/api/v1/appointments", key, wish));
        admin.request()
                .header("If-Match", "*")
                .delete("/api/v1/clients/" + kept)
                .then()
                .statusCode(204);
        admin.get("/api/v1/clients/" + kept).then().statusCode(404);
        admin.get("/api/v1/appointments/" + appointment).then().statusCode(404);
        admin.get("/api/v1/appointments/" + booked).then().statusCode(404);
        // A late retry neither tells about the client nor books again.
        admin.postWithKey("/api/v1/appointments", key, wish)
                .then()
                .statusCode(410)
                .body("type", equalTo("/problems/erased"));
        admin.book(service, staff, at(11), Map.of("name", "Kim")).then().statusCode(201);
        admin.get("/api/v1/audit-log?limit=200").then().body("items.action", hasItem("CLIENT_ERASED"));
        try (var connection = dataSource.getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT count(*) FROM change_log WHERE kind = 'ERASURE' AND entity_id IN ('"
                                + kept + "', '" + appointment + "', '" + booked + "')")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(3);
        }
        for (String table : List.of("idempotency_key", "client", "attendee", "appointment", "appointment_history")) {
            try (var connection = dataSource.getConnection();
                    var rows = connection
                            .createStatement()
                            .executeQuery("SELECT count(*) FROM " + table + " t WHERE t::text LIKE '%" + kept
                                    + "%' OR t::text LIKE '%jane@doe.example%'")) {
                rows.next();
                assertThat(rows.getInt(1)).as(table).isZero();
            }
        }
    }

    @Test
    void whatIsNotActiveIsNotOffered() {
        Practice practice = Api.practice("UTC");
        Api admin = practice.admin();
        String staff = practice.staffMember("Lea", "UTC");
        String service = practice.service(30, Map.of());
        String client = practice.client("Mia");
        admin.changing("PATCH", "/api/v1/clients/" + client, 0, Map.of("active", false))
                .then()
                .statusCode(200);
        admin.get("/api/v1/clients?active=true").then().body("items", hasSize(0));
        admin.book(service, staff, at(9), Map.of("clientId", client))
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("attendees[0].clientId"));
        admin.changing("PATCH", "/api/v1/services/" + service, 0, Map.of("active", false))
                .then()
                .statusCode(200);
        admin.book(service, staff, at(9), Map.of("name", "Nia"))
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/not-offered"));
        admin.changing("PATCH", "/api/v1/services/" + service, 1, Map.of("active", true))
                .then()
                .statusCode(200);
        admin.changing("PATCH", "/api/v1/staff/" + staff, 0, Map.of("active", false))
                .then()
                .statusCode(200);
        assertThat(starts(admin, "&serviceId=" + service)).isEmpty();
        admin.get("/api/v1/staff?active=false&q=lea").then().body("items.id", contains(staff));
        admin.get("/api/v1/staff?active=perhaps").then().statusCode(400).body("violations[0].field", equalTo("active"));
    }
}
