package io.timetether.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the figures of {@code benchmarks/} share: one packaged instance as it runs in production, on a PostgreSQL that
 * keeps what it has acknowledged, and an organisation to book at. Absolute numbers say little on a shared machine; the
 * ratios, taken in turns within one run, do.
 */
final class Figures implements AutoCloseable {

    static final int STAFF = 50;
    static final int ROUNDS = Integer.getInteger("figures.rounds", 3);
    static final int SECONDS = Integer.getInteger("figures.seconds", 6);
    static final int WARM_SECONDS = Integer.getInteger("figures.warm", 20);
    static final int CLIENTS = Integer.getInteger("figures.clients", 8);
    static final Instant TOMORROW = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);

    /** Something that a client does again and again on a connection of its own. */
    interface Deed {
        void once(PlainHttp http) throws IOException;
    }

    final Instances instances = Instances.startDurably();
    final Practice practice;
    final String service;
    final List<String> staff = new ArrayList<>();
    final String client;
    private final AtomicInteger slots = new AtomicInteger();

    Figures() {
        practice = Api.practice(instances.url(0), "UTC");
        service = practice.service(30, Map.of("horizonDays", 1100));
        for (int i = 0; i < STAFF; i++) {
            staff.add(practice.staffMember("Staff" + i, "UTC"));
        }
        client = practice.client("Bo");
        say(
                "%d processors, Java %s, load average before %.2f",
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    static void say(String text, Object... arguments) {
        System.out.println("FIGURE " + text.formatted(arguments));
    }

    PlainHttp connect() throws IOException {
        return new PlainHttp(instances.url(0), practice.admin().token());
    }

    PlainHttp.Reply book(PlainHttp http, String member, Instant start) throws IOException {
        return http.post(
                "/api/v1/appointments", UUID.randomUUID().toString(), """
                {"serviceId":"%s","staffId":"%s","startAt":"%s","attendees":[{"clientId":"%s"}]}""".formatted(service, member, start, client));
    }

    /** Each booking has a slot of its own, in an order that spreads over staff and days. */
    void bookNext(PlainHttp http) throws IOException {
        int slot = slots.getAndIncrement();
        long place = (long) (slot / STAFF) * 7919 % 40_000;
        PlainHttp.Reply reply = book(http, staff.get(slot % STAFF), TOMORROW.plus(place * 30, ChronoUnit.MINUTES));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    }

    /** How often a second all clients together, each at once after its last answer, could do this. */
    double perSecond(int clients, int seconds, Deed deed) throws Exception {
        AtomicInteger done = new AtomicInteger();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(threads.submit(() -> {
                    try (PlainHttp http = connect()) {
                        while (System.nanoTime() < end) {
                            deed.once(http);
                            done.incrementAndGet();
                        }
                    }
                    return true;
                }));
            }
            for (Future<Boolean> one : all) {
                one.get();
            }
        }
        return done.get() / (double) seconds;
    }

    /** What the instance itself worked for each of these, in microseconds of one processor. */
    double microsOfService(Duration before, double perSecond, int seconds) {
        return instances.cpu(0).minus(before).toNanos() / 1000.0 / (perSecond * seconds);
    }

    /** Transactions a second of a script beside this class, after its parameters have been filled in. */
    double pgbench(String script, int clients, int seconds) throws IOException, InterruptedException {
        Path file = Files.createTempFile("figure", ".sql");
        try (InputStream source = Figures.class.getResourceAsStream("/pgbench/" + script)) {
            Files.writeString(
                    file,
                    new String(source.readAllBytes(), StandardCharsets.UTF_8)
                            .replace("$ORGANISATION", practice.id().toString())
                            .replace("$SERVICE", service)
                            .replace("$CLIENT", client)
                            .replace("$STAFF", Integer.toString(STAFF)));
            return instances.pgbench(file, clients, seconds);
        } finally {
            Files.delete(file);
        }
    }

    void run(String sql) throws Exception {
        try (Connection connection = instances.connection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first number of a query's first row. */
    double number(String sql) throws Exception {
        try (Connection connection = instances.connection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getDouble(1);
        }
    }

    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static String range(List<Double> values, String format) {
        return format.formatted(
                        values.stream().mapToDouble(Double::doubleValue).min().orElseThrow()) + "–"
                + format.formatted(
                        values.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
    }

    @Override
    public void close() {
        instances.close();
    }
}
