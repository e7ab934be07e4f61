package io.timetether.office365;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscriptionsIT {

    private static final String ADA = "ada@simulator.example";

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger posts = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private Office365Simulator simulator;
    private HttpServer listener;
    private Client ada;

    @BeforeEach
    void start() throws IOException {
        simulator = Office365Simulator.start(SimulatorSettings.forTests());
        simulator.outlook().createMailbox(ADA, "Ada Lovelace", "UTC");
        ada = Client.signedIn(simulator, ADA);
        listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/hook", exchange -> {
            String query = exchange.getRequestURI().getRawQuery();
            byte[] body = exchange.getRequestBody().readAllBytes();
            byte[] answer = {};
            int status = 202;
            if (query != null && query.contains("validationToken=")) {
                answer = URLDecoder.decode(
                                query.substring(query.indexOf("validationToken=") + 16), StandardCharsets.UTF_8)
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "text/plain");
                status = 200;
            } else if (refusals.getAndDecrement() > 0) {
                status = 503;
            } else {
                posts.incrementAndGet();
                Client.JSON.readTree(body).path("value").forEach(received::add);
            }
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        listener.createContext("/deaf", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        listener.start();
    }

    @AfterEach
    void stop() {
        listener.stop(0);
        simulator.close();
    }

    @Test
    void asksTheAddressToProveItselfAndThenTellsOfEveryChange() {
        Client.Reply created = subscribe("me/events", "/hook?own=1");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("clientState").asText()).isEqualTo("secret");
        String event = simulator
                .outlook()
                .addEvent(
                        ADA,
                        "meeting",
                        LocalDateTime.parse("2026-05-04T09:00"),
                        LocalDateTime.parse("2026-05-04T10:00"),
                        "UTC");
        simulator.outlook().change(ADA, event, "{\"subject\":\"renamed\"}");
        simulator.outlook().delete(ADA, event);
        await().untilAsserted(() -> assertThat(received)
                .extracting(one -> one.path("changeType").asText())
                .containsExactly("created", "updated", "deleted"));
        JsonNode first = received.getFirst();
        assertThat(first.path("subscriptionId")).isEqualTo(created.json().path("id"));
        assertThat(first.path("clientState").asText()).isEqualTo("secret");
        assertThat(first.path("resourceData").path("id").asText()).isEqualTo(event);
        assertThat(first.path("resource").asText())
                .isEqualTo("Users/" + simulator.outlook().mailbox(ADA).id() + "/Events/" + event);
    }

    @Test
    void aCalendarsSubscriptionHearsOfThatCalendarOnly() {
        String other = simulator.outlook().addCalendar(ADA, "Other").id();
        assertThat(subscribe("/me/calendars/" + other + "/events", "/hook").status())
                .isEqualTo(201);
        simulator
                .outlook()
                .addEvent(
                        ADA,
                        "unheard",
                        LocalDateTime.parse("2026-05-04T09:00"),
                        LocalDateTime.parse("2026-05-04T10:00"),
                        "UTC");
        String heard = simulator.outlook().addEventTo(ADA, other, """
                {"subject":"heard","start":{"dateTime":"2026-05-04T09:00","timeZone":"UTC"},"end":{"dateTime":"2026-05-04T09:30","timeZone":"UTC"}}""");
        await().untilAsserted(() -> assertThat(received)
                .extracting(one -> one.path("resourceData").path("id").asText())
                .containsExactly(heard));
    }

    @Test
    void deliversAgainWhatWasRefusedAndGathersWhatComesTogether() {
        subscribe("me/events", "/hook");
        refusals.set(1);
        for (int i = 0; i < 50; i++) {
            simulator
                    .outlook()
                    .addEvent(
                            ADA,
                            "m" + i,
                            LocalDateTime.parse("2026-05-04T09:00"),
                            LocalDateTime.parse("2026-05-04T10:00"),
                            "UTC");
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(received).hasSize(50));
        assertThat(posts.get()).isLessThan(25);
    }

    @Test
    void refusesWhatDoesNotProveItselfAndPlainHttpToElsewhere() {
        assertThat(subscribe("me/events", "/deaf").error()).isEqualTo("ValidationError");
        assertThat(subscribe("me/events", "/nowhere").error()).isEqualTo("ValidationError");
        Client.Reply foreign =
                ada.post("/subscriptions", wish("me/events", "http://hooks.example/hook", "2026-12-01T00:00:00Z"));
        assertThat(foreign.status()).isEqualTo(400);
        assertThat(subscribe("me/messages", "/hook").status()).isEqualTo(400);
        assertThat(ada.get("/subscriptions").json().path("value")).isEmpty();
    }

    @Test
    void clampsLifetimesAndRefusesDuplicates() {
        JsonNode created = ada.post(
                        "/subscriptions",
                        wish(
                                "me/events",
                                hook("/hook"),
                                Instant.now().plus(Duration.ofDays(30)).toString()))
                .json();
        Instant expiry = Instant.parse(created.path("expirationDateTime").asText());
        assertThat(Duration.between(Instant.now(), expiry))
                .isBetween(Duration.ofMinutes(10_070), Duration.ofMinutes(10_080));
        Client.Reply duplicate = subscribe("me/events", "/hook");
        assertThat(duplicate.status()).isEqualTo(409);
        assertThat(duplicate.json().path("error").path("message").asText())
                .contains(created.path("id").asText())
                .contains("already exists");

        String path = "/subscriptions/" + created.path("id").asText();
        JsonNode renewed = ada.patch(
                        path, "{\"expirationDateTime\":\"" + Instant.now().plusSeconds(60) + "\"}")
                .json();
        assertThat(Duration.between(
                        Instant.now(),
                        Instant.parse(renewed.path("expirationDateTime").asText())))
                .isGreaterThan(Duration.ofMinutes(40));
        assertThat(ada.post(path + "/reauthorize", "{}").status()).isEqualTo(204);
        assertThat(ada.get("/subscriptions").json().path("value")).hasSize(1);
        assertThat(ada.get(path).status()).isEqualTo(200);
        assertThat(ada.delete(path).status()).isEqualTo(204);
        assertThat(ada.get(path).status()).isEqualTo(404);
        assertThat(ada.patch(path, "{}").status()).isEqualTo(404);
    }

    @Test
    void tellsWhenSubscriptionsEnd() {
        String wish = wish("me/events", hook("/hook"), "2026-12-01T00:00:00Z");
        ada.post(
                "/subscriptions",
                wish.replace(
                        "\"clientState\"", "\"lifecycleNotificationUrl\":\"" + hook("/hook") + "\",\"clientState\""));
        simulator.outlook().announceLifecycle(ADA, "subscriptionRemoved");
        await().untilAsserted(() -> assertThat(received)
                .extracting(one -> one.path("lifecycleEvent").asText())
                .containsExactly("subscriptionRemoved"));
        assertThat(ada.get("/subscriptions").json().path("value")).isEmpty();
    }

    private Client.Reply subscribe(String resource, String path) {
        return ada.post(
                "/subscriptions",
                wish(
                        resource,
                        hook(path),
                        Instant.now().plus(Duration.ofDays(2)).toString()));
    }

    private String hook(String path) {
        return "http://localhost:" + listener.getAddress().getPort() + path;
    }

    private static String wish(String resource, String url, String expires) {
        return """
                {"changeType":"created,updated,deleted","notificationUrl":"%s","resource":"%s",
                 "expirationDateTime":"%s","clientState":"secret"}""".formatted(url, resource, expires);
    }
}
