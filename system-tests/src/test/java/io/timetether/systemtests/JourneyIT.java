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
        Practice practice = Practice.open(product, "BUSINESS", "Anna");
        Person anna = practice.admin();
        String annaId = practice.staffId();
        Outlook outlook = practice.mailbox("W. Europe Standard Time");
        outlook.load(calendarFile());
        String early = practice.book(at(monday.plusDays(4).plusWeeks(2), "09:00"), "Early Client")
                .expect(201)
                .text("/number");

        // J2, J3: one feed on the default calendar, reading and writing; the first sync starts by itself.
        String connection = anna.connect(annaId, outlook.address());
        JsonNode feed = only(practice.feeds());
        assertThat(feed.at("/calendar/isDefault").asBoolean()).isTrue();
        assertThat(feed.at("/reading").asBoolean()).isTrue();
        assertThat(feed.at("/writing").asBoolean()).isTrue();
        String feedPath = "/api/v1/sync-feeds/" + feed.get("id").asText();
        await("first sync").atMost(SECONDS).until(() -> anna.get(feedPath).text("/state"), "ACTIVE"::equals);

        // J4: Busy blocks, free does not; series, moved and deleted occurrences, whole days, two zones.
        Instant from = at(monday, "00:00");
        Instant until = from.plus(Duration.ofDays(21));
        assertThat(practice.hasSlot(at(monday, "09:00"))).as("weekly rounds").isFalse();
        assertThat(practice.hasSlot(at(monday, "10:00"))).isTrue();
        assertThat(practice.hasSlot(at(monday.plusDays(7), "09:00")))
                .as("moved away")
                .isTrue();
        assertThat(practice.hasSlot(at(monday.plusDays(8), "14:00")))
                .as("moved to")
                .isFalse();
        assertThat(practice.hasSlot(at(monday.plusDays(14), "09:00")))
                .as("deleted")
                .isTrue();
        assertThat(practice.hasSlot(at(monday.plusDays(3), "15:00")))
                .as("congress")
                .isFalse();
        assertThat(practice.hasSlot(at(monday.plusDays(4), "09:00")))
                .as("congress")
                .isFalse();
        assertThat(practice.hasSlot(at(monday.plusDays(9), "12:00")))
                .as("free lunch")
                .isTrue();
        for (Outlook.Entry entry : outlook.entries(from, until)) {
            boolean blocks = !entry.showAs().equals("free") && !entry.isOurs();
            if (blocks && !entry.allDay()) {
                assertThat(practice.slots(entry.startAt(), entry.endAt()))
                        .as("%s at %s", entry.subject(), entry.startAt())
                        .isEmpty();
            }
        }

        // J5: [ext] in the calendar, private stays private.
        JsonNode calendar = anna.get("/api/v1/calendar?staffId=" + annaId + "&from=" + from + "&to=" + until)
                .expect(200)
                .body()
                .get("items");
        assertThat(titles(calendar)).contains("[ext] Weekly rounds", "[ext] Congress", "[ext] Private");
        assertThat(titles(calendar))
                .noneMatch(title -> title.contains("nobody needs to know") || title.contains("Lunch"));

        // J6: read only, with a reason.
        JsonNode imported = stream(calendar)
                .filter(item -> item.get("title").asText().equals("[ext] Congress"))
                .findFirst()
                .orElseThrow();
        Answer refused =
                anna.change("DELETE", "/api/v1/time-off/" + imported.get("id").asText(), null, "\"1\"");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("/type")).isEqualTo("/problems/external-entry-read-only");
        assertThat(anna.get("/api/v1/calendar-entries/" + imported.get("number").asText())
                        .expect(200)
                        .text("/title"))
                .isEqualTo("[ext] Congress");

        // J7: an appointment that existed already, a new one, its move, its cancellation.
        await("the appointment that existed already")
                .atMost(SECONDS)
                .untilAsserted(() -> assertThat(ours(outlook))
                        .extracting(Outlook.Entry::startAt)
                        .containsExactly(at(monday.plusDays(4).plusWeeks(2), "09:00")));
        assertThat(early).isNotEmpty();
        Answer booked = practice.book(at(monday, "11:00"), "Berta Client").expect(201);
        String bookedPath = "/api/v1/appointments/" + booked.text("/id");
        await("[tt] in Outlook")
                .atMost(SECONDS)
                .until(() -> oursAt(outlook, at(monday, "11:00")).size(), size -> size == 1);
        Outlook.Entry written = oursAt(outlook, at(monday, "11:00")).getFirst();
        assertThat(written.subject()).startsWith("[tt] Massage");
        Answer moved = anna.change(
                        "POST",
                        bookedPath + "/reschedule",
                        Map.of("startAt", at(monday, "13:00").toString()),
                        booked.etag())
                .expect(200);
        await("the same event moves")
                .atMost(SECONDS)
                .untilAsserted(() -> assertThat(oursAt(outlook, at(monday, "13:00")))
                        .extracting(Outlook.Entry::id)
                        .containsExactly(written.id()));
        anna.change("POST", bookedPath + "/cancellation", Map.of(), moved.etag())
                .expect(200);
        await("the event is removed")
                .atMost(SECONDS)
                .until(() -> oursAt(outlook, at(monday, "13:00")).isEmpty());

        // J12: changes keep coming by themselves.
        String dentist = outlook.add("Dentist", at(monday, "15:00"), at(monday, "16:00"), "busy");
        await("slot closes").atMost(SECONDS).until(() -> !practice.hasSlot(at(monday, "15:30")));
        outlook.move(dentist, at(monday, "16:00"), at(monday, "16:30"));
        await("slot opens").atMost(SECONDS).until(() -> practice.hasSlot(at(monday, "15:30")));
        outlook.delete(dentist);
        await("slot opens").atMost(SECONDS).until(() -> practice.hasSlot(at(monday, "16:00")));

        // J11: for every event one can see whether it was taken in, and if not, why.
        List<JsonNode> items = all(anna, feedPath + "/items");
        assertThat(items).anySatisfy(item -> {
            assertThat(item.get("subject").asText()).contains("Lunch");
            assertThat(item.get("loaded").asBoolean()).isFalse();
            assertThat(item.get("reasonCode").asText()).isEqualTo("SHOWN_AS_FREE");
            assertThat(item.get("info").asText()).isNotBlank();
            assertThat(item.get("number").isNull()).isTrue();
        });
        assertThat(items).anySatisfy(item -> {
            assertThat(item.get("subject").asText()).startsWith("[tt]");
            assertThat(item.get("reasonCode").asText()).isEqualTo("CAME_FROM_HERE");
            assertThat(item.get("number").asText()).isEqualTo(early);
        });
        assertThat(items).anySatisfy(item -> {
            assertThat(item.get("subject").asText()).isEqualTo("Weekly rounds");
            assertThat(item.get("loaded").asBoolean()).isTrue();
            assertThat(item.get("number").asLong()).isPositive();
        });

        // J13: stop; the [tt] events go, foreign ones stay, the tab is as before.
        int foreign = foreign(outlook).size();
        anna.post("/api/v1/calendar-connections/" + connection + "/stop", Map.of("writtenEvents", "REMOVE"));
        await("tokens and events are gone")
                .atMost(SECONDS)
                .until(
                        () -> anna.get("/api/v1/calendar-connections/" + connection)
                                .text("/state"),
                        "STOPPED"::equals);
        assertThat(ours(outlook)).isEmpty();
        assertThat(foreign(outlook)).hasSize(foreign);
        assertThat(practice.feeds().body().get("items")).isEmpty();
        assertThat(anna.get("/api/v1/calendar-connections?staffId=" + annaId)
                        .body()
                        .get("items"))
                .isEmpty();
        assertThat(practice.hasSlot(at(monday, "09:00"))).isTrue();
    }

    @Test
    void theStarterPlanSaysWhatIsMissing() {
        Practice salon = Practice.open(product, "STARTER", "Hana");
        Person hana = salon.admin();
        String hanaId = salon.staffId();

        Answer refused = hana.post("/api/v1/calendar-connections", Map.of("provider", "office365", "staffId", hanaId));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("/type")).isEqualTo("/problems/plan-upgrade-required");
        assertThat(hana.get("/api/v1/calendar-providers?staffId=" + hanaId).text("/items/0/unavailable/code"))
                .isEqualTo("plan-upgrade-required");
    }

    @Test
    void keepingTheWrittenEventsLeavesThemInOutlook() {
        Practice practice = Practice.open(product, "PROFESSIONAL", "Ben");
        Person ben = practice.admin();
        String benId = practice.staffId();
        Outlook outlook = practice.mailbox("UTC");
        ben.connect(benId, outlook.address());
        await("first sync").atMost(SECONDS).until(() -> practice.feeds().text("/items/0/state"), "ACTIVE"::equals);
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
