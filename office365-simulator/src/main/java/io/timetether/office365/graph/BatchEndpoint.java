package io.timetether.office365.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.office365.mailbox.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * {@code POST /$batch}: up to 20 requests, four at a time, each of which takes its own place in the mailbox's limit. Answers come
 * in the order in which they were ready.
 */
final class BatchEndpoint {

    private static final int MOST = 20;
    private static final int AT_ONCE = 4;

    private record Item(String id, GraphRequest request, List<String> dependsOn) {}

    private final Function<GraphRequest, CompletableFuture<GraphReply>> api;
    private final Clock clock;

    BatchEndpoint(Function<GraphRequest, CompletableFuture<GraphReply>> api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    CompletableFuture<GraphReply> answer(GraphRequest batch) {
        Map<String, Item> items = read(batch);
        Map<String, GraphReply> replies = new LinkedHashMap<>();
        return run(new ArrayList<>(items.values()), replies).thenApply(done -> {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            ArrayNode responses = json.putArray("responses");
            replies.forEach((id, reply) -> responses.add(response(id, reply)));
            int most = replies.values().stream()
                    .mapToInt(GraphReply::inFlight)
                    .max()
                    .orElse(0);
            return GraphReply.ok(json).taking(most);
        });
    }

    /** Runs the next four that wait for nothing, then the rest. */
    private CompletableFuture<Void> run(List<Item> waiting, Map<String, GraphReply> replies) {
        if (waiting.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        List<Item> ready = waiting.stream()
                .filter(item -> replies.keySet().containsAll(item.dependsOn()))
                .limit(AT_ONCE)
                .toList();
        List<Item> rest = new ArrayList<>(waiting);
        rest.removeAll(ready);
        Map<String, CompletableFuture<GraphReply>> running = new LinkedHashMap<>();
        for (Item item : ready) {
            boolean failed = item.dependsOn().stream().anyMatch(id -> failed(replies.get(id)));
            running.put(
                    item.id(),
                    failed ? CompletableFuture.completedFuture(failedDependency()) : api.apply(item.request()));
        }
        return CompletableFuture.allOf(running.values().toArray(CompletableFuture[]::new))
                .thenCompose(all -> {
                    running.forEach((id, reply) -> replies.put(id, reply.join()));
                    return run(rest, replies);
                });
    }

    private static boolean failed(@org.jspecify.annotations.Nullable GraphReply reply) {
        return reply == null || reply.status() >= 400;
    }

    private GraphReply failedDependency() {
        return GraphReply.error(424, "FailedDependency", "The request this one depends on failed.", clock.instant());
    }

    private static Map<String, Item> read(GraphRequest batch) {
        JsonNode requests = batch.json().path("requests");
        if (!requests.isArray() || requests.isEmpty()) {
            throw new Refusal(400, "BadRequest", "Invalid batch payload format.");
        }
        if (requests.size() > MOST) {
            throw new Refusal(
                    400, "BadRequest", "Number of batch request steps exceeds the maximum value of " + MOST + ".");
        }
        Map<String, Item> items = new LinkedHashMap<>();
        for (JsonNode one : requests) {
            Item item = item(one, batch);
            if (item.id().isEmpty() || items.put(item.id(), item) != null) {
                throw new Refusal(400, "BadRequest", "Every request of a batch needs an id of its own.");
            }
        }
        requireOrder(items);
        return items;
    }

    private static Item item(JsonNode json, GraphRequest batch) {
        Map<String, String> headers = new HashMap<>();
        json.path("headers")
                .fields()
                .forEachRemaining(header -> headers.put(
                        header.getKey().toLowerCase(Locale.ROOT),
                        header.getValue().asText()));
        String authorization = batch.header("Authorization");
        if (authorization != null) {
            headers.put("authorization", authorization);
        }
        JsonNode body = json.path("body");
        if (!body.isMissingNode() && !headers.containsKey("content-type")) {
            throw new Refusal(
                    400,
                    "BadRequest",
                    "Write request id : " + json.path("id").asText()
                            + " does not contain Content-Type header or body.");
        }
        List<String> dependsOn = new ArrayList<>();
        json.path("dependsOn").forEach(id -> dependsOn.add(id.asText()));
        String url = json.path("url").asText("");
        GraphRequest request = GraphRequest.of(
                json.path("method").asText("").toUpperCase(Locale.ROOT),
                url.startsWith("/") ? url : "/" + url,
                headers,
                bytes(body));
        return new Item(json.path("id").asText(""), request, dependsOn);
    }

    /** Nothing may wait for what is not there, or, in a circle, for itself. */
    private static void requireOrder(Map<String, Item> items) {
        List<Item> waiting = new ArrayList<>(items.values());
        List<String> done = new ArrayList<>();
        boolean progress = true;
        while (progress) {
            progress = waiting.removeIf(item -> done.containsAll(item.dependsOn()) && done.add(item.id()));
        }
        if (!waiting.isEmpty()) {
            throw new Refusal(
                    400,
                    "BadRequest",
                    "Invalid dependsOn of request '" + waiting.getFirst().id() + "'.");
        }
    }

    private static byte[] bytes(JsonNode body) {
        try {
            return body.isMissingNode() || body.isNull()
                    ? new byte[0]
                    : GraphRequest.JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException cause) {
            throw new IllegalStateException(cause);
        }
    }

    private static ObjectNode response(String id, GraphReply reply) {
        // Inside a batch nobody can hang up; Graph says that the part behind it did not answer.
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("status", reply.isNone() ? 504 : reply.status());
        ObjectNode headers = json.putObject("headers");
        reply.headers().forEach(headers::put);
        if (reply.body() != null) {
            headers.put("Content-Type", "application/json");
            json.set("body", reply.body());
        }
        return json;
    }
}
