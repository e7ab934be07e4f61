package io.timetether.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Many who use the API at the same moment. */
final class Crowd implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What somebody was answered, and after how long; {@code nanos} from when all began. */
    record Reply(int status, JsonNode body, long nanos) {

        String problem() {
            return body.path("type").asText().replace("/problems/", "");
        }
    }

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final ExecutorService members = Executors.newVirtualThreadPerTaskExecutor();

    /** All at once; the replies in the order of the requests. */
    List<Reply> together(List<Callable<Reply>> requests) throws InterruptedException, ExecutionException {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Reply>> replies = new ArrayList<>();
        for (Callable<Reply> request : requests) {
            replies.add(members.submit(() -> {
                start.await();
                return request.call();
            }));
        }
        start.countDown();
        List<Reply> answered = new ArrayList<>();
        for (Future<Reply> reply : replies) {
            answered.add(reply.get());
        }
        return answered;
    }

    Reply send(String method, String url, String token, @Nullable String key, @Nullable String version, Object body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        if (version != null) {
            request.header("If-Match", version);
        }
        long began = System.nanoTime();
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        JsonNode answer = response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
        return new Reply(response.statusCode(), answer, System.nanoTime() - began);
    }

    /** The time in milliseconds within which this share of them was answered. */
    static double percentile(List<Reply> replies, double share) {
        List<Long> sorted = replies.stream().map(Reply::nanos).sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(share * sorted.size()) - 1)) / 1e6;
    }

    @Override
    public void close() {
        members.close();
        http.close();
    }
}
