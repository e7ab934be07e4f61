package io.timetether.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.scheduling.Crowd.Reply;
import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A busy day: sixteen clients book, move, cancel, hold, take time off and import on twenty staff at two instances; then
 * an independent look at the tables. A few seconds; {@code -Dtimetether.soak=60} for a minute.
 */
class SoakIT {

    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("timetether.soak", 8));
    private static final int CLIENTS = 16;
    private static final int STAFF = 20;
    /** Not the next one: that begins while we run, if we run at midnight. */
    private static final Instant FIRST_DAY =
            Instant.now().truncatedTo(ChronoUnit.DAYS).plus(2, ChronoUnit.DAYS);

    /** What the service has acknowledged. */
    private record Acknowledged(String appointment, long version) {}

    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<Reply> unexpected = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();

    @ParameterizedTest(name = "an instance is killed in the middle: {0}")
    @ValueSource(booleans = {false, true})
    void nothingIsLostAndNobodyIsBookedTwice(boolean kill) throws Exception {
        long seed = System.nanoTime();
        System.out.printf("soak of %s, seed %d%n", LENGTH, seed);
        try (Instances instances = Instances.start(2);
                Crowd crowd = new Crowd()) {
            Practice practice = Api.practice(instances.url(0), "UTC");
            List<String> staff = new ArrayList<>();
            for (int i = 0; i < STAFF; i++) {
                staff.add(practice.staffMember("Staff" + i, i % 2 == 0 ? "Europe/Berlin" : "Asia/Kathmandu"));
            }
            List<String> services = List.of(
                    practice.service(30, Map.of("slotGridMinutes", 15)),
                    practice.service(
                            45, Map.of("bufferBeforeMinutes", 10, "bufferAfterMinutes", 5, "slotGridMinutes", 15)),
                    practice.service(20, Map.of("maxPerDayStaff", 5, "slotGridMinutes", 15)));
            Instant end = Instant.now().plus(LENGTH);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> clients = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    Client client = new Client(instances, crowd, practice, staff, services, new Random(seed + i));
                    clients.add(threads.submit(() -> client.live(end)));
                }
                if (kill) {
                    Awaitility.await()
                            .pollDelay(LENGTH.dividedBy(2))
                            .atMost(LENGTH.plusSeconds(30))
                            .until(() -> true);
                    instances.kill(1);
                    instances.launchAgain(1);
                }
                for (Future<?> client : clients) {
                    client.get();
                }
            }
            assertThat(unexpected).as("seed %d", seed).isEmpty();
            assertThat(acknowledged).hasSizeGreaterThan(5);
            try (Connection connection = instances.connection()) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .untilAsserted(() ->
                                assertThat(TableChecker.gapsInLog(connection)).isEmpty());
                assertThat(TableChecker.overlaps(connection))
                        .as("seed %d", seed)
                        .isEmpty();
                assertThat(TableChecker.gapsInHistory(connection))
                        .as("seed %d", seed)
                        .isEmpty();
                // Each wish carries its key as its note: no key has booked twice.
                assertThat(TableChecker.rows(
                                connection, "SELECT note, count(*) FROM appointment GROUP BY note HAVING count(*) > 1"))
                        .isEmpty();
                for (Acknowledged one : acknowledged) {
                    assertThat(TableChecker.rows(
                                    connection,
                                    "SELECT version FROM appointment_history WHERE appointment_id = '"
                                            + one.appointment() + "' AND version = " + one.version()))
                            .as("what was acknowledged is there: %s", one)
                            .hasSize(1);
                }
            }
            System.out.printf("soak: %d answers, %d of them changed something%n", answers.get(), acknowledged.size());
        }
    }

    /** Somebody who does this and that, and repeats what was not answered, with the same key. */
    private final class Client {

        private final Instances instances;
        private final Crowd crowd;
        private final Practice practice;
        private final List<String> staff;
        private final List<String> services;
        private final Random random;
        private final Map<String, Long> own = new HashMap<>();
        private final String feed = UUID.randomUUID().toString();
        private final String feedsStaff;

        Client(
                Instances instances,
                Crowd crowd,
                Practice practice,
                List<String> staff,
                List<String> services,
                Random random) {
            this.instances = instances;
            this.crowd = crowd;
            this.practice = practice;
            this.staff = staff;
            this.services = services;
            this.random = random;
            this.feedsStaff = any(staff);
        }

        boolean live(Instant end) throws Exception {
            internal(
                    "PUT",
                    "/internal/v1/feeds/" + feed,
                    Map.of(
                            "organisationId",
                            practice.id(),
                            "staffId",
                            feedsStaff,
                            "fence",
                            1,
                            "calendarName",
                            "C",
                            "subjectsShared",
                            false,
                            "state",
                            "ACTIVE"));
            while (Instant.now().isBefore(end)) {
                switch (random.nextInt(10)) {
                    case 0, 1, 2, 3 -> book(null);
                    case 4 -> move();
                    case 5 -> cancel();
                    case 6, 7 -> hold();
                    case 8 -> timeOff();
                    default -> importItem();
                }
            }
            return true;
        }

        private Map<String, Object> wish() {
            Map<String, Object> wish = new HashMap<>();
            wish.put("serviceId", any(services));
            wish.put("startAt", start().toString());
            if (random.nextBoolean()) {
                wish.put("staffId", any(staff));
            }
            return wish;
        }

        private Instant start() {
            return FIRST_DAY.plus(random.nextInt(4 * 96) * 15L, ChronoUnit.MINUTES);
        }

        private void book(@Nullable Map<String, Object> held) throws Exception {
            String key = UUID.randomUUID().toString();
            Map<String, Object> wish = held == null ? wish() : held;
            wish.put("note", key);
            wish.put("attendees", List.of(Map.of("name", "Client " + key)));
            Reply reply = ask("POST", "/api/v1/appointments", key, null, wish);
            if (reply.status() == 201) {
                noteChange(reply);
            }
        }

        private void hold() throws Exception {
            Map<String, Object> wish = wish();
            Reply held = ask("POST", "/api/v1/holds", UUID.randomUUID().toString(), null, wish);
            if (held.status() == 201 && random.nextInt(3) > 0) {
                wish.put("holdId", held.body().path("id").asText());
                book(wish);
            }
        }

        private void move() throws Exception {
            change("/reschedule", Map.of("startAt", start().toString(), "staffId", any(staff)));
        }

        private void cancel() throws Exception {
            change("/cancellation", Map.of());
        }

        private void change(String action, Map<String, Object> body) throws Exception {
            if (own.isEmpty()) {
                return;
            }
            String id = any(List.copyOf(own.keySet()));
            Reply reply = ask("POST", "/api/v1/appointments/" + id + action, null, "\"" + own.get(id) + "\"", body);
            if (reply.status() == 200) {
                noteChange(reply);
            } else if (reply.status() == 412) {
                // It was done, but the answer was lost with its instance.
                own.remove(id);
            }
        }

        private void noteChange(Reply reply) {
            String id = reply.body().path("id").asText();
            long version = reply.body().path("version").asLong();
            acknowledged.add(new Acknowledged(id, version));
            if (reply.body().path("status").asText().equals("CANCELLED")) {
                own.remove(id);
            } else {
                own.put(id, version);
            }
        }

        private void timeOff() throws Exception {
            Instant start = start();
            Reply off = ask(
                    "POST",
                    "/api/v1/time-off",
                    UUID.randomUUID().toString(),
                    null,
                    Map.of(
                            "staffId",
                            any(staff),
                            "title",
                            "Away",
                            "startAt",
                            start.toString(),
                            "endAt",
                            start.plus(1, ChronoUnit.HOURS).toString()));
            if (off.status() == 201 && random.nextBoolean()) {
                ask("DELETE", "/api/v1/time-off/" + off.body().path("id").asText(), null, "\"1\"", Map.of());
            }
        }

        private void importItem() throws Exception {
            Instant start = start();
            String item = "item-" + random.nextInt(20);
            Map<String, Object> put = Map.of(
                    "itemId",
                    item,
                    "startAt",
                    start.toString(),
                    "endAt",
                    start.plus(30, ChronoUnit.MINUTES).toString());
            boolean remove = random.nextInt(3) == 0;
            internal(
                    "POST",
                    "/internal/v1/feeds/" + feed + "/items",
                    Map.of(
                            "organisationId",
                            practice.id(),
                            "fence",
                            1,
                            "puts",
                            remove ? List.of() : List.of(put),
                            "removals",
                            remove ? List.of(item) : List.of()));
        }

        private void internal(String method, String path, Object body) throws Exception {
            retried(() -> crowd.send(
                    method, instances.url(random.nextInt(2)) + path, Tokens.ofCalendarSync(), null, null, body));
        }

        private Reply ask(String method, String path, @Nullable String key, @Nullable String version, Object body)
                throws Exception {
            return retried(() -> crowd.send(
                    method,
                    instances.url(random.nextInt(2)) + path,
                    practice.admin().token(),
                    key,
                    version,
                    body));
        }

        /** Until there is an answer; the other instance may have one. */
        private Reply retried(Callable<Reply> request) throws Exception {
            for (int attempt = 0; ; attempt++) {
                try {
                    Reply reply = request.call();
                    if (!reply.problem().equals("request-in-progress")) {
                        answers.incrementAndGet();
                        if (reply.status() >= 500 || reply.status() == 400) {
                            unexpected.add(reply);
                        }
                        return reply;
                    }
                } catch (IOException instanceIsGone) {
                    if (attempt > 2000) {
                        throw instanceIsGone;
                    }
                }
                Thread.onSpinWait();
            }
        }

        private <T> T any(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }
    }
}
