package io.timetether.scheduling;

import static io.timetether.scheduling.CalendarSync.SYNC;
import static io.timetether.scheduling.CalendarSync.TOMORROW;
import static io.timetether.scheduling.CalendarSync.at;
import static io.timetether.scheduling.CalendarSync.feed;
import static io.timetether.scheduling.CalendarSync.firstSyncDone;
import static io.timetether.scheduling.CalendarSync.freshness;
import static io.timetether.scheduling.CalendarSync.item;
import static io.timetether.scheduling.CalendarSync.put;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class ImportIT {

    private static Response slots(Practice practice, String service, String staff, int fromHour, int untilHour) {
        return practice.admin()
                .get("/api/v1/availability?serviceId=" + service + "&staffId=" + staff + "&from=" + at(fromHour)
                        + "&to=" + at(untilHour));
    }

    @Test
    void anImportedItemClosesItsTimeAndIsReadOnly() {
        Practice practice = Api.practice("UTC");
        String staff = practice.staffMember("Nia", "UTC");
        String service = practice.service(60, Map.of("slotGridMinutes", 60));
        String feed = feed(practice, staff, false);
        slots(practice, service, staff, 8, 12)
                .then()
                .body("slots", hasSize(0))
                .body("calendarFreshness[0].feedId", equalTo(feed))
                .body("calendarFreshness[0].stale", equalTo(true));
        practice.admin()
                .postWithKey("/api/v1/appointments", "early", Api.booking(service, staff, at(20), Map.of("name", "C")))
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/calendar-unknown"));
        Response loaded = put(practice, feed, 5, List.of(item("i1", 9, 10, null)), List.of());
        loaded.then()
                .statusCode(200)
                .body("results[0].outcome", equalTo("LOADED"))
                .body("results[0].reasonCode", nullValue())
                .body("results[0].number", greaterThan(0))
                .body("results[0].version", greaterThan(0));
        firstSyncDone(practice, feed);
        slots(practice, service, staff, 8, 12)
                .then()
                .body("slots.startAt", equalTo(List.of(at(8).toString(), at(10).toString(), at(11).toString())))
                .body("calendarFreshness[0].stale", equalTo(false));
        Api owner = practice.signInAs(staff);
        String calendar = "/api/v1/calendar?staffId=" + staff + "&from=" + at(0) + "&to=" + at(24);
        owner.get(calendar)
                .then()
                .body("items[0].title", equalTo("[ext] Dentist"))
                .body("items[0].source", equalTo("EXTERNAL"));
        practice.admin().get(calendar).then().body("items[0].title", equalTo("[ext] Busy"));
        String id = owner.get(calendar).path("items[0].id");
        owner.request()
                .header("If-Match", "*")
                .delete("/api/v1/time-off/" + id)
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/external-entry-read-only"))
                .body("source.feedId", equalTo(feed))
                .body("source.webLink", equalTo("https://outlook.example.org/i1"));
        practice.admin()
                .changing("PATCH", "/api/v1/time-off/" + id, 1, Map.of("title", "X"))
                .then()
                .statusCode(409)
                .body("source.webLink", nullValue());
        put(practice, feed, 5, List.of(), List.of("i1", "never-seen")).then().statusCode(200);
        slots(practice, service, staff, 8, 12).then().body("slots", hasSize(4));
    }

    @Test
    void putAgainKeepsNumberAndVersionAndBadItemsAreRejectedOneByOne() {
        Practice practice = Api.practice("UTC");
        String staff = practice.staffMember("Oli", "UTC");
        String feed = feed(practice, staff, false);
        Response first = put(practice, feed, 5, List.of(item("a", 9, 10, null)), List.of());
        put(practice, feed, 5, List.of(item("a", 11, 12, null)), List.of())
                .then()
                .body("results[0].number", equalTo(first.<Integer>path("results[0].number")))
                .body("results[0].version", equalTo(first.<Integer>path("results[0].version")));
        Map<String, Object> nothing = item("c", 9, 10, null);
        nothing.remove("startAt");
        put(practice, feed, 5, List.of(item("a", 9, 9, null), item("b", 10, 9, null), nothing), List.of())
                .then()
                .statusCode(200)
                .body("results.reasonCode", equalTo(List.of("NO_DURATION", "REJECTED", "REJECTED")))
                .body("results[0].number", nullValue())
                .body("results[0].version", greaterThan(first.<Integer>path("results[0].version")));
    }

    @Test
    void aLowerFenceChangesNothingAndADeletedFeedStaysDeleted() {
        Practice practice = Api.practice("UTC");
        String staff = practice.staffMember("Pia", "UTC");
        String feed = feed(practice, staff, false);
        put(practice, feed, 7, List.of(item("a", 9, 10, null)), List.of())
                .then()
                .statusCode(200);
        put(practice, feed, 6, List.of(), List.of("a"))
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/fence-overtaken"))
                .body("currentFence", equalTo(7));
        SYNC.put("/internal/v1/freshness", Map.of("feeds", List.of(freshness(practice, feed, 6))))
                .then()
                .body("overtaken", hasItem(feed));
        String deletion = "/internal/v1/feeds/" + feed + "?organisationId=" + practice.id() + "&fence=";
        SYNC.delete(deletion + 6).then().statusCode(409);
        SYNC.delete(deletion + 7).then().statusCode(204);
        SYNC.delete(deletion + 7).then().statusCode(204);
        put(practice, feed, 8, List.of(item("a", 9, 10, null)), List.of())
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/feed-unknown"));
        Map<String, Object> state = Map.of(
                "organisationId",
                practice.id(),
                "staffId",
                staff,
                "fence",
                7,
                "calendarName",
                "C",
                "subjectsShared",
                false,
                "state",
                "ACTIVE");
        SYNC.put("/internal/v1/feeds/" + feed, state).then().statusCode(409);
        SYNC.put("/internal/v1/freshness", Map.of("feeds", List.of(freshness(practice, feed, 9))))
                .then()
                .body("unknown", hasItem(feed));
    }

    @Test
    void allDayItemsCloseWholeDatesAndFollowTheStaffMembersZone() {
        Practice practice = Api.practice("UTC");
        String staff = practice.staffMember("Rui", "Europe/Berlin");
        String feed = feed(practice, staff, true);
        String date = TOMORROW.plus(1, ChronoUnit.DAYS).toString().substring(0, 10);
        String next = TOMORROW.plus(2, ChronoUnit.DAYS).toString().substring(0, 10);
        put(
                        practice,
                        feed,
                        5,
                        List.of(Map.of("itemId", "d", "title", "Off", "startDate", date, "endDate", next)),
                        List.of())
                .then()
                .statusCode(200)
                .body("results[0].outcome", equalTo("LOADED"));
        String calendar =
                "/api/v1/calendar?staffId=" + staff + "&from=" + TOMORROW + "&to=" + TOMORROW.plus(4, ChronoUnit.DAYS);
        var zone = java.time.ZoneId.of("Europe/Berlin");
        practice.admin()
                .get(calendar)
                .then()
                .body("items[0].title", equalTo("[ext] Off"))
                .body(
                        "items[0].startAt",
                        equalTo(java.time.LocalDate.parse(date)
                                .atStartOfDay(zone)
                                .toInstant()
                                .toString()));
        practice.admin()
                .changing("PATCH", "/api/v1/staff/" + staff, 0, Map.of("timeZone", "America/New_York"))
                .then()
                .statusCode(200);
        practice.admin()
                .get(calendar)
                .then()
                .body(
                        "items[0].startAt",
                        equalTo(java.time.LocalDate.parse(date)
                                .atStartOfDay(java.time.ZoneId.of("America/New_York"))
                                .toInstant()
                                .toString()));
    }
}
