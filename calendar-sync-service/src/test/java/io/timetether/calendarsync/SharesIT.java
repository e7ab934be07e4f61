package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.timetether.calendarsync.database.Sql;
import io.timetether.office365.Outlook;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** J9: an account is shared with named colleagues, who write to its calendars or are busy by them. And previews. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class SharesIT {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String ZONE = "W. Europe Standard Time";
    private static final LocalDate DAY = LocalDate.now(BERLIN).plusDays(10);

    private final Surroundings around = Surroundings.get();
    private final Outlook outlook = around.outlook();

    @Inject
    Sql sql;

    @Test
    void aColleagueUsesASharedAccountAndNobodyElseDoes() {
        Person anna = Person.withMailbox("Europe/Berlin");
        Person ben = Person.without(anna.organisation, "Europe/Berlin");
        Person stranger = Person.withMailbox("Europe/Berlin");
        UUID connection = anna.connect();
        String path = "/api/v1/calendar-connections/" + connection;
        String team = outlook.addCalendar(anna.address(), "Team").id();
        outlook.addEventTo(anna.address(), calendarId(anna, connection, "Team"), """
                {"subject":"Company party","showAs":"busy","start":{"dateTime":"%s","timeZone":"%s"},
                 "end":{"dateTime":"%s","timeZone":"%s"}}
                """.formatted(
                        DAY.atTime(9, 0), ZONE, DAY.atTime(10, 0), ZONE));
        assertThat(team).isNotBlank();

        // Before the share, the colleague sees and adds nothing; a stranger never does, and cannot be given anything.
        assertThat(ben.get(path).statusCode()).isEqualTo(403);
        assertThat(addFeed(ben, connection, null, calendarId(anna, connection, "Team"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(stranger.get(path + "/shares").statusCode()).isEqualTo(404);
        assertThat(stranger.json().put(path + "/shares/" + stranger.staff).statusCode())
                .isEqualTo(404);
        assertThat(ben.json().put(path + "/shares/" + ben.staff).statusCode()).isEqualTo(403);
        assertThat(anna.json().put(path + "/shares/" + UUID.randomUUID()).statusCode())
                .isEqualTo(400);

        for (int i = 0; i < 2; i++) {
            anna.json().put(path + "/shares/" + ben.staff).then().statusCode(200);
        }
        assertThat(anna.get(path + "/shares").jsonPath().<String>getList("items.staffId"))
                .containsExactly(ben.staff.toString());
        assertThat(ben.get("/api/v1/calendar-connections").jsonPath().<String>getList("items.id"))
                .containsExactly(connection.toString());
        assertThat(ben.get(path + "/shares").statusCode()).isEqualTo(403);
        assertThat(ben.post(path + "/stop", Map.of("writtenEvents", "KEEP")).statusCode())
                .isEqualTo(403);

        var added = addFeed(ben, connection, null, calendarId(ben, connection, "Team"));
        added.then().statusCode(201);
        assertThat(added.jsonPath().getString("staffId")).isEqualTo(ben.staff.toString());
        UUID feed = UUID.fromString(added.jsonPath().getString("id"));
        await(() -> assertThat(around.scheduling.items(feed)).hasSize(1));
        // It is busy time, and no more than that: the subject is the owner's.
        assertThat(around.scheduling.titles(feed)).doesNotContain("Company party");
        assertThat(ben.get("/api/v1/sync-feeds/" + feed + "/items").jsonPath().<String>getList("items.subject"))
                .containsExactly("Busy");
        assertThat(ben.json()
                        .header("If-Match", "*")
                        .body(Map.of("settings", Map.of("hideSubjects", false)))
                        .patch("/api/v1/sync-feeds/" + feed)
                        .statusCode())
                .isEqualTo(403);
        // The colleague's appointments are written to the owner's calendar.
        Instant start = DAY.atTime(14, 0).atZone(BERLIN).toInstant();
        around.scheduling.book(ben.organisation, ben.staff, start, start.plusSeconds(1800), "Erika Example");
        await(() -> assertThat(states(feed)).containsExactly("WRITTEN"));

        // Stopping the colleague's feed leaves the owner's connection alone; withdrawing the share ends the next one.
        ben.post("/api/v1/sync-feeds/" + feed + "/stop", Map.of("writtenEvents", "REMOVE"))
                .then()
                .statusCode(202);
        await(() -> assertThat(states(feed)).containsExactly("REMOVED"));
        assertThat(anna.get(path).jsonPath().getString("state")).isEqualTo("ACTIVE");
        UUID second = UUID.fromString(addFeed(ben, connection, null, calendarId(ben, connection, "Team"))
                .jsonPath()
                .getString("id"));
        anna.request().delete(path + "/shares/" + ben.staff).then().statusCode(204);
        assertThat(ben.get("/api/v1/sync-feeds/" + second).jsonPath().getString("state"))
                .isEqualTo("STOPPED");
        assertThat(ben.get(path).statusCode()).isEqualTo(403);
        await(() -> assertThat(around.scheduling.knows(second)).isFalse());
    }

    @Test
    void whoLeavesLeavesNothingBehindInAnyCalendar() {
        Person anna = Person.withMailbox("Europe/Berlin");
        Person ben = Person.without(anna.organisation, "Europe/Berlin");
        UUID connection = anna.connect();
        UUID annas = anna.feed();
        String path = "/api/v1/calendar-connections/" + connection;
        outlook.addCalendar(anna.address(), "Team");
        anna.json().put(path + "/shares/" + ben.staff).then().statusCode(200);
        UUID bens = UUID.fromString(addFeed(ben, connection, null, calendarId(ben, connection, "Team"))
                .jsonPath()
                .getString("id"));
        Instant start = DAY.atTime(14, 0).atZone(BERLIN).toInstant();
        around.scheduling.book(ben.organisation, ben.staff, start, start.plusSeconds(1800), "Erika Example");
        around.scheduling.book(anna.organisation, anna.staff, start, start.plusSeconds(1800), "Max Muster");
        await(() -> assertThat(states(bens)).containsExactly("WRITTEN"));
        await(() -> assertThat(states(annas)).containsExactly("WRITTEN"));

        // The colleague leaves: their events go from the shared calendar, the owner's connection stays.
        around.scheduling.eraseStaff(anna.organisation, ben.staff);
        await(() -> assertThat(states(bens)).containsExactly("REMOVED"));
        assertThat(states(annas)).containsExactly("WRITTEN");
        assertThat(anna.get(path).jsonPath().getString("state")).isEqualTo("ACTIVE");
        assertThat(anna.get(path + "/shares").jsonPath().<String>getList("items.staffId"))
                .isEmpty();

        // The owner leaves: all that was written goes, then the connection with its tokens.
        around.scheduling.eraseStaff(anna.organisation, anna.staff);
        await(() -> assertThat(sql.list(
                        "SELECT state, token_cache IS NULL AS forgotten FROM connection WHERE id = ?",
                        row -> row.text("state") + " " + row.flag("forgotten"),
                        connection))
                .containsExactly("STOPPED true"));
        assertThat(states(annas)).containsExactly("REMOVED");
        assertThat(InOutlook.subjects(outlook, anna.address())).isEmpty();
    }

    @Test
    void whoIsErasedIsForgottenInSignInsTooThatNobodyCompleted() {
        Person anna = Person.withMailbox("Europe/Berlin");
        Person ben = Person.withMailbox(anna.organisation, "Europe/Berlin");
        String posted = anna.begin().jsonPath().getString("authorizationUrl");
        ben.begin();
        assertThat(signIns(anna)).isEqualTo(1);
        around.scheduling.eraseStaff(anna.organisation, anna.staff);
        await(() -> assertThat(signIns(anna)).isZero());
        assertThat(sql.list(
                        "SELECT state FROM connection WHERE organisation_id = ? AND staff_id = ?",
                        row -> row.text("state"),
                        anna.organisation,
                        anna.staff))
                .containsExactly("STOPPED");
        assertThat(signIns(ben)).isEqualTo(1);
        // Microsoft's page is still open: what it posts finds nothing any more.
        RestAssured.given()
                .redirects()
                .follow(false)
                .contentType(ContentType.URLENC)
                .formParams(SignInPage.accept(posted, anna.address()))
                .post("/oauth/microsoft/callback")
                .then()
                .statusCode(400);
    }

    private long signIns(Person person) {
        return sql.get(
                "SELECT count(*) AS n FROM authorization_flow WHERE subject = ?",
                row -> row.number("n"),
                person.subject);
    }

    @Test
    void aWithdrawalThatWasCutOffIsFinishedByTheNext() {
        Person anna = Person.withMailbox("Europe/Berlin");
        Person ben = Person.without(anna.organisation, "Europe/Berlin");
        UUID connection = anna.connect();
        String path = "/api/v1/calendar-connections/" + connection;
        outlook.addCalendar(anna.address(), "Team");
        anna.json().put(path + "/shares/" + ben.staff).then().statusCode(200);
        UUID feed = UUID.fromString(addFeed(ben, connection, null, calendarId(ben, connection, "Team"))
                .jsonPath()
                .getString("id"));
        // As if the process had been killed between the two steps: the share is gone, the feed still runs.
        sql.change(
                "DELETE FROM connection_share WHERE organisation_id = ? AND connection_id = ?",
                anna.organisation,
                connection);
        anna.request().delete(path + "/shares/" + ben.staff).then().statusCode(204);
        assertThat(ben.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("state"))
                .isEqualTo("STOPPED");

        // The owner's own feed rests on no share.
        anna.request().delete(path + "/shares/" + anna.staff).then().statusCode(204);
        assertThat(anna.get("/api/v1/sync-feeds/" + anna.feed()).jsonPath().getString("state"))
                .isNotEqualTo("STOPPED");
    }

    @Test
    void aPreviewShowsWhatWouldBeWrittenAndChangesNothing() {
        Person anna = Person.withMailbox("Europe/Berlin");
        anna.connect();
        UUID feed = anna.feed();
        String path = "/api/v1/sync-feeds/" + feed + "/preview";
        assertThat(anna.post(path, Map.of()).jsonPath().getString("title"))
                .isEqualTo("[tt] Consultation – Erika Example");
        Instant start = DAY.atTime(14, 0).atZone(BERLIN).toInstant();
        around.scheduling.book(anna.organisation, anna.staff, start, start.plusSeconds(1800), "Max Muster");
        var changed = anna.post(
                path, Map.of("settings", Map.of("titleTemplate", "{client}: {service}", "sensitivity", "PRIVATE")));
        assertThat(changed.jsonPath().getString("title")).isEqualTo("[tt] Max Muster: Massage");
        assertThat(changed.jsonPath().getString("sensitivity")).isEqualTo("PRIVATE");
        assertThat(changed.jsonPath().getString("bodyHtml")).contains("Timetether");
        assertThat(anna.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("settings.titleTemplate"))
                .isNull();
        assertThat(anna.post(path, Map.of("settings", Map.of("nonsense", 1))).statusCode())
                .isEqualTo(400);
        assertThat(Person.withMailbox("Europe/Berlin").post(path, Map.of()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void anAdministratorsApprovalHasItsOwnLink() {
        Person anna = Person.withMailbox("Europe/Berlin");
        assertThat(anna.get("/api/v1/calendar-providers").jsonPath().getString("items[0].adminConsentUrl"))
                .contains("/v2.0/adminconsent?");
        var back = anna.request()
                .get("/oauth/microsoft/callback?admin_consent=True&tenant=" + UUID.randomUUID()
                        + "&state=admin-consent");
        assertThat(back.statusCode()).isEqualTo(200);
        assertThat(back.asString()).contains("approved");
    }

    // ---- words ----

    private List<String> states(UUID feed) {
        return sql.list("SELECT state FROM published_event WHERE feed_id = ?", row -> row.text("state"), feed);
    }

    private static io.restassured.response.Response addFeed(
            Person person, UUID connection, UUID staff, String calendar) {
        Map<String, Object> wish = new HashMap<>(
                Map.of("connectionId", connection, "calendarId", calendar, "reading", true, "writing", true));
        if (staff != null) {
            wish.put("staffId", staff);
        }
        return person.post("/api/v1/sync-feeds", wish);
    }

    private static String calendarId(Person person, UUID connection, String name) {
        List<Map<String, Object>> all = person.get("/api/v1/calendar-connections/" + connection + "/calendars")
                .jsonPath()
                .getList("items");
        return all.stream()
                .filter(calendar -> name.equals(calendar.get("name")))
                .map(calendar -> (String) calendar.get("id"))
                .findFirst()
                .orElseThrow();
    }

    private static void await(org.awaitility.core.ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(assertion);
    }
}
