package io.timetether.scheduling.availability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.timetether.scheduling.staff.WeeklyHours;
import io.timetether.scheduling.staff.WeeklyHours.Range;
import io.timetether.scheduling.time.Intervals;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The slot workload: its cases, and the slots that counting minute by minute found for them. */
final class SlotFixtures {

    record Case(
            String id,
            ZoneId zone,
            WeeklyHours hours,
            List<long[]> busy,
            SlotRules rules,
            long from,
            long until,
            long[] expected) {

        long[] slots() {
            return AvailabilityCalculator.slots(
                    zone, hours.within(zone, from, until), Intervals.of(busy), rules, from, until);
        }

        @Override
        public String toString() {
            return id;
        }
    }

    private SlotFixtures() {}

    static List<Case> cases() {
        Map<String, JsonNode> expected = new HashMap<>();
        read("expected")
                .get("cases")
                .forEach(found -> expected.put(found.get("id").asText(), found.get("slots")));
        List<Case> cases = new ArrayList<>();
        for (JsonNode json : read("workload").get("cases")) {
            List<long[]> busy = new ArrayList<>();
            json.get("busy")
                    .forEach(pair -> busy.add(
                            new long[] {pair.get(0).asLong(), pair.get(1).asLong()}));
            String id = json.get("id").asText();
            long[] slots = new long[expected.get(id).size()];
            for (int i = 0; i < slots.length; i++) {
                slots[i] = expected.get(id).get(i).asLong();
            }
            cases.add(new Case(
                    id,
                    ZoneId.of(json.get("timeZone").asText()),
                    hours(json.get("workingHours")),
                    busy,
                    new SlotRules(
                            json.get("durationMinutes").asLong() * 60,
                            0,
                            0,
                            json.get("gridMinutes").asLong() * 60),
                    json.get("window").get("from").asLong(),
                    json.get("window").get("to").asLong(),
                    slots));
        }
        return cases;
    }

    private static WeeklyHours hours(JsonNode rules) {
        List<List<Range>> week = new ArrayList<>();
        for (int day = 0; day < 7; day++) {
            week.add(new ArrayList<>());
        }
        for (JsonNode rule : rules) {
            for (JsonNode day : rule.get("days")) {
                week.get(day.asInt() - 1).add(new Range(minute(rule.get("start")), minute(rule.get("end"))));
            }
        }
        return WeeklyHours.of(week);
    }

    private static int minute(JsonNode time) {
        String text = time.asText();
        return Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3));
    }

    private static JsonNode read(String name) {
        try (InputStream file = SlotFixtures.class.getResourceAsStream("/slots/" + name + ".json.gz");
                InputStream json = new GZIPInputStream(file)) {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
