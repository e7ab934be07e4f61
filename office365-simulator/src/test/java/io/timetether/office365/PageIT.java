package io.timetether.office365;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page as a browser without its script uses it: links, forms, redirects. The script only spares the reload. */
class PageIT {

    private static final String ADA = "ada@simulator.example";
    private static final String BOX = "/simulator/mailboxes/" + ADA;
    private static final Pattern CHANGE_KEY = Pattern.compile("name=\"changeKey\" value=\"([^\"]+)\"");

    private Office365Simulator simulator;

    @BeforeEach
    void start() {
        simulator = Office365Simulator.start(SimulatorSettings.forTests()
                .withClock(Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC)));
        Client.Reply added = form(
                "/simulator/forms/mailbox", "address", ADA, "displayName", "Ada <Admin>", "timeZone", "Europe/Berlin");
        assertThat(added.status()).isEqualTo(303);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void listsMailboxesAndSaysThatItIsAStandIn() {
        Client.Reply front = Client.fetch(simulator.origin() + "/");
        assertThat(front.raw().body())
                .contains("Stand-in.", "Ada &lt;Admin&gt;", "/calendar/ada%40simulator.example")
                .doesNotContain("<Admin>");
        assertThat(front.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(form("/simulator/forms/mailbox", "address", "nobody", "timeZone", "UTC")
                        .raw()
                        .body())
                .contains("role=\"alert\"");
        assertThat(Client.fetch(simulator.origin() + "/calendar/nobody@simulator.example")
                        .status())
                .isEqualTo(404);
        for (String name : new String[] {"calendar.css", "calendar.js"}) {
            assertThat(Client.fetch(simulator.origin() + "/page/" + name).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void addsChangesAndDeletesAnEvent() {
        assertThat(page("?date=2026-11-24&open=new&at=2026-11-24T09:00"))
                .contains("<dialog", "value=\"2026-11-24\"", "value=\"09:00\"");
        Client.Reply saved = event("save", "subject", "<b>soon</b>", "showAs", "oof", "private", "yes");
        assertThat(saved.status()).isEqualTo(303);
        assertThat(saved.header("location")).endsWith("/calendar/ada%40simulator.example?date=2026-11-24");
        JsonNode row = only();
        assertThat(row.path("start").asText()).as("Berlin's clock").isEqualTo("2026-11-24T08:00:00Z");
        assertThat(row.path("showAs").asText()).isEqualTo("oof");
        assertThat(row.path("sensitivity").asText()).isEqualTo("private");
        assertThat(page("?date=2026-11-24"))
                .contains("&lt;b&gt;soon&lt;/b&gt;", "09:00–10:00")
                .doesNotContain("<dialog");

        String id = row.path("id").asText();
        String seen = changeKey(id);
        Client.Reply moved = event("save", "item", id, "changeKey", seen, "subject", "later", "startTime", "11:00");
        assertThat(moved.status()).as("ends before it starts").isEqualTo(400);
        assertThat(moved.raw().body()).contains("role=\"alert\"", "value=\"later\"", "value=\"11:00\"");
        assertThat(event(
                                "save",
                                "item",
                                id,
                                "changeKey",
                                seen,
                                "subject",
                                "later",
                                "startTime",
                                "11:00",
                                "endTime",
                                "12:00",
                                "showAs",
                                "free")
                        .status())
                .isEqualTo(303);
        assertThat(only().path("start").asText()).isEqualTo("2026-11-24T10:00:00Z");
        assertThat(only().path("sensitivity").asText()).isEqualTo("normal");
        assertThat(event("save", "item", id, "changeKey", seen, "subject", "overwritten")
                        .status())
                .as("the person saw an older state")
                .isEqualTo(412);
        assertThat(only().path("subject").asText()).isEqualTo("later");

        assertThat(event("delete", "item", id).status()).isEqualTo(303);
        assertThat(rows()).isEmpty();
        assertThat(Client.fetch(simulator.origin() + "/calendar/" + ADA + "?item=" + id)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anAllDayEventEndsOnTheDayThatThePersonNames() {
        event("save", "subject", "Holiday", "allDay", "yes", "endDate", "2026-11-25");
        assertThat(only().path("allDay").asBoolean()).isTrue();
        assertThat(only().path("end").asText()).isEqualTo("2026-11-26T00:00:00Z");
        String id = only().path("id").asText();
        event(
                "save",
                "item",
                id,
                "changeKey",
                changeKey(id),
                "subject",
                "Holiday!",
                "allDay",
                "yes",
                "endDate",
                "2026-11-25");
        assertThat(only().path("end").asText()).as("untouched").isEqualTo("2026-11-26T00:00:00Z");
    }

    @Test
    void aWeeklySeriesLosesOneOccurrenceThenAll() {
        event("save", "subject", "Gym", "repeat", "weekly", "interval", "1", "ends", "date", "until", "2026-12-08");
        assertThat(rows()).hasSize(3);
        String second = rows().get(1).path("id").asText();
        assertThat(page("?item=" + second)).contains("One of a series", "Delete this one", "Delete the whole series");
        event(
                "save",
                "item",
                second,
                "changeKey",
                changeKey(second),
                "subject",
                "Gym, later",
                "startDate",
                "2026-12-02",
                "endDate",
                "2026-12-02");
        assertThat(rows().get(1).path("type").asText()).isEqualTo("exception");
        assertThat(rows().get(1).path("start").asText()).isEqualTo("2026-12-02T08:00:00Z");
        event("delete", "item", second);
        assertThat(rows()).hasSize(2);
        String master = rows().get(0).path("seriesMasterId").asText();
        assertThat(page("?item=" + master)).contains("The whole series");
        event("save", "item", master, "changeKey", changeKey(master), "subject", "Yoga");
        assertThat(rows()).as("the deleted one stays deleted").hasSize(2);
        event("deleteSeries", "item", rows().get(0).path("id").asText());
        assertThat(rows()).isEmpty();
    }

    @Test
    void aSeriesIsDailyOrMonthlyToo() {
        event("save", "subject", "Pills", "repeat", "daily", "interval", "2", "ends", "times", "times", "3");
        assertThat(days()).containsExactly("2026-11-24", "2026-11-26", "2026-11-28");
        event("deleteSeries", "item", rows().get(0).path("id").asText());
        event("save", "subject", "Rent", "repeat", "absoluteMonthly", "interval", "1", "ends", "times", "times", "2");
        assertThat(days()).containsExactly("2026-11-24", "2026-12-24");
        event("deleteSeries", "item", rows().get(0).path("id").asText());
        // The 24th is the fourth Tuesday of November; in December that is the 22nd.
        event("save", "subject", "Jour fixe", "repeat", "relativeMonthly", "interval", "1");
        assertThat(days()).containsExactly("2026-11-24", "2026-12-22", "2027-01-26");
        assertThat(event("save", "repeat", "daily", "interval", "0").raw().body())
                .contains("Every: must be a number", "value=\"daily\" selected");
    }

    private List<String> days() {
        List<String> days = new ArrayList<>();
        rows().forEach(row -> days.add(row.path("start").asText().substring(0, 10)));
        return days;
    }

    @Test
    void anInvitationIsAnswered() {
        event("save", "subject", "Meeting", "organizer", "bob@elsewhere.example");
        String id = only().path("id").asText();
        assertThat(page("?item=" + id)).contains("Invitation from bob@elsewhere.example", "Accept", "Decline");
        event("declined", "item", id);
        assertThat(only().path("response").asText()).isEqualTo("declined");
        assertThat(only().path("showAs").asText()).isEqualTo("free");
    }

    @Test
    void aFileIsLoaded() {
        String file = """
                BEGIN:VCALENDAR\r
                VERSION:2.0\r
                BEGIN:VEVENT\r
                UID:one@example\r
                DTSTART:20261124T090000Z\r
                DTEND:20261124T100000Z\r
                SUMMARY:From a file\r
                END:VEVENT\r
                END:VCALENDAR\r
                """;
        assertThat(upload(file).header("location")).endsWith("&done=file&count=1&skipped=0");
        assertThat(only().path("subject").asText()).isEqualTo("From a file");
        assertThat(upload("no calendar").status()).isEqualTo(400);
    }

    @Test
    void whatAnApplicationWritesChangesTheStateThatThePageWatches() {
        Client ada = Client.signedIn(simulator, ADA);
        String before = state();
        assertThat(state()).as("stays while nothing happens").isEqualTo(before);
        JsonNode created = ada.post("/me/events", """
                {"subject":"[tt] Haircut","start":{"dateTime":"2026-11-24T09:00","timeZone":"UTC"},"end":{"dateTime":"2026-11-24T09:30","timeZone":"UTC"}}""").json();
        assertThat(state()).isNotEqualTo(before);
        assertThat(page("?date=2026-11-24")).contains("[tt] Haircut", "data-state=\"" + state() + "\"");
        assertThat(Client.fetch(created.path("webLink").asText()).raw().body())
                .as("webLink leads to the event")
                .contains("<dialog", "value=\"[tt] Haircut\"");
        String inOneZoneMore = created.path("id").asText();
        event(
                "save",
                "item",
                inOneZoneMore,
                "changeKey",
                changeKey(inOneZoneMore),
                "subject",
                "[tt] Haircut",
                "startTime",
                "13:00",
                "endTime",
                "13:30");
        assertThat(only().path("start").asText()).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(send("GET", "/simulator/journal").toString()).doesNotContain("/changes");
    }

    @Test
    void aFormOfAForeignPageIsRefusedAndLoopbacksOtherNameIsNot() {
        assertThat(formFrom("https://elsewhere.example").status()).isEqualTo(403);
        assertThat(formFrom("null").status()).isEqualTo(403);
        assertThat(rows()).isEmpty();
        assertThat(formFrom(simulator.origin().replace("localhost", "127.0.0.1"))
                        .status())
                .isEqualTo(303);
    }

    private Client.Reply formFrom(String origin) {
        return Client.send(HttpRequest.newBuilder(URI.create(simulator.origin() + BOX + "/forms/event"))
                .header("Origin", origin)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "action=save&startDate=2026-11-24&startTime=09:00&endTime=10:00")));
    }

    /** Presses a button of an event's window; fields that are not named hold what a fresh window holds. */
    private Client.Reply event(String action, String... fields) {
        String[] all = new String[fields.length + 10];
        String[] fresh = {
            "action",
            action,
            "startDate",
            "2026-11-24",
            "startTime",
            "09:00",
            "endDate",
            "2026-11-24",
            "endTime",
            "10:00"
        };
        System.arraycopy(fresh, 0, all, 0, 10);
        System.arraycopy(fields, 0, all, 10, fields.length);
        return form(BOX + "/forms/event", all);
    }

    private Client.Reply form(String path, String... fields) {
        Map<String, String> form = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return Client.post(simulator.origin() + path, form);
    }

    private Client.Reply upload(String file) {
        String body = "--limit\r\nContent-Disposition: form-data; name=\"date\"\r\n\r\n2026-11-24\r\n"
                + "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"one.ics\"\r\n"
                + "Content-Type: text/calendar\r\n\r\n" + file + "\r\n--limit--\r\n";
        return Client.send(HttpRequest.newBuilder(URI.create(simulator.origin() + BOX + "/forms/file"))
                .header("Content-Type", "multipart/form-data; boundary=limit")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private String page(String query) {
        return Client.fetch(simulator.origin() + "/calendar/" + ADA + query)
                .raw()
                .body();
    }

    private String changeKey(String item) {
        Matcher found = CHANGE_KEY.matcher(page("?item=" + item));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private JsonNode only() {
        assertThat(rows()).hasSize(1);
        return rows().get(0);
    }

    private JsonNode rows() {
        return send("GET", BOX + "/occurrences?from=2026-11-01&to=2027-02-01").path("items");
    }

    private String state() {
        return send("GET", BOX + "/changes").path("state").asText();
    }

    private JsonNode send(String method, String path) {
        return Client.send(HttpRequest.newBuilder(URI.create(simulator.origin() + path))
                        .method(method, HttpRequest.BodyPublishers.noBody()))
                .json();
    }
}
