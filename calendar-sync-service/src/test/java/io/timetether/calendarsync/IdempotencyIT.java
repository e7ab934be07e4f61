package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.timetether.calendarsync.database.Sql;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A creating request that is sent again under its Idempotency-Key makes nothing twice and gets the first answer. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class IdempotencyIT {

    private final Surroundings around = Surroundings.get();

    @Inject
    Sql sql;

    @Test
    void aFeedIsAddedOnceAndEveryRetryGetsTheFirstAnswer() {
        Person anna = Person.withMailbox("Europe/Berlin");
        Map<String, ?> wish = second(anna);
        String key = UUID.randomUUID().toString();
        Response first = add(anna, key, wish);
        assertThat(first.statusCode()).isEqualTo(201);
        Response again = add(anna, key, wish);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(again.getHeader("Location")).isEqualTo(first.getHeader("Location"));
        assertThat(again.getHeader("ETag")).isEqualTo(first.getHeader("ETag"));
        assertThat(again.getContentType()).isEqualTo(first.getContentType());
        assertThat(feeds(anna)).hasSize(2);

        // Without the key it is another request.
        assertThat(add(anna, UUID.randomUUID().toString(), wish).statusCode()).isEqualTo(409);
    }

    @Test
    void anotherBodyUnderTheKeyIsRefused() {
        Person anna = Person.withMailbox("Europe/Berlin");
        Map<String, Object> wish = second(anna);
        String key = UUID.randomUUID().toString();
        assertThat(add(anna, key, wish).statusCode()).isEqualTo(201);
        wish.put("writing", false);
        Response other = add(anna, key, wish);
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.jsonPath().getString("type")).isEqualTo("/problems/idempotency-key-reused");
    }

    @Test
    void aRefusalIsAnAnswerTooAndAMistakeInTheRequestIsNot() {
        Person anna = Person.withMailbox("Europe/Berlin");
        Map<String, Object> wish = second(anna);
        UUID added = UUID.fromString(
                add(anna, UUID.randomUUID().toString(), wish).jsonPath().getString("id"));
        String key = UUID.randomUUID().toString();
        assertThat(add(anna, key, wish).statusCode()).isEqualTo(409);
        anna.post("/api/v1/sync-feeds/" + added + "/stop", Map.of("writtenEvents", "KEEP"));
        assertThat(add(anna, key, wish).jsonPath().getString("type")).isEqualTo("/problems/already-exists");

        String mistaken = UUID.randomUUID().toString();
        Object calendar = wish.put("calendarId", "unknown");
        assertThat(add(anna, mistaken, wish).statusCode()).isEqualTo(400);
        // The key was not used up by it, but it names that request.
        assertThat(add(anna, mistaken, wish).statusCode()).isEqualTo(400);
        wish.put("calendarId", calendar);
        assertThat(add(anna, UUID.randomUUID().toString(), wish).statusCode()).isEqualTo(201);
    }

    @Test
    void aCrashAfterTheCommitIsFoundByTheRetry() {
        Person anna = Person.withMailbox("Europe/Berlin");
        Map<String, ?> wish = second(anna);
        String key = UUID.randomUUID().toString();
        Response first = add(anna, key, wish);
        // As if the process had stopped before it kept its answer: at first the request seems to run.
        sql.change(
                "UPDATE idempotency_key SET answer = NULL, running_until = now() + interval '1 minute' WHERE key = ?",
                key);
        Response meanwhile = add(anna, key, wish);
        assertThat(meanwhile.statusCode()).isEqualTo(409);
        assertThat(meanwhile.jsonPath().getString("type")).isEqualTo("/problems/request-in-progress");
        sql.change("UPDATE idempotency_key SET running_until = now() - interval '1 minute' WHERE key = ?", key);
        Response again = add(anna, key, wish);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.jsonPath().getString("id")).isEqualTo(first.jsonPath().getString("id"));
        assertThat(feeds(anna)).hasSize(2);
    }

    @Test
    void manyAtOnceMakeOne() throws Exception {
        Person anna = Person.withMailbox("Europe/Berlin");
        Map<String, ?> wish = second(anna);
        String key = UUID.randomUUID().toString();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> wishes = IntStream.range(0, 8)
                    .<Callable<Integer>>mapToObj(i -> () -> add(anna, key, wish).statusCode())
                    .toList();
            for (Future<Integer> answer : clients.invokeAll(wishes)) {
                assertThat(answer.get()).isIn(201, 409);
            }
        }
        assertThat(add(anna, key, wish).statusCode()).isEqualTo(201);
        assertThat(feeds(anna)).hasSize(2);
    }

    @Test
    void aConnectionIsBegunOnceAndTheRetryCanFinishIt() {
        Person anna = Person.withMailbox("Europe/Berlin");
        Map<String, ?> wish = Map.of("provider", "office365", "returnTo", "/profile");
        String key = UUID.randomUUID().toString();
        Response first = connect(anna, key, wish);
        Response again = connect(anna, key, wish);
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(again.getCookie("tt_flow")).isEqualTo(first.getCookie("tt_flow"));
        anna.flowCookie = again.getCookie("tt_flow");
        String complete =
                Person.callback(SignInPage.accept(again.jsonPath().getString("authorizationUrl"), anna.address()));
        assertThat(anna.request().urlEncodingEnabled(false).get(complete).getHeader("Location"))
                .contains("outcome=connected");
        // Nothing of it can be read in the database, and another person's key is another one.
        String kept = sql.get("SELECT answer FROM idempotency_key WHERE key = ?", row -> row.text("answer"), key);
        assertThat(kept).doesNotContain("authorizationUrl");
        Person ben = Person.withMailbox(anna.organisation, "Europe/Berlin");
        assertThat(connect(ben, key, wish).jsonPath().getString("id"))
                .isNotEqualTo(first.jsonPath().getString("id"));
    }

    @Test
    void whoIsErasedIsForgottenInAnswersToo() {
        Person anna = Person.withMailbox("Europe/Berlin");
        Person ben = Person.withMailbox(anna.organisation, "Europe/Berlin");
        String connecting = UUID.randomUUID().toString();
        String adding = UUID.randomUUID().toString();
        assertThat(connect(anna, connecting, Map.of("provider", "office365")).statusCode())
                .isEqualTo(201);
        assertThat(add(anna, adding, second(anna)).statusCode()).isEqualTo(201);
        String bens = UUID.randomUUID().toString();
        connect(ben, bens, Map.of("provider", "office365"));
        around.scheduling.eraseStaff(anna.organisation, anna.staff);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(sql.list(
                                "SELECT key FROM idempotency_key WHERE organisation_id = ?",
                                row -> row.text("key"),
                                anna.organisation))
                        .containsExactly(bens));
    }

    private static Response connect(Person person, String key, Map<String, ?> wish) {
        return person.json().header("Idempotency-Key", key).body(wish).post("/api/v1/calendar-connections");
    }

    private static Response add(Person person, String key, Map<String, ?> wish) {
        return person.json().header("Idempotency-Key", key).body(wish).post("/api/v1/sync-feeds");
    }

    /** What asks for a feed on a second calendar of this person. */
    private Map<String, Object> second(Person person) {
        around.outlook().addCalendar(person.address(), "Second");
        UUID connection = person.connect();
        String calendar = person.get("/api/v1/calendar-connections/" + connection + "/calendars")
                .jsonPath()
                .getString("items.find { it.name == 'Second' }.id");
        return new HashMap<>(Map.of(
                "connectionId", connection.toString(), "calendarId", calendar, "reading", true, "writing", true));
    }

    private static List<String> feeds(Person person) {
        return person.get("/api/v1/sync-feeds").jsonPath().getList("items.id");
    }
}
