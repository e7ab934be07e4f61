package io.timetether.scheduling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Bookings a second over HTTP, beside pgbench doing the same with the same lock and busy check, in turns. Not a test:
 * started by {@code benchmarks/bookings}, never by {@code ./test}.
 */
class BookingFigures {

    @Test
    void bookingsBesidePgbench() throws Exception {
        try (Figures figures = new Figures()) {
            figures.run("CREATE TABLE bench_staff AS SELECT row_number() OVER () AS n, id FROM staff");
            figures.run("CREATE SEQUENCE bench_slot CACHE 100");
            figures.perSecond(Figures.CLIENTS, Figures.WARM_SECONDS, figures::bookNext);
            figures.pgbench("booking.sql", Figures.CLIENTS, 1);
            List<Double> shares = new ArrayList<>();
            List<Double> ours = new ArrayList<>();
            List<Double> theirs = new ArrayList<>();
            List<Double> cpu = new ArrayList<>();
            for (int round = 0; round < Figures.ROUNDS; round++) {
                Duration before = figures.instances.cpu(0);
                ours.add(figures.perSecond(Figures.CLIENTS, Figures.SECONDS, figures::bookNext));
                cpu.add(figures.microsOfService(before, ours.getLast(), Figures.SECONDS));
                theirs.add(figures.pgbench("booking.sql", Figures.CLIENTS, Figures.SECONDS));
                shares.add(100 * ours.getLast() / theirs.getLast());
                Figures.say(
                        "round %d: bookings %.0f/s, pgbench %.0f/s, share %.0f %%; the service works %.0f µs a booking",
                        round + 1, ours.getLast(), theirs.getLast(), shares.getLast(), cpu.getLast());
            }
            Figures.say(
                    "bookings, %d clients: median %.0f/s beside pgbench %.0f/s; share median %.0f %%, range %s %%",
                    Figures.CLIENTS,
                    Figures.median(ours),
                    Figures.median(theirs),
                    Figures.median(shares),
                    Figures.range(shares, "%.0f"));
        }
    }
}
