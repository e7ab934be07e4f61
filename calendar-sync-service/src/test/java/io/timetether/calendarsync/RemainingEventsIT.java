package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/** Erasure where nobody lets us write any more: told by calendar and time, and finished when the calendar comes back. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class RemainingEventsIT {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String REMAINING = "/api/v1/remaining-events";

    private final Surroundings around = Surroundings.get();

    @Test
    void areListedWithoutTheNameAndGoWhenTheCalendarIsConnectedAgain() {
        Person anna = Person.withMailbox("Europe/Berlin");
        anna.connect();
        UUID feed = anna.feed();
        Instant start =
                LocalDate.now(BERLIN).plusDays(10).atTime(9, 0).atZone(BERLIN).toInstant();
        UUID appointment =
                around.scheduling.book(anna.organisation, anna.staff, start, start.plusSeconds(1800), "Erika Example");
        await(() -> assertThat(subjects(anna)).containsExactly("[tt] Massage – Erika Example"));
        assertThat(anna.get(REMAINING).jsonPath().getList("items")).isEmpty();

        anna.post("/api/v1/sync-feeds/" + feed + "/stop", Map.of("writtenEvents", "KEEP"))
                .then()
                .statusCode(202);
        around.scheduling.erase(appointment);
        await(() -> assertThat(anna.get(REMAINING).jsonPath().getList("items")).hasSize(1));
        var listed = anna.get(REMAINING);
        assertThat(Instant.parse(listed.jsonPath().getString("items[0].startsAt")))
                .isEqualTo(start);
        assertThat(listed.jsonPath().getString("items[0].calendarName")).isNotBlank();
        assertThat(listed.asString()).doesNotContain("Erika").doesNotContain("Massage");
        Person stranger = Person.withMailbox("Europe/Berlin");
        assertThat(stranger.get(REMAINING).jsonPath().getList("items")).isEmpty();

        anna.connect();
        await(() -> assertThat(subjects(anna)).isEmpty());
        await(() -> assertThat(anna.get(REMAINING).jsonPath().getList("items")).isEmpty());
    }

    private List<String> subjects(Person person) {
        return InOutlook.subjects(around.outlook(), person.address());
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(assertion);
    }
}
