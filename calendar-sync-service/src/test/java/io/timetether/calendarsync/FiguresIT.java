package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the operator is told of runs, feeds, notifications, requests to Microsoft and jobs. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class FiguresIT {

    private final Surroundings around = Surroundings.get();

    @AfterEach
    void heal() {
        around.between.heal();
    }

    @Test
    void everythingThatIsWatchedIsTold() {
        Person anna = Person.withMailbox("Europe/Berlin");
        anna.connect();
        UUID feed = anna.feed();
        await(() -> assertThat(anna.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("state"))
                .isEqualTo("ACTIVE"));
        await(() -> assertThat(figure("timetether_feeds{state=\"ACTIVE\"}")).isPositive());
        await(() ->
                assertThat(figure("timetether_connections{state=\"ACTIVE\"}")).isPositive());
        assertThat(figure("timetether_sync_runs_seconds_count{outcome=\"SUCCEEDED\",read=\"FULL\"}"))
                .isPositive();
        assertThat(figure("timetether_graph_requests_seconds_count{method=\"GET\",outcome=\"DONE\"}"))
                .isPositive();

        double refused = figure("timetether_notifications_total{outcome=\"REFUSED\"}");
        RestAssured.given()
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "value",
                        List.of(Map.of(
                                "subscriptionId", UUID.randomUUID().toString(),
                                "clientState", "forged",
                                "changeType", "updated",
                                "resource", "me/events"))))
                .post("/webhooks/microsoft")
                .then()
                .statusCode(202);
        assertThat(figure("timetether_notifications_total{outcome=\"REFUSED\"}"))
                .isEqualTo(refused + 1);

        // A mailbox that Microsoft wants left alone is counted as long as it is.
        around.between.refuse(
                seen -> seen.path().contains("delta"), 1, 429, "{\"error\":{\"code\":\"TooManyRequests\"}}");
        anna.post("/api/v1/sync-feeds/" + feed + "/sync", Map.of());
        await(() -> assertThat(figure("timetether_graph_requests_seconds_count{method=\"GET\",outcome=\"THROTTLED\"}"))
                .isPositive());
        for (String name : List.of(
                "timetether_feeds_stale",
                "timetether_freshness_oldest_seconds",
                "timetether_mailboxes_throttled",
                "timetether_jobs_waiting{kind=\"sync-calendar\"}",
                "timetether_jobs_latest_seconds",
                "timetether_events_unwritten",
                "timetether_calendars{subscription=\"ACTIVE\"}")) {
            assertThat(figure(name)).as(name).isNotNegative();
        }
    }

    /** The value of a line, or -1. */
    private static double figure(String name) {
        Response answer = RestAssured.get("/q/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.asString()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(-1);
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(assertion);
    }
}
