package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.timetether.office365.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/** What may free time and what may not: the brake, a forgotten cursor, a copy of an event of ours. What happens at random is {@link StormIT}. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class SettlesIT {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String ZONE = "W. Europe Standard Time";
    private static final LocalDate DAY = LocalDate.now(BERLIN).plusDays(3);

    private final Surroundings around = Surroundings.get();
    private final Outlook outlook = around.outlook();

    @Test
    void asksBeforeMostOfACalendarIsFreed() {
        Person anna = Person.withMailbox("Europe/Berlin");
        List<String> events = IntStream.range(0, 40)
                .mapToObj(i -> single(anna, "E" + i, DAY.plusDays(i).atTime(9, 0)))
                .toList();
        anna.connect();
        UUID feed = anna.feed();
        await(() -> assertThat(state(anna, feed)).isEqualTo("ACTIVE"));
        assertThat(around.scheduling.items(feed)).hasSize(40);

        anna.post("/api/v1/sync-feeds/" + feed + "/pause", Map.of()).then().statusCode(200);
        events.subList(0, 30).forEach(id -> outlook.delete(anna.address(), id));
        single(anna, "New", DAY.atTime(15, 0));
        anna.post("/api/v1/sync-feeds/" + feed + "/resume", Map.of()).then().statusCode(200);

        // The new one blocks at once, the 30 still do, and the person is asked.
        await(() -> assertThat(state(anna, feed)).isEqualTo("HELD"));
        assertThat(around.scheduling.titles(feed)).hasSize(41).contains("New");
        assertThat(anna.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("reason"))
                .isNotBlank();

        // It goes on while it asks.
        single(anna, "Newer", DAY.atTime(17, 0));
        await(() -> assertThat(around.scheduling.titles(feed)).contains("Newer"));
        assertThat(state(anna, feed)).isEqualTo("HELD");
        assertThat(around.scheduling.titles(feed)).hasSize(42);

        anna.post("/api/v1/sync-feeds/" + feed + "/resume", Map.of("removals", "APPLY"))
                .then()
                .statusCode(200);
        await(() -> assertThat(around.scheduling.titles(feed)).hasSize(12));
        await(() -> assertThat(state(anna, feed)).isEqualTo("ACTIVE"));
    }

    @Test
    void aForgottenCursorFreesNothingButWhatIsGone() {
        Person anna = Person.withMailbox("Europe/Berlin");
        List<String> events = IntStream.range(0, 25)
                .mapToObj(i -> single(anna, "E" + i, DAY.plusDays(i).atTime(9, 0)))
                .toList();
        anna.connect();
        UUID feed = anna.feed();
        await(() -> assertThat(around.scheduling.items(feed)).hasSize(25));
        outlook.expireDeltaLinks(anna.address());
        outlook.delete(anna.address(), events.getFirst());
        await(() -> assertThat(around.scheduling.titles(feed)).hasSize(24).doesNotContain("E0"));
        await(() -> assertThat(state(anna, feed)).isEqualTo("ACTIVE"));
    }

    @Test
    void aCopyOfOurEventBlocksAndIsNeverTouched() {
        Person anna = Person.withMailbox("Europe/Berlin");
        anna.connect();
        UUID feed = anna.feed();
        Instant start = DAY.atTime(11, 0).atZone(BERLIN).toInstant();
        UUID booked = around.scheduling.book(anna.organisation, anna.staff, start, start.plusSeconds(1800), "Mia");
        await(() -> assertThat(subjects(anna)).contains("[tt] Massage – Mia"));
        String copy = single(anna, "[tt] Massage – Mia", DAY.plusDays(1).atTime(11, 0));
        await(() -> assertThat(around.scheduling.titles(feed)).containsExactly("[tt] Massage – Mia"));
        int version = outlook.get(anna.address(), copy).version();
        around.scheduling.change(booked, Map.of("status", "CANCELLED"));
        await(() -> assertThat(subjects(anna)).containsExactly("[tt] Massage – Mia"));
        assertThat(outlook.get(anna.address(), copy).version()).isEqualTo(version);
        assertThat(around.scheduling.titles(feed)).containsExactly("[tt] Massage – Mia");
    }

    private String single(Person person, String subject, LocalDateTime start) {
        return outlook.addEvent(person.address(), subject, start, start.plusHours(1), ZONE);
    }

    private String state(Person person, UUID feed) {
        return person.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("state");
    }

    private List<String> subjects(Person person) {
        return InOutlook.subjects(outlook, person.address());
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(assertion);
    }
}
