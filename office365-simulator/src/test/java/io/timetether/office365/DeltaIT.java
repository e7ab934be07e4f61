package io.timetether.office365;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeltaIT {

    private static final String ADA = "ada@simulator.example";
    private static final String BERLIN = "W. Europe Standard Time";
    private static final String YEAR =
            "/me/calendarView/delta?startDateTime=2026-01-01T00:00:00Z&endDateTime=2027-01-01T00:00:00Z";
    private static final String WEEKLY = """
            {"pattern":{"type":"weekly","interval":1,"daysOfWeek":["monday"]},
             "range":{"type":"numbered","startDate":"2026-03-16","numberOfOccurrences":4}}""";

    private Office365Simulator simulator;
    private Outlook outlook;
    private Client ada;

    @BeforeEach
    void start() {
        simulator = Office365Simulator.start(SimulatorSettings.forTests());
        outlook = simulator.outlook();
        outlook.createMailbox(ADA, "Ada Lovelace", BERLIN);
        ada = Client.signedIn(simulator, ADA);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void givesEachEventOnceAndThenOnlyWhatChanged() {
        for (int hour = 9; hour < 14; hour++) {
            event("meeting " + hour, "2026-05-04T%02d:00".formatted(hour));
        }
        Client.Round first = ada.preferring("odata.maxpagesize=2").round(YEAR);
        assertThat(first.subjects()).hasSize(5).doesNotHaveDuplicates();
        assertThat(first.pages()).isEqualTo(3);

        assertThat(ada.round(first.deltaLink()).items()).isEmpty();

        String sixth = event("one more", "2026-05-05T09:00");
        Client.Round second = ada.round(first.deltaLink());
        assertThat(second.subjects()).containsExactly("one more");

        outlook.delete(ADA, sixth);
        assertThat(ada.round(second.deltaLink()).removed()).containsExactly(sixth);
    }

    @Test
    void answersBothSpellingsAndEveryPathToTheSameCalendar() {
        event("meeting", "2026-05-04T09:00");
        String id = outlook.calendars(ADA).getFirst().id();
        String window = "?startDateTime=2026-01-01T00:00:00Z&endDateTime=2027-01-01T00:00:00Z";
        for (String path : new String[] {
            "/me/calendarView/delta()",
            "/me/calendarView/microsoft.graph.delta()",
            "/me/calendar/calendarView/delta",
            "/me/calendars/" + id + "/calendarView/delta",
            "/users/" + ADA + "/calendars/" + id + "/calendarView/delta()",
            "/users/" + outlook.mailbox(ADA).id() + "/calendarView/delta"
        }) {
            Client.Round round = ada.round(path + window);
            assertThat(round.subjects()).as(path).containsExactly("meeting");
            event("later", "2026-06-01T09:00");
            assertThat(ada.round(round.deltaLink()).subjects()).as(path).containsExactly("later");
            simulator
                    .outlook()
                    .occurrences(
                            ADA,
                            java.time.Instant.parse("2026-06-01T00:00:00Z"),
                            java.time.Instant.parse("2026-06-02T00:00:00Z"))
                    .forEach(row ->
                            outlook.delete(ADA, io.timetether.office365.mailbox.ItemIds.of(row.event(), null, false)));
        }
    }

    @Test
    void sendsASeriesWholeWithBareOccurrencesAcrossTheClockChange() {
        String series =
                outlook.addSeries(ADA, "standup", at("2026-03-16T09:00"), at("2026-03-16T09:15"), BERLIN, WEEKLY);
        Client.Round round = ada.preferring("odata.maxpagesize=1").round(YEAR);

        assertThat(round.pages()).as("a series is never split").isEqualTo(1);
        JsonNode master = round.ofType("seriesMaster").getFirst();
        assertThat(master.path("id").asText()).isEqualTo(series);
        assertThat(master.path("subject").asText()).isEqualTo("standup");
        assertThat(round.ofType("occurrence"))
                .extracting(item -> item.path("start").path("dateTime").asText())
                .containsExactly(
                        "2026-03-16T08:00:00.0000000", "2026-03-23T08:00:00.0000000",
                        "2026-03-30T07:00:00.0000000", "2026-04-06T07:00:00.0000000");
        JsonNode bare = round.ofType("occurrence").getFirst();
        assertThat(bare.properties())
                .extracting(java.util.Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "@odata.type", "@odata.etag", "id", "seriesMasterId", "type", "start", "end");
        assertThat(bare.path("seriesMasterId").asText()).isEqualTo(series);
    }

    @Test
    void aDeletedOccurrenceIsJustMissingWhenTheSeriesIsSentAgain() {
        String series =
                outlook.addSeries(ADA, "standup", at("2026-03-16T09:00"), at("2026-03-16T09:15"), BERLIN, WEEKLY);
        Client.Round first = ada.round(YEAR);
        outlook.deleteOccurrence(ADA, series, LocalDate.parse("2026-03-23"));

        Client.Round second = ada.round(first.deltaLink());
        assertThat(second.removed()).isEmpty();
        assertThat(second.ofType("seriesMaster")).hasSize(1);
        assertThat(second.ofType("occurrence"))
                .extracting(item -> item.path("start").path("dateTime").asText().substring(0, 10))
                .containsExactly("2026-03-16", "2026-03-30", "2026-04-06");
        assertThat(ada.get("/me/events/" + series + "?$select=subject,cancelledOccurrences")
                        .json()
                        .path("cancelledOccurrences"))
                .hasToString("[\"OID." + series + ".2026-03-23\"]");
    }

    @Test
    void aMovedOccurrenceBecomesAnExceptionWithABodyAndItsOriginalStart() {
        String series =
                outlook.addSeries(ADA, "standup", at("2026-03-16T09:00"), at("2026-03-16T09:15"), BERLIN, WEEKLY);
        Client.Round first = ada.round(YEAR);
        String second = outlook.occurrenceId(ADA, series, LocalDate.parse("2026-03-30"));
        outlook.move(ADA, second, at("2026-03-31T11:00"), at("2026-03-31T11:30"), BERLIN);

        Client.Round round = ada.round(first.deltaLink());
        JsonNode exception = round.ofType("exception").getFirst();
        assertThat(exception.path("id").asText()).isEqualTo(second);
        assertThat(exception.path("subject").asText()).isEqualTo("standup");
        assertThat(exception.path("originalStart").asText()).isEqualTo("2026-03-30T07:00:00.0000000Z");
        assertThat(exception.path("start").path("dateTime").asText()).isEqualTo("2026-03-31T09:00:00.0000000");
        assertThat(round.ofType("occurrence")).hasSize(3);
    }

    @Test
    void tombstonesComeForStrangersAndForWhatLeftTheWindow() {
        Client.Round first = ada.round(YEAR);
        String stranger = event("next decade", "2036-05-04T09:00");
        Client.Round second = ada.round(first.deltaLink());
        assertThat(second.removed()).containsExactly(stranger);

        outlook.move(ADA, stranger, at("2026-05-04T09:00"), at("2026-05-04T10:00"), BERLIN);
        Client.Round third = ada.round(second.deltaLink());
        assertThat(third.subjects()).containsExactly("next decade");

        outlook.move(ADA, stranger, at("2036-05-04T09:00"), at("2036-05-04T10:00"), BERLIN);
        assertThat(ada.round(third.deltaLink()).removed()).containsExactly(stranger);
    }

    @Test
    void forgottenStateIsGone() {
        Client.Round first = ada.round(YEAR);
        outlook.expireDeltaLinks(ADA);
        Client.Reply reply = ada.get(first.deltaLink());
        assertThat(reply.status()).isEqualTo(410);
        assertThat(reply.error()).isEqualTo("SyncStateNotFound");
        assertThat(ada.get("/me/calendarView/delta?$deltatoken=nonsense").status())
                .isEqualTo(410);
    }

    @Test
    void tellsWhichPreferencesItApplied() {
        Client.Reply reply = ada.preferring("odata.maxpagesize=5, outlook.timezone=\"UTC\"", "IdType=\"ImmutableId\"")
                .get(YEAR);
        assertThat(reply.header("preference-applied"))
                .contains("odata.track-changes")
                .contains("odata.maxpagesize=5")
                .contains("outlook.timezone=\"UTC\"")
                .contains("IdType=\"ImmutableId\"");
        assertThat(ada.get(YEAR + "&$expand=singleValueExtendedProperties($filter=id%20eq%20'x')")
                        .status())
                .isEqualTo(400);
        assertThat(ada.get("/me/calendarView/delta").error()).isEqualTo("ErrorInvalidParameter");
    }

    private String event(String subject, String start) {
        return outlook.addEvent(ADA, subject, at(start), at(start).plusHours(1), BERLIN);
    }

    private static LocalDateTime at(String text) {
        return LocalDateTime.parse(text);
    }
}
