package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.timetether.office365.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is held, narrowed or finished later: rounds that never end, appointments that vanish, authorisations that die. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class BrakesIT {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String ZONE = "W. Europe Standard Time";
    private static final LocalDate DAY = LocalDate.now(BERLIN).plusDays(10);

    private final Surroundings around = Surroundings.get();
    private final Outlook outlook = around.outlook();

    @AfterEach
    void heal() {
        around.between.heal();
    }

    @Test
    void aRoundThatDoesNotEndIsTriedAgainWithASmallerWindow() {
        Person anna = Person.withMailbox("Europe/Berlin");
        outlook.addEvent(anna.address(), "Dentist", DAY.atTime(9, 0), DAY.atTime(10, 0), ZONE);
        String wide = LocalDate.now(BERLIN).plusMonths(7).toString();
        String graph = ConfigProvider.getConfig().getValue("timetether.microsoft.graph-url", String.class);
        around.between.refuse(
                seen -> seen.path().contains("/delta?")
                        && (seen.path().contains("never=ends")
                                || until(seen.path()).compareTo(wide) > 0),
                100_000,
                200,
                """
                {"value":[{"id":"again","@removed":{"reason":"deleted"}}],
                 "@odata.nextLink":"%s/v1.0/me/calendars/x/calendarView/delta?never=ends"}
                """.formatted(graph));
        anna.connect();
        UUID feed = anna.feed();
        await(() -> assertThat(around.scheduling.titles(feed)).containsExactly("Dentist"));
        await(() -> assertThat(state(anna, feed)).isEqualTo("ACTIVE"));
        Instant known =
                Instant.parse(anna.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("knownUntil"));
        assertThat(known).isBefore(Instant.now().plus(Duration.ofDays(230)));
    }

    /** The day up to which a round asks; nothing for one that goes on from a link. */
    private static String until(String path) {
        int at = path.indexOf("endDateTime=");
        return at < 0 ? "" : path.substring(at + "endDateTime=".length(), at + "endDateTime=".length() + 10);
    }

    @Test
    void appointmentsThatVanishWithoutAWordKeepTheirEventsUntilAPersonHasSpoken() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = synced(anna);
        List<UUID> booked = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            Instant start = DAY.plusDays(i).atTime(9, 0).atZone(BERLIN).toInstant();
            booked.add(around.scheduling.book(anna.organisation, anna.staff, start, start.plusSeconds(1800), "C" + i));
        }
        await(() -> assertThat(written(anna)).hasSize(24));
        booked.subList(0, 21).forEach(around.scheduling::lose);
        around.scheduling.prefix(anna.organisation, "[tt2]");
        await(() -> assertThat(state(anna, feed)).isEqualTo("HELD"));
        assertThat(anna.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("reason"))
                .contains("21 of the 24");
        assertThat(written(anna)).hasSize(24);
        // The others are written as before, and the next run does not forget that somebody was asked.
        await(() -> assertThat(written(anna))
                .filteredOn(subject -> subject.startsWith("[tt2]"))
                .hasSize(3));
        outlook.addEvent(anna.address(), "Dentist", DAY.atTime(14, 0), DAY.atTime(15, 0), ZONE);
        await(() -> assertThat(around.scheduling.titles(feed)).contains("Dentist"));
        assertThat(state(anna, feed)).isEqualTo("HELD");
        anna.post("/api/v1/sync-feeds/" + feed + "/resume", Map.of("removals", "APPLY"))
                .then()
                .statusCode(200);
        await(() -> assertThat(written(anna)).hasSize(3));
    }

    @Test
    void whatAnErasureTakesAwayGoesWithoutAQuestion() {
        Person anna = Person.withMailbox("Europe/Berlin");
        synced(anna);
        Instant start = DAY.atTime(9, 0).atZone(BERLIN).toInstant();
        UUID booked = around.scheduling.book(anna.organisation, anna.staff, start, start.plusSeconds(1800), "Erika");
        await(() -> assertThat(written(anna)).hasSize(1));
        around.scheduling.erase(booked);
        await(() -> assertThat(written(anna)).isEmpty());
    }

    @Test
    void whatADeadAuthorisationLeftBehindGoesWhenTheAccountIsConnectedAgain() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID connection = anna.connect();
        UUID feed = anna.feed();
        await(() -> assertThat(state(anna, feed)).isEqualTo("ACTIVE"));
        Instant start = DAY.atTime(9, 0).atZone(BERLIN).toInstant();
        around.scheduling.book(anna.organisation, anna.staff, start, start.plusSeconds(1800), "Erika");
        await(() -> assertThat(written(anna)).hasSize(1));
        // No token can be had any more: the stop gives up, and says what remains.
        outlook.revokeSessions(anna.address());
        around.between.refuse(
                seen -> seen.method().equals("DELETE") && seen.path().contains("/events/"),
                1,
                401,
                "{\"error\":{\"code\":\"InvalidAuthenticationToken\",\"message\":\"expired\"}}");
        anna.post("/api/v1/calendar-connections/" + connection + "/stop", Map.of("writtenEvents", "REMOVE"))
                .then()
                .statusCode(202);
        await(() -> assertThat(anna.get("/api/v1/calendar-connections/" + connection)
                        .jsonPath()
                        .getString("state"))
                .isEqualTo("STOPPED"));
        assertThat(remaining(anna, connection)).isEqualTo(1);
        assertThat(written(anna)).hasSize(1);

        UUID second = anna.connect();
        assertThat(second).isNotEqualTo(connection);
        await(() -> assertThat(remaining(anna, connection)).isZero());
        // The appointment stands once: the new feed's own event.
        await(() -> assertThat(written(anna)).hasSize(1));
    }

    // ---- words ----

    private static int remaining(Person person, UUID connection) {
        return person.get("/api/v1/calendar-connections/" + connection + "/removal")
                .jsonPath()
                .getInt("remaining");
    }

    private UUID synced(Person person) {
        person.connect();
        UUID feed = person.feed();
        await(() -> assertThat(state(person, feed)).isEqualTo("ACTIVE"));
        return feed;
    }

    private static String state(Person person, UUID feed) {
        return person.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("state");
    }

    private List<String> written(Person person) {
        return InOutlook.subjects(outlook, person.address()).stream()
                .filter(subject -> subject.startsWith("[tt"))
                .toList();
    }

    private static void await(org.awaitility.core.ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(assertion);
    }
}
