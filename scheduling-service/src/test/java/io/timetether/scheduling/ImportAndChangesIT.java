package io.timetether.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class ImportAndChangesIT {

    private static final Instant TOMORROW =
            Instant.now().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    private static final Api SYNC = Api.calendarSync();

    @Inject
    DataSource dataSource;

    private static Instant at(int hour) {
        return TOMORROW.plus(hour, ChronoUnit.HOURS);
    }

    private static String feed(Practice practice, String staff, boolean shared) {
        String feedId = UUID.randomUUID().toString();
        SYNC.put(
                        "/internal/v1/feeds/" + feedId,
                        Map.of(
                                "organisationId",
                                practice.id(),
                                "staffId",
                                staff,
                                "fence",
                                5,
                                "calendarName",
                                "Calendar",
                                "subjectsShared",
                                shared,
                                "state",
                                "FIRST_SYNC"))
                .then()
                .statusCode(204);
        return feedId;
    }

    private static void firstSyncDone(Practice practice, String feedId) {
        SYNC.put("/internal/v1/freshness", Map.of("feeds", List.of(freshness(practice, feedId, 5))))
                .then()
                .statusCode(200)
                .body("unknown", hasSize(0))
                .body("overtaken", hasSize(0));
    }

    private static Map<String, Object> freshness(Practice practice, String feedId, int fence) {
        return Map.of(
                "feedId",
                feedId,
                "organisationId",
                practice.id(),
                "fence",
                fence,
                "confirmedAt",
                Instant.now().toString(),
                "knownFrom",
                TOMORROW.minus(2, ChronoUnit.DAYS).toString(),
                "knownUntil",
                TOMORROW.plus(365, ChronoUnit.DAYS).toString(),
                "firstSyncCompleted",
                true,
                "state",
                "ACTIVE");
    }

    private static Map<String, Object> item(String id, int fromHour, int untilHour, String iCalUId) {
        Map<String, Object> item = new HashMap<>();
        item.put("itemId", id);
        item.put("title", "Dentist");
        item.put("startAt", at(fromHour).toString());
        item.put("endAt", at(untilHour).toString());
        item.put("showAs", "busy");
        item.put("iCalUId", iCalUId);
        item.put("webLink", "https://outlook.example.org/" + id);
        return item;
    }

    private static Response put(Practice practice, String feedId, int fence, List<?> puts, List<String> removals) {
        return SYNC.post(
                "/internal/v1/feeds/" + feedId + "/items",
                Map.of("organisationId", practice.id(), "fence", fence, "puts", puts, "removals", removals));
    }

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
                .postWithKey(
                        "/api/v1/appointments",
                        "early",
                        Map.of(
                                "serviceId",
                                service,
                                "staffId",
                                staff,
                                "startAt",
                                at(20).toString(),
                                "attendees",
                                List.of(Map.of("name", "C"))))
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
    void copiesOfAMeetingBlockOnceAndTheOtherTakesOver() {
        Practice practice = Api.practice("UTC");
        String staff = practice.staffMember("Quin", "UTC");
        String first = feed(practice, staff, false);
        String second = feed(practice, staff, false);
        put(practice, first, 5, List.of(item("x", 9, 10, "uid-1")), List.of())
                .then()
                .body("results[0].outcome", equalTo("LOADED"));
        Response copy = put(practice, second, 5, List.of(item("y", 9, 10, "uid-1")), List.of());
        copy.then()
                .body("results[0].outcome", equalTo("REJECTED"))
                .body("results[0].reasonCode", equalTo("ALREADY_IN_CALENDAR"))
                .body("results[0].number", nullValue());
        String cursor = SYNC.get("/internal/v1/changes").path("next");
        SYNC.delete("/internal/v1/feeds/" + first + "?organisationId=" + practice.id() + "&fence=5")
                .then()
                .statusCode(204);
        Response changes = awaitVerdict(cursor, second);
        changes.then()
                .body("items.find { it.kind == 'ITEM_VERDICT' }.verdict.itemId", equalTo("y"))
                .body("items.find { it.kind == 'ITEM_VERDICT' }.verdict.outcome", equalTo("LOADED"))
                .body("items.find { it.kind == 'ITEM_VERDICT' }.verdict.number", notNullValue())
                .body(
                        "items.find { it.kind == 'ITEM_VERDICT' }.verdict.version",
                        greaterThan(copy.<Integer>path("results[0].version")));
    }

    private static Response awaitVerdict(String cursor, String feedId) {
        String next = cursor;
        for (int i = 0; i < 50; i++) {
            Response changes = SYNC.get("/internal/v1/changes?after=" + next + "&wait=5");
            changes.then().statusCode(200);
            if (changes.<List<String>>path("items.findAll { it.kind == 'ITEM_VERDICT' }.entityId")
                    .contains(feedId)) {
                return changes;
            }
            next = changes.path("next");
        }
        throw new AssertionError("no verdict came");
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

    @Test
    void aLongPollIsAnsweredByTheNextCommitAndASlowTransactionDelaysOnlyItself() throws Exception {
        Practice practice = Api.practice("UTC");
        String before = SYNC.get("/internal/v1/changes").path("next");
        try (Connection slow = dataSource.getConnection()) {
            slow.setAutoCommit(false);
            UUID slowClient = UUID.randomUUID();
            try (var statement = slow.prepareStatement(
                    "INSERT INTO change_log (kind, organisation_id, entity_id, at) VALUES ('CLIENT', ?, ?, now())")) {
                statement.setObject(1, practice.id());
                statement.setObject(2, slowClient);
                statement.execute();
            }
            String client = practice.client("Fast");
            List<String> seen = new ArrayList<>();
            String cursor = follow(before, seen, client);
            assertThat(seen).contains(client).doesNotContain(slowClient.toString());
            CompletableFuture<List<String>> poll = CompletableFuture.supplyAsync(() -> {
                List<String> later = new ArrayList<>();
                follow(cursor, later, slowClient.toString());
                return later;
            });
            slow.commit();
            assertThat(poll.get(10, TimeUnit.SECONDS))
                    .contains(slowClient.toString())
                    .doesNotContain(client);
        }
    }

    @Test
    void appointmentsComeWithTheirStateAndCursorsOfAnotherEpochAreGone() {
        Practice practice = Api.practice("UTC");
        String staff = practice.staffMember("Sue", "UTC");
        String service = practice.service(60, Map.of());
        String cursor = SYNC.get("/internal/v1/changes").path("next");
        String id = practice.admin()
                .postWithKey(
                        "/api/v1/appointments",
                        "k",
                        Map.of(
                                "serviceId",
                                service,
                                "staffId",
                                staff,
                                "startAt",
                                at(9).toString(),
                                "note",
                                "bring papers",
                                "attendees",
                                List.of(Map.of("name", "Carl", "phone", "+49 30 1"))))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        List<String> seen = new ArrayList<>();
        follow(cursor, seen, id);
        SYNC.get("/internal/v1/appointments/batch?ids=" + id + "," + UUID.randomUUID())
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].attendees[0].name", equalTo("Carl"))
                .body("items[0].service.name", equalTo("Check-up 60"))
                .body("items[0].note", equalTo("bring papers"))
                .body("items[0].version", equalTo(1));
        SYNC.get("/internal/v1/appointments?organisationId=" + practice.id() + "&staffId=" + staff + "&from=" + at(0))
                .then()
                .statusCode(200)
                .body("items.id", equalTo(List.of(id)))
                .body("next", nullValue());
        String foreign = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("another-epoch\u001f1".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        SYNC.get("/internal/v1/changes?after=" + foreign)
                .then()
                .statusCode(410)
                .body("type", equalTo("/problems/cursor-expired"));
        SYNC.get("/internal/v1/changes?after=nonsense").then().statusCode(400);
        long began = System.nanoTime();
        String head = SYNC.get("/internal/v1/changes").path("next");
        SYNC.get("/internal/v1/changes?after=" + head + "&wait=0").then().statusCode(200);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    private static String follow(String cursor, List<String> seen, String until) {
        String next = cursor;
        for (int i = 0; i < 100 && !seen.contains(until); i++) {
            Response changes = SYNC.get("/internal/v1/changes?after=" + next + "&wait=5");
            changes.then().statusCode(200);
            seen.addAll(changes.path("items.entityId"));
            next = changes.path("next");
        }
        return next;
    }
}
