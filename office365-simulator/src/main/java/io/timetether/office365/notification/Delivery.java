package io.timetether.office365.notification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.office365.mailbox.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Posts to the addresses of subscribers: the validation handshake, and notifications in batches, in order per address, one post at
 * a time. What is refused or not answered in ten seconds is posted again, later and later, for four hours at most. Pending
 * notifications live in memory: like the real service, the stand-in may lose some when it stops.
 */
public final class Delivery implements AutoCloseable {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final long GATHER_MILLIS = 25;
    private static final long FIRST_RETRY_MILLIS = 1_000;
    private static final long LONGEST_RETRY_MILLIS = 300_000;
    private static final long GIVE_UP_AFTER_MILLIS = TimeUnit.HOURS.toMillis(4);
    private static final int BATCH = 100;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(ANSWER_WITHIN)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("notify-", 0).factory());
    private final Map<String, Outbox> outboxes = new HashMap<>();

    private static final class Outbox {
        private final Queue<ObjectNode> waiting = new ArrayDeque<>();
        private boolean scheduled;
        private long waitMillis;
        private long failingForMillis;
    }

    /**
     * The handshake: the address must echo a token as plain text within ten seconds.
     *
     * @throws Refusal 400 ValidationError
     */
    void validate(String url) {
        String token =
                "Validation: Testing client application reachability for subscription Request-Id: " + UUID.randomUUID();
        String separator = url.contains("?") ? "&" : "?";
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + separator + "validationToken="
                        + URLEncoder.encode(token, StandardCharsets.UTF_8).replace("+", "%20")))
                .timeout(ANSWER_WITHIN)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            boolean plain =
                    answer.headers().firstValue("content-type").orElse("").startsWith("text/plain");
            if (answer.statusCode() != 200 || !plain || !answer.body().equals(token)) {
                throw new Refusal(
                        400,
                        "ValidationError",
                        "Subscription validation request failed. Notification endpoint must"
                                + " respond with 200 OK to validation request.");
            }
        } catch (HttpTimeoutException late) {
            throw new Refusal(400, "ValidationError", "Subscription validation request timed out.");
        } catch (IOException unreachable) {
            throw new Refusal(
                    400,
                    "ValidationError",
                    "Subscription validation request failed. Notification endpoint must"
                            + " respond with 200 OK to validation request.");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "ServiceUnavailable", "The service is stopping.");
        }
    }

    /** Queues a notification. */
    void send(String url, ObjectNode notification) {
        synchronized (outboxes) {
            Outbox outbox = outboxes.computeIfAbsent(url, address -> new Outbox());
            outbox.waiting.add(notification);
            if (!outbox.scheduled) {
                schedule(url, outbox, GATHER_MILLIS);
            }
        }
    }

    /** Queues a notification after a while. */
    void sendLater(String url, ObjectNode notification, long millis) {
        if (!timer.isShutdown()) {
            timer.schedule(() -> send(url, notification), millis, TimeUnit.MILLISECONDS);
        }
    }

    /** How many notifications wait to be delivered. */
    public int pending() {
        synchronized (outboxes) {
            return outboxes.values().stream()
                    .mapToInt(outbox -> outbox.waiting.size())
                    .sum();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        http.shutdownNow();
    }

    private void schedule(String url, Outbox outbox, long millis) {
        outbox.scheduled = true;
        if (!timer.isShutdown()) {
            timer.schedule(() -> post(url, outbox), millis, TimeUnit.MILLISECONDS);
        }
    }

    private void post(String url, Outbox outbox) {
        ArrayNode batch = JsonNodeFactory.instance.arrayNode();
        synchronized (outboxes) {
            outbox.waiting.stream().limit(BATCH).forEach(batch::add);
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(ANSWER_WITHIN)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body(batch)))
                .build();
        http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .whenComplete((answer, failure) ->
                        settle(url, outbox, batch.size(), failure == null && answer.statusCode() / 100 == 2));
    }

    private void settle(String url, Outbox outbox, int posted, boolean accepted) {
        synchronized (outboxes) {
            boolean hopeless = !accepted && outbox.failingForMillis >= GIVE_UP_AFTER_MILLIS;
            if (accepted || hopeless) {
                for (int i = 0; i < posted; i++) {
                    outbox.waiting.remove();
                }
                outbox.waitMillis = 0;
                outbox.failingForMillis = 0;
            } else {
                outbox.waitMillis = outbox.waitMillis == 0
                        ? FIRST_RETRY_MILLIS
                        : Math.min(outbox.waitMillis * 2, LONGEST_RETRY_MILLIS);
                outbox.failingForMillis += outbox.waitMillis;
            }
            outbox.scheduled = false;
            if (outbox.waiting.isEmpty()) {
                outboxes.remove(url, outbox);
            } else {
                schedule(url, outbox, outbox.waitMillis == 0 ? GATHER_MILLIS : outbox.waitMillis);
            }
        }
    }

    private static byte[] body(ArrayNode batch) {
        try {
            return JSON.writeValueAsBytes(JsonNodeFactory.instance.objectNode().set("value", batch));
        } catch (JsonProcessingException cause) {
            throw new IllegalStateException(cause);
        }
    }
}
