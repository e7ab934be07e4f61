package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.timetether.office365.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The whole day of the service: connect, first sync, changes both ways, stop. What happened is told by Outlook and by scheduling. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class JourneyIT {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String ZONE = "W. Europe Standard Time";
    private static final LocalDate DAY = LocalDate.now(BERLIN).plusDays(10);

    private final Surroundings around = Surroundings.get();

    @Test
    void anAccountIsConnectedReadWrittenAndStopped() {
        Person anna = Person.withMailbox("Europe/Berlin");
        Outlook outlook = around.outlook();
        String dentist = outlook.addEvent(anna.address(), "Dentist", at(9), at(10), ZONE);
        outlook.addAllDayEvent(anna.address(), "Fair", DAY.plusDays(1), DAY.plusDays(2), ZONE);
        String free = outlook.addEvent(anna.address(), event("Lunch", 12, 13, "free"));
        outlook.addSeries(anna.address(), "Weekly", at(15), at(16), ZONE, """
                {"pattern":{"type":"weekly","interval":1,"daysOfWeek":["%s"]},
                 "range":{"type":"numbered","numberOfOccurrences":3,"startDate":"%s"}}
                """.formatted(
                        DAY.getDayOfWeek().name().toLowerCase(java.util.Locale.ROOT), DAY));
        Instant start = at(11).atZone(BERLIN).toInstant();
        UUID booked =
                around.scheduling.book(anna.organisation, anna.staff, start, start.plusSeconds(1800), "Erika Example");

        UUID connection = anna.connect();
        assertThat(anna.get("/api/v1/calendar-connections/" + connection)
                        .jsonPath()
                        .getString("state"))
                .isEqualTo("ACTIVE");
        UUID feed = anna.feed();

        // The first sync has started by itself; the appointment that existed already stands in Outlook, with its
        // prefix.
        await(() -> assertThat(state(anna, feed)).isEqualTo("ACTIVE"));
        assertThat(around.scheduling.titles(feed)).containsExactly("Dentist", "Fair", "Weekly", "Weekly", "Weekly");
        await(() -> assertThat(subjects(anna)).contains("[tt] Massage – Erika Example"));
        assertThat(around.scheduling.feed(feed).firstSyncCompleted).isTrue();

        // View feed tells why.
        JsonPath view =
                anna.get("/api/v1/sync-feeds/" + feed + "/items?limit=200").jsonPath();
        assertThat(view.getString("timeZone")).isEqualTo("Europe/Berlin");
        assertThat(view.<Map<String, Object>>getList("items"))
                .anySatisfy(item -> assertThat(item)
                        .containsEntry("subject", "Lunch")
                        .containsEntry("loaded", false)
                        .containsEntry("reasonCode", "SHOWN_AS_FREE"))
                .anySatisfy(item ->
                        assertThat(item).containsEntry("subject", "Dentist").containsEntry("loaded", true));

        // A change in Outlook closes the new time and opens the old one; notifications bring it.
        outlook.move(anna.address(), dentist, at(7), at(8), ZONE);
        await(() -> assertThat(around.scheduling.items(feed).values())
                .anySatisfy(item -> assertThat(item.path("startAt").asText())
                        .isEqualTo(at(7).atZone(BERLIN).toInstant().toString())));
        outlook.change(anna.address(), free, "{\"showAs\":\"busy\"}");
        await(() -> assertThat(around.scheduling.titles(feed)).contains("Lunch"));
        outlook.delete(anna.address(), dentist);
        await(() -> assertThat(around.scheduling.titles(feed)).doesNotContain("Dentist"));

        // Our own event came back from Office 365 and blocks nothing.
        await(() -> assertThat(anna.get("/api/v1/sync-feeds/" + feed + "/items?limit=200")
                        .jsonPath()
                        .<String>getList("items.reasonCode"))
                .contains("CAME_FROM_HERE"));
        assertThat(around.scheduling.titles(feed)).noneMatch(title -> title.contains("Massage"));

        // Rescheduling moves that same event; cancelling removes it.
        String id = eventId(anna, "Massage");
        Instant later = start.plus(Duration.ofHours(3));
        around.scheduling.change(
                booked,
                Map.of(
                        "startAt",
                        later.toString(),
                        "endAt",
                        later.plusSeconds(1800).toString()));
        await(() -> assertThat(startOf(anna, "Massage")).isEqualTo(later));
        assertThat(eventId(anna, "Massage")).isEqualTo(id);
        UUID second =
                around.scheduling.book(anna.organisation, anna.staff, start, start.plusSeconds(1800), "Max Muster");
        await(() -> assertThat(subjects(anna)).contains("[tt] Massage – Max Muster"));
        around.scheduling.change(second, Map.of("status", "CANCELLED"));
        await(() -> assertThat(subjects(anna)).doesNotContain("[tt] Massage – Max Muster"));

        // Stop, and the [tt] events go too; nothing else does.
        anna.post("/api/v1/calendar-connections/" + connection + "/stop", Map.of("writtenEvents", "REMOVE"))
                .then()
                .statusCode(202);
        await(() -> assertThat(anna.get("/api/v1/calendar-connections/" + connection)
                        .jsonPath()
                        .getString("state"))
                .isEqualTo("STOPPED"));
        assertThat(subjects(anna)).contains("Fair", "Lunch").noneMatch(subject -> subject.startsWith("[tt]"));
        await(() -> assertThat(around.scheduling.knows(feed)).isFalse());
        assertThat(anna.get("/api/v1/sync-feeds").jsonPath().getList("items")).isEmpty();
        assertThat(anna.get("/api/v1/calendar-connections").jsonPath().getList("items"))
                .isEmpty();
        assertThat(anna.get("/api/v1/calendar-connections/" + connection + "/removal")
                        .jsonPath()
                        .getInt("remaining"))
                .isZero();
    }

    private static LocalDateTime at(int hour) {
        return DAY.atTime(hour, 0);
    }

    private static String event(String subject, int from, int to, String showAs) {
        return """
                {"subject":"%s","showAs":"%s","start":{"dateTime":"%s","timeZone":"%s"},
                 "end":{"dateTime":"%s","timeZone":"%s"}}
                """.formatted(subject, showAs, at(from), ZONE, at(to), ZONE);
    }

    private String state(Person person, UUID feed) {
        return person.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("state");
    }

    private List<String> subjects(Person person) {
        return InOutlook.subjects(around.outlook(), person.address());
    }

    private String eventId(Person person, String part) {
        return InOutlook.find(around.outlook(), person.address(), part).id();
    }

    private Instant startOf(Person person, String part) {
        return InOutlook.find(around.outlook(), person.address(), part).startAt();
    }

    private static void await(org.awaitility.core.ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(assertion);
    }
}
