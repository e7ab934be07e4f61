package io.timetether.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Figures of the journey, seen from outside: how long a first sync takes, how soon a change in Outlook closes a slot, how
 * soon a booking stands in Outlook, and what becomes of the events of calendar files. Not a test: nothing is asserted but
 * that everything arrives. Started by {@code system-tests/figures}, never by {@code ./test}.
 */
class SyncFigures {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final Product product = Product.running();

    @Test
    void firstSync() {
        int events = Integer.getInteger("figures.events", 1000);
        Practice practice = Practice.open(product, "BUSINESS", "Firsta");
        Outlook outlook = practice.mailbox("UTC");
        outlook.fill(events);
        long began = System.nanoTime();
        practice.admin().connect(practice.staffId(), outlook.address());
        long connected = System.nanoTime();
        String feed = feed(practice);
        until(() -> practice.admin().get(feed).text("/state").equals("ACTIVE"));
        long done = System.nanoTime();
        JsonNode progress = practice.admin().get(feed).body().get("progress");
        say(
                "first sync of %d events: %d ms after the return from Microsoft's page (sign-in and consent %d ms); %s",
                events, millis(done - connected), millis(connected - began), progress);
    }

    /** Every file named by {@code figures.calendars}, a folder or a file. */
    @Test
    void calendarFiles() throws IOException {
        String where = System.getProperty("figures.calendars", "");
        if (where.isEmpty()) {
            return;
        }
        try (Stream<Path> files = Files.walk(Path.of(where))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".ics")).sorted().toList()) {
                calendar(file);
            }
        }
    }

    @Test
    void changes() {
        changes(Integer.getInteger("figures.changes", 50));
    }

    private void changes(int count) {
        Practice practice = Practice.open(product, "BUSINESS", "Chris");
        Outlook outlook = practice.mailbox("UTC");
        practice.admin().connect(practice.staffId(), outlook.address());
        String feed = feed(practice);
        until(() -> practice.admin().get(feed).text("/state").equals("ACTIVE"));
        LocalDate first = LocalDate.now(BERLIN).plusDays(7);
        long[] inwards = new long[count];
        long[] outwards = new long[count];
        for (int i = 0; i < count; i++) {
            Instant busy =
                    first.plusDays(i).atTime(LocalTime.of(9, 0)).atZone(BERLIN).toInstant();
            long began = System.nanoTime();
            outlook.add("Busy " + i, busy, busy.plus(30, ChronoUnit.MINUTES), "busy");
            until(() -> !practice.hasSlot(busy));
            inwards[i] = millis(System.nanoTime() - began);
            Instant booked = busy.plus(2, ChronoUnit.HOURS);
            long asked = System.nanoTime();
            practice.book(booked, "Client " + i).expect(201);
            until(() -> outlook.entries(booked, booked.plus(30, ChronoUnit.MINUTES)).stream()
                    .anyMatch(Outlook.Entry::isOurs));
            outwards[i] = millis(System.nanoTime() - asked);
        }
        say("change in Outlook -> slot closed, %d times: %s", count, spread(inwards));
        say("booking -> event in Outlook, %d times: %s", count, spread(outwards));
    }

    private void calendar(Path file) throws IOException {
        Practice practice = Practice.open(product, "BUSINESS", "Carla");
        Outlook outlook = practice.mailbox("W. Europe Standard Time");
        outlook.load(Files.readString(file), "years");
        practice.admin().connect(practice.staffId(), outlook.address());
        String feed = feed(practice);
        until(() -> practice.admin().get(feed).text("/state").equals("ACTIVE"));
        Instant now = Instant.now();
        JsonNode freshness = practice.admin()
                .get("/api/v1/availability?serviceId=" + practice.serviceId() + "&staffId=" + practice.staffId()
                        + "&from=" + now + "&to=" + now.plus(1, ChronoUnit.DAYS) + "&timeZone=Europe/Berlin")
                .body()
                .at("/calendarFreshness/0");
        Instant from = Instant.parse(freshness.get("knownFrom").asText());
        Instant until = Instant.parse(freshness.get("knownUntil").asText());
        int expected = outlook.entries(from, until).size();
        Map<String, Integer> verdicts = new TreeMap<>();
        String next = "";
        do {
            JsonNode page = practice.admin()
                    .get(feed + "/items?limit=100" + next)
                    .expect(200)
                    .body();
            page.get("items")
                    .forEach(item -> verdicts.merge(
                            item.get("loaded").asBoolean()
                                    ? "loaded"
                                    : item.get("reasonCode").asText(),
                            1,
                            Integer::sum));
            next = page.path("next").isTextual() ? "&after=" + page.get("next").asText() : "";
        } while (!next.isEmpty());
        say("%s: %d occurrences in Outlook from %s to %s; %s", file.getFileName(), expected, from, until, verdicts);
    }

    private static String feed(Practice practice) {
        return "/api/v1/sync-feeds/" + practice.feeds().text("/items/0/id");
    }

    private static void until(BooleanSupplier there) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not seen within " + LONGEST);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }

    private static String spread(long[] millis) {
        Arrays.sort(millis);
        List<String> words = new ArrayList<>();
        words.add("p50 " + millis[millis.length / 2] + " ms");
        words.add("p99 " + millis[(int) Math.ceil(millis.length * 0.99) - 1] + " ms");
        words.add("longest " + millis[millis.length - 1] + " ms");
        return String.join(", ", words);
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }

    private static void say(String text, Object... values) {
        System.out.printf(Locale.ROOT, text + "%n", values);
    }
}
