package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.timetether.calendarsync.database.CrashPoints;
import io.timetether.calendarsync.database.Sql;
import io.timetether.office365.fault.Fault;
import io.timetether.office365.fault.Trouble;
import io.timetether.office365.journal.Journal;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Many appointments on their way to one calendar, each request 120 ms long: several at a time, never more than the mailbox
 * allows, each exactly once. How long it takes is printed; more of them: {@code -Dtimetether.appointments=200}.
 */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class ManyEventsIT {

    private static final int APPOINTMENTS = Integer.getInteger("timetether.appointments", 120);
    private static final int FOR_BACKGROUND = 3;
    private static final int ALL = 4;

    private final Surroundings around = Surroundings.get();

    @Inject
    Sql sql;

    @AfterEach
    void heal() {
        CrashPoints.none();
        around.microsoft.faults().withdrawAll();
    }

    @Test
    void ofANewFeedAreWrittenSeveralAtATime() {
        Person anna = Person.withMailbox("Europe/Berlin");
        List<String> expected = book(anna, 0, APPOINTMENTS);
        slow(anna);
        anna.connect();
        long began = System.nanoTime();
        await(() -> assertThat(subjects(anna)).hasSize(APPOINTMENTS));
        System.out.printf("%d events written in %.1f s%n", APPOINTMENTS, (System.nanoTime() - began) / 1e9);
        assertThat(subjects(anna)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(most(anna, "POST")).isBetween(2, ALL);
        assertThat(refused(anna)).isEmpty();
        assertThat(most(anna, "PATCH")).as("what was made is as it shall be").isZero();

        // One more, while a look at everything has made all of them wait: it does not go to the end of the queue.
        around.scheduling.prefix(anna.organisation, "[xx]");
        await(() -> assertThat(subjects(anna)).anyMatch(subject -> subject.startsWith("[xx]")));
        book(anna, APPOINTMENTS, 1);
        await(() -> assertThat(subjects(anna)).contains("[xx] Massage – Client " + APPOINTMENTS));
        assertThat(subjects(anna)).anyMatch(subject -> subject.startsWith("[tt]"));
        await(() -> assertThat(subjects(anna)).noneMatch(subject -> subject.startsWith("[tt]")));

        // And when they shall go, they go several at a time too.
        UUID connection = sql.get(
                "SELECT id FROM connection WHERE organisation_id = ?", row -> row.uuid("id"), anna.organisation);
        anna.post("/api/v1/calendar-connections/" + connection + "/stop", Map.of("writtenEvents", "REMOVE"));
        await(() -> assertThat(subjects(anna)).isEmpty());
        assertThat(most(anna, "DELETE")).isBetween(2, ALL);
        assertThat(refused(anna)).isEmpty();
    }

    @Test
    void areNeitherLostNorDoubledByACrashInTheMiddle() {
        Person anna = Person.withMailbox("Europe/Berlin");
        anna.connect();
        UUID feed = anna.feed();
        await(() -> assertThat(anna.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("state"))
                .isEqualTo("ACTIVE"));
        slow(anna);
        around.microsoft.journal().clear();
        List<String> expected = book(anna, 0, APPOINTMENTS);
        for (int third = 1; third <= 2; third++) {
            int sofar = third * APPOINTMENTS / 3;
            await(() -> assertThat(subjects(anna)).hasSizeGreaterThanOrEqualTo(sofar));
            int before = CrashPoints.stops();
            CrashPoints.stopWritingAfter(5 + 6 * third);
            await(() -> assertThat(CrashPoints.stops()).isGreaterThan(before));
        }
        await(() -> assertThat(sql.list(
                        "SELECT DISTINCT state FROM published_event WHERE feed_id = ?", row -> row.text("state"), feed))
                .containsExactly("WRITTEN"));
        assertThat(subjects(anna)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(around.scheduling.items(feed)).isEmpty();
        // Nobody waits in front of a page meanwhile: this is all background work.
        assertThat(most(anna, "POST")).isBetween(2, FOR_BACKGROUND);
        assertThat(refused(anna)).isEmpty();
    }

    private List<String> book(Person person, int from, int count) {
        Instant first = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(2, ChronoUnit.DAYS);
        List<String> subjects = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            Instant start = first.plus(i, ChronoUnit.HOURS);
            around.scheduling.book(person.organisation, person.staff, start, start.plusSeconds(1800), "Client " + i);
            subjects.add("[tt] Massage – Client " + i);
        }
        return subjects;
    }

    private void slow(Person person) {
        around.microsoft
                .faults()
                .order(Fault.of(Trouble.LATE)
                        .forMailbox(mailbox(person))
                        .times(-1)
                        .lasting(120));
    }

    private int most(Person person, String method) {
        return journal(person).stream()
                .filter(entry -> entry.method().equals(method) && entry.path().contains("/events"))
                .mapToInt(Journal.Entry::inFlight)
                .max()
                .orElse(0);
    }

    private List<Journal.Entry> refused(Person person) {
        return journal(person).stream().filter(entry -> entry.status() == 429).toList();
    }

    private List<Journal.Entry> journal(Person person) {
        return around.microsoft.journal().after(0).stream()
                .filter(entry -> entry.mailbox().equals(mailbox(person)))
                .toList();
    }

    private String mailbox(Person person) {
        return around.outlook().mailbox(person.address()).id();
    }

    private List<String> subjects(Person person) {
        return InOutlook.subjects(around.outlook(), person.address());
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(assertion);
    }
}
