package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.timetether.calendarsync.database.Sql;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

/** Who may do what, and what is refused: the fence between organisations, stolen sign-ins, forged notifications, bad input. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class TrustIT {

    private final Surroundings around = Surroundings.get();

    @Inject
    Sql sql;

    @Test
    void onStarterConnectingIsRefusedAndTheTabSaysWhy() {
        Person anna = Person.withMailbox(around.scheduling.organisation("STARTER"), "Europe/Berlin");
        Response refused = anna.begin();
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.jsonPath().getString("type")).isEqualTo("/problems/plan-upgrade-required");
        assertThat(anna.get("/api/v1/calendar-providers").jsonPath().getString("items[0].unavailable.code"))
                .isEqualTo("plan-upgrade-required");
        assertThat(anna.get("/api/v1/calendar-providers").jsonPath().getBoolean("items[0].available"))
                .isFalse();
    }

    @Test
    void anUnknownPlanIsNeverARefusal() {
        Person anna = Person.withMailbox("Europe/Berlin");
        anna.get("/api/v1/calendar-connections").then().statusCode(200);
        Person stranger = Person.withMailbox("Europe/Berlin");
        around.scheduling.away(true);
        try {
            anna.begin().then().statusCode(503).body("type", Matchers.equalTo("/problems/plan-unknown"));
            stranger.begin().then().statusCode(503).body("type", Matchers.equalTo("/problems/identity-unknown"));
        } finally {
            around.scheduling.away(false);
        }
    }

    @Test
    void aBearerCallerCannotBegin() {
        Person anna = Person.withMailbox("Europe/Berlin");
        RestAssured.given()
                .header("Authorization", "Bearer " + Tokens.bearer(anna.subject))
                .contentType(ContentType.JSON)
                .body(Map.of("provider", "office365"))
                .post("/api/v1/calendar-connections")
                .then()
                .statusCode(403)
                .body("type", Matchers.equalTo("/problems/browser-session-required"));
    }

    @Test
    void nobodyAndStrangersAreToldSo() {
        RestAssured.get("/api/v1/sync-feeds").then().statusCode(401);
        RestAssured.given()
                .header("Authorization", "Bearer " + Tokens.session("nobody"))
                .get("/api/v1/sync-feeds")
                .then()
                .statusCode(403)
                .body("type", Matchers.equalTo("/problems/not-invited"));
        RestAssured.given()
                .header("Authorization", "Bearer " + Tokens.token("nobody", "x", "another-audience", 600))
                .get("/api/v1/sync-feeds")
                .then()
                .statusCode(401)
                .body("type", Matchers.equalTo("/problems/sign-in-required"));
    }

    @Test
    void anAttackersLinkInTheVictimsBrowserConnectsNothing() {
        Person attacker = Person.withMailbox("Europe/Berlin");
        Person victim = Person.withMailbox(attacker.organisation, "Europe/Berlin");
        Response begun = attacker.begin();
        // The victim follows the link and accepts at Microsoft; Microsoft sends the victim's browser to us.
        String complete =
                Person.callback(SignInPage.accept(begun.jsonPath().getString("authorizationUrl"), victim.address()));
        String state = complete.replaceFirst("&ticket=.*", "");

        // The attacker knows the state, has cookie and session, but not the ticket.
        assertThat(attacker.request().urlEncodingEnabled(false).get(state).statusCode())
                .isEqualTo(403);
        // The victim's browser has the ticket, but neither the cookie nor the session that began.
        assertThat(victim.request().urlEncodingEnabled(false).get(complete).statusCode())
                .isEqualTo(403);
        // And then it is over, for the attacker too.
        assertThat(attacker.request().urlEncodingEnabled(false).get(complete).statusCode())
                .isEqualTo(400);
        String id = begun.jsonPath().getString("id");
        assertThat(attacker.get("/api/v1/calendar-connections/" + id).jsonPath().getString("state"))
                .isEqualTo("STOPPED");
        assertThat(attacker.get("/api/v1/sync-feeds").jsonPath().getList("items"))
                .isEmpty();
    }

    @Test
    void anAnswerIsUsedOnceAndOnlyWhereASignInBegan() {
        Person anna = Person.withMailbox("Europe/Berlin");
        Response begun = anna.begin();
        Map<String, String> posted = SignInPage.accept(begun.jsonPath().getString("authorizationUrl"), anna.address());
        String complete = Person.callback(posted);
        // Posted again, it is unknown.
        RestAssured.given()
                .contentType(ContentType.URLENC)
                .formParams(posted)
                .post("/oauth/microsoft/callback")
                .then()
                .statusCode(400)
                .contentType(Matchers.startsWith("text/html"));
        assertThat(anna.request().urlEncodingEnabled(false).get(complete).statusCode())
                .isEqualTo(303);
        assertThat(anna.request().urlEncodingEnabled(false).get(complete).statusCode())
                .isEqualTo(400);
        RestAssured.given()
                .contentType(ContentType.URLENC)
                .formParam("state", "made-up")
                .formParam("code", "x")
                .post("/oauth/microsoft/callback")
                .then()
                .statusCode(400);
    }

    @Test
    void whoDeclinesComesBackWithNothingStored() {
        Person anna = Person.withMailbox("Europe/Berlin");
        Response begun = anna.begin();
        String complete =
                Person.callback(SignInPage.cancel(begun.jsonPath().getString("authorizationUrl"), anna.address()));
        Response back = anna.request().urlEncodingEnabled(false).get(complete);
        assertThat(back.getHeader("Location")).contains("/profile?").contains("outcome=declined");
        assertThat(anna.get("/api/v1/calendar-connections").jsonPath().getList("items"))
                .isEmpty();
    }

    @Test
    void returnAddressesLeadHomeOnly() {
        Person anna = Person.withMailbox("Europe/Berlin");
        for (String evil : List.of(
                "https://evil.example",
                "//evil.example",
                "/\\evil.example",
                "/a/../../x",
                "/api/v1/me",
                "javascript:x",
                "")) {
            anna.post("/api/v1/calendar-connections", Map.of("provider", "office365", "returnTo", evil))
                    .then()
                    .statusCode(400)
                    .body("violations[0].field", Matchers.equalTo("returnTo"));
        }
    }

    @Test
    void nothingOfAnOrganisationIsReachableFromAnother() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID connection = anna.connect();
        UUID feed = anna.feed();
        Person other = Person.withMailbox("Europe/Berlin");
        String admin = "admin-" + UUID.randomUUID();
        around.scheduling.person(admin, "ADMIN", other.organisation, null);
        for (String token : List.of(Tokens.session(other.subject), Tokens.session(admin))) {
            for (String path : List.of(
                    "/api/v1/calendar-connections/" + connection,
                    "/api/v1/calendar-connections/" + connection + "/calendars",
                    "/api/v1/calendar-connections/" + connection + "/removal",
                    "/api/v1/sync-feeds/" + feed,
                    "/api/v1/sync-feeds/" + feed + "/items",
                    "/api/v1/sync-feeds/" + feed + "/runs",
                    "/api/v1/sync-feeds/" + feed + "/progress")) {
                assertThat(RestAssured.given()
                                .header("Authorization", "Bearer " + token)
                                .get(path)
                                .statusCode())
                        .as(path)
                        .isEqualTo(404);
            }
            for (String path : List.of(
                    "/api/v1/calendar-connections/" + connection + "/test",
                    "/api/v1/calendar-connections/" + connection + "/reconnect",
                    "/api/v1/calendar-connections/" + connection + "/stop",
                    "/api/v1/sync-feeds/" + feed + "/sync",
                    "/api/v1/sync-feeds/" + feed + "/pause",
                    "/api/v1/sync-feeds/" + feed + "/resume",
                    "/api/v1/sync-feeds/" + feed + "/stop")) {
                assertThat(RestAssured.given()
                                .header("Authorization", "Bearer " + token)
                                .contentType(ContentType.JSON)
                                .body(path.endsWith("stop") ? "{\"writtenEvents\":\"REMOVE\"}" : "{}")
                                .post(path)
                                .statusCode())
                        .as(path)
                        .isEqualTo(404);
            }
            RestAssured.given()
                    .header("Authorization", "Bearer " + token)
                    .header("If-Match", "*")
                    .contentType(ContentType.JSON)
                    .body("{\"reading\":false}")
                    .patch("/api/v1/sync-feeds/" + feed)
                    .then()
                    .statusCode(404);
        }
        // A colleague is refused, the organisation's administrator is not.
        Person colleague = Person.withMailbox(anna.organisation, "Europe/Berlin");
        colleague.get("/api/v1/sync-feeds/" + feed).then().statusCode(403);
        String ownAdmin = "admin-" + UUID.randomUUID();
        around.scheduling.person(ownAdmin, "ADMIN", anna.organisation, null);
        RestAssured.given()
                .header("Authorization", "Bearer " + Tokens.session(ownAdmin))
                .get("/api/v1/sync-feeds?staffId=" + anna.staff)
                .then()
                .statusCode(200)
                .body("items.size()", Matchers.equalTo(1));
    }

    @Test
    void notificationsAreHintsAndForgedOnesAreDropped_41() {
        Person anna = Person.withMailbox("Europe/Berlin");
        anna.connect();
        UUID feed = anna.feed();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(anna.get("/api/v1/sync-feeds/" + feed)
                                .jsonPath()
                                .getBoolean("notifications.active"))
                        .isTrue());
        String subscription = sql.get("""
                SELECT subscription_id FROM remote_calendar r JOIN feed f ON f.remote_calendar_id = r.id WHERE f.id = ?
                """, row -> row.text("subscription_id"), feed);
        for (String id : List.of(subscription, "unknown")) {
            RestAssured.given()
                    .contentType(ContentType.JSON)
                    .body("""
                            {"value":[{"subscriptionId":"%s","clientState":"guessed","changeType":"created",
                             "resource":"Users/x/Events/y","resourceData":{"id":"y"}}]}
                            """.formatted(id))
                    .post("/webhooks/microsoft")
                    .then()
                    .statusCode(202);
        }
        assertThat(sql.list(
                        "SELECT id FROM remote_calendar WHERE subscription_id = ? AND notified_at IS NOT NULL",
                        row -> row.uuid("id"),
                        subscription))
                .isEmpty();
        RestAssured.given()
                .body("nonsense")
                .contentType("text/plain")
                .post("/webhooks/microsoft")
                .then()
                .statusCode(400);
        assertThat(RestAssured.given()
                        .contentType("text/plain")
                        .urlEncodingEnabled(false)
                        .post("/webhooks/microsoft?validationToken=a%2Bb%20c")
                        .then()
                        .statusCode(200)
                        .contentType(Matchers.startsWith("text/plain"))
                        .extract()
                        .asString())
                .isEqualTo("a+b c");
    }

    @Test
    void badInputNamesTheFieldAndLeavesNothingBehind() {
        Person anna = Person.withMailbox("Europe/Berlin");
        anna.connect();
        UUID feed = anna.feed();
        invalid(anna.post("/api/v1/calendar-connections", Map.of("provider", "google")), "provider");
        invalid(anna.post("/api/v1/calendar-connections", Map.of("provider", "office365", "x", 1)), "x");
        invalid(anna.get("/api/v1/sync-feeds?after=zzz"), "after");
        invalid(anna.get("/api/v1/sync-feeds?limit=0"), "limit");
        invalid(anna.get("/api/v1/sync-feeds/not-a-uuid"), "id");
        invalid(anna.post("/api/v1/sync-feeds/" + feed + "/stop", Map.of()), "writtenEvents");
        invalid(anna.post("/api/v1/sync-feeds/" + feed + "/stop", Map.of("writtenEvents", "BURN")), "writtenEvents");
        invalid(
                anna.post(
                        "/api/v1/sync-feeds",
                        Map.of(
                                "connectionId",
                                UUID.randomUUID(),
                                "calendarId",
                                "x",
                                "reading",
                                true,
                                "writing",
                                false)),
                "connectionId");
        anna.json()
                .body(Map.of("reading", false))
                .patch("/api/v1/sync-feeds/" + feed)
                .then()
                .statusCode(428);
        anna.json()
                .header("If-Match", "\"4711\"")
                .body(Map.of("reading", false))
                .patch("/api/v1/sync-feeds/" + feed)
                .then()
                .statusCode(412);
        for (Map<String, ?> settings :
                List.of(Map.of("colour", "red"), Map.of("allDay", "MAYBE"), Map.of("reminderMinutes", -5))) {
            anna.json()
                    .header("If-Match", "*")
                    .body(Map.of("settings", settings))
                    .patch("/api/v1/sync-feeds/" + feed)
                    .then()
                    .statusCode(400)
                    .body("violations[0].field", Matchers.startsWith("settings."));
        }
        assertThat(anna.get("/api/v1/calendar-connections").jsonPath().getList("items"))
                .hasSize(1);
    }

    private static void invalid(Response response, String field) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(400);
        assertThat(response.jsonPath().getString("violations[0].field")).isEqualTo(field);
    }
}
