package io.timetether.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.timetether.systemtests.Browser.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The journey that must work, from sign-in to stop, over real HTTP: a practice, its physiotherapist Anna, Anna's mailbox
 * with a real life in it, and a client.
 */
class JourneyIT {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Duration SECONDS = Duration.ofSeconds(20);

    private final Product product = Product.running();
    private final LocalDate monday =
            LocalDate.now(BERLIN).with(TemporalAdjusters.next(DayOfWeek.MONDAY)).plusWeeks(1);

    @Test
    void aStaffMemberTiesACalendarUsesItAndUntiesIt() {
        Practice practice = Practice.open(product, "PROFESSIONAL", "Ben");
        Person ben = practice.admin();
        String benId = practice.staffId();
        Outlook outlook = practice.mailbox("UTC");
        ben.connect(benId, outlook.address());
        practice.book(at(monday, "09:00"), "Carla Client").expect(201);
        await().atMost(SECONDS).until(() -> ours(outlook).size(), size -> size == 1);
        JsonNode feed = only(practice.feeds());

        Answer stopped =
                ben.post("/api/v1/sync-feeds/" + feed.get("id").asText() + "/stop", Map.of("writtenEvents", "KEEP"));

        assertThat(stopped.status() / 100).isEqualTo(2);
        await().atMost(SECONDS)
                .until(() -> ben.get("/api/v1/calendar-connections?staffId=" + benId)
                        .body()
                        .get("items")
                        .isEmpty());
        assertThat(ours(outlook)).hasSize(1);
    }

    private List<JsonNode> all(Person who, String path) {
        List<JsonNode> items = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = who.get(path + "?limit=50" + next).expect(200).body();
            page.get("items").forEach(items::add);
            next = page.path("next").isTextual() ? "&after=" + page.get("next").asText() : "";
        } while (!next.isEmpty());
        return items;
    }

    private List<Outlook.Entry> ours(Outlook outlook) {
        return all(outlook).stream().filter(Outlook.Entry::isOurs).toList();
    }

    private List<Outlook.Entry> foreign(Outlook outlook) {
        return all(outlook).stream().filter(entry -> !entry.isOurs()).toList();
    }

    private List<Outlook.Entry> oursAt(Outlook outlook, Instant start) {
        return ours(outlook).stream()
                .filter(entry -> entry.startAt().equals(start))
                .toList();
    }

    private List<Outlook.Entry> all(Outlook outlook) {
        return outlook.entries(at(monday, "00:00"), at(monday.plusDays(60), "00:00"));
    }

    private Instant at(LocalDate day, String time) {
        return day.atTime(LocalTime.parse(time)).atZone(BERLIN).toInstant();
    }

    private static JsonNode only(Answer list) {
        assertThat(list.expect(200).body().get("items")).hasSize(1);
        return list.body().get("items").get(0);
    }

    private static List<String> titles(JsonNode items) {
        return stream(items).map(item -> item.get("title").asText()).toList();
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** The calendar file with its days laid around {@link #monday}. */
    private String calendarFile() {
        try (InputStream file = JourneyIT.class.getResourceAsStream("/a-real-life.ics")) {
            Matcher days = Pattern.compile("\\{monday(?:\\+(\\d+))?}")
                    .matcher(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            return days.replaceAll(day -> monday.plusDays(day.group(1) == null ? 0 : Long.parseLong(day.group(1)))
                            .format(DateTimeFormatter.BASIC_ISO_DATE))
                    .replace("\n", "\r\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
