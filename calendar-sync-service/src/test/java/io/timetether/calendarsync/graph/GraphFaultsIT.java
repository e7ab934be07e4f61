package io.timetether.calendarsync.graph;

import static io.timetether.calendarsync.graph.GraphCalendarIT.ok;
import static io.timetether.calendarsync.graph.GraphCalendarIT.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.calendarsync.graph.SubscriptionOutcome.Live;
import io.timetether.calendarsync.identity.TokenDemand;
import io.timetether.calendarsync.identity.TokenOutcome;
import io.timetether.calendarsync.plan.RemoteEvent;
import io.timetether.calendarsync.plan.RoundEvidence;
import io.timetether.calendarsync.plan.Sensitivity;
import io.timetether.calendarsync.plan.ShowAs;
import io.timetether.calendarsync.plan.SyncWindow;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real server does when Microsoft fails; the numbers are those of the scenarios in docs/graph-notes. */
class GraphFaultsIT {
    private static final SyncWindow WINDOW =
            new SyncWindow(Instant.parse("2027-03-01T00:00:00Z"), Instant.parse("2027-06-01T00:00:00Z"));

    private final MockWebServer server = new MockWebServer();
    private final List<TokenDemand> demands = new ArrayList<>();
    private final List<RequestWatch.Outcome> outcomes = new CopyOnWriteArrayList<>();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger mostHeld = new AtomicInteger();
    private final Semaphore slots = new Semaphore(4);
    private GraphClient client;
    private GraphCalendar graph;

    private final GraphAccess access = new GraphAccess(UUID.randomUUID(), InFlightSlots.Lane.BACKGROUND, demand -> {
        synchronized (demands) {
            demands.add(demand);
        }
        return new TokenOutcome.Granted(demand instanceof TokenDemand.Usual ? "token-1" : "token-2");
    });

    @BeforeEach
    void start() throws IOException {
        server.start();
        client = new GraphClient(
                new GraphSettings(
                        URI.create("http://localhost:" + server.getPort()),
                        Duration.ofSeconds(5),
                        50,
                        30,
                        200_000,
                        Duration.ofSeconds(3)),
                (account, lane) -> lease(),
                (method, outcome, took) -> outcomes.add(outcome),
                Clock.systemUTC());
        graph = new GraphCalendar(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private Optional<InFlightSlots.Lease> lease() {
        slots.acquireUninterruptibly();
        mostHeld.accumulateAndGet(held.incrementAndGet(), Math::max);
        return Optional.of(() -> {
            held.decrementAndGet();
            slots.release();
        });
    }

    @Test
    void repeatsTheHeadersOfTheRoundAndFollowsLinksVerbatim_14() throws Exception {
        page("?$skiptoken=a%2Bb_-~c%3D", null, single("1"));
        page(null, "?$deltatoken=x%2Fy", single("2"));
        RoundOutcome.Complete complete = complete(baseline());
        assertThat(complete.deltaLink()).endsWith("?$deltatoken=x%2Fy");
        for (String target : List.of(
                "/v1.0/me/calendars/AAMk%2Fcal=/calendarView/delta?startDateTime=2027-03-01T00%3A00%3A00Z&endDateTime=2027-06-01T00%3A00%3A00Z",
                "/v1.0/link?$skiptoken=a%2Bb_-~c%3D")) {
            RecordedRequest request = server.takeRequest();
            assertThat(request.getTarget().replace("%3A", ":")).isEqualTo(target.replace("%3A", ":"));
            assertThat(request.getHeaders().get("Prefer"))
                    .contains("IdType=\"ImmutableId\"")
                    .contains("outlook.timezone=\"UTC\"")
                    .contains("odata.maxpagesize=50");
            assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer token-1");
            assertThat(request.getHeaders().get("client-request-id")).isNotBlank();
        }
    }

    @Test
    void goesOnAfterAnEmptyPage_15() {
        page("?n=1", null);
        page(null, "?d=1", single("1"));
        assertThat(complete(baseline()).events()).isEqualTo(1);
    }

    @Test
    void skipsOccurrencesWhoseSeriesDoesNotExist_17() {
        page(null, "?d=1", bare("o1", "gone"), single("1"));
        error(404, "ErrorItemNotFound");
        error(404, "ErrorItemNotFound");
        List<RemoteEvent> events = new ArrayList<>();
        RoundOutcome.Complete complete = complete(baseline(events));
        assertThat(events).extracting(RemoteEvent::id).containsExactly("1");
        assertThat(complete.skipped()).isEqualTo(1);
        // Nothing is concluded from what could not be read.
        assertThat(complete.evidence().seen()).contains("o1");
    }

    @Test
    void fetchesASeriesThatIsNotInThePageOnce_16() throws Exception {
        page(null, "?d=1", bare("o1", "m"), bare("o2", "m"));
        json(200, "{\"id\":\"m\",\"type\":\"seriesMaster\",\"subject\":\"Series\",\"showAs\":\"busy\"}");
        List<RemoteEvent> events = new ArrayList<>();
        complete(baseline(events));
        assertThat(events).extracting(RemoteEvent::subject).containsExactly("Series", "Series");
        assertThat(server.getRequestCount()).isEqualTo(2);
        server.takeRequest();
        assertThat(server.takeRequest().getTarget()).isEqualTo("/v1.0/me/events/m");
    }

    @Test
    void aSeriesThatCannotBeReadBreaksTheRoundOff() {
        page(null, "?d=1", bare("o1", "m"));
        error(403, "ErrorAccessDenied");
        error(403, "ErrorAccessDenied");
        assertThat(baseline())
                .isInstanceOfSatisfying(
                        RoundOutcome.Stopped.class,
                        stopped -> assertThat(stopped.problem()).isInstanceOf(GraphProblem.Forbidden.class));
    }

    @Test
    void theLastOfRepeatsCounts_22() {
        page(
                null,
                "?d=1",
                single("1", "old"),
                single("1", "new"),
                removed("2"),
                single("2"),
                single("3"),
                removed("3"));
        List<RemoteEvent> events = new ArrayList<>();
        RoundOutcome outcome = graph.changesSince(
                access,
                "AAMk/cal=",
                new RoundStart.Cursor("http://localhost:" + server.getPort() + "/v1.0/link", WINDOW),
                events::addAll);
        RoundEvidence.Changes changes =
                (RoundEvidence.Changes) complete(outcome).evidence();
        assertThat(events).extracting(RemoteEvent::subject).containsExactly("new", "s2");
        assertThat(changes.seen()).containsExactlyInAnyOrder("1", "2");
        assertThat(changes.removed()).containsExactly("3");
    }

    @Test
    void givesUpOnPagesWithoutEnd_24() {
        AtomicInteger tokens = new AtomicInteger();
        server.setDispatcher(dispatcher(request -> body(
                200,
                pageAt("http://localhost:" + server.getPort(), "?t=" + tokens.incrementAndGet(), null, single("1")))));
        assertThat(baseline()).isInstanceOf(RoundOutcome.Endless.class);
        assertThat(tokens.get()).isLessThan(10);
    }

    @Test
    void givesUpAfterTheBoundEvenIfThePagesDiffer_24() {
        AtomicInteger tokens = new AtomicInteger();
        server.setDispatcher(dispatcher(request -> {
            int n = tokens.incrementAndGet();
            return body(200, pageAt("http://localhost:" + server.getPort(), "?t=" + n, null, single("e" + n)));
        }));
        assertThat(baseline()).isEqualTo(new RoundOutcome.Endless(30));
    }

    @ParameterizedTest
    @CsvSource({
        "410, SyncStateNotFound",
        "410, ''",
        "400, syncStateInvalid",
        "404, SyncStateNotFound",
        "400, ResyncRequired"
    })
    void asksForAFullReadWhenTheSyncStateIsLost_25(int status, String code) {
        error(status, code);
        assertThat(baseline()).isInstanceOf(RoundOutcome.CursorExpired.class);
    }

    @Test
    void asksTheSameLinkAgainAfterAGatewayTimeout_26() throws Exception {
        page("?n=1", null, single("1"));
        json(504, "{\"error\":{\"code\":\"UnknownError\",\"message\":\"\"}}");
        page(null, "?d=1", single("2"));
        assertThat(complete(baseline()).events()).isEqualTo(2);
        server.takeRequest();
        assertThat(server.takeRequest().getTarget())
                .isEqualTo(server.takeRequest().getTarget());
    }

    @Test
    void aTokenThatExpiresInMidRoundIsRenewedAndTheLinkAskedAgain_13() throws Exception {
        page("?n=1", null, single("1"));
        error(401, "InvalidAuthenticationToken");
        page(null, "?d=1", single("2"));
        assertThat(complete(baseline()).events()).isEqualTo(2);
        server.takeRequest();
        String refused = server.takeRequest().getTarget();
        RecordedRequest again = server.takeRequest();
        assertThat(again.getTarget()).isEqualTo(refused);
        assertThat(again.getHeaders().get("Authorization")).isEqualTo("Bearer token-2");
        assertThat(demands).contains(new TokenDemand.AfterRejection("token-1"));
    }

    @Test
    void asksOnceForTheClaimsThatGraphWantsAndThenForItsOwner_12() {
        String claims = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"}}}";
        String challenge =
                "Bearer realm=\"\", authorization_uri=\"https://x\", error=\"insufficient_claims\", claims=\""
                        + Base64.getEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + "\"";
        for (int i = 0; i < 2; i++) {
            server.enqueue(new MockResponse.Builder()
                    .code(401)
                    .addHeader("WWW-Authenticate", challenge)
                    .body("{}")
                    .build());
        }
        assertThat(problem(graph.me(access)))
                .isInstanceOfSatisfying(
                        GraphProblem.Unauthorized.class,
                        no -> assertThat(no.claims()).isEqualTo(claims));
        assertThat(demands).containsExactly(new TokenDemand.Usual(), new TokenDemand.WithClaims("token-1", claims));
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void waitsAsLongAsGraphAsksDecimalsIncluded_31() {
        throttled("1.128");
        json(200, "{\"id\":\"me\"}");
        long start = System.nanoTime();
        assertThat(ok(graph.me(access)).id()).isEqualTo("me");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(1_128));
        assertThat(outcomes).containsExactly(RequestWatch.Outcome.THROTTLED, RequestWatch.Outcome.DONE);
    }

    @Test
    void doesNotSitOutALongPauseButSaysHowLong_31() {
        throttled("120.5");
        long start = System.nanoTime();
        assertThat(problem(graph.me(access))).isEqualTo(new GraphProblem.Throttled(Duration.ofMillis(120_500)));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(held).hasValue(0);
    }

    @Test
    void keepsEveryRequestOfTheMailboxFromItAndNoOtherMailboxs_31() throws Exception {
        throttled("1.5");
        json(200, "{\"id\":\"me\"}");
        json(200, "{\"id\":\"me\"}");
        json(200, "{\"id\":\"me\"}");
        long start = System.nanoTime();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<GraphReply<MailboxProfile>> told = pool.submit(() -> graph.me(access));
            // Told, and its place given up: whoever gets the place now knows.
            while (outcomes.isEmpty() || held.get() > 0) {
                Thread.onSpinWait();
            }
            Future<GraphReply<MailboxProfile>> beside = pool.submit(() -> graph.me(access));
            GraphAccess other = new GraphAccess(UUID.randomUUID(), access.lane(), access.tokens());
            assertThat(ok(graph.me(other)).id()).isEqualTo("me");
            assertThat(outcomes).hasSize(2);
            assertThat(ok(beside.get()).id()).isEqualTo("me");
            assertThat(ok(told.get()).id()).isEqualTo("me");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(1_500));
        assertThat(held).hasValue(0);
    }

    @Test
    void holdsNoMoreSlotsThanItIsGivenAndGivesEachBack_32() throws Exception {
        server.setDispatcher(dispatcher(request -> new MockResponse.Builder()
                .code(200)
                .body("{\"id\":\"me\"}")
                .headersDelay(50, TimeUnit.MILLISECONDS)
                .build()));
        try (var pool = Executors.newFixedThreadPool(12)) {
            for (int i = 0; i < 24; i++) {
                pool.submit(() -> graph.me(access));
            }
        }
        assertThat(mostHeld.get()).isLessThanOrEqualTo(4);
        assertThat(held).hasValue(0);
        assertThat(slots.availablePermits()).isEqualTo(4);
    }

    @Test
    void withoutASlotNothingIsSent() {
        try (GraphClient full = new GraphClient(
                GraphSettings.at(URI.create("http://localhost:" + server.getPort())),
                (account, lane) -> Optional.empty(),
                (method, outcome, took) -> outcomes.add(outcome),
                Clock.systemUTC())) {
            assertThat(problem(new GraphCalendar(full).me(access))).isInstanceOf(GraphProblem.Throttled.class);
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aForeignLinkIsRefusedAndTheTokenStays_48() throws Exception {
        try (MockWebServer foreign = new MockWebServer()) {
            foreign.start();
            for (String link : List.of(
                    "http://127.0.0.1:" + foreign.getPort() + "/v1.0/me/x",
                    "http://localhost:" + foreign.getPort() + "/v1.0/me/x",
                    "http://localhost@127.0.0.1:" + foreign.getPort() + "/x",
                    "//evil.example/x",
                    "not a link")) {
                server.enqueue(body(200, "{\"value\":[],\"@odata.nextLink\":\"" + link + "\"}"));
                assertThat(baseline())
                        .isInstanceOfSatisfying(
                                RoundOutcome.Stopped.class,
                                stopped -> assertThat(stopped.problem()).isInstanceOf(GraphProblem.Rejected.class));
            }
            assertThat(foreign.getRequestCount()).isZero();
        }
    }

    @Test
    void anAnswerThatTricklesHoldsItsSlotNoLongerThanTheTimeout() {
        server.setDispatcher(dispatcher(request -> new MockResponse.Builder()
                .code(200)
                .body("{\"id\":\"" + "x".repeat(2_000) + "\"}")
                .throttleBody(10, 100, TimeUnit.MILLISECONDS)
                .build()));
        try (GraphClient impatient = new GraphClient(
                new GraphSettings(
                        URI.create("http://localhost:" + server.getPort()),
                        Duration.ofMillis(400),
                        50,
                        30,
                        200_000,
                        Duration.ofSeconds(3)),
                (account, lane) -> lease(),
                (method, outcome, took) -> outcomes.add(outcome),
                Clock.systemUTC())) {
            assertThat(problem(new GraphCalendar(impatient).me(access))).isInstanceOf(GraphProblem.Unavailable.class);
        }
        assertThat(held).hasValue(0);
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", "https://evil.example/")
                .build());
        assertThat(problem(graph.me(access))).isInstanceOf(GraphProblem.Rejected.class);
    }

    @Test
    void aPageWithoutAnyLinkProvesNothing() {
        page(null, null, single("1"));
        assertThat(baseline()).isInstanceOf(RoundOutcome.Stopped.class);
    }

    @Test
    void anAnswerThatIsNoJsonIsAFailureAndNeverAnEmptyList() {
        for (int i = 0; i < 2; i++) {
            server.enqueue(body(200, "<html>maintenance</html>"));
        }
        assertThat(baseline()).isInstanceOf(RoundOutcome.Stopped.class);
        assertThat(problem(graph.listCalendars(access))).isInstanceOf(GraphProblem.Unavailable.class);
    }

    @Test
    void anAnswerWithoutBoundIsCutOff() {
        server.enqueue(body(200, "{\"id\":\"" + "x".repeat(300_000) + "\"}"));
        assertThat(problem(graph.me(access))).isInstanceOf(GraphProblem.Rejected.class);
    }

    @Test
    void aLostAnswerIsAskedForAgainWithTheSameTransaction_34() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(201)
                .body("{}")
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        json(201, "{\"id\":\"e1\"}");
        EventDraft draft = new EventDraft(
                "[tt] x", WINDOW.from(), WINDOW.until(), "b", null, ShowAs.BUSY, Sensitivity.NORMAL, List.of(), null);
        assertThat(ok(graph.create(access, "c", draft, "tx-1", new ExtendedProperty("String {x} Name Y", "v")))
                        .id())
                .isEqualTo("e1");
        RecordedRequest first = server.takeRequest();
        RecordedRequest second = server.takeRequest();
        assertThat(second.getBody()).isEqualTo(first.getBody());
        assertThat(second.getBody().utf8())
                .contains("\"transactionId\":\"tx-1\"")
                .doesNotContain("attendees");
    }

    @Test
    void whenNothingAnswersItIsUnavailable() {
        int port = server.getPort();
        server.close();
        try (GraphClient alone = new GraphClient(
                GraphSettings.at(URI.create("http://localhost:" + port)),
                (a, l) -> lease(),
                (method, outcome, took) -> outcomes.add(outcome),
                Clock.systemUTC())) {
            assertThat(problem(new GraphCalendar(alone).me(access))).isInstanceOf(GraphProblem.Unavailable.class);
        }
        assertThat(held).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({
        "404, MailboxNotEnabledForRESTAPI, MailboxUnavailable",
        "404, ResourceNotFound, MailboxUnavailable",
        "404, ErrorItemNotFound, NotFound",
        "400, ErrorInvalidIdMalformed, NotFound",
        "403, ErrorAccessDenied, Forbidden",
        "403, ErrorQuotaExceeded, QuotaExceeded",
        "507, ErrorQuotaExceeded, QuotaExceeded",
        "409, ErrorDuplicateTransactionId, DuplicateTransaction",
        "412, ErrorIrresolvableConflict, PreconditionFailed",
        "409, ErrorIrresolvableConflict, PreconditionFailed",
        "400, ErrorInvalidRequest, Rejected",
        "400, ErrorPropertyValidationFailure, Rejected",
        "400, ErrorOccurrenceCrossingBoundary, Rejected",
        "501, NotImplemented, Unavailable"
    })
    void eachErrorHasItsMeaning_46(int status, String code, String meaning) {
        server.setDispatcher(dispatcher(request -> body(
                status,
                "{\"error\":{\"code\":\"generic\",\"message\":\"m\",\"innerError\":{\"code\":\"%s\"}}}"
                        .formatted(code))));
        assertThat(problem(graph.calendar(access, "c")).getClass().getSimpleName())
                .isEqualTo(meaning);
    }

    @Test
    void aTokenThatCannotBeHadIsToldByItsKind() {
        Map.of(
                        new TokenOutcome.ReconnectNeeded("r", null), GraphProblem.Unauthorized.class,
                        new TokenOutcome.Unavailable("u"), GraphProblem.Unavailable.class,
                        new TokenOutcome.Misconfigured("m"), GraphProblem.Misconfigured.class)
                .forEach((outcome, kind) -> assertThat(problem(graph.me(
                                new GraphAccess(UUID.randomUUID(), InFlightSlots.Lane.INTERACTIVE, demand -> outcome))))
                        .isInstanceOf(kind));
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void subscribesRenewsAndEnds_39_40() throws Exception {
        GraphSubscriptions subscriptions = new GraphSubscriptions(client, Clock.systemUTC());
        Instant wished = Instant.parse("2027-01-08T00:00:00.123Z");
        SubscriptionWish wish = new SubscriptionWish(
                "me/events",
                URI.create("https://tt.example/webhooks/microsoft"),
                URI.create("https://tt.example/webhooks/microsoft"),
                "secret",
                wished);
        json(201, "{\"id\":\"s1\",\"resource\":\"me/events\",\"expirationDateTime\":\"2027-01-07T00:00:00.0000000Z\"}");
        assertThat(subscriptions.create(access, wish))
                .isEqualTo(new Live("s1", "me/events", Instant.parse("2027-01-07T00:00:00Z")));
        assertThat(server.takeRequest().getBody().utf8())
                .contains("\"changeType\":\"created,updated,deleted\"")
                .contains("\"clientState\":\"secret\"")
                .contains("\"expirationDateTime\":\"2027-01-08T00:00:00Z\"");
        error(409, "Conflict");
        assertThat(subscriptions.create(access, wish)).isInstanceOf(SubscriptionOutcome.Duplicate.class);
        error(400, "ValidationError");
        assertThat(subscriptions.create(access, wish)).isInstanceOf(SubscriptionOutcome.AddressRefused.class);
        error(403, "ErrorAccessDenied");
        assertThat(subscriptions.create(access, wish)).isInstanceOf(SubscriptionOutcome.NotForThisCalendar.class);
        error(404, "ResourceNotFound");
        assertThat(subscriptions.renew(access, "s1", wished)).isInstanceOf(SubscriptionOutcome.Lost.class);
        error(404, "ErrorItemNotFound");
        assertThat(ok(subscriptions.delete(access, "s1"))).isEqualTo(GraphReply.Done.DONE);
        json(
                200,
                "{\"value\":[{\"id\":\"s1\",\"resource\":\"me/events\",\"expirationDateTime\":\"2027-01-07T00:00:00Z\"}]}");
        assertThat(ok(subscriptions.list(access))).hasSize(1);
    }

    @Test
    void asksForLessWhereMicrosoftAllowsLess_40() throws Exception {
        GraphSubscriptions subscriptions = new GraphSubscriptions(client, Clock.systemUTC());
        json(
                400,
                "{\"error\":{\"code\":\"ExtensionError\",\"message\":\"Subscription expiration can only be 4230 minutes in the future.\"}}");
        json(200, "{\"id\":\"s1\",\"resource\":\"me/events\",\"expirationDateTime\":\"2027-01-07T00:00:00Z\"}");
        assertThat(subscriptions.renew(access, "s1", GraphSubscriptions.latestExpiry(Instant.now())))
                .isInstanceOf(Live.class);
    }

    private RoundOutcome baseline() {
        return baseline(new ArrayList<>());
    }

    private RoundOutcome baseline(List<RemoteEvent> events) {
        return graph.changesSince(access, "AAMk/cal=", new RoundStart.Baseline(WINDOW), events::addAll);
    }

    private static RoundOutcome.Complete complete(RoundOutcome outcome) {
        assertThat(outcome).isInstanceOf(RoundOutcome.Complete.class);
        return (RoundOutcome.Complete) outcome;
    }

    private void page(String next, String delta, String... items) {
        server.enqueue(body(200, pageAt("http://localhost:" + server.getPort(), next, delta, items)));
    }

    private static String pageAt(String origin, String next, String delta, String... items) {
        return "{\"value\":[" + String.join(",", items) + "]"
                + (next == null ? "" : ",\"@odata.nextLink\":\"" + origin + "/v1.0/link" + next + "\"")
                + (delta == null ? "" : ",\"@odata.deltaLink\":\"" + origin + "/v1.0/link" + delta + "\"") + "}";
    }

    private void error(int status, String code) {
        json(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"m\"}}");
    }

    private void throttled(String retryAfter) {
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .addHeader("Retry-After", retryAfter)
                .body("{\"error\":{\"code\":\"ApplicationThrottled\"}}")
                .build());
    }

    private void json(int status, String json) {
        server.enqueue(body(status, json));
    }

    private static MockResponse body(int status, String text) {
        return new MockResponse.Builder().code(status).body(text).build();
    }

    private static Dispatcher dispatcher(Function<RecordedRequest, MockResponse> answer) {
        return new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer.apply(request);
            }
        };
    }

    private static String single(String id) {
        return single(id, "s" + id);
    }

    private static String single(String id, String subject) {
        return "{\"id\":\"%s\",\"type\":\"singleInstance\",\"subject\":\"%s\",\"showAs\":\"busy\",%s}"
                .formatted(id, subject, times());
    }

    private static String bare(String id, String series) {
        return "{\"id\":\"%s\",\"type\":\"occurrence\",\"seriesMasterId\":\"%s\",%s}".formatted(id, series, times());
    }

    private static String removed(String id) {
        return "{\"id\":\"%s\",\"@removed\":{\"reason\":\"deleted\"}}".formatted(id);
    }

    private static String times() {
        return "\"start\":{\"dateTime\":\"2027-03-09T09:00:00.0000000\",\"timeZone\":\"UTC\"},"
                + "\"end\":{\"dateTime\":\"2027-03-09T10:00:00.0000000\",\"timeZone\":\"UTC\"}";
    }
}
