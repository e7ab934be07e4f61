package io.timetether.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.scheduling.Crowd.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Figures of booking and availability, over HTTP on the loopback address, one instance. Not a test: started by
 * {@code benchmarks/bookings}, never by {@code ./test}. Absolute numbers say little on a shared machine; the ratios, taken
 * in turns within one run, do.
 */
class BookingFigures {

    private static final int SECONDS = Integer.getInteger("figures.seconds", 5);
    private static final int ROUNDS = Integer.getInteger("figures.rounds", 3);
    private static final int CLIENTS = Integer.getInteger("figures.clients", 8);
    private static final int STAFF = 50;
    private static final Instant TOMORROW =
            Instant.now().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);

    @Test
    void bookingsBesidePgbenchRacersAndAvailability() throws Exception {
        try (Instances instances = Instances.start(1);
                Crowd crowd = new Crowd()) {
            Practice practice = Api.practice(instances.url(0), "UTC");
            String service = practice.service(30, Map.of("horizonDays", 1100));
            List<String> staff = new ArrayList<>();
            for (int i = 0; i < STAFF; i++) {
                staff.add(practice.staffMember("Staff" + i, "UTC"));
            }
            String client = practice.client("Bo");
            Figures figures = new Figures(instances, crowd, practice, service, staff, client);
            figures.bookFor(SECONDS); // warm
            for (int round = 0; round < ROUNDS; round++) {
                double ours = figures.bookFor(SECONDS);
                double peer = figures.pgbench(SECONDS);
                System.out.printf(
                        "FIGURE bookings/s %.0f, pgbench %.0f, share %.0f %%%n", ours, peer, 100 * ours / peer);
            }
            for (int round = 0; round < ROUNDS * 3; round++) {
                List<Reply> replies = figures.race(200, round);
                assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
                assertThat(replies).extracting(Reply::status).containsOnly(201, 409);
                System.out.printf(
                        "FIGURE 200 racers p50 %.0f ms, p99 %.0f ms%n",
                        Crowd.percentile(replies, 0.5), Crowd.percentile(replies, 0.99));
            }
            figures.availabilityAt(200, 3);
            for (int rate : new int[] {100, 250, 500}) {
                List<Reply> replies = figures.availabilityAt(rate, SECONDS);
                assertThat(replies).extracting(Reply::status).containsOnly(200);
                System.out.printf(
                        "FIGURE availability at %d/s open loop: p50 %.1f ms, p99 %.1f ms%n",
                        rate, Crowd.percentile(replies, 0.5), Crowd.percentile(replies, 0.99));
            }
        }
    }

    private record Figures(
            Instances instances, Crowd crowd, Practice practice, String service, List<String> staff, String client) {

        private static final AtomicInteger SLOT = new AtomicInteger();

        private Map<String, Object> wish(String member, Instant start) {
            Map<String, Object> wish = new HashMap<>();
            wish.put("serviceId", service);
            wish.put("staffId", member);
            wish.put("startAt", start.toString());
            wish.put("attendees", List.of(Map.of("clientId", client)));
            return wish;
        }

        private Reply book(String member, Instant start) throws IOException, InterruptedException {
            return crowd.send(
                    "POST",
                    instances.url(0) + "/api/v1/appointments",
                    practice.admin().token(),
                    UUID.randomUUID().toString(),
                    null,
                    wish(member, start));
        }

        /** Each booking has a slot of its own, in an order that spreads over staff and days. */
        double bookFor(int seconds) throws Exception {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            AtomicInteger booked = new AtomicInteger();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Boolean>> clients = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    clients.add(threads.submit(() -> {
                        while (System.nanoTime() < end) {
                            int slot = SLOT.getAndIncrement();
                            int place = slot / STAFF * 7919 % 40_000;
                            Reply reply = book(staff.get(slot % STAFF), TOMORROW.plus(place * 30L, ChronoUnit.MINUTES));
                            assertThat(reply.status())
                                    .as(reply.body().toString())
                                    .isEqualTo(201);
                            booked.incrementAndGet();
                        }
                        return true;
                    }));
                }
                for (Future<Boolean> one : clients) {
                    one.get();
                }
            }
            return booked.get() / (double) seconds;
        }

        List<Reply> race(int racers, int round) throws Exception {
            List<Callable<Reply>> all = new ArrayList<>();
            Instant start = TOMORROW.plus(900, ChronoUnit.DAYS).plus(round, ChronoUnit.HOURS);
            for (int racer = 0; racer < racers; racer++) {
                all.add(() -> book(staff.getFirst(), start));
            }
            return crowd.together(all);
        }

        /** Requests are sent when their time has come, whether earlier ones were answered or not. */
        List<Reply> availabilityAt(int rate, int seconds) throws Exception {
            ConcurrentLinkedQueue<Future<Reply>> replies = new ConcurrentLinkedQueue<>();
            Random random = new Random(1);
            long began = System.nanoTime();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < rate * seconds; i++) {
                    long due = began + i * 1_000_000_000L / rate;
                    LockSupport.parkNanos(due - System.nanoTime());
                    Instant from = TOMORROW.plus(random.nextInt(300), ChronoUnit.DAYS);
                    String url = instances.url(0) + "/api/v1/availability?serviceId=" + service + "&staffId="
                            + staff.get(random.nextInt(STAFF)) + "&from=" + from + "&to="
                            + from.plus(7, ChronoUnit.DAYS);
                    replies.add(threads.submit(() -> {
                        Reply reply = crowd.send("GET", url, practice.admin().token(), null, null, Map.of());
                        return new Reply(reply.status(), reply.body(), System.nanoTime() - due);
                    }));
                }
            }
            List<Reply> answered = new ArrayList<>();
            for (Future<Reply> reply : replies) {
                answered.add(reply.get());
            }
            return answered;
        }

        /** The same booking by pgbench: key's and staff member's lock, busy check, one statement that writes all. */
        double pgbench(int seconds) throws Exception {
            try (Connection connection = instances.connection();
                    var statement = connection.createStatement()) {
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS bench_staff AS SELECT row_number() OVER () AS n, id FROM staff");
                statement.execute("CREATE SEQUENCE IF NOT EXISTS bench_slot CACHE 100");
            }
            Path script = Files.createTempFile("booking", ".sql");
            try (var source = BookingFigures.class.getResourceAsStream("/pgbench/booking.sql")) {
                String text = new String(source.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                Files.writeString(
                        script,
                        text.replace("$ORGANISATION", practice.id().toString())
                                .replace("$SERVICE", service)
                                .replace("$CLIENT", client)
                                .replace("$STAFF", Integer.toString(STAFF)));
            }
            return instances.pgbench(script, CLIENTS, seconds);
        }
    }
}
