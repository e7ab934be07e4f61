package io.timetether.office365;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.timetether.office365.fault.Fault;
import io.timetether.office365.fault.Trouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Troubles that were ordered happen to whom they were meant for, as often as was said, and look as at Microsoft. */
class FaultsIT {

    private static final String ADA = "ada@simulator.example";
    private static final String BOB = "bob@simulator.example";
    private static final String WINDOW = "?startDateTime=2026-05-01T00:00:00Z&endDateTime=2026-06-01T00:00:00Z";

    private final Office365Simulator simulator = Office365Simulator.start(SimulatorSettings.forTests());
    private Client ada;
    private Client bob;

    @BeforeEach
    void open() {
        simulator.outlook().createMailbox(ADA, "Ada Lovelace", "UTC");
        simulator.outlook().createMailbox(BOB, "Bob", "UTC");
        ada = Client.signedIn(simulator, ADA);
        bob = Client.signedIn(simulator, BOB);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {
                "TOKEN_EXPIRED", "INSUFFICIENT_CLAIMS", "ACCESS_DENIED", "ITEM_NOT_FOUND", "MAILBOX_NOT_ENABLED",
                "RESOURCE_NOT_FOUND", "MALFORMED_ID", "INVALID_REQUEST", "PROPERTY_VALIDATION", "DUPLICATE_TRANSACTION",
                "CONFLICT", "SYNC_STATE_NOT_FOUND", "SYNC_STATE_INVALID", "RESYNC_REQUIRED", "THROTTLED",
                "TOO_MANY_REQUESTS", "INTERNAL_ERROR", "TRANSIENT_ERROR", "SERVER_BUSY", "UNKNOWN_ERROR",
                "BANDWIDTH_EXCEEDED", "QUOTA_EXCEEDED"
            })
    void anErrorMeetsOneMailboxOnceAndLooksLikeGraphs(Trouble trouble) {
        simulator.faults().order(Fault.of(trouble).forMailbox(id(ADA)).on("GET", "^/me/events"));

        assertThat(bob.get("/me/events").status()).isEqualTo(200);
        assertThat(ada.get("/me/calendars").status()).isEqualTo(200);
        Client.Reply met = ada.get("/me/events");
        assertThat(met.status()).isEqualTo(trouble.number());
        assertThat(met.error()).isEqualTo(trouble.code());
        assertThat(met.json().at("/error/message").asText()).isEqualTo(trouble.text());
        assertThat(met.json().at("/error/innerError/request-id").asText()).isNotEmpty();
        assertThat(ada.get("/me/events").status()).as("once").isEqualTo(200);
    }

    @Test
    void throttlingSaysForHowLong() {
        simulator.faults().order(Fault.of(Trouble.THROTTLED));
        simulator.faults().order(Fault.of(Trouble.SERVER_BUSY).retryAfter("7"));
        simulator.faults().order(Fault.of(Trouble.TOO_MANY_REQUESTS));

        assertThat(ada.get("/me/events").header("retry-after")).isEqualTo("2.128");
        assertThat(ada.get("/me/events").header("retry-after")).isEqualTo("7");
        assertThat(ada.get("/me/events").header("retry-after")).isEmpty();
        assertThat(simulator.faults().standing()).isEmpty();
    }

    @Test
    void claimsThatAreAskedForStandInTheChallenge() {
        simulator.faults().order(Fault.of(Trouble.INSUFFICIENT_CLAIMS));

        assertThat(ada.get("/me").header("www-authenticate"))
                .contains("insufficient_claims")
                .contains("claims=");
    }

    @Test
    void aPageOfHtmlComesInsteadOfJson() {
        simulator.faults().order(Fault.of(Trouble.GATEWAY_PAGE));

        Client.Reply page = ada.get("/me/events");

        assertThat(page.status()).isEqualTo(503);
        assertThat(page.header("content-type")).startsWith("text/html");
        assertThat(page.raw().body()).startsWith("<html>");
    }

    @Test
    void aConnectionThatIsDroppedBeforeLeavesNothing() {
        simulator.faults().order(Fault.of(Trouble.DROPPED_BEFORE).on("POST", "/events$"));

        assertThatThrownBy(() -> ada.post("/me/events", event("lost"))).hasRootCauseInstanceOf(IOException.class);

        assertThat(ada.get("/me/events").json().path("value")).isEmpty();
    }

    @Test
    void aConnectionThatIsDroppedAfterHasWritten() {
        String wish = event("once only").replaceFirst("\\{", "{\"transactionId\":\"" + UUID.randomUUID() + "\",");
        simulator.faults().order(Fault.of(Trouble.DROPPED_AFTER).on("POST", "/events$"));

        assertThatThrownBy(() -> ada.post("/me/events", wish)).hasRootCauseInstanceOf(IOException.class);

        assertThat(ada.get("/me/events").json().path("value")).hasSize(1);
        assertThat(ada.post("/me/events", wish).status()).isEqualTo(201);
        assertThat(ada.get("/me/events").json().path("value"))
                .as("the same transaction")
                .hasSize(1);
    }

    @Test
    void anAnswerTakesLongerForOneMailboxAlone() {
        simulator
                .faults()
                .order(Fault.of(Trouble.LATE).forMailbox(id(ADA)).lasting(400).times(-1));

        ada.get("/me/events");
        bob.get("/me/events");

        assertThat(simulator.journal().after(0).stream()
                        .filter(entry -> entry.path().equals("/v1.0/me/events"))
                        .map(entry -> entry.millis() >= 390))
                .containsExactly(true, false);
    }

    @Test
    void aRoundHasAnEmptyPageAndAnotherEndsTooEarly() {
        simulator.outlook().addEvent(ADA, "there", at(9), at(10), "UTC");
        simulator.faults().order(Fault.of(Trouble.EMPTY_PAGE).on("GET", "calendarView/delta"));

        Client.Round first = ada.round("/me/calendarView/delta" + WINDOW);

        assertThat(first.pages()).isEqualTo(2);
        assertThat(first.subjects()).containsExactly("there");

        simulator.outlook().addEvent(ADA, "late", at(11), at(12), "UTC");
        simulator.faults().order(Fault.of(Trouble.STALE_DELTA).on("GET", "calendarView/delta"));
        Client.Round stale = ada.round(first.deltaLink());
        assertThat(stale.items()).isEmpty();
        assertThat(ada.round(stale.deltaLink()).subjects()).containsExactly("late");
    }

    @Test
    void aRoundNeverEndsWhileThatIsOrdered() {
        simulator.faults().order(Fault.of(Trouble.EMPTY_PAGE).on("GET", "delta").times(-1));
        JsonNode page = ada.get("/me/calendarView/delta" + WINDOW).json();
        for (int i = 0; i < 20; i++) {
            page = ada.get(page.path("@odata.nextLink").asText()).json();
        }
        assertThat(page.has("@odata.deltaLink")).isFalse();

        simulator.faults().withdrawAll();

        assertThat(ada.get(page.path("@odata.nextLink").asText()).json().has("@odata.deltaLink"))
                .isTrue();
    }

    @Test
    void aPageIsSpoiledWithoutBeingRefused() {
        simulator.outlook().addSeries(ADA, "rounds", at(9), at(10), "UTC", """
            {"pattern":{"type":"weekly","interval":1,"daysOfWeek":["monday"]},
             "range":{"type":"numbered","startDate":"2026-05-04","numberOfOccurrences":2}}\
            """);
        String delta = "/me/calendarView/delta" + WINDOW;

        simulator.faults().order(Fault.of(Trouble.REPEATED_ITEMS).on("GET", "delta"));
        assertThat(ada.get(delta).json().path("value")).hasSize(6);

        simulator.faults().order(Fault.of(Trouble.ORPHANED_OCCURRENCES));
        assertThat(ada.get(delta).json().path("value"))
                .extracting(item -> item.path("type").asText())
                .containsExactly("occurrence", "occurrence");

        simulator.faults().order(Fault.of(Trouble.FOREIGN_LINK));
        assertThat(ada.get(delta).json().path("@odata.deltaLink").asText())
                .startsWith("https://graph.elsewhere.example/v1.0/me/");

        simulator.faults().order(Fault.of(Trouble.ENDLESS_ROUND).times(2));
        JsonNode first = ada.get(delta).json();
        JsonNode second = ada.get(first.path("@odata.nextLink").asText()).json();
        assertThat(second.path("value")).isEqualTo(first.path("value"));
        assertThat(second.path("@odata.nextLink")).isNotEqualTo(first.path("@odata.nextLink"));
        assertThat(ada.get(second.path("@odata.nextLink").asText()).json().has("@odata.deltaLink"))
                .isTrue();
    }

    @Test
    void onlyTheItemsOfABatchThatAreMeantMeetIt() {
        simulator.faults().order(Fault.of(Trouble.THROTTLED).on("GET", "calendars$"));

        JsonNode replies = ada.post("/$batch", """
            {"requests":[{"id":"a","method":"GET","url":"/me/calendars"},{"id":"b","method":"GET","url":"/me/events"}]}
            """).json().path("responses");

        assertThat(replies)
                .extracting(reply -> reply.path("id").asText() + reply.path("status"))
                .containsExactlyInAnyOrder("a429", "b200");
    }

    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {
                "SESSION_REVOKED",
                "REFRESH_TOKEN_EXPIRED",
                "SIGN_IN_FREQUENCY",
                "PASSWORD_CHANGED",
                "MULTI_FACTOR_REQUIRED",
                "INTERACTION_REQUIRED",
                "CONSENT_WITHDRAWN",
                "USER_DISABLED",
                "USER_GONE",
                "SECRET_EXPIRED",
                "CLIENT_LOOP"
            })
    void aRefreshIsRefusedAsEntraRefusesIt(Trouble trouble) {
        String token = refreshToken();
        simulator.faults().order(Fault.of(trouble).forMailbox(id(ADA)));

        Client.Reply refused = refresh(token);

        assertThat(refused.status()).isEqualTo(trouble == Trouble.SECRET_EXPIRED ? 401 : 400);
        assertThat(refused.json().path("error").asText()).isEqualTo(trouble.code());
        assertThat(refused.json().path("error_codes").path(0).asInt()).isEqualTo(trouble.number());
        assertThat(refused.json().has("claims"))
                .isEqualTo(trouble == Trouble.MULTI_FACTOR_REQUIRED || trouble == Trouble.INTERACTION_REQUIRED);
        assertThat(refresh(token).status()).as("once").isEqualTo(200);
    }

    @Test
    void signInIsAwayOrKeepsTheOldRefreshToken() {
        String token = refreshToken();
        simulator.faults().order(Fault.of(Trouble.SIGN_IN_UNAVAILABLE));
        simulator.faults().order(Fault.of(Trouble.NOT_ROTATED));

        Client.Reply away = refresh(token);
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.header("content-type")).startsWith("text/html");
        assertThat(refresh(token).json().has("refresh_token")).isFalse();
        assertThat(refresh(token).json().has("refresh_token")).isTrue();
    }

    @Test
    void peopleStandBeforeAWallUntilAnAdministratorConsents() {
        simulator.faults().order(Fault.of(Trouble.ADMIN_APPROVAL).times(-1));
        Map<String, String> wish = Client.authorization("openid Calendars.ReadWrite.Shared");
        wish.put("account", ADA);
        wish.put("decision", "accept");

        Map<String, String> refused =
                Client.query(Client.post(simulator.origin() + "/common/oauth2/v2.0/authorize", wish)
                        .header("location"));
        assertThat(refused).containsEntry("error", "consent_required");
        assertThat(refused.get("error_description")).startsWith("AADSTS90094");

        Map<String, String> consent = new LinkedHashMap<>(Map.of(
                "client_id", "timetether-local",
                "redirect_uri", Client.REDIRECT,
                "state", "s",
                "decision", "accept"));
        Map<String, String> granted =
                Client.query(Client.post(simulator.origin() + "/organizations/v2.0/adminconsent", consent)
                        .header("location"));
        assertThat(granted).containsEntry("admin_consent", "True").containsEntry("state", "s");

        wish.remove("decision");
        assertThat(Client.query(Client.post(simulator.origin() + "/common/oauth2/v2.0/authorize", wish)
                        .header("location")))
                .as("nobody has to be asked any more")
                .containsKey("code");
    }

    @Test
    void notificationsAreLostDoubledForgedAndLate() throws IOException {
        List<JsonNode> received = new CopyOnWriteArrayList<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            String query = exchange.getRequestURI().getRawQuery();
            byte[] echo = query == null
                    ? new byte[0]
                    : URLDecoder.decode(query.substring(query.indexOf('=') + 1), StandardCharsets.UTF_8)
                            .getBytes(StandardCharsets.UTF_8);
            if (query == null) {
                Client.JSON.readTree(exchange.getRequestBody()).path("value").forEach(received::add);
            }
            exchange.getResponseHeaders().add("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, echo.length == 0 ? -1 : echo.length);
            exchange.getResponseBody().write(echo);
            exchange.close();
        });
        receiver.start();
        try {
            String url = "http://localhost:" + receiver.getAddress().getPort() + "/n";
            assertThat(ada.post(
                                    "/subscriptions",
                                    "{\"changeType\":\"created\",\"resource\":\"me/events\",\"clientState\":\"secret\","
                                            + "\"notificationUrl\":\"" + url
                                            + "\",\"expirationDateTime\":\"2999-01-01T00:00:00Z\"}")
                            .status())
                    .isEqualTo(201);
            simulator.faults().order(Fault.of(Trouble.LOST).forMailbox(id(ADA)));
            simulator.faults().order(Fault.of(Trouble.DOUBLED));
            simulator.faults().order(Fault.of(Trouble.FORGED));
            simulator.faults().order(Fault.of(Trouble.DELAYED).lasting(300));
            simulator.faults().order(Fault.of(Trouble.LOST).on("", "^other").times(-1));
            String studio = simulator.outlook().addCalendar(ADA, "Studio").id();
            for (int hour = 8; hour < 12; hour++) {
                simulator.outlook().addEvent(ADA, "at " + hour, at(hour), at(hour + 1), "UTC");
            }
            simulator.outlook().addEventTo(ADA, studio, event("nobody is told"));

            await().until(() -> received.size() == 5);
            assertThat(received)
                    .extracting(notification -> notification.path("clientState").asText())
                    .containsExactly("secret", "secret", "guessed", "secret", "secret");
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void troublesAreOrderedListedAndWithdrawnOverHttp() {
        String faults = simulator.origin() + "/simulator/faults";
        JsonNode ordered = json("POST", faults, """
            {"trouble":"throttled","mailbox":"ada@simulator.example","method":"GET","path":"delta","times":3,"retryAfter":"1"}
            """).json();
        assertThat(ordered.path("trouble").asText()).isEqualTo("THROTTLED");

        assertThat(Client.fetch(faults).json().path("items")).hasSize(1);
        assertThat(json("POST", faults, "{\"trouble\":\"BAD_HAIR\"}")
                        .json()
                        .at("/error/message")
                        .asText())
                .contains("THROTTLED");
        assertThat(json("POST", faults, "{\"trouble\":\"LATE\",\"path\":\"[\"}").status())
                .isEqualTo(400);
        assertThat(json("POST", faults, "{\"trouble\":\"LATE\",\"mailbox\":\"nobody@simulator.example\"}")
                        .status())
                .isEqualTo(404);
        assertThat(Client.send(HttpRequest.newBuilder(URI.create(
                                        faults + "/" + ordered.path("id").asText()))
                                .DELETE())
                        .status())
                .isEqualTo(204);
        assertThat(simulator.faults().standing()).isEmpty();
    }

    private static Client.Reply json(String method, String url, String body) {
        return Client.send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private String refreshToken() {
        return Client.tokens(simulator.origin(), ADA, Client.SCOPES)
                .path("refresh_token")
                .asText();
    }

    private Client.Reply refresh(String token) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", "timetether-local");
        form.put("client_secret", "timetether-local-secret");
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", token);
        return Client.post(simulator.origin() + "/common/oauth2/v2.0/token", form);
    }

    private String id(String address) {
        return simulator.outlook().mailbox(address).id();
    }

    private static LocalDateTime at(int hour) {
        return LocalDateTime.of(2026, 5, 4, hour, 0);
    }

    private static String event(String subject) {
        return "{\"subject\":\"" + subject + "\",\"start\":{\"dateTime\":\"2026-05-04T09:00:00\",\"timeZone\":\"UTC\"},"
                + "\"end\":{\"dateTime\":\"2026-05-04T10:00:00\",\"timeZone\":\"UTC\"}}";
    }
}
