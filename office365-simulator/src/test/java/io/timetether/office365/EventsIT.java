package io.timetether.office365;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsIT {

    private static final String ADA = "ada@simulator.example";
    private static final String MARK = "String {8A8F2B3E-6C5D-4F0B-9A43-1D2E3F405162} Name Timetether";
    private static final String MEETING = """
            {"subject":"meeting","start":{"dateTime":"2026-05-04T09:00:00","timeZone":"W. Europe Standard Time"},
             "end":{"dateTime":"2026-05-04T10:00:00.0000000","timeZone":"Europe/Berlin"}%s}""";

    @TempDir
    Path folder;

    private SimulatorSettings settings;
    private Office365Simulator simulator;
    private Client ada;

    @BeforeEach
    void start() {
        settings = SimulatorSettings.forTests().withDataFolder(folder);
        simulator = Office365Simulator.start(settings);
        simulator.outlook().createMailbox(ADA, "Ada Lovelace", "W. Europe Standard Time");
        ada = Client.signedIn(simulator, ADA);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void createsReadsChangesAndDeletes() {
        Client.Reply created = ada.post("/me/events", MEETING.formatted(""));
        assertThat(created.status()).isEqualTo(201);
        String id = created.json().path("id").asText();
        assertThat(created.json().path("start"))
                .hasToString("{\"dateTime\":\"2026-05-04T07:00:00.0000000\",\"timeZone\":\"UTC\"}");
        assertThat(created.json().path("originalEndTimeZone").asText()).isEqualTo("W. Europe Standard Time");
        assertThat(created.json().path("type").asText()).isEqualTo("singleInstance");
        assertThat(created.json().path("isOrganizer").asBoolean()).isTrue();

        Client inZone = ada.preferring("outlook.timezone=\"Tokyo Standard Time\"");
        Client.Reply read = inZone.get("/me/events/" + id);
        assertThat(read.json().path("start"))
                .hasToString("{\"dateTime\":\"2026-05-04T16:00:00.0000000\",\"timeZone\":\"Tokyo Standard Time\"}");
        assertThat(read.header("preference-applied")).isEqualTo("outlook.timezone=\"Tokyo Standard Time\"");

        Client.Reply changed = inZone.patch("/me/events/" + id, "{\"subject\":\"moved\",\"showAs\":\"oof\"}");
        assertThat(changed.json().path("subject").asText()).isEqualTo("moved");
        assertThat(changed.json().path("start").path("timeZone").asText())
                .as("PATCH answers UTC")
                .isEqualTo("UTC");

        assertThat(ada.delete("/me/events/" + id).status()).isEqualTo(204);
        assertThat(ada.get("/me/events/" + id).error()).isEqualTo("ErrorItemNotFound");
        assertThat(ada.delete("/me/events/" + id).status()).isEqualTo(404);
        assertThat(ada.get("/me/events/nonsense").error()).isEqualTo("ErrorInvalidIdMalformed");
    }

    @Test
    void keepsWhatItStoresAsExchangeDoes() {
        String body = ",\"body\":{\"contentType\":\"text\",\"content\":\"a < b\\nsecond\"}";
        String long300 = "x".repeat(300);
        Client.Reply created = ada.post(
                "/me/events",
                MEETING.replace("\"meeting\"", "\"" + long300 + "\"").formatted(body));
        assertThat(created.json().path("subject").asText()).hasSize(255);
        assertThat(created.json().path("body").path("contentType").asText()).isEqualTo("html");
        assertThat(created.json().path("body").path("content").asText())
                .startsWith("<html>")
                .contains("a &lt; b<br>");
        assertThat(created.json().path("bodyPreview").asText()).isEqualTo("a < b\nsecond");
        String id = created.json().path("id").asText();
        JsonNode text = ada.preferring("outlook.body-content-type=\"text\"")
                .get("/me/events/" + id)
                .json();
        assertThat(text.path("body")).hasToString("{\"contentType\":\"text\",\"content\":\"a < b\\nsecond\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-03-29T00:00:00|2026-03-30T00:00:00|201
            2026-03-29T01:00:00|2026-03-30T00:00:00|400
            2026-03-29T00:00:00|2026-03-29T23:00:00|400
            2026-03-29T00:00:00|2026-03-29T00:00:00|400
            """)
    void allDayEventsGoFromMidnightToMidnight(String start, String end, int status) {
        Client.Reply reply = ada.post("/me/events", """
                {"subject":"day","isAllDay":true,"start":{"dateTime":"%s","timeZone":"Tokyo Standard Time"},
                 "end":{"dateTime":"%s","timeZone":"Tokyo Standard Time"}}""".formatted(start, end));
        assertThat(reply.status()).isEqualTo(status);
        if (status == 201) {
            JsonNode read = ada.preferring("outlook.timezone=\"Pacific Standard Time\"")
                    .get("/me/events/" + reply.json().path("id").asText())
                    .json();
            assertThat(read.path("start"))
                    .as("not shifted")
                    .hasToString("{\"dateTime\":\"2026-03-29T00:00:00.0000000\",\"timeZone\":\"UTC\"}");
            assertThat(read.path("originalStartTimeZone").asText()).isEqualTo("Tokyo Standard Time");
        }
    }

    @Test
    void ifMatchGuardsAgainstALostUpdate() {
        JsonNode created = ada.post("/me/events", MEETING.formatted("")).json();
        String path = "/me/events/" + created.path("id").asText();
        String etag = created.path("@odata.etag").asText();
        assertThat(ada.patch(path, "{\"subject\":\"first\"}", "If-Match", etag).status())
                .isEqualTo(200);
        Client.Reply stale = ada.patch(path, "{\"subject\":\"second\"}", "If-Match", etag);
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.error()).isEqualTo("ErrorIrresolvableConflict");
        assertThat(ada.delete(path, "If-Match", etag).status()).isEqualTo(412);
        assertThat(ada.delete(path, "If-Match", "*").status()).isEqualTo(204);
    }

    @Test
    void aTransactionIdMakesACreateRepeatable() {
        String wish = MEETING.formatted(",\"transactionId\":\"4711\"");
        Client.Reply first = ada.post("/me/events", wish);
        Client.Reply repeat = ada.post("/me/events", wish);
        assertThat(repeat.status()).isEqualTo(201);
        assertThat(repeat.json().path("id")).isEqualTo(first.json().path("id"));
        Client.Reply other = ada.post("/me/events", wish.replace("meeting", "another"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.error()).isEqualTo("ErrorDuplicateTransactionId");
        Client.Reply changed =
                ada.patch("/me/events/" + first.json().path("id").asText(), "{\"transactionId\":\"4712\"}");
        assertThat(changed.status()).isEqualTo(400);
        assertThat(ada.get("/me/events").json().path("value")).hasSize(1);
    }

    @Test
    void extendedPropertiesAreFoundExpandedAndOtherwiseHidden() {
        JsonNode created = ada.post(
                        "/me/events",
                        MEETING.formatted(
                                ",\"singleValueExtendedProperties\":[{\"id\":\"" + MARK + "\",\"value\":\"tt-1\"}]"))
                .json();
        ada.post("/me/events", MEETING.formatted(""));
        assertThat(created.has("singleValueExtendedProperties")).isFalse();
        String filter = "singleValueExtendedProperties/Any(ep: ep/id eq '" + MARK + "' and ep/value eq 'TT-1')";
        String expand = "singleValueExtendedProperties($filter=id eq '" + MARK + "')";
        JsonNode found = ada.get(
                        "/me/events?$filter=" + escaped(filter) + "&$expand=" + escaped(expand) + "&$select=subject")
                .json();
        assertThat(found.path("value")).hasSize(1);
        assertThat(found.path("value")
                        .get(0)
                        .path("singleValueExtendedProperties")
                        .get(0)
                        .path("value")
                        .asText())
                .isEqualTo("tt-1");
        assertThat(found.path("value").get(0).has("body")).isFalse();
        JsonNode view = ada.get(
                        "/me/calendarView?startDateTime=2026-05-04&endDateTime=2026-05-05&$expand=" + escaped(expand))
                .json();
        assertThat(view.path("value")).hasSize(2);
        assertThat(ada.get("/me/events?$filter=" + escaped(filter.replace("Timetether", "timetether")))
                        .json()
                        .path("value"))
                .isEmpty();
        assertThat(ada.get("/me/events?$filter=" + escaped("surprise eq 'x'")).error())
                .isEqualTo("ErrorInvalidUrlQueryFilter");
    }

    @Test
    void theCalendarViewPagesByTenAndNeedsAWindow() {
        for (int i = 0; i < 23; i++) {
            LocalDateTime start = LocalDateTime.parse("2026-05-04T08:00").plusHours(i);
            simulator.outlook().addEvent(ADA, "m" + i, start, start.plusMinutes(30), "UTC");
        }
        String link = "/me/calendarView?startDateTime=2026-05-04T00:00:00Z&endDateTime=2026-05-06T00:00:00%2B00:00";
        int seen = 0;
        int pages = 0;
        while (!link.isEmpty()) {
            JsonNode page = ada.get(link).json();
            seen += page.path("value").size();
            pages++;
            link = page.path("@odata.nextLink").asText("");
        }
        assertThat(seen).isEqualTo(23);
        assertThat(pages).isEqualTo(3);
        assertThat(ada.get("/me/calendarView").error()).isEqualTo("ErrorInvalidParameter");
        assertThat(ada.get("/me/calendar/events/delta")
                        .json()
                        .path("error")
                        .path("message")
                        .asText())
                .contains("Change tracking is not supported");
    }

    @Test
    void seriesHaveInstancesExceptionsAndLimits() {
        JsonNode master = ada.post("/me/events", """
                {"subject":"jour fixe","start":{"dateTime":"2026-10-01T09:00:00","timeZone":"Eastern Standard Time"},
                 "end":{"dateTime":"2026-10-01T09:30:00","timeZone":"Eastern Standard Time"},
                 "recurrence":{"pattern":{"type":"absoluteMonthly","interval":1,"dayOfMonth":31},
                  "range":{"type":"endDate","startDate":"2026-10-01","endDate":"2027-03-01"}}}""").json();
        assertThat(master.path("type").asText()).isEqualTo("seriesMaster");
        assertThat(master.path("start").path("dateTime").asText())
                .as("first matching date")
                .startsWith("2026-10-31T13:00");
        String path = "/me/events/" + master.path("id").asText();
        String window = "/instances?startDateTime=2026-01-01T00:00:00Z&endDateTime=2028-01-01T00:00:00Z";
        JsonNode instances = ada.get(path + window).json().path("value");
        assertThat(instances)
                .extracting(one -> one.path("start").path("dateTime").asText().substring(0, 13))
                .containsExactly("2026-10-31T13", "2026-11-30T14", "2026-12-31T14", "2027-01-31T14", "2027-02-28T14");
        String december = instances.get(2).path("id").asText();
        assertThat(instances.get(2).path("occurrenceId").asText()).endsWith(".2026-12-31");

        assertThat(ada.patch("/me/events/" + december, "{\"subject\":\"party\"}")
                        .json()
                        .path("type")
                        .asText())
                .isEqualTo("exception");
        assertThat(ada.patch("/me/events/" + december, """
                {"start":{"dateTime":"2027-02-01T09:00:00","timeZone":"Eastern Standard Time"},
                 "end":{"dateTime":"2027-02-01T09:30:00","timeZone":"Eastern Standard Time"}}""").error()).isEqualTo("ErrorOccurrenceCrossingBoundary");
        ada.delete("/me/events/" + instances.get(3).path("id").asText());
        assertThat(ada.get(path + window).json().path("value")).hasSize(4);
        JsonNode full = ada.get(path + "?$select=subject,cancelledOccurrences&$expand=exceptionOccurrences")
                .json();
        assertThat(full.path("cancelledOccurrences")).hasSize(1);
        assertThat(full.path("exceptionOccurrences").get(0).path("subject").asText())
                .isEqualTo("party");
        assertThat(ada.patch(path, """
                {"start":{"dateTime":"2026-10-31T09:00:00","timeZone":"UTC"},"end":{"dateTime":"2026-10-31T10:00:00","timeZone":"UTC"}}""").error()).isEqualTo("ErrorPropertyValidationFailure");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "type":"weekly","interval":1                                       | 2026-05-04
            "type":"daily","interval":0                                        | 2026-05-04
            "type":"daily","interval":1,"dayOfMonth":32                        | 2026-05-04
            "type":"sometimes","interval":1                                    | 2026-05-04
            "type":"absoluteYearly","interval":1,"dayOfMonth":4                | 2026-05-04
            "type":"daily","interval":1                                        | 2026-05-05
            """)
    void refusesPatternsThatExchangeRefuses(String pattern, String startDate) {
        Client.Reply reply = ada.post(
                "/me/events",
                MEETING.formatted(",\"recurrence\":{\"pattern\":{" + pattern
                        + "},\"range\":{\"type\":\"noEnd\",\"startDate\":\"" + startDate + "\"}}"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("ErrorPropertyValidationFailure");
    }

    @Test
    void idsOfBothKindsWorkAndOnlyTheOrdinaryOneDiesWithAMove() {
        String id =
                ada.post("/me/events", MEETING.formatted("")).json().path("id").asText();
        Client immutable = ada.preferring("IdType=\"ImmutableId\"");
        String lasting = immutable.get("/me/events/" + id).json().path("id").asText();
        assertThat(lasting).isNotEqualTo(id);
        String other = ada.post("/me/calendars", "{\"name\":\"Second\"}")
                .json()
                .path("id")
                .asText();
        simulator.outlook().moveToCalendar(ADA, id, other);
        assertThat(ada.get("/me/events/" + id).status()).isEqualTo(404);
        assertThat(immutable.get("/me/events/" + lasting).json().path("id").asText())
                .isEqualTo(lasting);
        assertThat(ada.get("/me/calendars/" + other + "/events").json().path("value"))
                .hasSize(1);
        assertThat(ada.get("/me/calendar/events").json().path("value")).isEmpty();
        String first = simulator.outlook().calendars(ADA).getFirst().id();
        assertThat(ada.get("/me/calendars/" + first + "/events/" + lasting).status())
                .as("it lies elsewhere")
                .isEqualTo(404);
    }

    @Test
    void invitationsAreAnsweredAndOnlyOrganizersCancel() {
        String invitation = simulator
                .outlook()
                .addEvent(
                        ADA,
                        MEETING.formatted(
                                ",\"organizer\":{\"emailAddress\":{\"address\":\"bob@elsewhere.example\",\"name\":\"Bob\"}}"));
        JsonNode read = ada.get("/me/events/" + invitation).json();
        assertThat(read.path("responseStatus").path("response").asText()).isEqualTo("notResponded");
        assertThat(ada.post("/me/events/" + invitation + "/cancel", "{}").status())
                .isEqualTo(400);
        assertThat(ada.post("/me/events/" + invitation + "/decline", "{\"sendResponse\":false}")
                        .status())
                .isEqualTo(202);
        assertThat(ada.get("/me/events/" + invitation)
                        .json()
                        .path("responseStatus")
                        .path("response")
                        .asText())
                .isEqualTo("declined");
        String own =
                ada.post("/me/events", MEETING.formatted("")).json().path("id").asText();
        assertThat(ada.post("/me/events/" + own + "/accept", "{}").status()).isEqualTo(400);
        assertThat(ada.post("/me/events/" + own + "/cancel", "{\"comment\":\"off\"}")
                        .status())
                .isEqualTo(202);
        assertThat(ada.get("/me/events/" + own).status()).isEqualTo(404);
    }

    @Test
    void refusesWhatIsNotUnderstood() {
        assertThat(ada.post("/me/events", MEETING.formatted(",\"colour\":\"red\""))
                        .error())
                .isEqualTo("RequestBodyRead");
        assertThat(ada.post("/me/events", "{nonsense").status()).isEqualTo(400);
        assertThat(ada.post(
                                "/me/events",
                                MEETING.replace("W. Europe Standard Time", "Mars Standard Time")
                                        .formatted(""))
                        .error())
                .isEqualTo("TimeZoneNotSupportedException");
        assertThat(ada.preferring("outlook.timezone=\"Mars\"").get("/me/events").error())
                .isEqualTo("TimeZoneNotSupportedException");
        assertThat(ada.get("/users/somebody@simulator.example/events").status()).isEqualTo(404);
        simulator.outlook().createMailbox("bob@simulator.example", "Bob", "UTC");
        assertThat(ada.get("/users/bob@simulator.example/events").error()).isEqualTo("ErrorAccessDenied");
        String calendar = simulator
                .outlook()
                .calendars("bob@simulator.example")
                .getFirst()
                .id();
        assertThat(ada.get("/me/calendars/" + calendar + "/events").status()).isEqualTo(404);
    }

    @Test
    void mailboxCalendarsAndSettings() {
        assertThat(ada.get("/me/mailboxSettings").json().path("timeZone").asText())
                .isEqualTo("W. Europe Standard Time");
        JsonNode calendars = ada.get("/me/calendars").json().path("value");
        assertThat(calendars).hasSize(1);
        assertThat(calendars.get(0).path("isDefaultCalendar").asBoolean()).isTrue();
        String second = ada.post("/me/calendars", "{\"name\":\"Side\"}")
                .json()
                .path("id")
                .asText();
        assertThat(ada.post("/me/calendars", "{\"name\":\"side\"}").status()).isEqualTo(409);
        assertThat(ada.patch("/me/calendars/" + second, "{\"name\":\"Other\"}")
                        .json()
                        .path("name")
                        .asText())
                .isEqualTo("Other");
        simulator.outlook().setEditable(ADA, second, false);
        assertThat(ada.get("/me/calendars/" + second).json().path("canEdit").asBoolean())
                .isFalse();
        assertThat(ada.post("/me/calendars/" + second + "/events", MEETING.formatted(""))
                        .error())
                .isEqualTo("ErrorAccessDenied");
        assertThat(ada.delete("/me/calendars/" + second).status()).isEqualTo(204);
        assertThat(ada.get("/me/calendars/" + second + "/events").error()).isEqualTo("ErrorItemNotFound");
        assertThat(ada.get("/me/outlook/supportedTimeZones(TimeZoneStandard='Iana')")
                        .json()
                        .path("value")
                        .size())
                .isGreaterThan(300);
    }

    @Test
    void everythingIsStillThereAfterARestart() {
        String id = ada.post("/me/events", MEETING.formatted(",\"transactionId\":\"t1\""))
                .json()
                .path("id")
                .asText();
        String series = simulator
                .outlook()
                .addSeries(
                        ADA,
                        "daily",
                        LocalDateTime.parse("2026-05-04T09:00"),
                        LocalDateTime.parse("2026-05-04T09:30"),
                        "UTC",
                        "{\"pattern\":{\"type\":\"daily\",\"interval\":1},\"range\":{\"type\":\"numbered\",\"startDate\":\"2026-05-04\",\"numberOfOccurrences\":3}}");
        String link = ada.round("/me/calendarView/delta?startDateTime=2026-01-01&endDateTime=2027-01-01")
                .deltaLink();
        simulator.outlook().deleteOccurrence(ADA, series, LocalDate.parse("2026-05-05"));
        simulator.outlook().delete(ADA, id);
        String origin = simulator.origin();
        simulator.close();
        simulator = Office365Simulator.start(
                settings.withPort(Integer.parseInt(origin.substring(origin.lastIndexOf(':') + 1))));

        Client.Round round = ada.round(link);
        assertThat(round.removed()).containsExactly(id);
        assertThat(round.ofType("occurrence")).hasSize(2);
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
