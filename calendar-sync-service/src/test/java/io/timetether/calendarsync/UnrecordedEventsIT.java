package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.timetether.calendarsync.database.CrashPoints;
import io.timetether.calendarsync.database.Sql;
import io.timetether.calendarsync.publish.PublishedEvent;
import io.timetether.calendarsync.publish.PublishedEvents;
import io.timetether.office365.Outlook;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Between the moment at which Microsoft has made or changed an event and the one at which our mapping says so, anything may
 * happen: another publisher goes on, the process stops, the person in Outlook acts and a run passes by.
 */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class UnrecordedEventsIT {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalDate DAY = LocalDate.now(BERLIN).plusDays(10);
    private static final String WRITTEN = "[tt] Massage – Erika Example";

    private final Surroundings around = Surroundings.get();
    private final Outlook outlook = around.outlook();

    @Inject
    Sql sql;

    @Inject
    PublishedEvents published;

    @AfterEach
    void heal() {
        CrashPoints.none();
        around.between.heal();
    }

    @Test
    void whatALateCreateMadeIsTakenAwayHoweverLongThatFails() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = synced(anna);
        AtomicReference<String> late = new AtomicReference<>();
        long before = deletions();
        around.between.refuse(seen -> seen.method().equals("DELETE"), 100_000, 503, "");
        beforeTheCreateIsAnswered(() -> {
            late.set(InOutlook.find(outlook, anna.address(), WRITTEN).id());
            // Another publisher has found that event gone, and begins anew.
            sql.change("""
                    UPDATE published_event SET state = 'WANTED', transaction_id = ?, wanted = wanted + 1
                    WHERE feed_id = ?
                    """, UUID.randomUUID(), feed);
        });
        book(anna);
        // More often than one call asks again by itself.
        await(() -> assertThat(deletions()).isGreaterThan(before + 4));
        around.between.heal();
        await(() -> assertThat(InOutlook.all(outlook, anna.address()))
                .singleElement()
                .satisfies(event -> assertThat(event.id()).isNotEqualTo(late.get()))
                .satisfies(event -> assertThat(event.subject()).isEqualTo(WRITTEN)));
        await(() -> assertThat(states(feed)).containsExactly("WRITTEN"));
        await(() -> assertThat(around.scheduling.titles(feed)).isEmpty());
    }

    @Test
    void whatACreateMadeJustBeforeTheProcessStoppedIsNotForgottenByACancellation() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = synced(anna);
        int before = CrashPoints.stops();
        beforeTheCreateIsAnswered(() -> {
            // Another publisher found nothing to take away, for this create had not arrived yet.
            sql.change("UPDATE published_event SET state = 'REMOVED', written = wanted WHERE feed_id = ?", feed);
            around.scheduling.change(
                    around.scheduling.appointmentsOf(anna.staff).getFirst(), Map.of("status", "CANCELLED"));
            CrashPoints.stopWritingAfter(0);
        });
        book(anna);
        await(() -> assertThat(CrashPoints.stops()).isGreaterThan(before));
        await(() -> assertThat(InOutlook.all(outlook, anna.address())).isEmpty());
        await(() -> assertThat(states(feed)).containsExactly("REMOVED"));
    }

    @Test
    void anEditBeforeTheCreateIsRecordedIsAnswered() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = synced(anna);
        beforeTheCreateIsAnswered(() -> {
            outlook.change(
                    anna.address(),
                    InOutlook.find(outlook, anna.address(), WRITTEN).id(),
                    "{\"subject\":\"Something else\"}");
            read(anna, feed);
        });
        book(anna);
        await(() -> assertThat(told(anna, feed)).contains("(subject)").contains("put back"));
        assertThat(InOutlook.subjects(outlook, anna.address())).containsExactly(WRITTEN);
    }

    @Test
    void aDeletionBeforeTheCreateIsRecordedIsAnswered() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = synced(anna);
        beforeTheCreateIsAnswered(() -> {
            read(anna, feed);
            outlook.delete(
                    anna.address(),
                    InOutlook.find(outlook, anna.address(), WRITTEN).id());
            read(anna, feed);
        });
        book(anna);
        await(() -> assertThat(told(anna, feed)).contains("made again"));
        await(() -> assertThat(InOutlook.subjects(outlook, anna.address())).containsExactly(WRITTEN));
    }

    @Test
    void anEditBeforeAnUpdateIsRecordedIsAnswered() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = synced(anna);
        UUID booked = book(anna);
        await(() -> assertThat(states(feed)).containsExactly("WRITTEN"));
        read(anna, feed);
        around.between.beforeTheAnswer(seen -> seen.method().equals("PATCH"), () -> {
            outlook.change(
                    anna.address(),
                    InOutlook.find(outlook, anna.address(), "[tt]").id(),
                    "{\"subject\":\"Something else\"}");
            read(anna, feed);
        });
        around.scheduling.change(
                booked,
                Map.of(
                        "startAt",
                        at(14).toString(),
                        "endAt",
                        at(14).plusSeconds(1800).toString()));
        await(() -> assertThat(told(anna, feed)).contains("(subject)").contains("put back"));
        assertThat(InOutlook.find(outlook, anna.address(), WRITTEN).startAt()).isEqualTo(at(14));
    }

    @Test
    void anEditThatIsNotedWhileNothingHasToBeWrittenStaysNoted() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = synced(anna);
        book(anna);
        await(() -> assertThat(states(feed)).containsExactly("WRITTEN"));
        read(anna, feed);
        PublishedEvent asItWasRead = published.find("feedId = ?1", feed).firstResult();
        sql.change("UPDATE published_event SET edited = true, wanted = wanted + 1 WHERE feed_id = ?", feed);
        published.settled(asItWasRead, PublishedEvent.State.WRITTEN);
        assertThat(sql.list(
                        "SELECT edited AND wanted > written AS due FROM published_event WHERE feed_id = ?",
                        row -> row.flag("due"),
                        feed))
                .containsExactly(true);
    }

    // ---- words ----

    private void beforeTheCreateIsAnswered(Runnable act) {
        around.between.beforeTheAnswer(
                seen -> seen.method().equals("POST") && seen.path().endsWith("/events"), act);
    }

    private long deletions() {
        return around.between.count(seen -> seen.method().equals("DELETE"));
    }

    /** Two runs to their end: the second one began after this. */
    private void read(Person person, UUID feed) {
        for (int i = 0; i < 2; i++) {
            Instant now = Instant.now();
            person.post("/api/v1/sync-feeds/" + feed + "/sync", Map.of()).then().statusCode(202);
            await(() -> assertThat(Instant.parse(
                            person.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("lastSyncedAt")))
                    .isAfter(now));
        }
    }

    private UUID synced(Person person) {
        person.connect();
        UUID feed = person.feed();
        await(() -> assertThat(
                        person.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("state"))
                .isEqualTo("ACTIVE"));
        return feed;
    }

    private UUID book(Person person) {
        return around.scheduling.book(
                person.organisation, person.staff, at(9), at(9).plusSeconds(1800), "Erika Example");
    }

    private List<String> states(UUID feed) {
        return sql.list("SELECT state FROM published_event WHERE feed_id = ?", row -> row.text("state"), feed);
    }

    private static String told(Person person, UUID feed) {
        return person.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("lastOutsideEdit.text");
    }

    private static Instant at(int hour) {
        return DAY.atTime(hour, 0).atZone(BERLIN).toInstant();
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(assertion);
    }
}
