package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.timetether.office365.Outlook;
import io.timetether.office365.mailbox.Occurrence;
import io.timetether.office365.mailbox.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens on either side, and whoever is away meanwhile: in the end both tell the same, and no error frees time. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class SettlesIT {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String ZONE = "W. Europe Standard Time";
    private static final LocalDate DAY = LocalDate.now(BERLIN).plusDays(3);

    private final Surroundings around = Surroundings.get();
    private final Outlook outlook = around.outlook();

    @Test
    void asksBeforeMostOfACalendarIsFreed() {
        Person anna = Person.withMailbox("Europe/Berlin");
        List<String> events = IntStream.range(0, 40)
                .mapToObj(i -> single(anna, "E" + i, DAY.plusDays(i).atTime(9, 0)))
                .toList();
        anna.connect();
        UUID feed = anna.feed();
        await(() -> assertThat(state(anna, feed)).isEqualTo("ACTIVE"));
        assertThat(around.scheduling.items(feed)).hasSize(40);

        anna.post("/api/v1/sync-feeds/" + feed + "/pause", Map.of()).then().statusCode(200);
        events.subList(0, 30).forEach(id -> outlook.delete(anna.address(), id));
        single(anna, "New", DAY.atTime(15, 0));
        anna.post("/api/v1/sync-feeds/" + feed + "/resume", Map.of()).then().statusCode(200);

        // The new one blocks at once, the 30 still do, and the person is asked.
        await(() -> assertThat(state(anna, feed)).isEqualTo("HELD"));
        assertThat(around.scheduling.titles(feed)).hasSize(41).contains("New");
        assertThat(anna.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("reason"))
                .isNotBlank();

        // It goes on while it asks.
        single(anna, "Newer", DAY.atTime(17, 0));
        await(() -> assertThat(around.scheduling.titles(feed)).contains("Newer"));
        assertThat(state(anna, feed)).isEqualTo("HELD");
        assertThat(around.scheduling.titles(feed)).hasSize(42);

        anna.post("/api/v1/sync-feeds/" + feed + "/resume", Map.of("removals", "APPLY"))
                .then()
                .statusCode(200);
        await(() -> assertThat(around.scheduling.titles(feed)).hasSize(12));
        await(() -> assertThat(state(anna, feed)).isEqualTo("ACTIVE"));
    }

    @Test
    void aForgottenCursorFreesNothingButWhatIsGone() {
        Person anna = Person.withMailbox("Europe/Berlin");
        List<String> events = IntStream.range(0, 25)
                .mapToObj(i -> single(anna, "E" + i, DAY.plusDays(i).atTime(9, 0)))
                .toList();
        anna.connect();
        UUID feed = anna.feed();
        await(() -> assertThat(around.scheduling.items(feed)).hasSize(25));
        outlook.expireDeltaLinks(anna.address());
        outlook.delete(anna.address(), events.getFirst());
        await(() -> assertThat(around.scheduling.titles(feed)).hasSize(24).doesNotContain("E0"));
        await(() -> assertThat(state(anna, feed)).isEqualTo("ACTIVE"));
    }

    @Test
    void aCopyOfOurEventBlocksAndIsNeverTouched() {
        Person anna = Person.withMailbox("Europe/Berlin");
        anna.connect();
        UUID feed = anna.feed();
        Instant start = DAY.atTime(11, 0).atZone(BERLIN).toInstant();
        UUID booked = around.scheduling.book(anna.organisation, anna.staff, start, start.plusSeconds(1800), "Mia");
        await(() -> assertThat(subjects(anna)).contains("[tt] Massage – Mia"));
        String copy = single(anna, "[tt] Massage – Mia", DAY.plusDays(1).atTime(11, 0));
        await(() -> assertThat(around.scheduling.titles(feed)).containsExactly("[tt] Massage – Mia"));
        int version = outlook.get(anna.address(), copy).version();
        around.scheduling.change(booked, Map.of("status", "CANCELLED"));
        await(() -> assertThat(subjects(anna)).containsExactly("[tt] Massage – Mia"));
        assertThat(outlook.get(anna.address(), copy).version()).isEqualTo(version);
        assertThat(around.scheduling.titles(feed)).containsExactly("[tt] Massage – Mia");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void inTheEndBothSidesTellTheSame(long seed) {
        Random random = new Random(seed);
        Person anna = Person.withMailbox("Europe/Berlin");
        List<String> singles = new ArrayList<>();
        List<String> series = new ArrayList<>();
        Map<UUID, String> open = new LinkedHashMap<>();
        try {
            for (int i = 0; i < 10; i++) {
                act(random, anna, singles, series, open);
            }
            anna.connect();
            UUID feed = anna.feed();
            for (int i = 0; i < 60; i++) {
                act(random, anna, singles, series, open);
                if (random.nextInt(12) == 0) {
                    around.scheduling.away(random.nextBoolean());
                }
                if (random.nextInt(15) == 0) {
                    outlook.expireDeltaLinks(anna.address());
                }
            }
            around.scheduling.away(false);
            await(() -> assertThat(blocked(feed)).as("seed %d", seed).isEqualTo(blocking(anna)));
            await(() -> assertThat(ours(anna)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(open.values()));
            await(() -> assertThat(state(anna, feed)).isEqualTo("ACTIVE"));
            assertThat(blocked(feed)).as("seed %d", seed).isEqualTo(blocking(anna));
        } finally {
            around.scheduling.away(false);
        }
    }

    private void act(Random random, Person anna, List<String> singles, List<String> series, Map<UUID, String> open) {
        String address = anna.address();
        try {
            switch (random.nextInt(10)) {
                case 0, 1 -> singles.add(single(anna, "E" + random.nextInt(100_000), at(random)));
                case 2 ->
                    series.add(outlook.addSeries(
                            address,
                            "S" + random.nextInt(100_000),
                            DAY.atTime(random.nextInt(23), 0),
                            DAY.atTime(random.nextInt(23), 0).plusDays(1),
                            ZONE,
                            "{\"pattern\":{\"type\":\"daily\",\"interval\":3},\"range\":{\"type\":\"numbered\","
                                    + "\"numberOfOccurrences\":" + (2 + random.nextInt(8)) + ",\"startDate\":\"" + DAY
                                    + "\"}}"));
                case 3 -> {
                    LocalDateTime start = at(random);
                    outlook.move(address, any(random, singles), start, start.plusMinutes(30), ZONE);
                }
                case 4 -> outlook.delete(address, any(random, singles));
                case 5 ->
                    outlook.change(
                            address,
                            any(random, random.nextBoolean() ? singles : series),
                            random.nextBoolean() ? "{\"showAs\":\"free\"}" : "{\"showAs\":\"busy\"}");
                case 6 -> outlook.deleteOccurrence(address, any(random, series), DAY.plusDays(3L * random.nextInt(6)));
                case 7, 8 -> {
                    String client = "Client " + random.nextInt(1_000_000);
                    Instant start = at(random).atZone(BERLIN).toInstant();
                    UUID id = around.scheduling.book(
                            anna.organisation, anna.staff, start, start.plusSeconds(1800), client);
                    open.put(id, "[tt] Massage – " + client + " " + start);
                }
                default -> {
                    if (!open.isEmpty()) {
                        UUID id = List.copyOf(open.keySet()).get(random.nextInt(open.size()));
                        if (random.nextBoolean()) {
                            around.scheduling.change(id, Map.of("status", "CANCELLED"));
                            open.remove(id);
                        } else {
                            Instant start = at(random).atZone(BERLIN).toInstant();
                            around.scheduling.change(
                                    id,
                                    Map.of(
                                            "startAt", start.toString(),
                                            "endAt", start.plusSeconds(1800).toString()));
                            open.computeIfPresent(
                                    id, (key, text) -> text.substring(0, text.lastIndexOf(' ') + 1) + start);
                        }
                    }
                }
            }
        } catch (Refusal | IllegalStateException notPossibleNow) {
            assertThat(notPossibleNow).isNotNull();
        }
    }

    /** What blocks in Outlook, apart from what we wrote. */
    private TreeSet<String> blocking(Person person) {
        TreeSet<String> blocks = new TreeSet<>();
        for (Occurrence row : outlook.occurrences(
                person.address(),
                Instant.now().minus(Duration.ofDays(1)),
                Instant.now().plus(Duration.ofDays(300)))) {
            String subject = row.details().path("subject").asText();
            if (!subject.startsWith("[tt]")
                    && !row.details().path("showAs").asText().equals("free")) {
                blocks.add(
                        subject + " " + row.span().startAt() + " " + row.span().endAt());
            }
        }
        return blocks;
    }

    private TreeSet<String> blocked(UUID feed) {
        TreeSet<String> blocks = new TreeSet<>();
        for (ObjectNode item : around.scheduling.items(feed).values()) {
            blocks.add(item.path("title").asText() + " " + time(item, "start") + " " + time(item, "end"));
        }
        return blocks;
    }

    private static Instant time(ObjectNode item, String which) {
        return item.path(which + "At").isTextual()
                ? Instant.parse(item.path(which + "At").asText())
                : LocalDate.parse(item.path(which + "Date").asText())
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
    }

    private List<String> ours(Person person) {
        return InOutlook.all(outlook, person.address()).stream()
                .filter(event -> event.subject().startsWith("[tt]"))
                .map(event -> event.subject() + " " + event.startAt())
                .toList();
    }

    private String single(Person person, String subject, LocalDateTime start) {
        return outlook.addEvent(person.address(), subject, start, start.plusHours(1), ZONE);
    }

    private static LocalDateTime at(Random random) {
        return DAY.plusDays(random.nextInt(40)).atTime(random.nextInt(23), 15 * random.nextInt(4));
    }

    private static String any(Random random, List<String> ids) {
        if (ids.isEmpty()) {
            throw new IllegalStateException("nothing there yet");
        }
        return ids.get(random.nextInt(ids.size()));
    }

    private String state(Person person, UUID feed) {
        return person.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("state");
    }

    private List<String> subjects(Person person) {
        return InOutlook.subjects(outlook, person.address());
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(assertion);
    }
}
