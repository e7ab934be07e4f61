package io.timetether.scheduling;

import static io.timetether.scheduling.CalendarSync.SYNC;
import static io.timetether.scheduling.CalendarSync.at;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** J14: somebody moved or deleted an appointment's event in Office 365, and the feed wants that taken over. */
@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class OutsideEditIT {

    private Practice practice;
    private String staff;
    private String service;

    @BeforeEach
    void open() {
        practice = Api.practice("UTC");
        staff = practice.staffMember("Quin", "UTC");
        service = practice.service(30, Map.of("horizonDays", 30));
    }

    private String booked(int hour) {
        Response booked = practice.admin().book(service, staff, at(hour), Map.of("name", "Clara"));
        booked.then().statusCode(201);
        return booked.path("id");
    }

    private Map<String, Object> edit(UUID organisation, int version, Instant startAt) {
        Map<String, Object> edit = new HashMap<>();
        edit.put("organisationId", organisation);
        edit.put("version", version);
        edit.put("startAt", startAt == null ? null : startAt.toString());
        return edit;
    }

    private Response apply(String id, int version, Instant startAt) {
        return SYNC.post(path(id), edit(practice.id(), version, startAt));
    }

    private static String path(String id) {
        return "/internal/v1/appointments/" + id + "/outside-edit";
    }

    @Test
    void aMoveToAFreeTimeIsTakenOverOnceAndADeletionCancels() {
        String id = booked(9);
        apply(id, 1, at(11)).then().statusCode(204);
        apply(id, 1, at(12)).then().statusCode(412);
        practice.admin()
                .get("/api/v1/appointments/" + id)
                .then()
                .body("startAt", equalTo(at(11).toString()))
                .body("version", equalTo(2));
        apply(id, 2, null).then().statusCode(204);
        practice.admin().get("/api/v1/appointments/" + id).then().body("status", equalTo("CANCELLED"));
        apply(id, 3, null).then().statusCode(409);
        apply(id, 3, at(9)).then().statusCode(409).body("type", equalTo("/problems/illegal-transition"));
    }

    @Test
    void whatTheRulesDoNotAllowIsRefusedWithAReason() {
        String id = booked(9);
        booked(11);
        apply(id, 1, at(11))
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/slot-taken"))
                .body("detail", equalTo("The time is not free."));
        apply(id, 1, at(9).plusSeconds(60)).then().statusCode(409).body("type", equalTo("/problems/off-grid"));
        practice.admin().get("/api/v1/appointments/" + id).then().body("startAt", equalTo(at(9).toString()));
    }

    @Test
    void onlyCalendarSyncMaySayItAndOnlyOfTheRightOrganisation() {
        String id = booked(9);
        practice.admin().post(path(id), edit(practice.id(), 1, null)).then().statusCode(403);
        SYNC.post(path(id), edit(Api.practice("UTC").id(), 1, null)).then().statusCode(404);
        SYNC.post(path(id), Map.of("organisationId", practice.id())).then().statusCode(400);
    }
}
