package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.timetether.calendarsync.database.CrashPoints;
import io.timetether.calendarsync.database.Sql;
import io.timetether.office365.Outlook;
import io.timetether.office365.mailbox.CalendarFolder;
import io.timetether.office365.mailbox.Occurrence;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A person in Outlook, clients who book, Microsoft and scheduling-service failing, and our process stopping between any two
 * lines, all at random; then it calms down. Every occurrence that blocks blocks once, every appointment has one event in each
 * target, and nothing else was touched. More seeds: {@code -Dtimetether.seeds=100}, one: {@code -Dtimetether.seed=17}.
 */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class StormIT {

    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(90);

    private final Surroundings around = Surroundings.get();
    private final Outlook outlook = around.outlook();

    @Inject
    Sql sql;

    static LongStream seeds() {
        Long only = Long.getLong("timetether.seed");
        return only != null
                ? LongStream.of(only)
                : LongStream.rangeClosed(1, Integer.getInteger("timetether.seeds", 3));
    }

    @AfterEach
    void calm() {
        CrashPoints.none();
        around.microsoft.faults().withdrawAll();
        around.scheduling.away(false);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void inTheEndBothSidesTellTheSame(long seed) {
        Person anna = Person.withMailbox("Europe/Berlin");
        CalendarFolder second = outlook.addCalendar(anna.address(), "Second");
        Storm storm = new Storm(seed, anna);
        for (int i = 0; i < 10; i++) {
            storm.act();
        }
        UUID connection = anna.connect();
        UUID feed = anna.feed();
        alsoWriteTo(anna, connection, second);
        int stops = CrashPoints.stops();
        for (int i = 0; i < 90; i++) {
            storm.act();
            if (i % 3 == 0) {
                storm.fail();
            }
            if (i % 15 == 14) {
                goOn(anna, connection);
                breathe(anna, feed);
            }
        }
        calm();
        passTime(anna, connection);
        try {
            await(() -> {
                goOn(anna, connection);
                assertThat(blocked(feed)).isEqualTo(blocking(anna));
                assertThat(ours(anna, null)).isEqualTo(storm.written());
                assertThat(ours(anna, second)).isEqualTo(storm.written());
                assertThat(state(anna, feed)).isEqualTo("ACTIVE");
            });
            assertThat(storm.mayHaveGone()).containsAll(around.scheduling.gone(feed));
            storm.untouched()
                    .forEach((id, version) -> assertThat(
                                    outlook.get(anna.address(), id).version())
                            .as("the person's own event %s", id)
                            .isEqualTo(version));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        } finally {
            System.out.printf("seed %d: %d stops of the process%n", seed, CrashPoints.stops() - stops);
            anna.post("/api/v1/calendar-connections/" + connection + "/stop", Map.of("writtenEvents", "KEEP"));
        }
    }

    private void alsoWriteTo(Person anna, UUID connection, CalendarFolder second) {
        String calendar = anna.get("/api/v1/calendar-connections/" + connection + "/calendars")
                .jsonPath()
                .getString("items.find { it.name == '" + second.name() + "' }.id");
        anna.post(
                        "/api/v1/sync-feeds",
                        Map.of(
                                "connectionId",
                                connection.toString(),
                                "calendarId",
                                calendar,
                                "reading",
                                false,
                                "writing",
                                true))
                .then()
                .statusCode(201);
    }

    /** Not all of it is one burst: a run has come to some end in between, or seems stuck for the moment. */
    private void breathe(Person anna, UUID feed) {
        String before = lastRun(anna, feed);
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(1))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> !lastRun(anna, feed).equals(before));
        } catch (ConditionTimeoutException stuck) {
            // Nothing is wrong with that in a storm.
        }
    }

    private static String lastRun(Person anna, UUID feed) {
        return anna.get("/api/v1/sync-feeds/" + feed + "/runs?limit=1").asString();
    }

    /** A dead process's places and pauses end by time; here at once. */
    private void passTime(Person anna, UUID connection) {
        sql.change("UPDATE account_slot SET holder = NULL, lease_until = '-infinity'");
        sql.change("UPDATE microsoft_account SET not_before = '-infinity'");
        sql.change("UPDATE published_event SET not_before = '-infinity'");
        goOn(anna, connection);
    }

    /**
     * What people do when they are asked: sign in again, say that removals are right, sync now instead of waiting. In the
     * middle of a storm not all of it works.
     */
    private static void goOn(Person anna, UUID connection) {
        Response account = anna.get("/api/v1/calendar-connections/" + connection);
        Response feeds = anna.get("/api/v1/sync-feeds");
        if (account.statusCode() != 200 || feeds.statusCode() != 200) {
            return;
        }
        if (account.jsonPath().getString("state").equals("RECONNECT_REQUIRED")) {
            try {
                anna.connect();
            } catch (IllegalStateException notNow) {
                return;
            }
        }
        feeds.jsonPath().<Map<String, ?>>getList("items").forEach(feed -> {
            String path = "/api/v1/sync-feeds/" + feed.get("id");
            if ("HELD".equals(feed.get("state"))) {
                anna.post(path + "/resume", Map.of("removals", "APPLY"));
            } else {
                anna.post(path + "/sync", Map.of());
            }
        });
    }

    /** What blocks in Outlook, apart from what we wrote. */
    private List<String> blocking(Person person) {
        List<String> blocks = new ArrayList<>();
        for (Occurrence row : outlook.occurrences(
                person.address(),
                Instant.now().minus(Duration.ofDays(1)),
                Instant.now().plus(Duration.ofDays(300)))) {
            String showAs = row.details().path("showAs").asText();
            if (!row.details().path("subject").asText().startsWith("[tt]")
                    && !showAs.equals("free")
                    && !showAs.equals("workingElsewhere")) {
                blocks.add(Storm.title(row.details()) + " " + row.span().startAt() + " "
                        + row.span().endAt());
            }
        }
        return blocks.stream().sorted().toList();
    }

    private List<String> blocked(UUID feed) {
        return around.scheduling.items(feed).values().stream()
                .map(item -> item.path("title").asText() + " " + time(item, "start") + " " + time(item, "end"))
                .sorted()
                .toList();
    }

    private static Instant time(ObjectNode item, String which) {
        return item.path(which + "At").isTextual()
                ? Instant.parse(item.path(which + "At").asText())
                : LocalDate.parse(item.path(which + "Date").asText())
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
    }

    private List<String> ours(Person person, CalendarFolder calendar) {
        Instant now = Instant.now();
        Instant until = now.plus(Duration.ofDays(300));
        List<Occurrence> rows = calendar == null
                ? outlook.occurrences(person.address(), now, until)
                : outlook.occurrences(person.address(), calendar.id(), now, until);
        return rows.stream()
                .filter(row -> row.details().path("subject").asText().startsWith("[tt]"))
                .map(row -> row.details().path("subject").asText() + " "
                        + row.span().startAt())
                .sorted()
                .toList();
    }

    private String state(Person person, UUID feed) {
        return person.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("state");
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(SETTLES_WITHIN)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(assertion);
    }
}
