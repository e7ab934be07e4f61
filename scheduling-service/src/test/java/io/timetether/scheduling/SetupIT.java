package io.timetether.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an organisation sets up, and how it decides what can be booked. */
@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class SetupIT {

    private static final LocalDate DAY =
            LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC).plusDays(2);

    private static Instant at(int hour) {
        return DAY.atStartOfDay(ZoneOffset.UTC).toInstant().plus(hour, ChronoUnit.HOURS);
    }

    private static List<String> starts(Api api, String more) {
        return api.starts(at(0), at(24), more);
    }

    @Test
    void aDatedExceptionClosesOrChangesADate() {
        Practice practice = Api.practice("UTC");
        Api admin = practice.admin();
        String staff = practice.staffMember("Ann", "UTC");
        practice.hours(staff, "09:00", "11:00");
        String query = "&serviceId=" + practice.service(60, Map.of("slotGridMinutes", 60)) + "&staffId=" + staff;
        String exception = "/api/v1/staff/" + staff + "/hours-exceptions/" + DAY;
        assertThat(starts(admin, query)).containsExactly(at(9).toString(), at(10).toString());
        admin.put(exception, Map.of("ranges", List.of())).then().statusCode(200).body("ranges", empty());
        assertThat(starts(admin, query)).isEmpty();
        admin.put(exception, Map.of("ranges", List.of(Map.of("start", "13:00", "end", "14:00"))))
                .then()
                .statusCode(200)
                .body("ranges[0].start", equalTo("13:00"));
        assertThat(starts(admin, query)).containsExactly(at(13).toString());
        admin.get("/api/v1/staff/" + staff + "/hours-exceptions")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].date", equalTo(DAY.toString()));
        admin.delete(exception).then().statusCode(204);
        admin.delete(exception).then().statusCode(404);
        assertThat(starts(admin, query)).hasSize(2);
        admin.put(exception, Map.of("ranges", List.of(Map.of("start", "25:00", "end", "14:00"))))
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("ranges[0].start"));
        admin.put("/api/v1/staff/" + staff + "/hours-exceptions/someday", Map.of("ranges", List.of()))
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("date"));
    }

    @Test
    void whatIsAskedForInAnotherFormThanJsonIsRefused() {
        Practice practice = Api.practice("UTC");
        String staff = practice.staffMember("Ann", "UTC");
        for (String form : List.of("text/html", "text/plain", "application/xml")) {
            practice.admin()
                    .request()
                    .accept(form)
                    .get("/api/v1/staff/" + staff)
                    .then()
                    .statusCode(406)
                    .contentType("application/problem+json");
        }
    }

    @Test
    void hoursOfOneLocationHoldThereOnly() {
        Practice practice = Api.practice("UTC");
        Api admin = practice.admin();
        String staff = practice.staffMember("Bea", "UTC");
        String north = admin.id(admin.post("/api/v1/locations", Map.of("name", "North")));
        String south = admin.id(admin.post("/api/v1/locations", Map.of("name", "South")));
        String day = DAY.getDayOfWeek().name();
        admin.put(
                        "/api/v1/staff/" + staff + "/working-hours",
                        Map.of(
                                "rules",
                                List.of(
                                        Map.of("dayOfWeek", day, "start", "09:00", "end", "10:00", "locationId", north),
                                        Map.of("dayOfWeek", day, "start", "11:00", "end", "12:00", "locationId", south),
                                        Map.of("dayOfWeek", day, "start", "13:00", "end", "14:00"))))
                .then()
                .statusCode(200)
                .body("rules", hasSize(3));
        String anywhere = practice.service(60, Map.of("slotGridMinutes", 60));
        String inNorth = practice.service(60, Map.of("slotGridMinutes", 60, "locationId", north));
        assertThat(starts(admin, "&serviceId=" + anywhere)).hasSize(3);
        assertThat(starts(admin, "&serviceId=" + inNorth)).containsExactly(at(9).toString(), at(13).toString());
        assertThat(starts(admin, "&serviceId=" + anywhere + "&locationId=" + south))
                .containsExactly(at(11).toString(), at(13).toString());
        Map<String, Object> wish = Api.booking(anywhere, staff, at(11), Map.of("name", "Cleo"));
        wish.put("locationId", south);
        admin.book(wish).then().statusCode(201).body("location.name", equalTo("South"));
        admin.book(inNorth, staff, at(11), Map.of("name", "Cleo"))
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/slot-taken"));
        admin.changing("PATCH", "/api/v1/locations/" + north, 0, Map.of("active", false))
                .then()
                .statusCode(200)
                .body("active", equalTo(false));
        assertThat(starts(admin, "&serviceId=" + inNorth)).isEmpty();
        admin.book(inNorth, staff, at(9), Map.of("name", "Cleo"))
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/not-offered"));
        admin.put(
                        "/api/v1/staff/" + staff + "/working-hours",
                        Map.of(
                                "rules",
                                List.of(Map.of(
                                        "dayOfWeek", day, "start", "09:00", "end", "10:00", "locationId", north))))
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("rules.locationId"));
    }

    @Test
    void aDayTakesNoMoreThanItsMaximum() {
        Practice practice = Api.practice("UTC");
        Api admin = practice.admin();
        String first = practice.staffMember("Cem", "UTC");
        String second = practice.staffMember("Dag", "UTC");
        String service = practice.service(30, Map.of("maxPerDayStaff", 2, "maxPerDayOrganisation", 3));
        Map<String, Object> client = Map.of("name", "Eve");
        admin.book(service, first, at(9), client).then().statusCode(201);
        String moved = admin.book(service, first, at(10), client)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        admin.book(service, first, at(11), client)
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/day-full"))
                .body("alternatives.startAt", everyItem(not(startsWith(DAY.toString()))));
        assertThat(starts(admin, "&serviceId=" + service + "&staffId=" + first)).isEmpty();
        // Within its own full day it may still move.
        admin.changing("POST", "/api/v1/appointments/" + moved + "/reschedule", 1, Map.of("startAt", at(12).toString()))
                .then()
                .statusCode(200);
        admin.post("/api/v1/holds", Map.of("serviceId", service, "staffId", second, "startAt", at(9).toString()))
                .then()
                .statusCode(201);
        admin.book(service, second, at(10), client).then().statusCode(409);
        assertThat(starts(admin, "&serviceId=" + service)).isEmpty();
        admin.book(service, second, at(9 + 24), client).then().statusCode(201);
        admin.changing("PATCH", "/api/v1/services/" + service, 0, Map.of("maxPerDayOrganisation", 0))
                .then()
                .statusCode(200)
                .body("maxPerDayOrganisation", equalTo(null));
        admin.book(service, second, at(10), client).then().statusCode(201);
    }

    @Test
    void timeOffRepeatsAtTheSameWallClockTimes() {
        Practice practice = Api.practice("Europe/Berlin");
        Api admin = practice.admin();
        String staff = practice.staffMember("Fay", "Europe/Berlin");
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        LocalDate first = LocalDate.of(DAY.getYear() + 1, 3, 1);
        String until = first.plusDays(60).toString();
        Response created = admin.post(
                "/api/v1/time-off",
                Map.of(
                        "staffId",
                        staff,
                        "title",
                        "Course",
                        "startAt",
                        first.atTime(9, 0).atZone(berlin).toInstant().toString(),
                        "endAt",
                        first.atTime(10, 0).atZone(berlin).toInstant().toString(),
                        "repeats",
                        Map.of("frequency", "WEEKLY", "until", until)));
        created.then().statusCode(201).body("seriesId", notNullValue());
        String range = "?staffId=" + staff + "&from=" + first + "T00:00:00Z&to=" + first.plusDays(90) + "T00:00:00Z";
        List<String> starts = admin.get("/api/v1/time-off" + range)
                .then()
                .statusCode(200)
                .extract()
                .path("items.startAt");
        assertThat(starts).hasSize(9);
        assertThat(starts)
                .allSatisfy(
                        start -> assertThat(Instant.parse(start).atZone(berlin).getHour())
                                .isEqualTo(9));
        admin.changing("PATCH", "/api/v1/staff/" + staff, 0, Map.of("timeZone", "Asia/Kathmandu"))
                .then()
                .statusCode(200);
        List<String> elsewhere =
                admin.get("/api/v1/time-off" + range).then().extract().path("items.startAt");
        assertThat(elsewhere)
                .allSatisfy(start -> assertThat(Instant.parse(start)
                                .atZone(ZoneId.of("Asia/Kathmandu"))
                                .toLocalTime()
                                .toString())
                        .isEqualTo("09:00"));
        List<String> ids =
                admin.get("/api/v1/time-off" + range).then().extract().path("items.id");
        admin.request()
                .header("If-Match", "\"1\"")
                .delete("/api/v1/time-off/" + ids.get(4) + "?scope=FOLLOWING")
                .then()
                .statusCode(204);
        admin.get("/api/v1/time-off" + range).then().body("items", hasSize(4));
        admin.request()
                .header("If-Match", "\"1\"")
                .delete("/api/v1/time-off/" + ids.get(2))
                .then()
                .statusCode(204);
        admin.get("/api/v1/time-off" + range).then().body("items", hasSize(3));
        admin.request()
                .header("If-Match", "\"1\"")
                .delete("/api/v1/time-off/" + ids.get(3) + "?scope=ALL")
                .then()
                .statusCode(204);
        admin.get("/api/v1/time-off" + range).then().body("items", hasSize(0));
        admin.post(
                        "/api/v1/time-off",
                        Map.of(
                                "staffId", staff,
                                "title", "Never",
                                "startDate", first.toString(),
                                "endDate", first.plusDays(1).toString(),
                                "repeats",
                                        Map.of(
                                                "frequency",
                                                "DAILY",
                                                "until",
                                                first.minusDays(1).toString())))
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("repeats.until"));
    }
}
