package io.timetether.office365;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlIT {

    private static final String ADA = "ada@simulator.example";
    private static final String MEETING = """
            {"subject":"meeting","start":{"dateTime":"2026-05-04T09:00","timeZone":"UTC"},"end":{"dateTime":"2026-05-04T09:30","timeZone":"UTC"}}""";

    private Office365Simulator simulator;
    private String box;

    @BeforeEach
    void start() {
        simulator = Office365Simulator.start(SimulatorSettings.forTests()
                .withClock(Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC)));
        Client.Reply created = send(
                "POST",
                "/simulator/mailboxes",
                "{\"address\":\"" + ADA + "\",\"displayName\":\"Ada\",\"timeZone\":\"Europe/Berlin\"}");
        assertThat(created.status()).isEqualTo(201);
        box = "/simulator/mailboxes/" + ADA;
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void actsAsThePersonInOutlook() {
        String id = send("POST", box + "/events", MEETING).json().path("id").asText();
        assertThat(send("PATCH", box + "/events/" + id, "{\"isCancelled\":true,\"showAs\":\"free\"}")
                        .status())
                .isEqualTo(200);
        JsonNode truth = occurrences("2026-05-01", "2026-06-01");
        assertThat(truth).hasSize(1);
        assertThat(truth.get(0).path("isCancelled").asBoolean()).isTrue();
        assertThat(truth.get(0).path("start").asText()).isEqualTo("2026-05-04T09:00:00Z");
        String other = send("POST", box + "/calendars", "{\"name\":\"Other\"}")
                .json()
                .path("id")
                .asText();
        String moved = send("POST", box + "/events/" + id + "/move", "{\"calendar\":\"" + other + "\"}")
                .json()
                .path("id")
                .asText();
        assertThat(moved).isNotEqualTo(id);
        assertThat(occurrences("2026-05-01", "2026-06-01")).isEmpty();
        assertThat(send("DELETE", box + "/events/" + moved, "").status()).isEqualTo(204);
        assertThat(send("DELETE", box + "/events/" + moved, "").status()).isEqualTo(404);
    }

    @Test
    void loadsACalendarFileWithAllThatExchangeKnows() throws IOException {
        JsonNode result = send("POST", box + "/calendar-file", everything()).json();
        assertThat(result.path("read").asInt()).isEqualTo(7);
        assertThat(result.path("series").asInt()).isEqualTo(1);
        assertThat(result.path("changed").asInt()).isEqualTo(1);
        assertThat(result.path("deleted").asInt()).isEqualTo(1);
        assertThat(result.path("skipped")).hasToString("[\"Far away: the time zone 'Mars/Olympus' is not known\"]");

        assertThat(occurrences("2026-03-01", "2026-08-01"))
                .extracting(row ->
                        row.path("start").asText() + " " + row.path("subject").asText() + " "
                                + row.path("showAs").asText())
                .containsExactly(
                        "2026-03-16T08:00:00Z Weekly oof",
                        "2026-03-31T09:00:00Z Weekly, one day later busy",
                        "2026-04-06T07:00:00Z Weekly oof",
                        "2026-05-01T00:00:00Z Long weekend free",
                        "2026-05-05T12:00:00Z Doctor tentative",
                        "2026-05-06T12:00:00Z Off free",
                        "2026-05-07T12:00:00Z Twice a month busy",
                        "2026-05-21T12:00:00Z Twice a month busy",
                        "2026-06-07T12:00:00Z Twice a month busy",
                        "2026-06-21T12:00:00Z Twice a month busy",
                        "2026-07-07T12:00:00Z Twice a month busy");
        Client ada = Client.signedIn(simulator, ADA);
        JsonNode weekly = ada.get("/me/events?$filter=subject%20eq%20'Weekly'")
                .json()
                .path("value")
                .get(0);
        assertThat(weekly.path("originalStartTimeZone").asText())
                .as("recognised by its rules")
                .isEqualTo("W. Europe Standard Time");
        assertThat(weekly.path("location").path("displayName").asText()).isEqualTo("Room 1, first floor");
        assertThat(weekly.path("iCalUId").asText()).isEqualTo("weekly@example");
    }

    @Test
    void loadsEventsOfZonesThatOnlyTheFileNames() throws IOException {
        JsonNode result = send("POST", box + "/calendar-file", file("/zones-of-its-own.ics"))
                .json();
        assertThat(result.path("skipped")).isEmpty();
        assertThat(result.path("series").asInt()).isEqualTo(1);
        assertThat(occurrences("2026-03-01", "2026-08-01"))
                .extracting(row -> row.path("start").asText() + " "
                        + row.path("end").asText() + " " + row.path("subject").asText())
                .containsExactly(
                        "2026-03-29T22:30:00Z 2026-03-29T22:45:00Z Early",
                        "2026-03-30T22:30:00Z 2026-03-30T22:45:00Z Early",
                        "2026-03-31T22:30:00Z 2026-03-31T22:45:00Z Early",
                        "2026-04-01T22:30:00Z 2026-04-01T22:45:00Z Early",
                        "2026-04-02T22:30:00Z 2026-04-02T22:45:00Z Early",
                        // The clocks were put back.
                        "2026-04-05T23:30:00Z 2026-04-05T23:45:00Z Early",
                        "2026-04-06T23:30:00Z 2026-04-06T23:45:00Z Early",
                        "2026-04-07T23:30:00Z 2026-04-07T23:45:00Z Early",
                        "2026-04-19T10:30:00Z 2026-04-19T11:15:00Z Watch",
                        // Put forward; the week between was excluded, the next was moved.
                        "2026-05-03T09:30:00Z 2026-05-03T10:15:00Z Watch",
                        "2026-05-11T10:30:00Z 2026-05-11T11:15:00Z Watch, late",
                        "2026-05-17T09:30:00Z 2026-05-17T10:15:00Z Watch",
                        "2026-07-01T13:30:00Z 2026-07-01T15:30:00Z Landing");
    }

    @Test
    void movesAWholeFileByYearsAndKeepsWeekdays() throws IOException {
        String old = everything().replace("2026", "2006");
        JsonNode result = send("POST", box + "/calendar-file?shift=years", old).json();
        assertThat(result.path("shiftedDays").asLong() % 7).isZero();
        assertThat(result.path("shiftedDays").asLong()).isBetween(19L * 365, 22L * 365);
        assertThat(send("POST", box + "/calendar-file?shift=sometimes", old).status())
                .isEqualTo(400);
        assertThat(send("POST", box + "/calendar-file", "no calendar").status()).isEqualTo(400);
    }

    @Test
    void keepsAJournalWithoutSecrets() {
        Client ada = Client.signedIn(simulator, ADA);
        ada.get("/me/events?$top=3");
        JsonNode journal = send("GET", "/simulator/journal", "").json().path("items");
        assertThat(journal).anySatisfy(entry -> {
            assertThat(entry.path("path").asText()).isEqualTo("/v1.0/me/events?$top=3");
            assertThat(entry.path("mailbox").asText()).isEqualTo(ADA);
            assertThat(entry.path("status").asInt()).isEqualTo(200);
            assertThat(entry.path("inFlight").asInt()).isEqualTo(1);
        });
        assertThat(journal.toString()).doesNotContain("secret").doesNotContain("code=");
    }

    @Test
    void foreignPagesMayNotReachIn() {
        Client.Reply reply = Client.send(HttpRequest.newBuilder(URI.create(simulator.origin() + box + "/events"))
                .header("Origin", "https://elsewhere.example")
                .POST(HttpRequest.BodyPublishers.ofString(MEETING)));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(send("POST", "/simulator/mailboxes", "{\"address\":\"" + ADA + "\"}")
                        .status())
                .isEqualTo(409);
        assertThat(send("POST", "/simulator/mailboxes", "{\"address\":\"nobody\"}")
                        .status())
                .isEqualTo(400);
        assertThat(send("POST", "/simulator/mailboxes", "{\"address\":\"a@b.example\",\"timeZone\":\"Mars\"}")
                        .status())
                .isEqualTo(400);
        assertThat(send("GET", "/simulator/mailboxes", "").json().path("items")).hasSize(1);
    }

    private JsonNode occurrences(String from, String to) {
        return send("GET", box + "/occurrences?from=" + from + "&to=" + to, "")
                .json()
                .path("items");
    }

    private Client.Reply send(String method, String path, String body) {
        return Client.send(HttpRequest.newBuilder(URI.create(simulator.origin() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String everything() throws IOException {
        return file("/everything.ics");
    }

    private static String file(String name) throws IOException {
        try (var file = ControlIT.class.getResourceAsStream(name)) {
            return new String(java.util.Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
