package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.timetether.calendarsync.database.Sql;
import io.timetether.office365.Outlook;
import io.timetether.office365.fault.Fault;
import io.timetether.office365.fault.Trouble;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** J14: somebody edits a [tt] event in Office 365; the feed's policy decides, and the feed says what was done. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class OutsideEditsIT {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String ZONE = "W. Europe Standard Time";
    private static final LocalDate DAY = LocalDate.now(BERLIN).plusDays(10);
    private static final String WRITTEN = "[tt] Massage – Erika Example";

    private final Surroundings around = Surroundings.get();
    private final Outlook outlook = around.outlook();

    @Inject
    Sql sql;

    @AfterEach
    void allowEdits() {
        around.microsoft.faults().withdrawAll();
        around.scheduling.refuseOutsideEdits(null);
    }

    @Test
    void ourFieldsArePutBackAndWhatThePersonAddedStays() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = written(anna, Map.of());
        String event = event(anna).id();
        outlook.change(
                anna.address(), event, "{\"subject\":\"Something else\",\"categories\":[\"Timetether\",\"Red\"]}");
        await(() -> assertThat(told(anna, feed)).contains("(subject)").contains("put back"));
        assertThat(event(anna).subject()).isEqualTo(WRITTEN);
        outlook.move(anna.address(), event, DAY.atTime(17, 0), DAY.atTime(18, 0), ZONE);
        await(() -> assertThat(told(anna, feed)).contains("(time)"));
        assertThat(event(anna).startAt()).isEqualTo(at(9));
        assertThat(event(anna).id()).isEqualTo(event);
        assertThat(outlook.get(anna.address(), event)
                        .details()
                        .path("categories")
                        .toString())
                .contains("Red");
    }

    @Test
    void notesOfThePersonAreNobodysBusiness() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = written(anna, Map.of());
        outlook.change(
                anna.address(), event(anna).id(), "{\"categories\":[\"Timetether\",\"Mine\"],\"importance\":\"high\"}");
        outlook.addEvent(anna.address(), "Dentist", DAY.atTime(14, 0), DAY.atTime(15, 0), ZONE);
        await(() -> assertThat(around.scheduling.titles(feed)).contains("Dentist"));
        assertThat(told(anna, feed)).isNull();
    }

    @Test
    void aDeletedEventIsMadeAgainAndAfterThreeTimesLeftAlone() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = written(anna, Map.of());
        String before = event(anna).id();
        for (int i = 0; i < 3; i++) {
            String gone = event(anna).id();
            outlook.delete(anna.address(), gone);
            await(() -> assertThat(event(anna).id()).isNotEqualTo(gone));
        }
        assertThat(event(anna).id()).isNotEqualTo(before);
        // What it was written as has been seen, or the next deletion would only look like an event never made.
        await(() -> assertThat(told(anna, feed)).contains("made again"));
        outlook.delete(anna.address(), event(anna).id());
        await(() -> assertThat(told(anna, feed)).contains("3 times"));
        assertThat(InOutlook.subjects(outlook, anna.address())).doesNotContain(WRITTEN);
    }

    @Test
    void aReportingFeedOnlySaysWhatItSaw() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = written(anna, Map.of("outsideEdits", "REPORT"));
        outlook.change(anna.address(), event(anna).id(), "{\"showAs\":\"free\"}");
        await(() -> assertThat(told(anna, feed)).contains("(show as)").contains("Nothing was changed back"));
        assertThat(outlook.get(anna.address(), event(anna).id())
                        .details()
                        .path("showAs")
                        .asText())
                .isEqualTo("free");
    }

    @Test
    void anApplyingFeedMovesAndCancelsTheAppointment() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = written(anna, Map.of("outsideEdits", "APPLY"));
        UUID booked = booked(anna);
        outlook.move(anna.address(), event(anna).id(), DAY.atTime(17, 0), DAY.atTime(17, 30), ZONE);
        await(() -> assertThat(
                        around.scheduling.appointment(booked).path("startAt").asText())
                .isEqualTo(at(17).toString()));
        await(() -> assertThat(told(anna, feed)).contains("The appointment was moved"));
        outlook.delete(anna.address(), event(anna).id());
        await(() -> assertThat(
                        around.scheduling.appointment(booked).path("status").asText())
                .isEqualTo("CANCELLED"));
    }

    @Test
    void manyDeletionsAtOnceCancelNoAppointmentNotEvenTheLastOfThem() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = written(anna, Map.of("outsideEdits", "APPLY"));
        for (int day = 1; day < 25; day++) {
            Instant start = at(9).plus(Duration.ofDays(day));
            around.scheduling.book(anna.organisation, anna.staff, start, start.plusSeconds(1800), "Client " + day);
        }
        await(() -> assertThat(InOutlook.all(outlook, anna.address())).hasSize(25));
        await(() -> assertThat(anna.get("/api/v1/sync-feeds/" + feed + "/items?limit=200")
                        .jsonPath()
                        .<String>getList("items.reasonCode"))
                .hasSize(25)
                .containsOnly("CAME_FROM_HERE"));
        around.microsoft
                .faults()
                .order(Fault.of(Trouble.LOST)
                        .forMailbox(outlook.mailbox(anna.address()).id())
                        .times(-1));
        InOutlook.all(outlook, anna.address()).forEach(event -> outlook.delete(anna.address(), event.id()));
        anna.post("/api/v1/sync-feeds/" + feed + "/sync", Map.of()).then().statusCode(202);
        await(() -> assertThat(sql.list(
                        "SELECT DISTINCT state FROM published_event WHERE feed_id = ?", row -> row.text("state"), feed))
                .containsExactly("REMOVED"));
        assertThat(told(anna, feed)).contains("Many events were deleted at once");
        assertThat(around.scheduling.appointmentsOf(anna.staff))
                .hasSize(25)
                .allMatch(id -> around.scheduling
                        .appointment(id)
                        .path("status")
                        .asText()
                        .equals("OPEN"));
    }

    @Test
    void whatTheRulesRefuseIsPutBackWithTheReason() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = written(anna, Map.of("outsideEdits", "APPLY"));
        around.scheduling.refuseOutsideEdits("That time is taken.");
        outlook.move(anna.address(), event(anna).id(), DAY.atTime(17, 0), DAY.atTime(17, 30), ZONE);
        await(() -> assertThat(told(anna, feed)).contains("That time is taken."));
        assertThat(event(anna).startAt()).isEqualTo(at(9));
        assertThat(around.scheduling.appointment(booked(anna)).path("startAt").asText())
                .isEqualTo(at(9).toString());
    }

    @Test
    void aCalendarThatIsOnlyWrittenIsWatchedForOurEventsAlone() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = written(anna, Map.of());
        anna.json()
                .header("If-Match", "*")
                .body(Map.of("reading", false, "writing", true))
                .patch("/api/v1/sync-feeds/" + feed)
                .then()
                .statusCode(200);
        await(() -> assertThat(around.scheduling.knows(feed)).isFalse());
        outlook.addEvent(anna.address(), "Private", DAY.atTime(14, 0), DAY.atTime(15, 0), ZONE);
        outlook.change(anna.address(), event(anna).id(), "{\"subject\":\"Something else\"}");
        await(() -> assertThat(told(anna, feed)).contains("(subject)"));
        await(() -> assertThat(event(anna).subject()).isEqualTo(WRITTEN));
        assertThat(around.scheduling.knows(feed)).isFalse();
    }

    // ---- words ----

    /** A feed with one appointment that stands in Outlook, and has been seen there. */
    private UUID written(Person person, Map<String, ?> settings) {
        person.connect();
        UUID feed = person.feed();
        await(() -> assertThat(
                        person.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("state"))
                .isEqualTo("ACTIVE"));
        if (!settings.isEmpty()) {
            person.json()
                    .header("If-Match", "*")
                    .body(Map.of("settings", settings))
                    .patch("/api/v1/sync-feeds/" + feed)
                    .then()
                    .statusCode(200);
        }
        around.scheduling.book(person.organisation, person.staff, at(9), at(9).plusSeconds(1800), "Erika Example");
        await(() -> assertThat(person.get("/api/v1/sync-feeds/" + feed + "/items")
                        .jsonPath()
                        .<String>getList("items.reasonCode"))
                .contains("CAME_FROM_HERE"));
        return feed;
    }

    private UUID booked(Person person) {
        List<UUID> all = around.scheduling.appointmentsOf(person.staff);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private InOutlook event(Person person) {
        List<InOutlook> all = InOutlook.all(outlook, person.address()).stream()
                .filter(event ->
                        !event.subject().equals("Dentist") && !event.subject().equals("Private"))
                .toList();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private static String told(Person person, UUID feed) {
        return person.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("lastOutsideEdit.text");
    }

    private static Instant at(int hour) {
        return DAY.atTime(hour, 0).atZone(BERLIN).toInstant();
    }

    private static void await(org.awaitility.core.ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(assertion);
    }
}
