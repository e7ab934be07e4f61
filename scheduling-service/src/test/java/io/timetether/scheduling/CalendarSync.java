package io.timetether.scheduling;

import static org.hamcrest.Matchers.hasSize;

import io.restassured.response.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What calendar-sync-service sends, for tests. */
final class CalendarSync {

    static final Instant TOMORROW = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    static final Api SYNC = Api.calendarSync();

    private CalendarSync() {}

    static Instant at(int hour) {
        return TOMORROW.plus(hour, ChronoUnit.HOURS);
    }

    static String feed(Practice practice, String staff, boolean shared) {
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

    static void firstSyncDone(Practice practice, String feedId) {
        SYNC.put("/internal/v1/freshness", Map.of("feeds", List.of(freshness(practice, feedId, 5))))
                .then()
                .statusCode(200)
                .body("unknown", hasSize(0))
                .body("overtaken", hasSize(0));
    }

    static Map<String, Object> freshness(Practice practice, String feedId, int fence) {
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

    static Map<String, Object> item(String id, int fromHour, int untilHour, String iCalUId) {
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

    static Response put(Practice practice, String feedId, int fence, List<?> puts, List<String> removals) {
        return SYNC.post(
                "/internal/v1/feeds/" + feedId + "/items",
                Map.of("organisationId", practice.id(), "fence", fence, "puts", puts, "removals", removals));
    }
}
