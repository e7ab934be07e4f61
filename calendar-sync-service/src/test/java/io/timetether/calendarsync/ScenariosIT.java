package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.timetether.calendarsync.database.Sql;
import io.timetether.office365.Outlook;
import io.timetether.office365.fault.Fault;
import io.timetether.office365.fault.Trouble;
import io.timetether.office365.mailbox.Occurrence;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Scenarios of docs/office365-scenarios.md that take the whole service; each carries its number. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class ScenariosIT {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String ZONE = "W. Europe Standard Time";
    private static final LocalDate DAY = LocalDate.now(BERLIN).plusDays(10);

    private final Surroundings around = Surroundings.get();
    private final Outlook outlook = around.outlook();

    @Inject
    Sql sql;

    @AfterEach
    void heal() {
        around.between.heal();
        around.microsoft.faults().withdrawAll();
    }

    @Test
    void aWeeklySeriesKeepsItsLocalHourOverTheSwitch_29() {
        Person anna = Person.withMailbox("Europe/Berlin");
        outlook.addSeries(anna.address(), "Weekly", DAY.atTime(9, 0), DAY.atTime(10, 0), ZONE, """
                {"pattern":{"type":"weekly","interval":1,"daysOfWeek":["%s"]},
                 "range":{"type":"numbered","numberOfOccurrences":40,"startDate":"%s"}}
                """.formatted(
                        DAY.getDayOfWeek().name().toLowerCase(Locale.ROOT), DAY));
        UUID feed = synced(anna);
        List<Instant> starts = around.scheduling.items(feed).values().stream()
                .map(item -> Instant.parse(item.path("startAt").asText()))
                .toList();
        assertThat(starts)
                .hasSize(40)
                .doesNotHaveDuplicates()
                .allSatisfy(
                        start -> assertThat(start.atZone(BERLIN).toLocalTime()).isEqualTo(LocalTime.of(9, 0)));
        assertThat(starts.stream()
                        .map(start -> start.atZone(ZoneOffset.UTC).getHour())
                        .distinct())
                .hasSize(2);
    }

    @Test
    void manyNotificationsBecomeFewRounds_42() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = subscribed(anna);
        String calendar = graphId(feed);
        long before = rounds(calendar);
        for (int i = 0; i < 50; i++) {
            outlook.addEvent(
                    anna.address(),
                    "E" + i,
                    DAY.plusDays(i).atTime(9, 0),
                    DAY.plusDays(i).atTime(10, 0),
                    ZONE);
        }
        await(() -> assertThat(around.scheduling.items(feed)).hasSize(50));
        assertThat(rounds(calendar) - before).isLessThan(30);
    }

    @Test
    void aSubscriptionIsRenewedWhenAskedAndReplacedWhenItIsGone_43() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = subscribed(anna);
        String first = subscription(feed);
        outlook.announceLifecycle(anna.address(), "reauthorizationRequired");
        await(() -> assertThat(around.between.count(
                        seen -> seen.method().equals("PATCH") && seen.path().contains("/subscriptions/" + first)))
                .isPositive());
        outlook.announceLifecycle(anna.address(), "subscriptionRemoved");
        await(() -> assertThat(subscription(feed)).isNotEmpty().isNotEqualTo(first));
        long before = rounds(graphId(feed));
        outlook.announceLifecycle(anna.address(), "missed");
        await(() -> assertThat(rounds(graphId(feed))).isGreaterThan(before));
    }

    @Test
    void dataThatComesAfterItsNotificationIsFound_44() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = subscribed(anna);
        String link = sql.get("""
                SELECT delta_link FROM remote_calendar r JOIN feed f ON f.remote_calendar_id = r.id WHERE f.id = ?
                """, row -> row.text("delta_link"), feed);
        String asked = link.substring(link.indexOf("/v1.0"));
        // Microsoft has told us, but its answer does not know it yet.
        around.between.refuse(
                seen -> seen.path().equals(asked),
                1,
                200,
                "{\"value\":[],\"@odata.deltaLink\":\"%s\"}".formatted(link));
        outlook.addEvent(anna.address(), "Late", DAY.atTime(9, 0), DAY.atTime(10, 0), ZONE);
        await(() -> assertThat(around.scheduling.titles(feed)).containsExactly("Late"));
    }

    @Test
    void whatThePersonDidJustBeforeOurUpdateStays_36() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = subscribed(anna);
        UUID booked = around.scheduling.book(anna.organisation, anna.staff, at(9), at(10), "Erika Example");
        await(() -> assertThat(anna.get("/api/v1/sync-feeds/" + feed + "/items")
                        .jsonPath()
                        .<String>getList("items.reasonCode"))
                .containsExactly("CAME_FROM_HERE"));
        String event = InOutlook.find(outlook, anna.address(), "[tt]").id();
        long before = patches();
        around.between.beforeTheAnswer(
                seen -> seen.method().equals("GET") && seen.path().contains("/events/"),
                () -> outlook.change(anna.address(), event, "{\"importance\":\"high\"}"));
        around.scheduling.change(booked, Map.of("startAt", at(14).toString(), "endAt", at(15).toString()));
        await(() -> assertThat(InOutlook.find(outlook, anna.address(), "[tt]").startAt())
                .isEqualTo(at(14)));
        assertThat(outlook.get(anna.address(), event)
                        .details()
                        .path("importance")
                        .asText())
                .isEqualTo("high");
        assertThat(patches() - before)
                .as("refused under the stale etag, then done")
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void aCalendarThatOnlySaysThatItCanBeEditedIsNotChosenForWriting_45() {
        Person anna = Person.withMailbox("Europe/Berlin");
        synced(anna);
        String practice = outlook.addCalendar(anna.address(), "Practice").id();
        UUID connection = UUID.fromString(
                anna.get("/api/v1/calendar-connections").jsonPath().getString("items[0].id"));
        String calendar = anna.get("/api/v1/calendar-connections/" + connection + "/calendars")
                .jsonPath()
                .getString("items.find { it.name == 'Practice' }.id");
        Map<String, Object> wish =
                Map.of("connectionId", connection, "calendarId", calendar, "reading", false, "writing", true);
        around.microsoft.faults().order(Fault.of(Trouble.ACCESS_DENIED).on("POST", "/events$"));
        anna.post("/api/v1/sync-feeds", wish)
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/calendar-not-writable"))
                .body("detail", containsString("Microsoft refused"));
        // Taken, but not taken away again: nothing is known of the calendar then, and the next trial clears up.
        around.microsoft
                .faults()
                .order(Fault.of(Trouble.SERVER_BUSY).on("DELETE", "/events/").times(-1));
        anna.post("/api/v1/sync-feeds", wish)
                .then()
                .statusCode(503)
                .body("type", equalTo("/problems/office365-unavailable"));
        assertThat(lastMonth(anna, practice)).hasSize(1);
        around.microsoft.faults().withdrawAll();
        anna.post("/api/v1/sync-feeds", wish).then().statusCode(201);
        assertThat(lastMonth(anna, practice)).isEmpty();
    }

    private List<Occurrence> lastMonth(Person person, String calendar) {
        Instant now = Instant.now();
        return outlook.occurrences(person.address(), calendar, now.minus(Duration.ofDays(40)), now);
    }

    @Test
    void aSharedCalendarThatMayOnlyBeReadIsNeverWrittenAndPolled_45() {
        Person anna = Person.withMailbox("Europe/Berlin");
        Person ben = Person.withMailbox("Europe/Berlin");
        synced(anna);
        String shared = outlook.addCalendar(ben.address(), "Bens practice").id();
        outlook.addEventTo(ben.address(), shared, event("Holiday of the practice", 9));
        outlook.shareCalendar(ben.address(), shared, anna.address(), false);
        UUID connection = UUID.fromString(
                anna.get("/api/v1/calendar-connections").jsonPath().getString("items[0].id"));
        String calendar = anna.get("/api/v1/calendar-connections/" + connection + "/calendars")
                .jsonPath()
                .getString("items.find { it.name == 'Bens practice' }.id");
        anna.post(
                        "/api/v1/sync-feeds",
                        Map.of("connectionId", connection, "calendarId", calendar, "reading", true, "writing", true))
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/calendar-not-writable"));
        UUID feed = UUID.fromString(anna.post(
                        "/api/v1/sync-feeds",
                        Map.of("connectionId", connection, "calendarId", calendar, "reading", true, "writing", false))
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
        await(() -> assertThat(around.scheduling.titles(feed)).containsExactly("Holiday of the practice"));
        anna.json()
                .header("If-Match", "*")
                .body(Map.of("writing", true))
                .patch("/api/v1/sync-feeds/" + feed)
                .then()
                .statusCode(409);
        await(() -> assertThat(anna.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("notifications.problem"))
                .isNotEmpty());
        // Nobody tells us, so it is looked at again within the minute.
        outlook.addEventTo(ben.address(), shared, event("Another", 11));
        await(() ->
                assertThat(nextRun(feed)).isBetween(Instant.now(), Instant.now().plusSeconds(61)));
        bringForward(feed);
        await(() -> assertThat(around.scheduling.titles(feed)).hasSize(2));
        assertThat(around.between.count(
                        seen -> !seen.method().equals("GET") && seen.path().contains(calendar.replace("=", ""))))
                .isZero();
    }

    @Test
    void aMailboxThatIsGoneParksItsAccountAndNoOther_46() {
        Person anna = Person.withMailbox("Europe/Berlin");
        Person ben = Person.withMailbox("Europe/Berlin");
        outlook.addEvent(anna.address(), "Known", DAY.atTime(9, 0), DAY.atTime(10, 0), ZONE);
        UUID annas = synced(anna);
        UUID bens = synced(ben);
        around.microsoft
                .faults()
                .order(Fault.of(Trouble.MAILBOX_NOT_ENABLED)
                        .forMailbox(outlook.mailbox(anna.address()).id())
                        .times(-1));
        anna.post("/api/v1/sync-feeds/" + annas + "/sync", Map.of()).then().statusCode(202);
        await(() -> assertThat(connection(anna)).isEqualTo("PARKED mailbox-unavailable"));
        outlook.addEvent(ben.address(), "Bens", DAY.atTime(9, 0), DAY.atTime(10, 0), ZONE);
        await(() -> assertThat(around.scheduling.titles(bens)).containsExactly("Bens"));
        assertThat(connection(ben)).isEqualTo("ACTIVE null");
        assertThat(around.scheduling.titles(annas)).containsExactly("Known");
    }

    @Test
    void aCalendarThatIsDeletedParksItsFeedAndFreesNothing_47() {
        Person anna = Person.withMailbox("Europe/Berlin");
        outlook.addEvent(anna.address(), "Own", DAY.atTime(8, 0), DAY.atTime(9, 0), ZONE);
        UUID own = synced(anna);
        String other = outlook.addCalendar(anna.address(), "Courses").id();
        outlook.addEventTo(anna.address(), other, event("Course", 9));
        String connection = anna.get("/api/v1/calendar-connections").jsonPath().getString("items[0].id");
        UUID feed = UUID.fromString(anna.post(
                        "/api/v1/sync-feeds",
                        Map.of("connectionId", connection, "calendarId", other, "reading", true, "writing", false))
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
        await(() -> assertThat(around.scheduling.titles(feed)).containsExactly("Course"));
        outlook.deleteCalendar(anna.address(), other);
        anna.post("/api/v1/sync-feeds/" + feed + "/sync", Map.of()).then().statusCode(202);
        await(() -> assertThat(anna.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("state"))
                .isEqualTo("PARKED"));
        assertThat(anna.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("reasonCode"))
                .isEqualTo("calendar-gone");
        assertThat(around.scheduling.titles(feed)).containsExactly("Course");
        outlook.addEvent(anna.address(), "Own too", DAY.atTime(11, 0), DAY.atTime(12, 0), ZONE);
        await(() -> assertThat(around.scheduling.titles(own)).containsExactly("Own", "Own too"));
        assertThat(connection(anna)).isEqualTo("ACTIVE null");
    }

    @Test
    void nobodyIsInvitedToWhatWeWrite() {
        Person anna = Person.withMailbox("Europe/Berlin");
        synced(anna);
        around.scheduling.book(anna.organisation, anna.staff, at(9), at(10), "Erika Example");
        await(() -> assertThat(InOutlook.subjects(outlook, anna.address()))
                .containsExactly("[tt] Massage – Erika Example"));
        assertThat(outlook.get(
                                anna.address(),
                                InOutlook.find(outlook, anna.address(), "[tt]").id())
                        .details()
                        .path("attendees"))
                .isEmpty();
    }

    // ---- words ----

    private static String event(String subject, int hour) {
        return """
                {"subject":"%s","showAs":"busy","start":{"dateTime":"%sT%02d:00:00","timeZone":"UTC"},
                 "end":{"dateTime":"%sT%02d:30:00","timeZone":"UTC"}}
                """.formatted(subject, DAY, hour, DAY, hour);
    }

    private static String connection(Person person) {
        var json = person.get("/api/v1/calendar-connections").jsonPath();
        return json.getString("items[0].state") + " " + json.getString("items[0].reasonCode");
    }

    private long patches() {
        return around.between.count(
                seen -> seen.method().equals("PATCH") && seen.path().contains("/events/"));
    }

    private Instant nextRun(UUID feed) {
        return sql.get(
                "SELECT execution_time FROM scheduled_tasks WHERE task_name = 'sync-calendar' AND NOT picked AND task_instance"
                        + " = (SELECT remote_calendar_id::text FROM feed WHERE id = ?)",
                row -> row.instant("execution_time"),
                feed);
    }

    private void bringForward(UUID feed) {
        sql.change(
                "UPDATE scheduled_tasks SET execution_time = now() WHERE task_name = 'sync-calendar' AND NOT picked AND"
                        + " task_instance = (SELECT remote_calendar_id::text FROM feed WHERE id = ?)",
                feed);
    }

    private static Instant at(int hour) {
        return DAY.atTime(hour, 0).atZone(BERLIN).toInstant();
    }

    private UUID synced(Person person) {
        person.connect();
        UUID feed = person.feed();
        await(() -> assertThat(
                        person.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("state"))
                .isEqualTo("ACTIVE"));
        return feed;
    }

    /** A feed whose notifications live, and whose rounds after that have ended. */
    private UUID subscribed(Person person) {
        UUID feed = synced(person);
        await(() -> assertThat(
                        person.get("/api/v1/sync-feeds/" + feed).jsonPath().getBoolean("notifications.active"))
                .isTrue());
        String mark = outlook.addEvent(person.address(), "Mark", DAY.atTime(7, 0), DAY.atTime(8, 0), ZONE);
        await(() -> assertThat(around.scheduling.titles(feed)).containsExactly("Mark"));
        outlook.delete(person.address(), mark);
        await(() -> assertThat(around.scheduling.titles(feed)).isEmpty());
        return feed;
    }

    private String graphId(UUID feed) {
        return sql.get("""
                SELECT graph_id FROM remote_calendar r JOIN feed f ON f.remote_calendar_id = r.id WHERE f.id = ?
                """, row -> row.text("graph_id"), feed);
    }

    private String subscription(UUID feed) {
        return sql.get("""
                SELECT coalesce(subscription_id, '') AS id
                FROM remote_calendar r JOIN feed f ON f.remote_calendar_id = r.id WHERE f.id = ?
                """, row -> row.text("id"), feed);
    }

    private long rounds(String graphId) {
        // The end of an id may be encoded in a path.
        String id = graphId.replace("=", "");
        return around.between.count(
                seen -> seen.path().contains(id) && seen.path().contains("/delta?"));
    }

    private static void await(org.awaitility.core.ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(assertion);
    }
}
