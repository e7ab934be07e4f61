package io.timetether.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.timetether.localrun.product.LocalProduct;
import io.timetether.systemtests.Browser.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * After a client or a staff member has been erased, nothing of them is in any table of any database, in any log, or in a
 * mailbox that we may still write to; what stands in others is told by calendar and time.
 */
class ErasureIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final LocalProduct local = Product.local();
    private final Product product = Product.running();
    private final String tag = UUID.randomUUID().toString().substring(0, 8);
    private final String name = "Zyxomir " + tag;
    private final String email = "zyx." + tag + "@erased.example";
    private final String phone = "+49 30 7" + Long.toString(Long.parseLong(tag, 16) % 10_000_000 + 10_000_000);
    /** What must be nowhere. The family name alone, so that no spelling with a first name slips by. */
    private final List<String> traces = new ArrayList<>(List.of(tag, phone, phone.replace(" ", "")));

    @Test
    void leavesNothingOfTheClientAnywhereThatIsOurs() throws Exception {
        Practice practice = Practice.open(product, "BUSINESS", "Erna");
        Person erna = practice.admin();
        Outlook kept = connected(practice);
        String abandonedFeed = practice.feeds().text("/items/0/id");
        Outlook current = connected(practice);
        useTheClientInEveryWay(practice);
        await("events in both calendars").atMost(LONG).untilAsserted(() -> {
            assertThat(subjects(kept)).filteredOn(this::isTraced).hasSize(3);
            assertThat(subjects(current)).filteredOn(this::isTraced).hasSize(3);
        });
        // There is something to find: the search below can fail.
        assertThat(Databases.rowsWith(local, traces)).isNotEmpty();

        erna.post("/api/v1/sync-feeds/" + abandonedFeed + "/stop", Map.of("writtenEvents", "KEEP"))
                .expect(202);
        for (JsonNode client :
                erna.get("/api/v1/clients?q=" + tag).expect(200).body().get("items")) {
            erna.change("DELETE", "/api/v1/clients/" + client.get("id").asText(), null, "*")
                    .expect(204);
        }
        assertThat(erna.get("/api/v1/clients?q=" + tag).body().get("items")).isEmpty();

        await("the calendar that we may still write to")
                .atMost(LONG)
                .untilAsserted(() -> assertThat(subjects(current)).noneMatch(this::isTraced));
        await("every table")
                .atMost(LONG)
                .untilAsserted(
                        () -> assertThat(Databases.rowsWith(local, traces)).isEmpty());
        assertThat(linesOfLogs()).isEmpty();

        await("what is left elsewhere").atMost(LONG).untilAsserted(() -> {
            Answer remaining = erna.get("/api/v1/remaining-events").expect(200);
            assertThat(remaining.body().get("items")).hasSize(3);
            assertThat(remaining.raw()).matches(text -> !isTraced(text)).doesNotContain("Massage");
            assertThat(remaining.text("/items/0/calendarName")).isNotBlank();
            assertThat(remaining.text("/items/0/startsAt")).isNotBlank();
        });
        assertThat(subjects(kept)).filteredOn(this::isTraced).hasSize(3);
    }

    @Test
    void leavesNothingOfTheStaffMemberAnywhereThatIsOurs() throws Exception {
        Practice practice = Practice.open(product, "BUSINESS", "Erna");
        Person erna = practice.admin();
        Outlook ernas = connected(practice);
        String typed = practice.employ(name);
        Answer member = staffMember(practice, name);
        String staff = member.text("/id");
        traces.add(member.text("/email").replaceAll("@.*", ""));
        Person leaver = Person.signIn(product.home(), typed);
        Outlook own = new Outlook(product.office365(), email, name, "UTC");
        useTheStaffMemberInEveryWay(practice, leaver, member, own);
        await("their appointments in both calendars").atMost(LONG).untilAsserted(() -> {
            assertThat(ours(own)).hasSize(2);
            assertThat(ours(ernas)).hasSize(2);
        });
        await("what Outlook says of them")
                .atMost(LONG)
                .untilAsserted(() -> assertThat(Databases.rowsWith(local, List.of("Lunch of " + name)))
                        .isNotEmpty());

        erna.change("DELETE", "/api/v1/staff/" + staff, null, "*").expect(409);
        for (JsonNode appointment : erna.get("/api/v1/appointments?staffId=" + staff)
                .expect(200)
                .body()
                .get("items")) {
            erna.change(
                            "POST",
                            "/api/v1/appointments/" + appointment.get("id").asText() + "/cancellation",
                            Map.of(),
                            "\"" + appointment.get("version").asText() + "\"")
                    .expect(200);
        }
        erna.change("DELETE", "/api/v1/staff/" + staff, null, "*").expect(204);

        await("every table")
                .atMost(LONG)
                .untilAsserted(
                        () -> assertThat(Databases.rowsWith(local, traces)).isEmpty());
        await("the calendars that they wrote to").atMost(LONG).untilAsserted(() -> {
            assertThat(ours(own)).isEmpty();
            assertThat(ours(ernas)).isEmpty();
        });
        assertThat(subjects(ernas)).noneMatch(this::isTraced);
        assertThat(subjects(own)).containsExactly("Lunch of " + name);
        assertThat(linesOfLogs()).isEmpty();
        leaver.get("/api/v1/me").expect(403);
        assertThat(erna.get("/api/v1/staff?q=" + tag).body().get("items")).isEmpty();
    }

    /** With an Office 365 account of their own and the use of a colleague's, hours, time off, and appointments. */
    private void useTheStaffMemberInEveryWay(Practice practice, Person leaver, Answer member, Outlook own) {
        Person erna = practice.admin();
        String staff = member.text("/id");
        erna.change("PATCH", "/api/v1/staff/" + staff, Map.of("name", "Dr. " + name), "*")
                .expect(200);
        Map<String, String> monday = Map.of("dayOfWeek", "MONDAY", "start", "08:00", "end", "18:00");
        leaver.change("PUT", "/api/v1/staff/" + staff + "/working-hours", Map.of("rules", List.of(monday)), "*")
                .expect(200);
        leaver.create(
                        "/api/v1/time-off",
                        Map.of(
                                "staffId",
                                staff,
                                "startAt",
                                at(15, 0).toString(),
                                "endAt",
                                at(16, 0).toString(),
                                "title",
                                name + " is away"))
                .expect(201);
        own.add("Lunch of " + name, at(11, 0), at(12, 0), "busy");
        leaver.connect(staff, own.address());
        JsonNode ernas = erna.get("/api/v1/calendar-connections?staffId=" + practice.staffId())
                .expect(200)
                .body()
                .at("/items/0");
        String connection = "/api/v1/calendar-connections/" + ernas.get("id").asText();
        erna.change("PUT", connection + "/shares/" + staff, null, "*").expect(200);
        leaver.create(
                        "/api/v1/sync-feeds",
                        Map.of(
                                "connectionId",
                                ernas.get("id").asText(),
                                "calendarId",
                                leaver.get(connection + "/calendars")
                                        .expect(200)
                                        .text("/items/0/id"),
                                "reading",
                                false,
                                "writing",
                                true))
                .expect(201);
        for (int hour : List.of(9, 10)) {
            erna.create(
                            "/api/v1/appointments",
                            Map.of(
                                    "serviceId", practice.serviceId(),
                                    "staffId", staff,
                                    "startAt", at(hour, 0).toString(),
                                    "overrideTimeOff", true,
                                    "attendees", List.of(Map.of("name", "Berta"))))
                    .expect(201);
        }
        erna.get("/api/v1/staff?q=" + tag).expect(200);
    }

    private static Answer staffMember(Practice practice, String name) {
        for (JsonNode one :
                practice.admin().get("/api/v1/staff").expect(200).body().get("items")) {
            if (one.get("name").asText().equals(name)) {
                return practice.admin().get("/api/v1/staff/" + one.get("id").asText());
            }
        }
        throw new AssertionError("no staff member " + name);
    }

    private static List<String> ours(Outlook outlook) {
        return subjects(outlook).stream()
                .filter(subject -> subject.startsWith("[tt]"))
                .toList();
    }

    /** Booked by staff and by themselves, moved, cancelled, refused, searched for, changed, and written to. */
    private void useTheClientInEveryWay(Practice practice) {
        Person erna = practice.admin();
        String client = erna.create("/api/v1/clients", Map.of("name", name, "email", email, "phone", phone))
                .expect(201)
                .text("/id");
        Answer seen = erna.get("/api/v1/clients/" + client);
        erna.change("PATCH", "/api/v1/clients/" + client, Map.of("name", "Dr. " + name), seen.etag())
                .expect(200);
        Map<String, Object> attendee = Map.of("clientId", client);
        Answer first = book(practice, at(9, 0), attendee).expect(201);
        book(practice, at(9, 0), attendee).expect(409);
        erna.change(
                        "POST",
                        "/api/v1/appointments/" + first.text("/id") + "/reschedule",
                        Map.of("startAt", at(10, 0).toString()),
                        first.etag())
                .expect(200);
        book(practice, at(11, 0), attendee).expect(201);
        Answer third = book(practice, at(12, 0), attendee).expect(201);
        erna.change(
                        "POST",
                        "/api/v1/appointments/" + third.text("/id") + "/cancellation",
                        Map.of("reason", name + " is ill"),
                        third.etag())
                .expect(200);
        String slug = erna.get("/api/v1/me").expect(200).text("/organisation/slug");
        new Browser(product.home())
                .api(
                        "POST",
                        "/api/v1/public/organisations/" + slug + "/appointments",
                        Map.of(
                                "serviceId",
                                practice.serviceId(),
                                "startAt",
                                at(14, 0).toString(),
                                "client",
                                Map.of("name", name, "email", email, "phone", phone)),
                        Map.of("Idempotency-Key", "erasure-" + UUID.randomUUID()))
                .expect(201);
        erna.get("/api/v1/appointments?q=" + tag).expect(200);
    }

    private Answer book(Practice practice, Instant start, Map<String, Object> attendee) {
        return practice.admin()
                .create(
                        "/api/v1/appointments",
                        Map.of(
                                "serviceId", practice.serviceId(),
                                "staffId", practice.staffId(),
                                "startAt", start.toString(),
                                "note", "for " + name,
                                "attendees", List.of(attendee)));
    }

    private static Instant at(int hour, int minute) {
        return Instant.now()
                .atOffset(ZoneOffset.UTC)
                .plusDays(9)
                .with(LocalTime.of(hour, minute))
                .toInstant();
    }

    private Outlook connected(Practice practice) {
        Outlook outlook = practice.mailbox("UTC");
        practice.admin().connect(practice.staffId(), outlook.address());
        await("first sync")
                .atMost(LONG)
                .untilAsserted(
                        () -> assertThat(practice.feeds().body().get("items").findValuesAsText("state"))
                                .contains("ACTIVE")
                                .doesNotContain("FIRST_SYNC"));
        return outlook;
    }

    private static List<String> subjects(Outlook outlook) {
        return outlook.entries(Instant.now(), Instant.now().plus(Duration.ofDays(30))).stream()
                .map(entry -> entry.subject())
                .toList();
    }

    private boolean isTraced(String text) {
        return traces.stream().anyMatch(text::contains);
    }

    private List<String> linesOfLogs() throws Exception {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(local.settings().data().resolve("logs"))) {
            for (Path log : files.filter(Files::isRegularFile).toList()) {
                Files.readString(log, StandardCharsets.ISO_8859_1)
                        .lines()
                        .filter(this::isTraced)
                        .forEach(line -> found.add(log.getFileName() + ": " + line));
            }
        }
        return found;
    }
}
