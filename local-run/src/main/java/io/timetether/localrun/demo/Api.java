package io.timetether.localrun.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** JSON over HTTP, as one person or as nobody. Creating is safe to repeat: the same key gives the same answer. */
final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final String origin;
    private final Optional<String> token;

    Api(HttpClient http, String origin, Optional<String> token) {
        this.http = http;
        this.origin = origin;
        this.token = token;
    }

    /** An answer whatever it says. */
    record Answer(int status, JsonNode body) {}

    /** The answer to a successful GET. */
    JsonNode get(String path) {
        return successful("GET " + path, send("GET", path, null, null));
    }

    /** The answer to a GET that may be refused. */
    Answer ask(String path) {
        return send("GET", path, null, null);
    }

    JsonNode post(String path, String idempotencyKey, Object body) {
        return successful("POST " + path, send("POST", path, idempotencyKey, body));
    }

    JsonNode put(String path, Object body) {
        return successful("PUT " + path, send("PUT", path, null, body));
    }

    /** The first item of a list (whose path has a query already or not) for which this holds. */
    Optional<JsonNode> find(String path, Predicate<JsonNode> what) {
        String next = "";
        do {
            String query = "limit=200" + (next.isEmpty() ? "" : "&after=" + next);
            JsonNode page = get(path + (path.contains("?") ? "&" : "?") + query);
            for (JsonNode item : page.path("items")) {
                if (what.test(item)) {
                    return Optional.of(item);
                }
            }
            next = page.path("next").asText("");
        } while (!next.isEmpty() && !next.equals("null"));
        return Optional.empty();
    }

    private static JsonNode successful(String what, Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new DemoRefused(what + " was answered " + answer.status() + ": " + answer.body());
        }
        return answer.body();
    }

    private Answer send(String method, String path, @Nullable String idempotencyKey, @Nullable Object body) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path))
                    .timeout(Duration.ofSeconds(30))
                    .header("Accept", "application/json, application/problem+json");
            token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
            if (idempotencyKey != null) {
                request.header("Idempotency-Key", idempotencyKey);
            }
            if (body == null) {
                request.method(method, HttpRequest.BodyPublishers.noBody());
            } else {
                request.header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
            }
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), read(response.body()));
        } catch (IOException e) {
            throw new DemoRefused(method + " " + path + " failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoRefused(method + " " + path + " was interrupted", e);
        }
    }

    private static JsonNode read(String body) {
        try {
            return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (IOException notJson) {
            return JSON.getNodeFactory().textNode(body.length() > 300 ? body.substring(0, 300) : body);
        }
    }
}
