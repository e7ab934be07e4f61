package io.timetether.scheduling.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BatchesTest {

    @Test
    void everybodyGetsTheirOwnResultAndBusyTimesNeedFewerRounds() throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Batches<Integer, Integer> squares = new Batches<>(numbers -> {
            rounds.incrementAndGet();
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return numbers.stream().map(n -> n * n).toList();
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> all = new ArrayList<>();
            all.add(threads.submit(() -> squares.serve(0)));
            begun.await();
            CountDownLatch asking = new CountDownLatch(99);
            for (int i = 1; i < 100; i++) {
                int n = i;
                all.add(threads.submit(() -> {
                    asking.countDown();
                    return squares.serve(n);
                }));
            }
            asking.await();
            goOn.countDown();
            for (int i = 0; i < 100; i++) {
                assertThat(all.get(i).get()).isEqualTo(i * i);
            }
        }
        assertThat(rounds.get()).isBetween(2, 100);
    }

    @Test
    void aFailureIsOfThoseWhoWereServedTogetherOnly() {
        Batches<Integer, Integer> halves = new Batches<>(numbers -> {
            if (numbers.contains(7)) {
                throw new IllegalArgumentException("seven");
            }
            return numbers;
        });
        assertThatThrownBy(() -> halves.serve(7)).hasMessage("seven");
        assertThat(halves.serve(8)).isEqualTo(8);
    }
}
