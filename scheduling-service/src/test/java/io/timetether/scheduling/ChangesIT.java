package io.timetether.scheduling;

import static io.timetether.scheduling.CalendarSync.SYNC;
import static io.timetether.scheduling.CalendarSync.at;
import static io.timetether.scheduling.CalendarSync.feed;
import static io.timetether.scheduling.CalendarSync.item;
import static io.timetether.scheduling.CalendarSync.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class ChangesIT {

    @Inject
    DataSource dataSource;

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
        Map<String, Object> booking = Api.booking(service, staff, at(9), Map.of("name", "Carl", "phone", "+49 30 1"));
        booking.put("note", "bring papers");
        String id =
                practice.admin().book(booking).then().statusCode(201).extract().path("id");
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
