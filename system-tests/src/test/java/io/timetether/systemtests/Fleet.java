package io.timetether.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One organisation with many staff members, each with a mailbox that is connected, and what the stand-in has seen of them. */
record Fleet(Practice practice, List<Ship> ships) {

    /** A staff member with a mailbox. */
    record Ship(String staffId, Outlook outlook) {}

    static Fleet open(Product product, int size) {
        Practice practice = Practice.open(product, "BUSINESS", "Flora");
        Person admin = practice.admin();
        List<Map<String, String>> hours = Arrays.stream(DayOfWeek.values())
                .map(day -> Map.of("dayOfWeek", day.name(), "start", "00:00", "end", "24:00"))
                .toList();
        List<Ship> ships = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String staff = admin.create(
                            "/api/v1/staff", Map.of("name", "Staff " + i, "email", "s" + i + "@fleet.example"))
                    .expect(201)
                    .text("/id");
            admin.change(
                            "PUT",
                            "/api/v1/staff/" + staff + "/working-hours",
                            Map.of("rules", hours),
                            admin.get("/api/v1/staff/" + staff).etag())
                    .expect(200);
            Outlook outlook = practice.mailbox("UTC");
            admin.connect(staff, outlook.address());
            ships.add(new Ship(staff, outlook));
        }
        return new Fleet(practice, ships);
    }

    /** All feeds of the organisation, by staff member. */
    Map<String, JsonNode> feeds() {
        Map<String, JsonNode> feeds = new HashMap<>();
        String after = "";
        do {
            JsonNode page = practice.admin()
                    .get("/api/v1/sync-feeds?limit=200" + after)
                    .expect(200)
                    .body();
            page.get("items").forEach(feed -> feeds.put(feed.get("staffId").asText(), feed));
            after = page.path("next").isTextual() ? "&after=" + page.get("next").asText() : "";
        } while (!after.isEmpty());
        return feeds;
    }

    boolean isActive() {
        return feeds().values().stream()
                .allMatch(feed -> feed.get("state").asText().equals("ACTIVE"));
    }

    /** Whether every feed has been read to its end since then. */
    boolean isFreshSince(Instant then) {
        return feeds().values().stream()
                .allMatch(feed -> feed.path("lastSyncedAt").isTextual()
                        && Instant.parse(feed.get("lastSyncedAt").asText()).isAfter(then));
    }

    /** What the stand-in was asked after that entry of its journal, oldest first. */
    static List<JsonNode> asked(URI office365, long after) {
        List<JsonNode> entries = new ArrayList<>();
        new Browser(office365)
                .get("/simulator/journal?after=" + after)
                .expect(200)
                .body()
                .get("items")
                .forEach(entries::add);
        return entries;
    }

    /** The most requests that were in flight at once to any mailbox. */
    static int mostInFlight(URI office365) {
        int most = 0;
        for (JsonNode peak : new Browser(office365)
                .get("/simulator/journal?after=999999999999")
                .expect(200)
                .body()
                .get("peakInFlight")) {
            most = Math.max(most, peak.asInt());
        }
        return most;
    }
}
