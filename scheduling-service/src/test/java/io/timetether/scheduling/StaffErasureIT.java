package io.timetether.scheduling;

import static io.timetether.scheduling.CalendarSync.SYNC;
import static io.timetether.scheduling.CalendarSync.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody leaves for good: nothing that is known about the person stays, and their clients' past does. */
@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class StaffErasureIT {

    @Inject
    DataSource dataSource;

    private final String name =
            "Zebulon" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);

    private Practice practice;
    private Api admin;

    @BeforeEach
    void open() {
        practice = Api.practice("UTC");
        admin = practice.admin();
    }

    private static Response erase(Api api, String staff) {
        return api.request().header("If-Match", "*").delete("/api/v1/staff/" + staff);
    }

    private static void cancel(Api api, String appointment) {
        api.changing("POST", "/api/v1/appointments/" + appointment + "/cancellation", 1, Map.of())
                .then()
                .statusCode(200);
    }

    private String staffMember(String key) {
        String staff =
                admin.id(admin.postWithKey("/api/v1/staff", key, Map.of("name", name, "email", name + "@example.org")));
        practice.hours(staff, "00:00", "24:00");
        return staff;
    }

    private Map<String, Object> person(String role, String staff) {
        return Map.of("name", name, "email", name + "@example.org", "role", role, "staffId", staff);
    }

    @Test
    void whoIsErasedIsKnownNowhereAndTheirClientsPastStays() throws SQLException {
        String key = UUID.randomUUID().toString();
        String staff = staffMember(key);
        Api own = Api.join(admin, name, person("STAFF", staff));
        String service = practice.service(30, Map.of("staffIds", List.of(staff)));
        admin.put(
                        "/api/v1/staff/" + staff + "/hours-exceptions/" + LocalDate.ofInstant(at(72), ZoneOffset.UTC),
                        Map.of("ranges", List.of()))
                .then()
                .statusCode(200);
        own.post(
                        "/api/v1/time-off",
                        Map.of(
                                "staffId",
                                staff,
                                "title",
                                name,
                                "startAt",
                                at(20).toString(),
                                "endAt",
                                at(21).toString()))
                .then()
                .statusCode(201);
        String feed = CalendarSync.feed(practice, staff, true);
        Map<String, Object> item = CalendarSync.item("i", 18, 19, null);
        item.put("title", name);
        CalendarSync.put(practice, feed, 5, List.of(item), List.of()).then().statusCode(200);
        CalendarSync.firstSyncDone(practice, feed);
        own.post("/api/v1/holds", Map.of("serviceId", service, "staffId", staff, "startAt", at(15).toString()))
                .then()
                .statusCode(201);
        String past = admin.id(admin.book(service, staff, at(9), Map.of("name", "Clara")));
        cancel(admin, past);
        String toCome = admin.id(admin.book(service, staff, at(11), Map.of("name", "Clara")));
        String cursor = SYNC.get("/internal/v1/changes").path("next");

        erase(own, staff).then().statusCode(403);
        admin.delete("/api/v1/staff/" + staff).then().statusCode(428);
        erase(admin, staff).then().statusCode(409).body("type", equalTo("/problems/appointments-to-come"));
        admin.get("/api/v1/staff/" + staff).then().body("name", equalTo(name));
        cancel(admin, toCome);
        erase(admin, staff).then().statusCode(204);

        erase(admin, staff).then().statusCode(404);
        admin.get("/api/v1/staff/" + staff).then().statusCode(404);
        admin.get("/api/v1/staff").then().body("items.id", not(hasItem(staff)));
        admin.get("/api/v1/services/" + service).then().body("staffIds", empty());
        own.get("/api/v1/me").then().statusCode(403).body("type", equalTo("/problems/not-invited"));
        SYNC.get("/internal/v1/staff/" + staff + "?organisationId=" + practice.id())
                .then()
                .statusCode(404);
        admin.get("/api/v1/appointments/" + past).then().statusCode(200).body("staffId", equalTo(staff));
        admin.get("/api/v1/audit-log").then().body("items.action", hasItem("STAFF_ERASED"));
        SYNC.get("/internal/v1/changes?after={after}&wait=10", cursor)
                .then()
                .body("items.findAll { it.kind == 'ERASURE' }.entityId", hasItem(staff));
        assertThat(tablesThatName(name)).isEmpty();

        // Nothing comes back: no late retry, no sign-in, no import, no booking.
        admin.postWithKey("/api/v1/staff", key, Map.of("name", name, "email", name + "@example.org"))
                .then()
                .statusCode(410)
                .body("type", equalTo("/problems/erased"));
        admin.post("/api/v1/people", person("STAFF", staff)).then().statusCode(400);
        admin.changing("PATCH", "/api/v1/services/" + service, 0, Map.of("staffIds", List.of(staff)))
                .then()
                .statusCode(400);
        CalendarSync.put(practice, feed, 6, List.of(item), List.of()).then().statusCode(404);
        admin.book(service, staff, at(11), Map.of("name", "Clara")).then().statusCode(400);
        assertThat(tablesThatName(name)).isEmpty();
    }

    @Test
    void nobodyErasesThemselves() {
        String staff = staffMember(UUID.randomUUID().toString());
        Api own = Api.join(admin, name, person("ADMIN", staff));
        erase(own, staff).then().statusCode(403).body("type", equalTo("/problems/not-allowed"));
        erase(admin, staff).then().statusCode(204);
    }

    @Test
    void changesOfPeopleAndOfTheOrganisationStandInTheAuditLog() {
        Api.operator()
                .put("/api/v1/organisations/" + practice.id() + "/plan", Map.of("plan", "STARTER"))
                .then()
                .statusCode(200);
        admin.changing("PATCH", "/api/v1/organisation", 1, Map.of("name", name))
                .then()
                .statusCode(200);
        Api.join(admin, name, Map.of("name", name, "email", name + "@example.org", "role", "ADMIN"));
        Response log = admin.get("/api/v1/audit-log");
        assertThat(log.<List<String>>path("items.action"))
                .containsExactly(
                        "PERSON_JOINED",
                        "PERSON_INVITED",
                        "ORGANISATION_CHANGED",
                        "PLAN_CHANGED",
                        "PERSON_JOINED",
                        "PERSON_INVITED",
                        "ORGANISATION_CREATED");
        assertThat(log.asString()).doesNotContain(name).doesNotContain("@");
    }

    /** Of all tables, whatever will be added. */
    private List<String> tablesThatName(String text) throws SQLException {
        List<String> naming = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            for (String table : TableChecker.rows(
                    connection, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")) {
                String found = TableChecker.rows(
                                connection, "SELECT count(*) FROM " + table + " t WHERE t::text ILIKE '%" + text + "%'")
                        .getFirst();
                if (!found.equals("0")) {
                    naming.add(table);
                }
            }
        }
        return naming;
    }
}
