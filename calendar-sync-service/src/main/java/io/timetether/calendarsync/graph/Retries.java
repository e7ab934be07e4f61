package io.timetether.calendarsync.graph;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;

/**
 * Waits and asks again, a little: the only place that waits within a run. What needs longer is answered as it is, and the
 * queue comes back later. Retries count against Microsoft's limits too.
 */
final class Retries {

    private static final int ATTEMPTS = 4;
    // A server may have closed several resting connections of the pool at once.
    private static final int LOST_ANSWERS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(300);

    private final Duration longestWait;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);

    Retries(Duration longestWait, Clock clock) {
        this.longestWait = longestWait;
        this.clock = clock;
    }

    /** Makes the attempt, and again while that is worth it; an attempt that ends with a refusal of ours is final. */
    Response execute(GraphRequest asked, Attempt attempt) throws IOException {
        Duration waited = Duration.ZERO;
        int lost = 0;
        int count = 1;
        while (true) {
            Duration pause;
            try {
                Response response = attempt.execute();
                Optional<Duration> wanted = wanted(response, clock);
                if (!mayPass(response.code()) || count == ATTEMPTS || !isSafe(asked, response)) {
                    return response;
                }
                pause = wanted.orElse(backoff(count));
                if (waited.plus(pause).compareTo(longestWait) > 0) {
                    return response;
                }
                response.close();
                count++;
            } catch (Refusal refusal) {
                throw refusal;
            } catch (MailboxRests.Resting resting) {
                // Not an attempt: nothing was sent.
                pause = resting.left();
                if (waited.plus(pause).compareTo(longestWait) > 0) {
                    throw new Refusal(new GraphProblem.Throttled(pause));
                }
            } catch (IOException broken) {
                if (asked.retry() == GraphRequest.Retry.ONLY_WHEN_REFUSED || ++lost > LOST_ANSWERS) {
                    throw broken;
                }
                pause = backoff(count++);
            }
            waited = waited.plus(pause);
            if (pauseEndsEarly(pause)) {
                throw new Refusal(new GraphProblem.Unavailable("This instance is shutting down"));
            }
        }
    }

    /** One call, with its own timeout: none of its slots is held through a pause, or for longer than the timeout. */
    interface Attempt {
        Response execute() throws IOException;
    }

    /** Ends all pauses at once. */
    void close() {
        closing.countDown();
    }

    /** The pause that the mailbox is to have, where Graph asks for one. */
    static Optional<Duration> wanted(Response response, Clock clock) {
        return mayPass(response.code()) ? RetryAfter.of(response, clock) : Optional.empty();
    }

    private static boolean mayPass(int status) {
        return status == 429 || status >= 500 && status != 501 && status != 507;
    }

    /** 429 says that nothing was done; a fault on Microsoft's side says nothing. */
    private static boolean isSafe(GraphRequest asked, Response response) {
        return response.code() == 429 || asked.retry() == GraphRequest.Retry.WHEN_UNSURE;
    }

    private boolean pauseEndsEarly(Duration pause) throws Refusal {
        try {
            return closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal(new GraphProblem.Unavailable("Interrupted while waiting for Graph"));
        }
    }

    private static Duration backoff(int attempt) {
        long millis = FIRST_PAUSE.toMillis() << (attempt - 1);
        return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis));
    }
}
