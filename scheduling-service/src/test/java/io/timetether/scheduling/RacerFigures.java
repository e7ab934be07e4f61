package io.timetether.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/**
 * 200 clients for one slot over HTTP, in turns with 80 connections that race for one slot in PostgreSQL itself (ON
 * CONFLICT DO NOTHING under the same constraint: the fastest way to lose). Not a test: started by
 * {@code benchmarks/racers}, never by {@code ./test}.
 */
class RacerFigures {

    private static final int RACERS = Integer.getInteger("figures.racers", 200);
    private static final int ROUNDS = Integer.getInteger("figures.rounds", 30);
    private static final int CONNECTIONS = 80;
    private static final int ROUNDS_TO_WARM = 20;

    @Test
    void twoHundredForOneSlot() throws Exception {
        try (Figures figures = new Figures();
                ExecutorService threads = Executors.newFixedThreadPool(RACERS)) {
            List<PlainHttp> clients = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                clients.add(figures.connect());
            }
            figures.run("""
                    CREATE TABLE bench_race (staff_id uuid NOT NULL, during tstzrange NOT NULL,
                                             EXCLUDE USING gist (staff_id WITH =, during WITH &&))""");
            List<PreparedStatement> peers = new ArrayList<>();
            List<Connection> connections = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(figures.instances.connection());
                peers.add(connections
                        .getLast()
                        .prepareStatement("INSERT INTO bench_race SELECT ?, tstzrange(?::timestamptz, ?::timestamptz)"
                                + " ON CONFLICT DO NOTHING"));
            }
            figures.perSecond(Figures.CLIENTS, Figures.WARM_SECONDS, figures::bookNext);
            Histogram ours = new Histogram(3);
            Histogram theirs = new Histogram(3);
            List<Double> worst = new ArrayList<>();
            UUID nobody = UUID.randomUUID();
            for (int round = -ROUNDS_TO_WARM; round < ROUNDS; round++) {
                Instant start =
                        Figures.TOMORROW.plus(900, ChronoUnit.DAYS).plus(round + ROUNDS_TO_WARM, ChronoUnit.HOURS);
                List<Integer> statuses = new ArrayList<>();
                Histogram one = together(threads, clients, client -> {
                    PlainHttp.Reply reply = figures.book(client, figures.staff.getFirst(), start);
                    assertThat(reply.status() == 201 || reply.text().contains("/problems/slot-taken"))
                            .as(reply.text())
                            .isTrue();
                    synchronized (statuses) {
                        statuses.add(reply.status());
                    }
                });
                assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
                assertThat(statuses).filteredOn(status -> status == 409).hasSize(RACERS - 1);
                Histogram peer = together(threads, peers, statement -> {
                    statement.setObject(1, nobody);
                    statement.setString(2, start.toString());
                    statement.setString(3, start.plus(30, ChronoUnit.MINUTES).toString());
                    statement.executeUpdate();
                });
                if (round >= 0) {
                    ours.add(one);
                    theirs.add(peer);
                    worst.add(one.getMaxValue() / 1000.0);
                }
            }
            Figures.say(
                    "%d racers, %d rounds, each one 201 and %d × 409: p50 %.0f ms, p99 %.0f ms, max %.0f ms;"
                            + " slowest of a round median %.0f ms, range %s ms",
                    RACERS,
                    ROUNDS,
                    RACERS - 1,
                    ours.getValueAtPercentile(50) / 1000.0,
                    ours.getValueAtPercentile(99) / 1000.0,
                    ours.getMaxValue() / 1000.0,
                    Figures.median(worst),
                    Figures.range(worst, "%.0f"));
            Figures.say(
                    "%d connections inserting with ON CONFLICT, in turns with these: p50 %.0f ms, p99 %.0f ms, max %.0f ms",
                    CONNECTIONS,
                    theirs.getValueAtPercentile(50) / 1000.0,
                    theirs.getValueAtPercentile(99) / 1000.0,
                    theirs.getMaxValue() / 1000.0);
            for (PlainHttp client : clients) {
                client.close();
            }
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private interface Race<C> {
        void run(C contestant) throws Exception;
    }

    /** All at the same moment; how long each took, in microseconds. */
    private static <C> Histogram together(ExecutorService threads, List<C> contestants, Race<C> race) throws Exception {
        CountDownLatch ready = new CountDownLatch(contestants.size());
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Long>> all = new ArrayList<>();
        for (C contestant : contestants) {
            Callable<Long> run = () -> {
                ready.countDown();
                start.await();
                long began = System.nanoTime();
                race.run(contestant);
                return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
            };
            all.add(threads.submit(run));
        }
        ready.await();
        start.countDown();
        Histogram micros = new Histogram(3);
        for (Future<Long> one : all) {
            micros.recordValue(one.get());
        }
        return micros;
    }
}
