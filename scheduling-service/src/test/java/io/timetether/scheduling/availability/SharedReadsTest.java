package io.timetether.scheduling.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SharedReadsTest {

    /** What is read is a counter that others raise: nobody may see less than there was when they asked. */
    @Test
    void nobodySeesLessThanThereWasWhenTheyAsked() throws Exception {
        SharedReads<String, Long> reads = new SharedReads<>();
        AtomicLong truth = new AtomicLong();
        AtomicInteger count = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> readers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                readers.add(threads.submit(() -> {
                    boolean right = true;
                    for (int n = 0; n < 200; n++) {
                        long before = truth.incrementAndGet();
                        long seen = reads.get("key", () -> {
                            count.incrementAndGet();
                            long read = truth.get();
                            Thread.yield();
                            return read;
                        });
                        right &= seen >= before;
                    }
                    return right;
                }));
            }
            for (Future<Boolean> reader : readers) {
                assertThat(reader.get()).isTrue();
            }
        }
        assertThat(count.get()).isLessThanOrEqualTo(200 * 200);
    }

    @Test
    void aFailureIsOfItsRoundOnly() {
        SharedReads<String, Long> reads = new SharedReads<>();
        assertThatThrownBy(() -> reads.get("key", () -> {
                    throw new IllegalStateException("away");
                }))
                .hasMessage("away");
        assertThat(reads.get("key", () -> 7L)).isEqualTo(7L);
    }
}
