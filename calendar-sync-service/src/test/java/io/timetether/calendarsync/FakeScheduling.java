package io.timetether.calendarsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;

/**
 * The other service as its contract describes it, small: it keeps people, organisations, staff, appointments with their change
 * log, and the feeds' items with fences. Tests ask it what is blocked.
 */
final class FakeScheduling {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, ObjectNode> people = new HashMap<>();
    private final Map<UUID, ObjectNode> organisations = new HashMap<>();
    private final Map<UUID, ObjectNode> staff = new HashMap<>();
    private final Map<UUID, ObjectNode> appointments = new LinkedHashMap<>();
    private final List<ObjectNode> log = new ArrayList<>();
    private final Map<UUID, FeedState> feeds = new HashMap<>();
    private final Map<String, JsonNode> messages = new LinkedHashMap<>();
    private boolean loseMessageAnswer;
    private boolean away;
    private String refusal;
    private long sequence = 1000;

    /** A feed as it is known here. */
    static final class FeedState {
        UUID staffId;
        String state;
        long fence;
        Instant confirmedAt;
        boolean firstSyncCompleted;
        final Map<String, ObjectNode> items = new LinkedHashMap<>();
        final Map<String, Long> numbers = new HashMap<>();
        final Set<String> gone = new HashSet<>();
    }

    static FakeScheduling start(int port) {
        try {
            FakeScheduling fake = new FakeScheduling();
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", fake::handle);
            server.start();
            return fake;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- what tests say ----

    synchronized UUID organisation(String plan) {
        UUID id = UUID.randomUUID();
        ObjectNode json = JSON.createObjectNode()
                .put("id", id.toString())
                .put("slug", "practice-" + id)
                .put("name", "Practice")
                .put("plan", plan)
                .put("timeZone", "Europe/Berlin")
                .put("outboundPrefix", "[tt]")
                .put("version", 1);
        organisations.put(id, json);
        return id;
    }

    synchronized void plan(UUID organisation, String plan) {
        ObjectNode json = organisations.get(organisation).put("plan", plan);
        json.put("version", json.path("version").asLong() + 1);
        log("ORGANISATION", organisation, organisation).set("organisation", json.deepCopy());
        notifyAll();
    }

    synchronized void prefix(UUID organisation, String prefix) {
        ObjectNode json = organisations.get(organisation).put("outboundPrefix", prefix);
        log("ORGANISATION", organisation, organisation).set("organisation", json.deepCopy());
        notifyAll();
    }

    synchronized UUID staff(UUID organisation, String zone) {
        UUID id = UUID.randomUUID();
        staff.put(
                id,
                JSON.createObjectNode()
                        .put("id", id.toString())
                        .put("organisationId", organisation.toString())
                        .put("name", "Staff")
                        .put("email", "staff@example.org")
                        .put("timeZone", zone)
                        .put("active", true)
                        .put("version", 1));
        return id;
    }

    synchronized void person(String subject, String role, UUID organisation, UUID staffId) {
        people.put(
                subject,
                JSON.createObjectNode()
                        .put("personId", UUID.randomUUID().toString())
                        .put("name", subject)
                        .put("email", subject + "@example.org")
                        .put("role", role)
                        .put("organisationId", organisation == null ? null : organisation.toString())
                        .put("staffId", staffId == null ? null : staffId.toString()));
    }

    synchronized String personId(String subject) {
        return people.get(subject).path("personId").asText();
    }

    synchronized UUID book(UUID organisation, UUID staffId, Instant start, Instant end, String client) {
        UUID id = UUID.randomUUID();
        ObjectNode json = JSON.createObjectNode()
                .put("id", id.toString())
                .put("number", ++sequence)
                .put("organisationId", organisation.toString())
                .put("staffId", staffId.toString())
                .put("startAt", start.toString())
                .put("endAt", end.toString())
                .put("status", "OPEN")
                .put("version", 1)
                .put("updatedAt", Instant.now().toString());
        json.putObject("service")
                .put("id", UUID.nameUUIDFromBytes(new byte[] {1}).toString())
                .put("name", "Massage");
        json.putNull("location");
        json.putArray("attendees")
                .addObject()
                .put("clientId", UUID.randomUUID().toString())
                .put("name", client)
                .put("status", "BOOKED");
        appointments.put(id, json);
        changed(id);
        return id;
    }

    synchronized void change(UUID appointment, Map<String, String> fields) {
        ObjectNode json = appointments.get(appointment);
        fields.forEach(json::put);
        json.put("version", json.path("version").asLong() + 1);
        changed(appointment);
    }

    synchronized void erase(UUID appointment) {
        UUID organisation = UUID.fromString(
                appointments.remove(appointment).path("organisationId").asText());
        log("ERASURE", organisation, appointment);
        notifyAll();
    }

    /** A staff member has left: they are known no more. */
    synchronized void eraseStaff(UUID organisation, UUID staffId) {
        staff.remove(staffId);
        log("ERASURE", organisation, staffId);
        notifyAll();
    }

    /** As a restored backup loses what it never had: without a word in the log. */
    synchronized void lose(UUID appointment) {
        appointments.remove(appointment);
    }

    synchronized void away(boolean isAway) {
        away = isAway;
        notifyAll();
    }

    /** Edits in Office 365 are not taken over, because of this; null: they are. */
    synchronized void refuseOutsideEdits(String why) {
        refusal = why;
    }

    /** What staff have been told of this connection, each occasion once. */
    synchronized List<String> told(UUID connection) {
        return messages.entrySet().stream()
                .filter(told -> told.getValue().path("connectionId").asText().equals(connection.toString()))
                .map(told -> told.getValue().path("kind").asText() + " "
                        + told.getValue().path("staffId").asText())
                .toList();
    }

    /** The next message is taken, and the answer is lost. */
    synchronized void loseNextMessageAnswer() {
        loseMessageAnswer = true;
    }

    synchronized List<UUID> appointmentsOf(UUID staffId) {
        return appointments.values().stream()
                .filter(json -> json.path("staffId").asText().equals(staffId.toString()))
                .map(json -> UUID.fromString(json.path("id").asText()))
                .toList();
    }

    synchronized JsonNode appointment(UUID id) {
        return appointments.get(id).deepCopy();
    }

    /** A run is overtaken: a higher fence has been seen. */
    synchronized void overtake(UUID feed) {
        feeds.get(feed).fence += 1_000_000;
    }

    synchronized Map<String, ObjectNode> items(UUID feed) {
        FeedState state = feeds.get(feed);
        return state == null ? Map.of() : new LinkedHashMap<>(state.items);
    }

    synchronized List<String> titles(UUID feed) {
        return items(feed).values().stream()
                .map(item -> item.path("title").asText())
                .sorted()
                .toList();
    }

    /** The titles of everything that has ever ceased to block. */
    synchronized Set<String> gone(UUID feed) {
        return Set.copyOf(feeds.get(feed).gone);
    }

    synchronized boolean knows(UUID feed) {
        return feeds.containsKey(feed);
    }

    synchronized FeedState feed(UUID feed) {
        return feeds.get(feed);
    }

    // ---- the wire ----

    private void changed(UUID appointment) {
        ObjectNode json = appointments.get(appointment);
        log("APPOINTMENT", UUID.fromString(json.path("organisationId").asText()), appointment)
                .set("appointment", json.deepCopy());
        notifyAll();
    }

    private ObjectNode log(String kind, UUID organisation, UUID entity) {
        ObjectNode change = JSON.createObjectNode()
                .put("position", log.size() + 1)
                .put("kind", kind)
                .put("organisationId", organisation.toString())
                .put("entityId", entity.toString())
                .put("at", Instant.now().toString());
        log.add(change);
        return change;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            Reply reply;
            try {
                reply = answer(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getPath(),
                        query(exchange.getRequestURI().getRawQuery()),
                        exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                        request.length == 0 || request[0] != '{' ? JSON.createObjectNode() : JSON.readTree(request));
            } catch (InterruptedException e) {
                reply = new Reply(503, null);
            }
            byte[] body = reply.body() == null ? new byte[0] : JSON.writeValueAsBytes(reply.body());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private record Reply(int status, JsonNode body) {}

    private synchronized Reply answer(
            String method, String path, Map<String, String> query, String occasion, JsonNode body)
            throws InterruptedException {
        if (path.equals("/token")) {
            return new Reply(
                    200,
                    JSON.createObjectNode()
                            .put("access_token", "of-calendar-sync")
                            .put("token_type", "Bearer")
                            .put("expires_in", 3600));
        }
        if (away) {
            return new Reply(503, null);
        }
        String[] parts = path.split("/");
        return switch (method + " " + parts[3]) {
            case "GET people" -> found(people.get(query.get("subject")));
            case "GET organisations" -> found(organisations.get(UUID.fromString(parts[4])));
            case "GET staff" -> found(staff.get(UUID.fromString(parts[4])));
            case "GET changes" -> changes(query);
            case "GET appointments" -> parts.length == 5 ? batch(query) : snapshot(query);
            case "POST appointments" -> outsideEdit(UUID.fromString(parts[4]), body);
            case "PUT feeds" -> register(UUID.fromString(parts[4]), body);
            case "POST feeds" -> items(UUID.fromString(parts[4]), body);
            case "DELETE feeds" -> {
                feeds.remove(UUID.fromString(parts[4]));
                yield new Reply(204, null);
            }
            case "PUT freshness" -> freshness(body);
            case "POST messages" -> message(occasion, body);
            default -> new Reply(404, null);
        };
    }

    private static Reply found(ObjectNode json) {
        return json == null ? new Reply(404, null) : new Reply(200, json.deepCopy());
    }

    private Reply changes(Map<String, String> query) throws InterruptedException {
        String after = query.get("after");
        ObjectNode page = JSON.createObjectNode();
        ArrayNode items = page.putArray("items");
        int from = after == null ? log.size() : Integer.parseInt(after);
        long until = System.currentTimeMillis() + Integer.parseInt(query.getOrDefault("wait", "0")) * 1000L;
        while (log.size() <= from && !away && System.currentTimeMillis() < until) {
            wait(Math.max(1, until - System.currentTimeMillis()));
        }
        for (int i = from; i < log.size(); i++) {
            items.add(log.get(i).deepCopy());
        }
        page.put("next", String.valueOf(log.size()));
        return new Reply(200, page);
    }

    private Reply batch(Map<String, String> query) {
        ObjectNode page = JSON.createObjectNode();
        ArrayNode items = page.putArray("items");
        for (String id : query.get("ids").split(",")) {
            ObjectNode json = appointments.get(UUID.fromString(id));
            if (json != null) {
                items.add(json.deepCopy());
            }
        }
        return new Reply(200, page);
    }

    private Reply outsideEdit(UUID id, JsonNode body) {
        ObjectNode appointment = appointments.get(id);
        if (appointment.path("version").asLong() != body.path("version").asLong()) {
            return new Reply(412, null);
        }
        if (refusal != null) {
            return new Reply(409, JSON.createObjectNode().put("detail", refusal));
        }
        if (body.path("startAt").isTextual()) {
            Instant start = Instant.parse(body.path("startAt").asText());
            Duration length = Duration.between(
                    Instant.parse(appointment.path("startAt").asText()),
                    Instant.parse(appointment.path("endAt").asText()));
            change(
                    id,
                    Map.of(
                            "startAt",
                            start.toString(),
                            "endAt",
                            start.plus(length).toString()));
        } else {
            change(id, Map.of("status", "CANCELLED"));
        }
        return new Reply(204, null);
    }

    private Reply message(String occasion, JsonNode body) {
        messages.put(body.path("connectionId").asText() + " " + occasion, body);
        if (loseMessageAnswer) {
            loseMessageAnswer = false;
            return new Reply(503, null);
        }
        return new Reply(
                202,
                JSON.createObjectNode().put("id", UUID.randomUUID().toString()).put("state", "WAITING"));
    }

    private Reply snapshot(Map<String, String> query) {
        ObjectNode page = JSON.createObjectNode();
        ArrayNode items = page.putArray("items");
        Instant from = Instant.parse(query.get("from"));
        appointments.values().stream()
                .filter(json -> json.path("organisationId").asText().equals(query.get("organisationId"))
                        && json.path("staffId").asText().equals(query.get("staffId"))
                        && !json.path("status").asText().equals("CANCELLED")
                        && Instant.parse(json.path("endAt").asText()).isAfter(from))
                .forEach(json -> items.add(json.deepCopy()));
        page.putNull("next");
        return new Reply(200, page);
    }

    private Reply register(UUID id, JsonNode body) {
        FeedState feed = feeds.computeIfAbsent(id, key -> new FeedState());
        if (body.path("fence").asLong() < feed.fence) {
            return new Reply(409, null);
        }
        feed.fence = body.path("fence").asLong();
        feed.staffId = UUID.fromString(body.path("staffId").asText());
        feed.state = body.path("state").asText();
        return new Reply(204, null);
    }

    private Reply items(UUID id, JsonNode body) {
        FeedState feed = feeds.get(id);
        if (feed == null) {
            return new Reply(404, null);
        }
        if (body.path("fence").asLong() < feed.fence) {
            return new Reply(409, null);
        }
        feed.fence = body.path("fence").asLong();
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode results = answer.putArray("results");
        for (JsonNode item : body.path("puts")) {
            String itemId = item.path("itemId").asText();
            feed.items.put(itemId, (ObjectNode) item);
            long number = feed.numbers.computeIfAbsent(itemId, key -> ++sequence);
            results.addObject()
                    .put("itemId", itemId)
                    .put("outcome", "LOADED")
                    .put("number", number)
                    .put("version", 1);
        }
        body.path("removals").forEach(removal -> {
            ObjectNode item = feed.items.remove(removal.asText());
            if (item != null) {
                feed.gone.add(item.path("title").asText());
            }
        });
        return new Reply(200, answer);
    }

    private Reply freshness(JsonNode body) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode unknown = answer.putArray("unknown");
        ArrayNode overtaken = answer.putArray("overtaken");
        for (JsonNode one : body.path("feeds")) {
            FeedState feed = feeds.get(UUID.fromString(one.path("feedId").asText()));
            if (feed == null) {
                unknown.add(one.path("feedId").asText());
            } else if (one.path("fence").asLong() < feed.fence) {
                overtaken.add(one.path("feedId").asText());
            } else {
                feed.confirmedAt = Instant.parse(one.path("confirmedAt").asText());
                feed.firstSyncCompleted = one.path("firstSyncCompleted").asBoolean();
                feed.state = one.path("state").asText();
            }
        }
        return new Reply(200, answer);
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                String[] parts = pair.split("=", 2);
                query.put(parts[0], URLDecoder.decode(parts.length > 1 ? parts[1] : "", StandardCharsets.UTF_8));
            }
        }
        return query;
    }
}
