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
import java.util.UUID;
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
    private final String tag = UUID.randomUUID().toString().substring(0, 8);
    private final LocalDate monday =
            LocalDate.now(BERLIN).with(TemporalAdjusters.next(DayOfWeek.MONDAY)).plusWeeks(1);

    @Test
    void aStaffMemberTiesACalendarUsesItAndUntiesIt() {
        Person operator = Person.signIn(product.home(), product.operator());
        String organisation = organisation(operator, "BUSINESS");
        Person anna = admin(operator, organisation, "Anna " + tag);
        String annaId = staff(anna, "Anna");
        String massage = anna.create(
                        "/api/v1/services",
                        Map.of("name", "Massage", "durationMinutes", 30, "slotGridMinutes", 30, "horizonDays", 300))
                .expect(201)
                .text("/id");
        Outlook outlook =
                new Outlook(product.office365(), "anna-" + tag + "@seaside.example", "Anna", "W. Europe Standard Time");
        outlook.load(calendarFile());
        String early = book(anna, massage, annaId, at(monday.plusDays(4).plusWeeks(2), "09:00"), "Early Client")
                .expect(201)
                .text("/number");

        // J2, J3: one feed on the default calendar, reading and writing; the first sync starts by itself.
        String connection = anna.connect(annaId, outlook.address());
        JsonNode feed = only(anna.get("/api/v1/sync-feeds?staffId=" + annaId));
        assertThat(feed.at("/calendar/isDefault").asBoolean()).isTrue();
        assertThat(feed.at("/reading").asBoolean()).isTrue();
        assertThat(feed.at("/writing").asBoolean()).isTrue();
        String feedPath = "/api/v1/sync-feeds/" + feed.get("id").asText();
        await("first sync").atMost(SECONDS).until(() -> anna.get(feedPath).text("/state"), "ACTIVE"::equals);

        // J4: Busy blocks, free does not; series, moved and deleted occurrences, whole days, two zones.
        Instant from = at(monday, "00:00");
        Instant until = from.plus(Duration.ofDays(21));
        assertThat(slot(anna, massage, annaId, at(monday, "09:00")))
                .as("weekly rounds")
                .isFalse();
        assertThat(slot(anna, massage, annaId, at(monday, "10:00"))).isTrue();
        assertThat(slot(anna, massage, annaId, at(monday.plusDays(7), "09:00")))
                .as("moved away")
                .isTrue();
        assertThat(slot(anna, massage, annaId, at(monday.plusDays(8), "14:00")))
                .as("moved to")
                .isFalse();
        assertThat(slot(anna, massage, annaId, at(monday.plusDays(14), "09:00")))
                .as("deleted")
                .isTrue();
        assertThat(slot(anna, massage, annaId, at(monday.plusDays(3), "15:00")))
                .as("congress")
                .isFalse();
        assertThat(slot(anna, massage, annaId, at(monday.plusDays(4), "09:00")))
                .as("congress")
                .isFalse();
        assertThat(slot(anna, massage, annaId, at(monday.plusDays(9), "12:00")))
                .as("free lunch")
                .isTrue();
        for (Outlook.Entry entry : outlook.entries(from, until)) {
            boolean blocks = !entry.showAs().equals("free") && !entry.isOurs();
            if (blocks && !entry.allDay()) {
                assertThat(slotsWithin(anna, massage, annaId, entry.startAt(), entry.endAt()))
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
        Answer booked =
                book(anna, massage, annaId, at(monday, "11:00"), "Berta Client").expect(201);
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
        await("slot closes").atMost(SECONDS).until(() -> !slot(anna, massage, annaId, at(monday, "15:30")));
        outlook.move(dentist, at(monday, "16:00"), at(monday, "16:30"));
        await("slot opens").atMost(SECONDS).until(() -> slot(anna, massage, annaId, at(monday, "15:30")));
        outlook.delete(dentist);
        await("slot opens").atMost(SECONDS).until(() -> slot(anna, massage, annaId, at(monday, "16:00")));

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
        assertThat(anna.get("/api/v1/sync-feeds?staffId=" + annaId).body().get("items"))
                .isEmpty();
        assertThat(anna.get("/api/v1/calendar-connections?staffId=" + annaId)
                        .body()
                        .get("items"))
                .isEmpty();
        assertThat(slot(anna, massage, annaId, at(monday, "09:00"))).isTrue();
    }

    @Test
    void theStarterPlanSaysWhatIsMissing() {
        Person operator = Person.signIn(product.home(), product.operator());
        String organisation = organisation(operator, "STARTER");
        Person hana = admin(operator, organisation, "Hana " + tag);
        String hanaId = staff(hana, "Hana");

        Answer refused = hana.post("/api/v1/calendar-connections", Map.of("provider", "office365", "staffId", hanaId));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("/type")).isEqualTo("/problems/plan-upgrade-required");
        assertThat(hana.get("/api/v1/calendar-providers?staffId=" + hanaId).text("/items/0/unavailable/code"))
                .isEqualTo("plan-upgrade-required");
    }

    @Test
    void keepingTheWrittenEventsLeavesThemInOutlook() {
        Person operator = Person.signIn(product.home(), product.operator());
        Person ben = admin(operator, organisation(operator, "PROFESSIONAL"), "Ben " + tag);
        String benId = staff(ben, "Ben");
        String cut = ben.create("/api/v1/services", Map.of("name", "Cut", "durationMinutes", 30))
                .expect(201)
                .text("/id");
        Outlook outlook = new Outlook(product.office365(), "ben-" + tag + "@seaside.example", "Ben", "UTC");
        ben.connect(benId, outlook.address());
        book(ben, cut, benId, at(monday, "09:00"), "Carla Client").expect(201);
        await().atMost(SECONDS).until(() -> ours(outlook).size(), size -> size == 1);
        JsonNode feed = only(ben.get("/api/v1/sync-feeds?staffId=" + benId));

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

    private String organisation(Person operator, String plan) {
        return operator.create(
                        "/api/v1/organisations",
                        Map.of(
                                "name",
                                "Practice " + tag,
                                "slug",
                                "practice-" + UUID.randomUUID(),
                                "timeZone",
                                "Europe/Berlin",
                                "plan",
                                plan))
                .expect(201)
                .text("/id");
    }

    private Person admin(Person operator, String organisationId, String name) {
        String token = operator.create(
                        "/api/v1/people",
                        Map.of(
                                "name",
                                name,
                                "email",
                                tag + "@seaside.example",
                                "role",
                                "ADMIN",
                                "organisationId",
                                organisationId))
                .expect(201)
                .text("/invitation/token");
        Person person = Person.signIn(product.home(), name.replace(' ', '-').toLowerCase() + "-" + UUID.randomUUID());
        person.post("/api/v1/invitations/acceptance", Map.of("token", token)).expect(200);
        return person;
    }

    private String staff(Person admin, String name) {
        String id = admin.create(
                        "/api/v1/staff", Map.of("name", name, "email", name.toLowerCase() + tag + "@seaside.example"))
                .expect(201)
                .text("/id");
        List<Map<String, String>> rules = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            rules.add(Map.of("dayOfWeek", day.name(), "start", "08:00", "end", "18:00"));
        }
        Answer staff = admin.get("/api/v1/staff/" + id);
        admin.change("PUT", "/api/v1/staff/" + id + "/working-hours", Map.of("rules", rules), staff.etag())
                .expect(200);
        return id;
    }

    private Answer book(Person by, String service, String staff, Instant start, String client) {
        return by.create(
                "/api/v1/appointments",
                Map.of(
                        "serviceId",
                        service,
                        "staffId",
                        staff,
                        "startAt",
                        start.toString(),
                        "attendees",
                        List.of(Map.of("name", client, "email", "client@example.com"))));
    }

    private boolean slot(Person who, String service, String staff, Instant start) {
        return slotsWithin(who, service, staff, start, start.plus(Duration.ofMinutes(30)))
                .contains(start);
    }

    private List<Instant> slotsWithin(Person who, String service, String staff, Instant from, Instant until) {
        return stream(who.availability(service, staff, from, until).body().get("slots"))
                .map(slot -> java.time.OffsetDateTime.parse(slot.get("startAt").asText())
                        .toInstant())
                .toList();
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
