package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.timetether.calendarsync.database.Sql;
import io.timetether.calendarsync.jobs.JobKind;
import io.timetether.calendarsync.jobs.Jobs;
import io.timetether.office365.Outlook;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Microsoft failing, scheduling-service failing, and our own crash between two lines: nothing is freed, lost or doubled. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class FaultsIT {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String ZONE = "W. Europe Standard Time";
    private static final LocalDate DAY = LocalDate.now(BERLIN).plusDays(10);

    private final Surroundings around = Surroundings.get();
    private final Outlook outlook = around.outlook();

    @Inject
    Sql sql;

    @Inject
    Jobs jobs;

    @AfterEach
    void heal() {
        around.between.heal();
        around.scheduling.away(false);
    }

    @Test
    void aFailedReadFreesNothing() {
        Person anna = Person.withMailbox("Europe/Berlin");
        String first = add(anna, "First", 9);
        add(anna, "Second", 11);
        UUID feed = synced(anna);
        around.between.refuse(
                seen -> seen.path().contains("delta"), 3, 404, "{\"error\":{\"code\":\"ErrorItemNotFound\"}}");
        around.between.refuse(seen -> seen.path().contains("delta"), 1000, 503, "");
        sync(anna, feed);
        // A run that had asked before the line was cut has ended then.
        await(() -> assertThat(postponed(anna, feed)).isPositive());
        long before = postponed(anna, feed);
        outlook.delete(anna.address(), first);
        sync(anna, feed);
        await(() -> assertThat(postponed(anna, feed)).isGreaterThan(before));
        assertThat(around.scheduling.titles(feed)).containsExactly("First", "Second");
        around.between.heal();
        await(() -> assertThat(around.scheduling.titles(feed)).containsExactly("Second"));
    }

    @Test
    void aLostSyncStateIsReadAnewBeforeAnythingGoes() {
        Person anna = Person.withMailbox("Europe/Berlin");
        String first = add(anna, "First", 9);
        add(anna, "Second", 11);
        UUID feed = synced(anna);
        outlook.expireDeltaLinks(anna.address());
        outlook.delete(anna.address(), first);
        add(anna, "Third", 13);
        await(() -> assertThat(around.scheduling.titles(feed)).containsExactly("Second", "Third"));
    }

    @Test
    void anOutageOfSchedulingIsOverSoonAndSetsNoBrake() {
        Person anna = Person.withMailbox("Europe/Berlin");
        List<String> events =
                IntStream.range(0, 6).mapToObj(i -> add(anna, "E" + i, 8 + i)).toList();
        UUID feed = synced(anna);
        around.scheduling.away(true);
        events.subList(0, 3).forEach(id -> outlook.delete(anna.address(), id));
        // Attempt after attempt, as the notifications come, means to remove the three.
        for (int attempt = 0; attempt < 9; attempt++) {
            long before = postponed(anna, feed);
            sync(anna, feed);
            await(() -> assertThat(postponed(anna, feed)).isGreaterThan(before));
        }
        around.scheduling.away(false);
        await(() -> assertThat(around.scheduling.titles(feed)).containsExactly("E3", "E4", "E5"));
        await(() -> assertThat(state(anna, feed)).isEqualTo("ACTIVE"));
    }

    @Test
    void aRunThatWasOvertakenChangesNothing() {
        Person anna = Person.withMailbox("Europe/Berlin");
        add(anna, "First", 9);
        UUID feed = synced(anna);
        around.scheduling.overtake(feed);
        add(anna, "Second", 11);
        await(() -> assertThat(anna.get("/api/v1/sync-feeds/" + feed + "/runs")
                        .jsonPath()
                        .<String>getList("items.state"))
                .contains("FAILED"));
        assertThat(around.scheduling.titles(feed)).containsExactly("First");
        // The cursor stayed where it was: as soon as it is our turn, nothing is missing.
        sql.change("UPDATE remote_calendar SET fence = fence + 2000000");
        await(() -> assertThat(around.scheduling.titles(feed)).containsExactly("First", "Second"));
    }

    @Test
    void aLostAnswerMakesNoSecondEvent() {
        Person anna = Person.withMailbox("Europe/Berlin");
        synced(anna);
        around.between.loseAnswer(
                seen -> seen.method().equals("POST") && seen.path().contains("/events"));
        book(anna, 9, "Erika Example");
        await(() -> assertThat(states(anna)).containsExactly("WRITTEN"));
        assertThat(subjects(anna)).containsExactly("[tt] Massage – Erika Example");
    }

    @Test
    void aCrashBetweenTheCreateAndItsRecordMakesNoSecondEvent() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = synced(anna);
        UUID booked = book(anna, 9, "Erika Example");
        await(() -> assertThat(states(anna)).containsExactly("WRITTEN"));
        // As if the process had stopped right after the request.
        sql.change("""
                UPDATE published_event SET state = 'CREATING', event_id = NULL, ical_uid = NULL, written = 0,
                                           content_hash = NULL
                WHERE appointment_id = ?
                """, booked);
        Instant later = at(14);
        around.scheduling.change(
                booked,
                Map.of(
                        "startAt",
                        later.toString(),
                        "endAt",
                        later.plusSeconds(1800).toString()));
        jobs.wake(JobKind.PUBLISH_FEED, feed);
        await(() -> assertThat(states(anna)).containsExactly("WRITTEN"));
        await(() -> assertThat(
                        InOutlook.find(outlook, anna.address(), "Massage").startAt())
                .isEqualTo(later));
        assertThat(around.scheduling.titles(feed)).isEmpty();
    }

    @Test
    void schedulingAwayOnlyDelays() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = synced(anna);
        around.scheduling.away(true);
        add(anna, "First", 9);
        UUID booked = book(anna, 11, "Erika Example");
        await(() -> assertThat(sql.list(
                        "SELECT id FROM sync_run WHERE feed_id = ? AND state = 'POSTPONED'",
                        row -> row.uuid("id"),
                        feed))
                .isNotEmpty());
        around.scheduling.away(false);
        await(() -> assertThat(around.scheduling.titles(feed)).containsExactly("First"));
        await(() -> assertThat(subjects(anna)).contains("[tt] Massage – Erika Example"));
        around.scheduling.erase(booked);
        await(() -> assertThat(subjects(anna)).containsExactly("First"));
    }

    @Test
    void aDowngradeParksAndAnUpgradeResumes() {
        Person anna = Person.withMailbox("Europe/Berlin");
        add(anna, "First", 9);
        UUID feed = synced(anna);
        around.scheduling.plan(anna.organisation, "STARTER");
        await(() -> assertThat(state(anna, feed)).isEqualTo("PARKED"));
        assertThat(anna.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("reasonCode"))
                .isEqualTo("plan-upgrade-required");
        assertThat(around.scheduling.titles(feed)).containsExactly("First");
        assertThat(around.scheduling.feed(feed).state).isEqualTo("PARKED");
        add(anna, "Second", 11);
        around.scheduling.plan(anna.organisation, "PROFESSIONAL");
        await(() -> assertThat(state(anna, feed)).isEqualTo("ACTIVE"));
        await(() -> assertThat(around.scheduling.titles(feed)).containsExactly("First", "Second"));
    }

    @Test
    void massRemovalsWaitForAPersonAndEverythingElseGoesOn() {
        Person anna = Person.withMailbox("Europe/Berlin");
        List<String> ids = new java.util.ArrayList<>();
        for (int i = 0; i < 40; i++) {
            LocalDate day = DAY.plusDays(i);
            ids.add(outlook.addEvent(anna.address(), "E" + i, day.atTime(9, 0), day.atTime(10, 0), ZONE));
        }
        UUID feed = synced(anna);
        pause(anna, feed);
        ids.subList(0, 30).forEach(id -> outlook.delete(anna.address(), id));
        add(anna, "New", 15);
        resume(anna, feed, Map.of());
        await(() -> assertThat(state(anna, feed)).isEqualTo("HELD"));
        assertThat(around.scheduling.titles(feed)).hasSize(41).contains("New");
        assertThat(anna.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("reason"))
                .contains("30 of the 41");
        resume(anna, feed, Map.of("removals", "APPLY"));
        await(() -> assertThat(around.scheduling.titles(feed)).hasSize(11));
        await(() -> assertThat(state(anna, feed)).isEqualTo("ACTIVE"));
    }

    @Test
    void stoppingOneConnectionDoesNotBreakAnotherOfTheSameAccount() {
        Person anna = Person.withMailbox("Europe/Berlin");
        add(anna, "First", 9);
        UUID feed = synced(anna);
        Person bert = Person.without(around.scheduling.organisation("BUSINESS"), "Europe/Berlin");
        UUID other = bert.connect(anna.address());
        UUID othersFeed = bert.feed();
        await(() -> assertThat(around.scheduling.titles(othersFeed)).containsExactly("First"));
        UUID connection = UUID.fromString(
                anna.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("connectionId"));
        anna.post("/api/v1/calendar-connections/" + connection + "/stop", Map.of("writtenEvents", "KEEP"));
        await(() -> assertThat(around.scheduling.knows(feed)).isFalse());
        await(() -> assertThat(
                        bert.get("/api/v1/sync-feeds/" + othersFeed).jsonPath().getBoolean("notifications.active"))
                .isTrue());
        add(anna, "Second", 11);
        await(() -> assertThat(around.scheduling.titles(othersFeed)).containsExactly("First", "Second"));
        assertThat(bert.get("/api/v1/calendar-connections/" + other).jsonPath().getString("state"))
                .isEqualTo("ACTIVE");
    }

    @Test
    void keptEventsAreAdoptedWhenTheAccountIsConnectedAgain() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = synced(anna);
        book(anna, 9, "Erika Example");
        await(() -> assertThat(states(anna)).containsExactly("WRITTEN"));
        anna.post("/api/v1/sync-feeds/" + feed + "/stop", Map.of("writtenEvents", "KEEP"));
        await(() -> assertThat(
                        anna.get("/api/v1/calendar-connections").jsonPath().getList("items"))
                .isEmpty());
        assertThat(subjects(anna)).containsExactly("[tt] Massage – Erika Example");
        UUID again = synced(anna);
        await(() -> assertThat(states(anna)).contains("WRITTEN"));
        assertThat(subjects(anna)).containsExactly("[tt] Massage – Erika Example");
        assertThat(around.scheduling.titles(again)).isEmpty();
    }

    @Test
    void aRevokedAuthorisationAsksForItsOwnerAndReconnectingGoesOn() {
        Person anna = Person.withMailbox("Europe/Berlin");
        add(anna, "First", 9);
        UUID feed = synced(anna);
        String connection = anna.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("connectionId");
        outlook.revokeSessions(anna.address());
        around.between.refuse(
                seen -> seen.path().contains("delta"),
                1,
                401,
                "{\"error\":{\"code\":\"InvalidAuthenticationToken\",\"message\":\"expired\"}}");
        sync(anna, feed);
        await(() -> assertThat(anna.get("/api/v1/calendar-connections/" + connection)
                        .jsonPath()
                        .getString("state"))
                .isEqualTo("RECONNECT_REQUIRED"));
        assertThat(around.scheduling.titles(feed)).containsExactly("First");
        var begun = anna.post("/api/v1/calendar-connections/" + connection + "/reconnect", Map.of());
        anna.flowCookie = begun.getCookie("tt_flow");
        String complete =
                Person.callback(SignInPage.accept(begun.jsonPath().getString("authorizationUrl"), anna.address()));
        assertThat(anna.request().urlEncodingEnabled(false).get(complete).getHeader("Location"))
                .contains("outcome=connected");
        add(anna, "Second", 11);
        await(() -> assertThat(around.scheduling.titles(feed)).containsExactly("First", "Second"));
        assertThat(anna.feed()).isEqualTo(feed);
    }

    @Test
    void aFeedThatReadsNoLongerGivesItsTimeOffBackAndMayReadAgain() {
        Person anna = Person.withMailbox("Europe/Berlin");
        add(anna, "First", 9);
        UUID feed = synced(anna);
        change(anna, feed, Map.of("reading", false));
        await(() -> assertThat(around.scheduling.knows(feed)).isFalse());
        book(anna, 11, "Erika Example");
        await(() -> assertThat(subjects(anna)).contains("[tt] Massage – Erika Example"));
        change(anna, feed, Map.of("reading", true, "writing", false));
        await(() -> assertThat(around.scheduling.titles(feed)).containsExactly("First"));
        await(() -> assertThat(subjects(anna)).containsExactly("First"));
    }

    @Test
    void settingsAreAppliedToWhatIsKnown() {
        Person anna = Person.withMailbox("Europe/Berlin");
        add(anna, "First", 9);
        UUID feed = synced(anna);
        book(anna, 11, "Erika Example");
        await(() -> assertThat(subjects(anna)).contains("[tt] Massage – Erika Example"));
        change(
                anna,
                feed,
                Map.of("settings", Map.of("showAs", Map.of("BUSY", "IGNORE"), "titleTemplate", "{service} only")));
        await(() -> assertThat(around.scheduling.titles(feed)).isEmpty());
        await(() -> assertThat(subjects(anna)).contains("[tt] Massage only"));
        change(anna, feed, Map.of("settings", Map.of("showAs", Map.of("BUSY", "BLOCK"), "hideSubjects", true)));
        await(() -> assertThat(around.scheduling.items(feed)).hasSize(1));
        assertThat(around.scheduling.titles(feed)).doesNotContain("First");
        assertThat(anna.get("/api/v1/sync-feeds/" + feed + "/items").jsonPath().<String>getList("items.subject"))
                .contains("First");
        around.scheduling.prefix(anna.organisation, "[practice]");
        await(() -> assertThat(subjects(anna)).contains("[practice] Massage only"));
    }

    @Test
    void settingsAreAppliedToWhatIsKnownWithoutAskingMicrosoft() {
        Person anna = Person.withMailbox("Europe/Berlin");
        add(anna, "First", 9);
        String elsewhere = add(anna, "Elsewhere", 11);
        outlook.change(anna.address(), elsewhere, "{\"showAs\":\"workingElsewhere\"}");
        String holiday = outlook.addAllDayEvent(anna.address(), "Holiday", DAY.plusDays(3), DAY.plusDays(4), ZONE);
        outlook.change(anna.address(), holiday, "{\"showAs\":\"free\"}");
        outlook.addSeries(
                anna.address(),
                "Team",
                DAY.plusDays(5).atTime(9, 0),
                DAY.plusDays(5).atTime(10, 0),
                ZONE,
                """
                {"pattern":{"type":"daily","interval":1},
                 "range":{"type":"numbered","numberOfOccurrences":30,"startDate":"%s"}}
                """.formatted(DAY.plusDays(5)));
        String hidden = add(anna, "Doctor", 15);
        outlook.change(anna.address(), hidden, "{\"sensitivity\":\"private\"}");
        UUID feed = synced(anna);
        await(() -> assertThat(around.scheduling.titles(feed)).hasSize(32).contains("First", "Private"));
        // Microsoft is away: what is known is enough.
        around.between.refuse(seen -> seen.path().contains("/v1.0/"), 100_000, 503, "");
        change(
                anna,
                feed,
                Map.of(
                        "settings",
                        Map.of("showAs", Map.of("BUSY", "IGNORE", "WORKING_ELSEWHERE", "BLOCK", "FREE", "BLOCK"))));
        await(() -> assertThat(around.scheduling.titles(feed)).containsExactly("Elsewhere", "Holiday"));
        change(anna, feed, Map.of("settings", Map.of("allDay", "IGNORE", "hideSubjects", true)));
        await(() -> assertThat(around.scheduling.items(feed)).hasSize(1));
        assertThat(around.scheduling.titles(feed)).doesNotContain("Elsewhere");
        await(() -> assertThat(count("feed_item WHERE subject IS NOT NULL AND feed_id = ?", feed))
                .isZero());
        change(
                anna,
                feed,
                Map.of(
                        "settings",
                        Map.of(
                                "allDay",
                                "BLOCK",
                                "hideSubjects",
                                false,
                                "showAs",
                                Map.of("BUSY", "BLOCK", "WORKING_ELSEWHERE", "IGNORE"))));
        await(() ->
                assertThat(around.scheduling.titles(feed)).hasSize(33).contains("First", "Private", "Holiday", "Team"));
        around.between.heal();
        // What Microsoft says next finds nothing left to do.
        sync(anna, feed);
        sql.change("UPDATE remote_calendar SET read_in_full_at = now() - interval '9 days' WHERE id ="
                + " (SELECT remote_calendar_id FROM feed WHERE id = '" + feed + "')");
        sync(anna, feed);
        await(() -> assertThat(count("sync_run WHERE full_read AND state = 'SUCCEEDED' AND feed_id = ?", feed))
                .as("after more than a week everything is read anew, once")
                .isEqualTo(2));
        assertThat(around.scheduling.titles(feed)).hasSize(33);
    }

    private long count(String from, UUID feed) {
        return sql.get("SELECT count(*) AS n FROM " + from, row -> row.number("n"), feed);
    }

    @Test
    void progressIsTold() {
        Person anna = Person.withMailbox("Europe/Berlin");
        add(anna, "First", 9);
        UUID feed = synced(anna);
        String stream =
                anna.request().get("/api/v1/sync-feeds/" + feed + "/progress").asString();
        assertThat(stream).contains("data:").contains("\"phase\":\"FINISHED\"");
    }

    // ---- words ----

    private static long postponed(Person person, UUID feed) {
        return person.get("/api/v1/sync-feeds/" + feed + "/runs").jsonPath().<String>getList("items.state").stream()
                .filter("POSTPONED"::equals)
                .count();
    }

    private UUID synced(Person person) {
        person.connect();
        UUID feed = person.feed();
        await(() -> assertThat(state(person, feed)).isEqualTo("ACTIVE"));
        return feed;
    }

    private static void change(Person person, UUID feed, Map<String, ?> change) {
        person.json()
                .header("If-Match", "*")
                .body(change)
                .patch("/api/v1/sync-feeds/" + feed)
                .then()
                .statusCode(200);
    }

    private static void sync(Person person, UUID feed) {
        person.post("/api/v1/sync-feeds/" + feed + "/sync", Map.of()).then().statusCode(202);
    }

    private static void pause(Person person, UUID feed) {
        person.post("/api/v1/sync-feeds/" + feed + "/pause", Map.of()).then().statusCode(200);
    }

    private static void resume(Person person, UUID feed, Map<String, ?> body) {
        person.post("/api/v1/sync-feeds/" + feed + "/resume", body).then().statusCode(200);
    }

    private static String state(Person person, UUID feed) {
        return person.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("state");
    }

    private String add(Person person, String subject, int hour) {
        return outlook.addEvent(person.address(), subject, DAY.atTime(hour, 0), DAY.atTime(hour + 1, 0), ZONE);
    }

    private static Instant at(int hour) {
        return DAY.atTime(hour, 0).atZone(BERLIN).toInstant();
    }

    private UUID book(Person person, int hour, String client) {
        return around.scheduling.book(person.organisation, person.staff, at(hour), at(hour).plusSeconds(1800), client);
    }

    private List<String> subjects(Person person) {
        return InOutlook.subjects(outlook, person.address());
    }

    private List<String> states(Person person) {
        return sql.list(
                "SELECT state FROM published_event WHERE organisation_id = ? AND state <> 'KEPT'",
                row -> row.text("state"),
                person.organisation);
    }

    private static void await(org.awaitility.core.ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(assertion);
    }
}
