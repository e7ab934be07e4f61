package io.timetether.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One person's mailbox as they see it in Outlook: what is in it, and what they do to it. */
final class Outlook {
    /** One entry of the calendar as Outlook shows it: series expanded, changed and deleted occurrences as they are. */
    record Entry(
            String id, String subject, Instant startAt, Instant endAt, boolean allDay, String showAs, JsonNode whole) {
        boolean isOurs() {
            return subject.startsWith("[tt]");
        }
    }

    private final Browser control;
    private final String address;

    Outlook(URI office365, String address, String displayName, String timeZone) {
        this.control = new Browser(office365);
        this.address = address;
        control.post(
                        "/simulator/mailboxes",
                        Map.of("address", address, "displayName", displayName, "timeZone", timeZone))
                .expect(201);
    }

    String address() {
        return address;
    }

    /** Loads a calendar file into the mailbox as it is. */
    void load(String calendarFile) {
        load(calendarFile, "none");
    }

    /** Loads a calendar file, moved by whole years to around today ({@code years}) or as it is ({@code none}). */
    void load(String calendarFile, String shift) {
        Browser.Answer answer =
                control.send("POST", mailbox() + "/calendar-file?shift=" + shift, calendarFile, "text/calendar");
        if (answer.status() / 100 != 2) {
            throw new AssertionError("the calendar file was refused: " + answer.raw());
        }
    }

    /** Spreads so many busy events of a quarter of an hour evenly over the coming year; each with a number of its own. */
    void fill(int events) {
        StringBuilder file =
                new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Timetether//system tests//EN\r\n");
        Instant start = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        for (int i = 0; i < events; i++) {
            Instant at = start.plus(i * 360L * 24 * 60 / events, ChronoUnit.MINUTES);
            file.append("BEGIN:VEVENT\r\nUID:filled-")
                    .append(i)
                    .append("@timetether.test\r\nDTSTAMP:20200101T000000Z\r\nDTSTART:")
                    .append(basic(at))
                    .append("\r\nDTEND:")
                    .append(basic(at.plus(15, ChronoUnit.MINUTES)))
                    .append("\r\nSUMMARY:Event ")
                    .append(i)
                    .append("\r\nEND:VEVENT\r\n");
        }
        load(file.append("END:VCALENDAR\r\n").toString());
    }

    private static String basic(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().replace("-", "").replace(":", "");
    }

    /** Adds a single event in UTC; answers its id. */
    String add(String subject, Instant start, Instant end, String showAs) {
        return control.post(
                        mailbox() + "/events",
                        Map.of(
                                "subject",
                                subject,
                                "start",
                                Map.of("dateTime", local(start), "timeZone", "UTC"),
                                "end",
                                Map.of("dateTime", local(end), "timeZone", "UTC"),
                                "showAs",
                                showAs))
                .expect(201)
                .text("/id");
    }

    void move(String id, Instant start, Instant end) {
        control.api(
                        "PATCH",
                        mailbox() + "/events/" + encode(id),
                        Map.of(
                                "start", Map.of("dateTime", local(start), "timeZone", "UTC"),
                                "end", Map.of("dateTime", local(end), "timeZone", "UTC")),
                        Map.of())
                .expect(200);
    }

    void delete(String id) {
        control.api("DELETE", mailbox() + "/events/" + encode(id), null, Map.of())
                .expect(204);
    }

    /** Adds a calendar beside the default one; answers its id. */
    String addCalendar(String name) {
        return control.post(mailbox() + "/calendars", Map.of("name", name))
                .expect(201)
                .text("/id");
    }

    void deleteCalendar(String id) {
        control.api("DELETE", mailbox() + "/calendars/" + encode(id), null, Map.of())
                .expect(204);
    }

    /** The person's sign-ins end everywhere, and the access tokens that are about are refused once. */
    void revoke() {
        control.post(mailbox() + "/revocation", Map.of()).expect(204);
        trouble(Map.of("trouble", "TOKEN_EXPIRED"));
    }

    /** Orders a trouble for this mailbox alone, as the stand-in's README lists them; answers the order's id. */
    String trouble(Map<String, Object> what) {
        Map<String, Object> order = new HashMap<>(what);
        order.put("mailbox", address);
        return control.post("/simulator/faults", order).expect(201).text("/id");
    }

    /** Withdraws an order that still stands. */
    void withdraw(String trouble) {
        control.api("DELETE", "/simulator/faults/" + trouble, null, Map.of()).expect(204);
    }

    List<Entry> entries(Instant from, Instant until) {
        JsonNode answer = control.get(mailbox() + "/occurrences?from=" + from + "&to=" + until)
                .expect(200)
                .body();
        List<Entry> entries = new ArrayList<>();
        for (JsonNode item : answer.has("items") ? answer.get("items") : answer) {
            entries.add(new Entry(
                    item.get("id").asText(),
                    item.get("subject").asText(),
                    Instant.parse(item.at("/start").asText()),
                    Instant.parse(item.at("/end").asText()),
                    item.path("allDay").asBoolean(),
                    item.path("showAs").asText(),
                    item));
        }
        return entries;
    }

    private String mailbox() {
        return "/simulator/mailboxes/" + encode(address);
    }

    private static String local(Instant instant) {
        return instant.toString().replace("Z", "");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
