package io.timetether.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
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
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Clients book for themselves, without a sign-in. */
@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class PublicBookingIT {

    private static final Instant TOMORROW =
            Instant.now().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);

    @Inject
    DataSource dataSource;

    private static String at(int hour, int minute) {
        return TOMORROW.plus(hour, ChronoUnit.HOURS)
                .plus(minute, ChronoUnit.MINUTES)
                .toString();
    }

    private static String window(String service) {
        return "/availability?serviceId=" + service + "&from=" + at(8, 0) + "&to=" + at(9, 0);
    }

    @Test
    void aClientSeesWhatIsOfferedBooksMovesAndCancels() {
        Practice practice = Api.practice("Europe/Berlin");
        String dana = practice.staffMember("Dana", "Europe/Berlin");
        String service = practice.service(30, Map.of());
        Visitor visitor = Visitor.at(practice.slug());

        visitor.get("")
                .then()
                .statusCode(200)
                .body("name", equalTo("Practice " + practice.mark()))
                .body("timeZone", equalTo("Europe/Berlin"))
                .body("size()", equalTo(3))
                .header("RateLimit", notNullValue());
        visitor.get("/services")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].id", equalTo(service))
                .body("items[0].durationMinutes", equalTo(30))
                .body("items[0].staffIds", equalTo(List.of(dana)))
                .body("next", nullValue());
        Response staff = visitor.get("/staff");
        staff.then().statusCode(200).body("items[0].name", equalTo("Dana"));
        assertThat(staff.asString()).doesNotContain("example.org");
        Response slots = visitor.get(window(service));
        slots.then().statusCode(200).body("slots", hasSize(3)).body("timeZone", equalTo("Europe/Berlin"));
        assertThat(slots.asString()).doesNotContain("reshness");

        Response booked = visitor.book(Visitor.wish(service, null, at(8, 0)));
        booked.then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .body("number", notNullValue())
                .body("status", equalTo("OPEN"))
                .body("staffName", equalTo("Dana"))
                .body("movableUntil", equalTo(at(8, 0)))
                .body("managementLink", matchesPattern(".*/book/" + practice.slug() + "/manage/[A-Za-z0-9_-]{43}"));
        String token = Visitor.token(booked);
        assertThat(booked.header("Location"))
                .isEqualTo("/api/v1/public/organisations/" + practice.slug() + "/appointments/" + token);
        visitor.get(window(service)).then().body("slots", hasSize(1));

        Response seen = visitor.get("/appointments/" + token);
        seen.then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("serviceName", equalTo("Check-up 30"))
                .body("managementLink", nullValue());
        assertThat(seen.asString()).doesNotContain("Carla").doesNotContain("carla@");

        visitor.request()
                .body(Map.of("startAt", at(8, 30)))
                .post(visitor.path("/appointments/" + token + "/reschedule"))
                .then()
                .statusCode(428);
        visitor.changing(token, "reschedule", 7, Map.of("startAt", at(8, 30)))
                .then()
                .statusCode(412);
        visitor.changing(token, "reschedule", 1, Map.of("startAt", at(8, 30)))
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("startAt", equalTo(at(8, 30)));
        visitor.changing(token, "cancellation", 2, Map.of("reason", "ill"))
                .then()
                .statusCode(200)
                .body("status", equalTo("CANCELLED"))
                .body("cancellableUntil", nullValue());
        visitor.changing(token, "cancellation", 3, Map.of())
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/illegal-transition"));
        visitor.get(window(service)).then().body("slots", hasSize(3));
        practice.admin().get("/api/v1/appointments?q={q}", "%").then().body("items", hasSize(0));
        practice.admin()
                .get("/api/v1/appointments?q=carla")
                .then()
                .body("items", hasSize(1))
                .body("items[0].attendees[0].email", equalTo("carla@example.org"));
    }

    @Test
    void aRetryGetsTheSameBookingAndARefusalStays() {
        Practice practice = Api.practice("UTC");
        String dana = practice.staffMember("Dana", "UTC");
        String service = practice.service(30, Map.of());
        Visitor visitor = Visitor.at(practice.slug());
        String key = UUID.randomUUID().toString();
        Map<String, Object> wish = Visitor.wish(service, dana, at(8, 0));

        visitor.request()
                .body(wish)
                .post(visitor.path("/appointments"))
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/idempotency-key-missing"));
        visitor.book("1", wish).then().statusCode(400).body("violations[0].field", equalTo("Idempotency-Key"));

        Response first = visitor.book(key, wish);
        Response again = visitor.book(key, wish);
        again.then().statusCode(201).body("number", equalTo(first.<Integer>path("number")));
        // Both links lead there: none of them was kept, so each answer has its own.
        for (Response answer : List.of(first, again)) {
            visitor.get("/appointments/" + Visitor.token(answer)).then().statusCode(200);
        }
        visitor.book(key, Visitor.wish(service, dana, at(9, 0))).then().statusCode(422);

        String other = UUID.randomUUID().toString();
        Response refused = visitor.book(other, wish);
        refused.then()
                .statusCode(409)
                .body("type", equalTo("/problems/slot-taken"))
                .body("alternatives[0].startAt", equalTo(at(8, 30)))
                .body("overridable", equalTo(false));
        visitor.changing(Visitor.token(first), "cancellation", 1, Map.of())
                .then()
                .statusCode(200);
        visitor.book(other, wish).then().statusCode(409);
        visitor.book(wish).then().statusCode(201);
    }

    @Test
    void clientsGetOnlyWhatIsOffered() {
        Practice practice = Api.practice("UTC");
        String dana = practice.staffMember("Dana", "UTC");
        String service = practice.service(30, Map.of("minimumNoticeMinutes", 60, "horizonDays", 30));
        practice.admin()
                .post(
                        "/api/v1/time-off",
                        Map.of("staffId", dana, "startAt", at(8, 0), "endAt", at(9, 0), "title", "Secret dentist"));
        Visitor visitor = Visitor.at(practice.slug());

        Response away = visitor.book(Visitor.wish(service, dana, at(8, 0)));
        away.then().statusCode(409).body("type", equalTo("/problems/slot-taken"));
        assertThat(away.asString()).doesNotContain("overrideTimeOff").doesNotContain("dentist");
        Map<String, Object> insisting = new HashMap<>(Visitor.wish(service, dana, at(8, 0)));
        insisting.put("overrideTimeOff", true);
        visitor.book(insisting).then().statusCode(400).body("violations.field", hasItem("overrideTimeOff"));
        String soon = Instant.now()
                .truncatedTo(ChronoUnit.HOURS)
                .plus(1, ChronoUnit.HOURS)
                .minus(30, ChronoUnit.MINUTES)
                .toString();
        visitor.book(Visitor.wish(service, dana, soon))
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/too-late"));
        visitor.book(Visitor.wish(service, dana, at(8 + 24 * 31, 0)))
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/too-far-ahead"));
        visitor.book(Visitor.wish(service, dana, at(10, 7)))
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/off-grid"));
        Map<String, Object> nameless = new HashMap<>(Visitor.wish(service, dana, at(10, 0)));
        nameless.put("client", Map.of("name", " ", "email", "no address"));
        visitor.book(nameless)
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("client.name"))
                .body("violations.field", hasItem("client.email"));
        nameless.put("client", Map.of("name", "Eve\r\nBcc: x@example.org", "email", "eve@example.org"));
        visitor.book(nameless).then().statusCode(400).body("violations[0].field", equalTo("client.name"));
    }

    @Test
    void unknownOrganisationsAndLinksAreOneAndTheSame() {
        Practice practice = Api.practice("UTC");
        Practice neighbour = Api.practice("UTC");
        practice.staffMember("Dana", "UTC");
        String service = practice.service(30, Map.of());
        Visitor visitor = Visitor.at(practice.slug());
        String token = Visitor.token(visitor.book(Visitor.wish(service, null, at(8, 0))));

        String nobody = Visitor.at("no-such-practice")
                .get("")
                .then()
                .statusCode(404)
                .extract()
                .asString();
        for (Response response : List.of(
                visitor.get("/appointments/" + "x".repeat(43)),
                visitor.get("/appointments/" + token.toLowerCase()),
                Visitor.at(neighbour.slug()).get("/appointments/" + token),
                Visitor.at(neighbour.slug()).changing(token, "cancellation", 1, Map.of()),
                Visitor.at("no-such-practice").book(Visitor.wish(service, null, at(8, 0))))) {
            response.then().statusCode(404);
            assertThat(response.asString()).isEqualTo(nobody);
        }
        Visitor.at(neighbour.slug())
                .book(Visitor.wish(service, null, at(8, 0)))
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("serviceId"));
        visitor.get("/appointments/" + token).then().statusCode(200).body("status", equalTo("OPEN"));
    }

    @Test
    void aConfirmationIsWaitedForAndCutOffsAreHonoured() {
        Practice practice = Api.practice("UTC");
        practice.staffMember("Dana", "UTC");
        String service = practice.service(30, Map.of("needsConfirmation", true, "cancelCutOffMinutes", 3 * 24 * 60));
        Visitor visitor = Visitor.at(practice.slug());
        Response booked = visitor.book(Visitor.wish(service, null, at(8, 0)));
        booked.then()
                .statusCode(201)
                .body("status", equalTo("PENDING"))
                .body("movableUntil", equalTo(at(8, 0)))
                .body("cancellableUntil", nullValue());
        String token = Visitor.token(booked);
        visitor.changing(token, "cancellation", 1, Map.of())
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/cut-off-passed"));
        visitor.changing(token, "reschedule", 1, Map.of("startAt", at(9, 0)))
                .then()
                .statusCode(200);

        int version = practice.admin().get("/api/v1/organisation").path("version");
        practice.admin()
                .changing("PATCH", "/api/v1/organisation", version, Map.of("moveCutOffMinutes", 4 * 24 * 60))
                .then()
                .statusCode(200)
                .body("moveCutOffMinutes", equalTo(4 * 24 * 60))
                .body("reminderMinutes", equalTo(1440));
        visitor.changing(token, "reschedule", 2, Map.of("startAt", at(10, 0)))
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/cut-off-passed"));
        String farAway = at(8 + 24 * 10, 0);
        String later = Visitor.token(visitor.book(Visitor.wish(service, null, farAway)));
        visitor.get("/appointments/" + later).then().body("cancellableUntil", equalTo(at(8 + 24 * 7, 0)));
        visitor.changing(later, "cancellation", 1, Map.of()).then().statusCode(200);
    }

    @Test
    void whatIsNotOfferedAnyMoreIsNotShown() {
        Practice practice = Api.practice("UTC");
        String dana = practice.staffMember("Dana", "UTC");
        String service = practice.service(30, Map.of("staffIds", List.of(dana)));
        practice.staffMember("Otto", "UTC");
        Visitor visitor = Visitor.at(practice.slug());
        visitor.get("/staff").then().body("items.name", equalTo(List.of("Dana")));
        int version = practice.admin().get("/api/v1/services/" + service).path("version");
        practice.admin()
                .changing("PATCH", "/api/v1/services/" + service, version, Map.of("active", false))
                .then()
                .statusCode(200);
        visitor.get("/services").then().body("items", hasSize(0));
        visitor.get("/staff").then().body("items", hasSize(0));
        visitor.get(window(service)).then().statusCode(400);
        visitor.book(Visitor.wish(service, dana, at(8, 0)))
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/not-offered"));
    }

    @Test
    void manyClientsWantOneSlotAndOneGetsIt() throws Exception {
        Practice practice = Api.practice("UTC");
        String dana = practice.staffMember("Dana", "UTC");
        String service = practice.service(30, Map.of());
        List<Callable<Integer>> racers = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            Visitor visitor = Visitor.at(practice.slug());
            racers.add(() -> visitor.book(Visitor.wish(service, dana, at(8, 0))).statusCode());
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(24)) {
            List<Integer> statuses = new ArrayList<>();
            for (var answer : threads.invokeAll(racers)) {
                statuses.add(answer.get());
            }
            assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
        }
    }

    @Test
    void whoAsksTooOftenIsToldToWait() {
        Practice practice = Api.practice("UTC");
        Visitor visitor = Visitor.at(practice.slug());
        for (int i = 0; i < 30; i++) {
            visitor.request()
                    .body("{}")
                    .post(visitor.path("/appointments"))
                    .then()
                    .statusCode(400);
        }
        visitor.request()
                .body("{}")
                .post(visitor.path("/appointments"))
                .then()
                .statusCode(429)
                .body("type", equalTo("/problems/too-many-requests"))
                .header("Retry-After", matchesPattern("[1-9]\\d*"))
                .header("RateLimit", matchesPattern("\"public-changes\";r=0;t=\\d+"))
                .header("RateLimit-Policy", equalTo("\"public-changes\";q=30;w=600"));
        visitor.get("").then().statusCode(200);
        Visitor.at(practice.slug()).book(Map.of()).then().statusCode(400);
    }

    @Test
    void neitherTokensNorAddressesAreKept() throws SQLException {
        Practice practice = Api.practice("UTC");
        practice.staffMember("Dana", "UTC");
        String service = practice.service(30, Map.of());
        Visitor visitor = Visitor.at(practice.slug());
        String token = Visitor.token(visitor.book(Visitor.wish(service, null, at(8, 0))));
        assertThat(rowsWith(token)).isZero();
        assertThat(rowsWith(visitor.address())).isZero();
        assertThat(practice.admin().get("/api/v1/appointments").asString()).doesNotContain(token);
    }

    /** In any text column of any table. */
    private long rowsWith(String text) throws SQLException {
        long rows = 0;
        try (var connection = dataSource.getConnection();
                var columns = connection.createStatement().executeQuery("""
                        SELECT format('SELECT count(*) FROM %I WHERE position($1 in %I::text) > 0', table_name, column_name)
                        FROM information_schema.columns WHERE table_schema = 'public' AND data_type IN ('text', 'bytea', 'jsonb')
                        """)) {
            while (columns.next()) {
                try (var query =
                        connection.prepareStatement(columns.getString(1).replace("$1", "?"))) {
                    query.setString(1, text);
                    var count = query.executeQuery();
                    count.next();
                    rows += count.getLong(1);
                }
            }
        }
        return rows;
    }
}
