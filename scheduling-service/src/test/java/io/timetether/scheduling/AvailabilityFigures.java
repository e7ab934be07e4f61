package io.timetether.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/**
 * Availability of one staff member for 30 days, among many rows: answers a second beside pgbench reading the same busy
 * rows, in turns; then median and p99 at fixed rates, open loop. Not a test: started by {@code benchmarks/availability},
 * never by {@code ./test}.
 */
class AvailabilityFigures {

    private static final int ROWS = Integer.getInteger("figures.rows", 1_000_000);
    private static final int CONNECTIONS = 64;

    @Test
    void availabilityBesidePgbenchAndAtFixedRates() throws Exception {
        try (Figures figures = new Figures()) {
            try (var connection = figures.instances.connection()) {
                ManyAppointments.fill(connection, figures.practice.id(), figures.service, ROWS);
            }
            figures.run("CREATE TABLE bench_staff AS SELECT row_number() OVER () AS n, id FROM staff"
                    + " WHERE name LIKE 'Busy %' LIMIT " + Figures.STAFF);
            figures.run("ALTER TABLE bench_staff ADD PRIMARY KEY (n)");
            List<String> staff = staff(figures);
            Figures.Deed ask = http -> ask(http, figures, staff);
            figures.perSecond(Figures.CLIENTS, Figures.WARM_SECONDS, ask);
            figures.pgbench("busy.sql", Figures.CLIENTS, 1);
            List<Double> shares = new ArrayList<>();
            List<Double> ours = new ArrayList<>();
            List<Double> theirs = new ArrayList<>();
            for (int round = 0; round < Figures.ROUNDS; round++) {
                Duration before = figures.instances.cpu(0);
                ours.add(figures.perSecond(Figures.CLIENTS, Figures.SECONDS, ask));
                double cpu = figures.microsOfService(before, ours.getLast(), Figures.SECONDS);
                theirs.add(figures.pgbench("busy.sql", Figures.CLIENTS, Figures.SECONDS));
                shares.add(100 * ours.getLast() / theirs.getLast());
                Figures.say(
                        "round %d: availability %.0f/s, pgbench %.0f/s, share %.0f %%; the service works %.0f µs an answer",
                        round + 1, ours.getLast(), theirs.getLast(), shares.getLast(), cpu);
            }
            Figures.say(
                    "availability among %d rows, %d clients: median %.0f/s beside pgbench %.0f/s; share median %.0f %%, range %s %%",
                    ROWS,
                    Figures.CLIENTS,
                    Figures.median(ours),
                    Figures.median(theirs),
                    Figures.median(shares),
                    Figures.range(shares, "%.0f"));
            for (int rate : new int[] {100, 250, 500}) {
                List<Double> medians = new ArrayList<>();
                List<Double> tails = new ArrayList<>();
                for (int round = 0; round < Figures.ROUNDS; round++) {
                    Histogram micros = openLoop(figures, ask, rate, Figures.SECONDS);
                    medians.add(micros.getValueAtPercentile(50) / 1000.0);
                    tails.add(micros.getValueAtPercentile(99) / 1000.0);
                }
                Figures.say(
                        "availability at %d/s, open loop: p50 median %.1f ms, p99 median %.1f ms, range %s ms",
                        rate, Figures.median(medians), Figures.median(tails), Figures.range(tails, "%.1f"));
            }
        }
    }

    private static List<String> staff(Figures figures) throws Exception {
        List<String> staff = new ArrayList<>();
        try (var connection = figures.instances.connection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT id FROM bench_staff ORDER BY n")) {
            while (rows.next()) {
                staff.add(rows.getString(1));
            }
        }
        return staff;
    }

    private static void ask(PlainHttp http, Figures figures, List<String> staff) throws IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        Instant from = Figures.TOMORROW.plus(random.nextInt(20), ChronoUnit.DAYS);
        PlainHttp.Reply reply = http.get("/api/v1/availability?serviceId=" + figures.service + "&staffId="
                + staff.get(random.nextInt(staff.size())) + "&from=" + from + "&to=" + from.plus(30, ChronoUnit.DAYS));
        assertThat(reply.status()).as("the status of an answer").isEqualTo(200);
    }

    /** Requests are sent when their time has come, whether earlier ones were answered or not; timed from then on. */
    private static Histogram openLoop(Figures figures, Figures.Deed deed, int rate, int seconds) throws Exception {
        AtomicLong next = new AtomicLong();
        long began = System.nanoTime() + 100_000_000;
        Histogram all = new Histogram(3);
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<Histogram>> parts = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                parts.add(threads.submit(() -> {
                    Histogram micros = new Histogram(3);
                    try (PlainHttp http = figures.connect()) {
                        for (long n = next.getAndIncrement(); n < (long) rate * seconds; n = next.getAndIncrement()) {
                            long due = began + n * 1_000_000_000L / rate;
                            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                                LockSupport.parkNanos(left);
                            }
                            deed.once(http);
                            micros.recordValue((System.nanoTime() - due) / 1000);
                        }
                    }
                    return micros;
                }));
            }
            for (Future<Histogram> part : parts) {
                all.add(part.get());
            }
        }
        return all;
    }
}
