package io.timetether.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class BookingIT {

    private static final Instant TOMORROW =
            Instant.now().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);

    @Inject
    DataSource dataSource;

    private static Map<String, Object> wish(String service, String staff, Instant start) {
        return Api.booking(service, staff, start, Map.of("name", "Clara", "email", "clara@example.org"));
    }

    private static Instant at(int hour, int minute) {
        return TOMORROW.plus(hour, ChronoUnit.HOURS).plus(minute, ChronoUnit.MINUTES);
    }

    @Test
    void aFreeSlotIsBookedMovedAndCancelled() {
        Practice practice = Api.practice("UTC");
        Api admin = practice.admin();
        String staff = practice.staffMember("Dana", "Europe/Berlin");
        String service = practice.service(30, Map.of());
        String slots = "/api/v1/availability?serviceId=" + service + "&staffId=" + staff + "&from=" + at(8, 0) + "&to="
                + at(9, 0);
        admin.get(slots).then().statusCode(200).body("slots", hasSize(3)).body("timeZone", equalTo("UTC"));

        Response booked = admin.book(wish(service, staff, at(8, 0)));
        booked.then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", notNullValue())
                .body("number", notNullValue())
                .body("status", equalTo("OPEN"))
                .body("service.name", equalTo("Check-up 30"))
                .body("attendees[0].name", equalTo("Clara"))
                .body("endAt", equalTo(at(8, 30).toString()));
        String id = booked.path("id");
        admin.get("/api/v1/appointments/" + id)
                .then()
                .statusCode(200)
                .body("$", equalTo(booked.jsonPath().getMap("$")));
        admin.get(slots)
                .then()
                .body("slots", hasSize(1))
                .body("slots[0].startAt", equalTo(at(8, 30).toString()));

        admin.book(wish(service, staff, at(8, 15)))
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/slot-taken"))
                .body("alternatives[0].startAt", equalTo(at(8, 30).toString()))
                .body("alternatives[0].staffId", equalTo(staff));

        admin.post(
                        "/api/v1/appointments/" + id + "/reschedule",
                        Map.of("startAt", at(8, 15).toString()))
                .then()
                .statusCode(428);
        admin.changing(
                        "POST",
                        "/api/v1/appointments/" + id + "/reschedule",
                        1,
                        Map.of("startAt", at(8, 15).toString()))
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("startAt", equalTo(at(8, 15).toString()))
                .body("number", equalTo(booked.<Integer>path("number")));
        admin.changing("POST", "/api/v1/appointments/" + id + "/cancellation", 1, Map.of())
                .then()
                .statusCode(412);
        admin.changing("POST", "/api/v1/appointments/" + id + "/cancellation", 2, Map.of("reason", "ill"))
                .then()
                .statusCode(200)
                .body("status", equalTo("CANCELLED"))
                .body("attendees[0].status", equalTo("CANCELLED"));
        admin.get(slots).then().body("slots", hasSize(3));
        admin.get("/api/v1/calendar-entries/" + booked.path("number"))
                .then()
                .statusCode(200)
                .body("kind", equalTo("APPOINTMENT"))
                .body("status", equalTo("CANCELLED"))
                .body("title", equalTo("Check-up 30 – Clara"));
    }

    @Test
    void aRetryGetsTheSameAnswerRefusalsIncluded() {
        Practice practice = Api.practice("UTC");
        Api admin = practice.admin();
        String staff = practice.staffMember("Eli", "UTC");
        String service = practice.service(60, Map.of());
        Map<String, Object> wish = wish(service, staff, at(10, 0));
        admin.post("/api/v1/appointments", wish)
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/idempotency-key-missing"));
        String first = admin.postWithKey("/api/v1/appointments", "a", wish)
                .then()
                .statusCode(201)
                .extract()
                .asString();
        assertThat(admin.postWithKey("/api/v1/appointments", "a", wish)
                        .then()
                        .statusCode(201)
                        .extract()
                        .asString())
                .isEqualTo(first);
        admin.postWithKey("/api/v1/appointments", "a", wish(service, staff, at(12, 0)))
                .then()
                .statusCode(422);
        String refused = admin.postWithKey("/api/v1/appointments", "b", wish)
                .then()
                .statusCode(409)
                .extract()
                .asString();
        String id = io.restassured.path.json.JsonPath.from(first).getString("id");
        admin.changing("POST", "/api/v1/appointments/" + id + "/cancellation", 1, Map.of())
                .then()
                .statusCode(200);
        Response again = admin.postWithKey("/api/v1/appointments", "b", wish);
        again.then().statusCode(409).contentType("application/problem+json");
        assertThat(again.asString()).isEqualTo(refused);
    }

    @Test
    void buffersOfNeighboursAddUp() {
        Practice practice = Api.practice("UTC");
        String staff = practice.staffMember("Finn", "UTC");
        String service =
                practice.service(30, Map.of("bufferBeforeMinutes", 10, "bufferAfterMinutes", 5, "slotGridMinutes", 5));
        practice.admin().book(wish(service, staff, at(9, 0))).then().statusCode(201);
        practice.admin().book(wish(service, staff, at(9, 40))).then().statusCode(409);
        practice.admin().book(wish(service, staff, at(9, 45))).then().statusCode(201);
    }

    @Test
    void theRulesRefuseWithTheirOwnReasonsAndStaffMayInsist() {
        Practice practice = Api.practice("UTC");
        Api admin = practice.admin();
        String staff = practice.staffMember("Gil", "UTC");
        practice.hours(staff, "09:00", "17:00");
        String other = practice.staffMember("Hal", "UTC");
        String service = practice.service(
                30,
                Map.of(
                        "minimumNoticeMinutes",
                        60,
                        "horizonDays",
                        20,
                        "staffIds",
                        List.of(staff),
                        "needsConfirmation",
                        true));
        Map<String, String> refusals = new HashMap<>();
        refusals.put(at(8, 0).toString(), "outside-working-hours");
        refusals.put(at(9, 7).toString(), "off-grid");
        refusals.put(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(60).toString(), "too-late");
        refusals.put(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(60).toString(), "too-late");
        refusals.put(at(9, 0).plus(30, ChronoUnit.DAYS).toString(), "too-far-ahead");
        refusals.forEach((start, slug) -> admin.book(wish(service, staff, Instant.parse(start)))
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/" + slug)));
        admin.book(wish(service, other, at(9, 0)))
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/not-offered"));
        Map<String, Object> insisting = wish(service, staff, at(8, 0));
        insisting.put("overrideTimeOff", true);
        admin.book(insisting).then().statusCode(201).body("status", equalTo("PENDING"));
        admin.book(insisting).then().statusCode(409).body("type", equalTo("/problems/slot-taken"));
    }

    @Test
    void statusesFollowTheirTransitions() {
        Practice practice = Api.practice("UTC");
        Api admin = practice.admin();
        String service = practice.service(30, Map.of());
        String staff = practice.staffMember("Ida", "UTC");
        String id = admin.book(wish(service, staff, at(9, 0)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String status = "/api/v1/appointments/" + id + "/status";
        admin.changing("PUT", status, 1, Map.of("status", "COMPLETED"))
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/illegal-transition"));
        admin.changing("PUT", status, 1, Map.of("status", "CONFIRMED")).then().statusCode(200);
        admin.changing("PUT", status, 2, Map.of("status", "CHECKED_IN")).then().statusCode(200);
        admin.changing("POST", "/api/v1/appointments/" + id + "/cancellation", 3, Map.of())
                .then()
                .statusCode(409);
        admin.changing(
                        "POST",
                        "/api/v1/appointments/" + id + "/reschedule",
                        3,
                        Map.of("startAt", at(11, 0).toString()))
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/illegal-transition"));
        admin.changing("PUT", status, 3, Map.of("status", "DANCING")).then().statusCode(400);
    }

    @Test
    void timeOffClosesItsTimeAndAppearsAsAConflict() {
        Practice practice = Api.practice("UTC");
        Api admin = practice.admin();
        String staff = practice.staffMember("Jo", "Europe/Berlin");
        String service = practice.service(30, Map.of());
        admin.book(wish(service, staff, at(10, 0))).then().statusCode(201);
        String date = TOMORROW.toString().substring(0, 10);
        String after = TOMORROW.plus(1, ChronoUnit.DAYS).toString().substring(0, 10);
        Response off = admin.post(
                "/api/v1/time-off", Map.of("staffId", staff, "startDate", date, "endDate", after, "title", "Holiday"));
        off.then().statusCode(201).body("source", equalTo("MANUAL")).body("number", notNullValue());
        admin.book(wish(service, staff, at(12, 0)))
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/slot-taken"))
                .body("overridable", equalTo(true));
        Map<String, Object> knowingly = wish(service, staff, at(12, 0));
        knowingly.put("overrideTimeOff", true);
        admin.book(knowingly).then().statusCode(201);
        admin.get("/api/v1/conflicts?staffId=" + staff)
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items[0].appointment.kind", equalTo("APPOINTMENT"))
                .body("items[0].timeOff.title", equalTo("Holiday"));
        admin.get("/api/v1/calendar?staffId=" + staff + "&from=" + TOMORROW + "&to="
                        + TOMORROW.plus(2, ChronoUnit.DAYS))
                .then()
                .statusCode(200)
                .body("items", hasSize(3))
                .body("items[0].title", equalTo("Holiday"))
                .body("items[0].allDay", equalTo(true));
        admin.request()
                .header("If-Match", "\"1\"")
                .delete("/api/v1/time-off/" + off.path("id"))
                .then()
                .statusCode(204);
        admin.get("/api/v1/conflicts?staffId=" + staff)
                .then()
                .body("items", hasSize(0))
                .body("next", nullValue());
    }

    @Test
    void ofManyWhoRaceForOneSlotExactlyOneWins() throws Exception {
        Practice practice = Api.practice("UTC");
        String staff = practice.staffMember("Kim", "UTC");
        String service = practice.service(30, Map.of());
        try (ExecutorService racers = Executors.newFixedThreadPool(40)) {
            for (int round = 0; round < 3; round++) {
                Instant start = at(9 + round, 0);
                List<Callable<Integer>> attempts = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    attempts.add(() ->
                            practice.admin().book(wish(service, staff, start)).statusCode());
                }
                List<Integer> answers = new ArrayList<>();
                for (Future<Integer> answer : racers.invokeAll(attempts)) {
                    answers.add(answer.get());
                }
                assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
                assertThat(answers).filteredOn(status -> status == 409).hasSize(39);
            }
        }
    }

    @Test
    void anExpiredHoldNeverBlocks() throws Exception {
        Practice practice = Api.practice("UTC");
        String staff = practice.staffMember("Lee", "UTC");
        String service = practice.service(30, Map.of());
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(
                        "INSERT INTO occupancy (id, organisation_id, staff_id, kind, start_at, end_at, expires_at)"
                                + " VALUES (gen_random_uuid(), ?, ?, 'HOLD', ?, ?, ?)")) {
            for (int hour : new int[] {9, 11}) {
                statement.setObject(1, practice.id());
                statement.setObject(2, UUID.fromString(staff));
                statement.setObject(3, at(hour, 0).atOffset(java.time.ZoneOffset.UTC));
                statement.setObject(4, at(hour, 30).atOffset(java.time.ZoneOffset.UTC));
                statement.setObject(
                        5, Instant.now().plusSeconds(hour == 9 ? -1 : 300).atOffset(java.time.ZoneOffset.UTC));
                statement.execute();
            }
        }
        practice.admin().book(wish(service, staff, at(9, 0))).then().statusCode(201);
        practice.admin().book(wish(service, staff, at(11, 0))).then().statusCode(409);
    }

    @Test
    void badBookingsNameTheirFieldsAndLeaveNothing() {
        Practice practice = Api.practice("UTC");
        Api admin = practice.admin();
        String staff = practice.staffMember("Max", "UTC");
        String service = practice.service(30, Map.of());
        Map<String, Object> wish = wish(service, staff, at(9, 0));
        Map<String, Object> wrong = new HashMap<>(wish);
        wrong.put("attendees", List.of());
        admin.book(wrong).then().statusCode(400).body("violations[0].field", equalTo("attendees"));
        wrong.put("attendees", List.of(Map.of("email", "x@example.org")));
        admin.book(wrong).then().statusCode(400);
        wrong.put("attendees", List.of(Map.of("name", "A", "email", "no address")));
        admin.book(wrong).then().statusCode(400).body("violations[0].field", equalTo("attendees[0].email"));
        wrong.put("attendees", List.of(Map.of("clientId", UUID.randomUUID().toString())));
        admin.book(wrong).then().statusCode(400).body("violations[0].field", equalTo("attendees[0].clientId"));
        wrong = new HashMap<>(wish);
        wrong.put("startAt", "tomorrow");
        admin.book(wrong).then().statusCode(400).body("violations[0].field", equalTo("startAt"));
        wrong.put("startAt", 1234567);
        admin.book(wrong).then().statusCode(400).body("violations[0].field", equalTo("startAt"));
        wrong = new HashMap<>(wish);
        wrong.put("serviceId", UUID.randomUUID().toString());
        admin.book(wrong).then().statusCode(400).body("violations[0].field", equalTo("serviceId"));
        wrong = new HashMap<>(wish);
        wrong.put("note", "with a \u0000 in it");
        admin.book(wrong).then().statusCode(400);
        admin.get("/api/v1/appointments?staffId=" + staff)
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
        admin.get("/api/v1/clients").then().statusCode(200).body("items", hasSize(0));
    }
}
