package io.timetether.office365;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A plain HTTP client of a stand-in: signs a person in and calls Graph, as the protocol says and with nothing else. */
final class Client {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String REDIRECT = "http://localhost:8080/oauth/microsoft/callback";
    static final String SCOPES = "openid profile offline_access User.Read MailboxSettings.Read Calendars.ReadWrite";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final String origin;
    private final String token;
    private final List<String> preferences = new ArrayList<>();

    private Client(String origin, String token) {
        this.origin = origin;
        this.token = token;
    }

    record Reply(int status, JsonNode json, HttpResponse<String> raw) {
        String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }

        String error() {
            return json.path("error").path("code").asText();
        }
    }

    static Client signedIn(Office365Simulator simulator, String address) {
        JsonNode tokens = tokens(simulator.origin(), address, SCOPES);
        return new Client(simulator.origin(), tokens.path("access_token").asText());
    }

    static Client withToken(String origin, String token) {
        return new Client(origin, token);
    }

    static JsonNode tokens(String origin, String address, String scopes) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", "timetether-local");
        form.put("client_secret", "timetether-local-secret");
        form.put("grant_type", "authorization_code");
        form.put("code", code(origin, address, scopes));
        form.put("redirect_uri", REDIRECT);
        form.put("client_info", "1");
        return post(origin + "/common/oauth2/v2.0/token", form).json();
    }

    static String code(String origin, String address, String scopes) {
        Map<String, String> form = authorization(scopes);
        form.put("account", address);
        form.put("decision", "accept");
        String location = post(origin + "/common/oauth2/v2.0/authorize", form).header("location");
        return query(location).get("code");
    }

    static Map<String, String> authorization(String scopes) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", "timetether-local");
        form.put("response_type", "code");
        form.put("redirect_uri", REDIRECT);
        form.put("scope", scopes);
        form.put("state", "a state & more");
        return form;
    }

    static Map<String, String> query(String location) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : URI.create(location).getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], java.net.URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    static Reply post(String url, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    static Reply fetch(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)));
    }

    static Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            boolean json =
                    response.headers().firstValue("content-type").orElse("").contains("json");
            return new Reply(response.statusCode(), json ? JSON.readTree(response.body()) : JSON.nullNode(), response);
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The same person, preferring something on every request. */
    Client preferring(String... wishes) {
        Client other = new Client(origin, token);
        other.preferences.addAll(preferences);
        other.preferences.addAll(List.of(wishes));
        return other;
    }

    Reply get(String path) {
        return send(request(path));
    }

    Reply post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    Reply patch(String path, String json, String... headers) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.method("PATCH", HttpRequest.BodyPublishers.ofString(json)));
    }

    Reply delete(String path, String... headers) {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.DELETE());
    }

    HttpRequest.Builder request(String path) {
        String url = path.startsWith("http") ? path : origin + "/v1.0" + path.replace(" ", "%20");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token);
        preferences.forEach(wish -> request.header("Prefer", wish));
        return request;
    }

    /** A whole round of delta: all items of all pages, and the link for the next round. */
    record Round(List<JsonNode> items, int pages, String deltaLink) {
        List<String> subjects() {
            return items.stream()
                    .filter(item -> item.has("subject"))
                    .map(item -> item.path("subject").asText())
                    .toList();
        }

        List<String> removed() {
            return items.stream()
                    .filter(item -> item.has("@removed"))
                    .map(item -> item.path("id").asText())
                    .toList();
        }

        List<JsonNode> ofType(String type) {
            return items.stream()
                    .filter(item -> item.path("type").asText().equals(type))
                    .toList();
        }
    }

    Round round(String pathOrLink) {
        List<JsonNode> items = new ArrayList<>();
        String next = pathOrLink;
        for (int pages = 1; pages < 10_000; pages++) {
            Reply reply = get(next);
            if (reply.status() != 200) {
                throw new IllegalStateException(reply.status() + " " + reply.json());
            }
            reply.json().path("value").forEach(items::add);
            if (reply.json().has("@odata.deltaLink")) {
                return new Round(
                        items, pages, reply.json().path("@odata.deltaLink").asText());
            }
            next = reply.json().path("@odata.nextLink").asText();
        }
        throw new IllegalStateException("endless");
    }
}
