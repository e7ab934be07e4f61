package io.timetether.scheduling;

import static io.timetether.scheduling.CalendarSync.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One calendar of everything that takes a staff member's time, and the ways to find an entry. */
@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class CalendarIT {

    @Test
    void appointmentsTimeOffAndImportedEventsStandInOneListAndEachIsFoundByItsNumber() {
        Practice practice = Api.practice("UTC");
        Api admin = practice.admin();
        String staff = practice.staffMember("Uma", "UTC");
        String service = practice.service(30, Map.of());
        Api owner = practice.signInAs(staff);
        String feed = CalendarSync.feed(practice, staff, false);
        CalendarSync.put(practice, feed, 5, List.of(CalendarSync.item("i", 10, 11, null)), List.of());
        CalendarSync.firstSyncDone(practice, feed);
        Response off = owner.post(
                "/api/v1/time-off",
                Map.of("staffId", staff, "title", "Errand", "startAt", at(8).toString(), "endAt", at(9).toString()));
        off.then().statusCode(201);
        Response booked = admin.book(service, staff, at(12), Map.of("name", "Vera", "email", "vera@example.org"));
        booked.then().statusCode(201);
        Response cancelled = admin.book(service, staff, at(14), Map.of("name", "Will", "email", "will@example.org"));
        admin.changing("POST", "/api/v1/appointments/" + cancelled.path("id") + "/cancellation", 1, Map.of())
                .then()
                .statusCode(200);

        String calendar = "/api/v1/calendar?staffId=" + staff + "&from=" + at(0) + "&to=" + at(24);
        Response list = owner.get(calendar);
        list.then()
                .statusCode(200)
                .body("items.title", contains("Errand", "[ext] Dentist", "Check-up 30 – Vera"))
                .body("items.kind", contains("TIME_OFF", "TIME_OFF", "APPOINTMENT"))
                .body("items.source", contains("MANUAL", "EXTERNAL", null))
                .body("items.status", contains(null, null, "OPEN"));
        admin.get(calendar).then().body("items.title", contains("Errand", "[ext] Busy", "Check-up 30 – Vera"));

        List<Integer> numbers = list.path("items.number");
        assertThat(Set.copyOf(numbers))
                .as("one sequence for all")
                .hasSize(3)
                .contains(off.path("number"), booked.path("number"));
        for (int i = 0; i < 3; i++) {
            owner.get("/api/v1/calendar-entries/" + numbers.get(i))
                    .then()
                    .statusCode(200)
                    .body("id", equalTo(list.<String>path("items[" + i + "].id")))
                    .body("title", equalTo(list.<String>path("items[" + i + "].title")));
        }
        admin.get("/api/v1/calendar-entries/" + cancelled.path("number"))
                .then()
                .body("status", equalTo("CANCELLED"))
                .body("title", equalTo("Check-up 30 – Will"));
        admin.get("/api/v1/calendar-entries/999999").then().statusCode(404);

        search(admin, booked.path("number").toString()).then().body("items.id", contains(booked.<String>path("id")));
        search(admin, "VER").then().body("items.id", contains(booked.<String>path("id")));
        search(admin, "will@exam").then().body("items.id", contains(cancelled.<String>path("id")));
        search(admin, "_").then().body("items", empty());
        admin.get("/api/v1/appointments?status=CANCELLED&staffId=" + staff)
                .then()
                .body("items.id", contains(cancelled.<String>path("id")));
    }

    private static Response search(Api api, String text) {
        Response found = api.get("/api/v1/appointments?q={q}", text);
        found.then().statusCode(200);
        return found;
    }
}
