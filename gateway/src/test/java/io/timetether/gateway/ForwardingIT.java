package io.timetether.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.timetether.gateway.world.Browser;
import io.timetether.gateway.world.GatewayProcess;
import io.timetether.gateway.world.ListeningService.Received;
import io.timetether.gateway.world.World;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ForwardingIT {

    private final World world = World.get();

    @Test
    void takesAwayWhatACallerMustNotSayOfItself() throws Exception {
        world.gateway.raw("GET /api/v1/spoofed HTTP/1.1\r\nHost: evil.example\r\n"
                + "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Anything: x\r\n"
                + "x_forwarded_for: 1.2.3.4\r\nForwarded: for=1.2.3.4\r\nX-Real-IP: 1.2.3.4\r\n"
                + "X-Request-Id: bad id\r\nX-Original-URL: /internal\r\nX-HTTP-Method-Override: DELETE\r\n"
                + "Cookie: q_session=short; other=1; tt_flow=f\r\n"
                + "TE: trailers\r\nUpgrade: websocket\r\nConnection: close\r\nConnection: Upgrade, X-Secret\r\nX-Secret: s\r\n"
                + "Keep-Alive: 1\r\nProxy-Authorization: p\r\nAuthorization: Bearer own.token.here\r\n"
                + "Accept-Language: de\r\n\r\n");

        Received got = world.scheduling.at("/api/v1/spoofed").getLast();
        assertThat(got.header("X-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(got.headers().get("X-Forwarded-For")).hasSize(1);
        assertThat(got.header("X-Forwarded-Host")).isEqualTo("localhost:" + world.gateway.port());
        assertThat(got.header("X-Forwarded-Proto")).isEqualTo("http");
        assertThat(got.header("Forwarded"))
                .isEqualTo("for=127.0.0.1;proto=http;host=\"localhost:" + world.gateway.port() + "\"");
        assertThat(got.header("X-Request-Id")).matches("[0-9a-f-]{36}");
        assertThat(got.header("Authorization")).isEqualTo("Bearer own.token.here");
        assertThat(got.header("Accept-Language")).isEqualTo("de");
        for (String gone : List.of(
                "X-Forwarded-Anything",
                "X_forwarded_for",
                "X-Real-IP",
                "X-Original-URL",
                "X-HTTP-Method-Override",
                "Cookie",
                "TE",
                "Upgrade",
                "X-Secret",
                "Keep-Alive",
                "Proxy-Authorization")) {
            assertThat(got.header(gone)).as(gone).isNull();
        }
    }

    @Test
    void carriesOneRequestIdThroughAndPutsSecurityHeadersOnEverything() throws Exception {
        HttpResponse<String> response =
                new Browser().get(world.gateway.url("/api/v1/id"), "X-Request-Id", "from-the-caller-1");

        assertThat(world.scheduling.at("/api/v1/id").getLast().header("X-Request-Id"))
                .isEqualTo("from-the-caller-1");
        assertThat(response.headers().allValues("x-request-id")).containsExactly("from-the-caller-1");
        assertThat(response.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(response.headers().firstValue("content-security-policy").orElseThrow())
                .contains("frame-ancestors 'none'");
        assertThat(response.headers().firstValue("referrer-policy")).contains("same-origin");
        assertThat(response.headers().allValues("set-cookie")).isEmpty();
        assertThat(response.headers().firstValue("content-encoding")).isEmpty();
        await().atMost(30, SECONDS)
                .untilAsserted(() -> assertThat(world.gateway.log()).contains("request=from-the-caller-1"));
    }

    @Test
    void letsOnlyTheFlowCookieOfCalendarSyncThrough() throws Exception {
        HttpResponse<String> response = new Browser().get(world.gateway.url("/api/v1/calendar-connections"));

        assertThat(response.headers().allValues("set-cookie")).containsExactly("tt_flow=f1; Path=/; HttpOnly");
    }

    @Test
    void passesEventsOnWhenTheyHappen() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        AtomicBoolean noticedTheEnd = new AtomicBoolean();
        world.calendarSync.answer("/api/v1/sync-feeds/7/progress", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            event(out, "one");
            waitFor(second);
            event(out, "two");
            try {
                for (int i = 0; i < 1_600; i++) {
                    event(out, "more");
                    new CountDownLatch(1).await(25, java.util.concurrent.TimeUnit.MILLISECONDS);
                }
            } catch (IOException gone) {
                noticedTheEnd.set(true);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });

        try (Socket socket = new Socket("localhost", world.gateway.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(("GET /api/v1/sync-feeds/7/progress HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Accept: text/event-stream\r\nAccept-Encoding: gzip, deflate\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
            readUntil(in, "data: one"); // the second is not yet written: what arrives was not held back
            second.countDown();
            readUntil(in, "data: two");
        }
        await().atMost(30, SECONDS).untilTrue(noticedTheEnd);
    }

    @Test
    void carriesALargeBodyInBothDirectionsWithoutKeepingIt() throws Exception {
        byte[] large = new byte[99_000];
        new java.util.Random(7).nextBytes(large);
        world.scheduling.answer("/api/v1/echo", exchange -> {
            Received got = world.scheduling.take(exchange);
            exchange.getResponseHeaders().add("X-Sha", sha(got.body()));
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 200; i++) {
                exchange.getResponseBody().write(got.body());
            }
            exchange.close();
        });
        String head = "POST /api/v1/echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                + "Connection: close\r\n\r\n";

        try (Socket socket = new Socket("localhost", world.gateway.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            for (int from = 0; from < large.length; from += 1_000) {
                out.write("3e8\r\n".getBytes(StandardCharsets.US_ASCII));
                out.write(large, from, 1_000);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            byte[] answer = socket.getInputStream().readAllBytes();
            String text = new String(answer, 0, 2_000, StandardCharsets.ISO_8859_1);
            assertThat(text).startsWith("HTTP/1.1 200").containsIgnoringCase("x-sha: " + sha(large));
            assertThat(answer.length).isGreaterThan(200 * large.length);
        }
    }

    @Test
    void keepsTheBodyWhileItLooksASessionUp() throws Exception {
        String answer = world.gateway.raw("POST /api/v1/kept HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Cookie: q_session=" + "A".repeat(43) + "\r\nX-Timetether-Request: 1\r\n"
                + "Content-Length: 11\r\n\r\nhello world");

        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(new String(world.scheduling.at("/api/v1/kept").getLast().body()))
                .isEqualTo("hello world");
    }

    @Test
    void tellsACallerWhoAsksToGoOn() throws Exception {
        String answer = world.gateway.raw("POST /api/v1/expect HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}");

        assertThat(answer).startsWith("HTTP/1.1 100").contains("HTTP/1.1 200");
        assertThat(world.scheduling.at("/api/v1/expect").getLast().header("Expect"))
                .isNull();
    }

    @Test
    void passesAnswersWithoutABody() throws Exception {
        world.scheduling.answer("/api/v1/nothing", exchange -> {
            world.scheduling.take(exchange);
            exchange.sendResponseHeaders(exchange.getRequestMethod().equals("DELETE") ? 204 : 304, -1);
            exchange.close();
        });

        String head = world.gateway.raw("HEAD /api/v1/head HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(head).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
        assertThat(new Browser()
                        .send("DELETE", world.gateway.url("/api/v1/nothing"), "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(new Browser().get(world.gateway.url("/api/v1/nothing")).statusCode())
                .isEqualTo(304);
    }

    @Test
    void mixesNothingUpWhenManyComeAtOnce() throws Exception {
        world.scheduling.answer("/api/v1/many", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        try (ExecutorService many = Executors.newFixedThreadPool(32)) {
            for (int i = 0; i < 1_500; i++) {
                String body = "body " + i + " " + "x".repeat(i % 700);
                many.submit(() -> {
                    HttpResponse<String> response = new Browser()
                            .send("POST", world.gateway.url("/api/v1/many"), body, "Authorization", "Bearer many");
                    if (response.statusCode() != 200 || !response.body().equals(body)) {
                        wrong.add(response.statusCode() + " " + body);
                    }
                    return response;
                });
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void saysWhichServiceTookTooLong() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        world.scheduling.answer("/api/v1/slow", exchange -> {
            world.scheduling.take(exchange);
            waitFor(never);
            exchange.close();
        });

        HttpResponse<String> response = new Browser().get(world.gateway.url("/api/v1/slow"));
        never.countDown();

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.body()).contains("/problems/upstream-timeout", "\"upstream\":\"scheduling-service\"");
    }

    /** Else anybody could cut everybody off from a service, by asking and hanging up. */
    @Test
    void callersWhoHangUpSayNothingAboutTheService() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        world.scheduling.answer("/api/v1/hang", exchange -> {
            waitFor(never);
            exchange.close();
        });
        for (int i = 0; i < 60; i++) {
            try (Socket socket = new Socket("localhost", world.gateway.port())) {
                String cookie = i % 2 == 0 ? "" : "Cookie: q_session=" + "B".repeat(43) + "\r\n";
                socket.getOutputStream()
                        .write(("GET /api/v1/hang HTTP/1.1\r\nHost: localhost\r\n" + cookie + "\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            }
        }

        // Whoever waits to the end is told when all those would have been, too.
        assertThat(new Browser().get(world.gateway.url("/api/v1/hang")).statusCode())
                .isEqualTo(504);
        never.countDown();
        assertThat(new Browser().get(world.gateway.url("/api/v1/fine")).statusCode())
                .isEqualTo(200);
        assertThat(world.gateway.metrics())
                .containsPattern(
                        "(?m)^gateway_requests_total\\{route=\"/api/v1\",service=\"scheduling-service\",status=\"504\"");
    }

    @Test
    void saysWhichServiceBrokeOff() throws Exception {
        world.calendarSync.answer("/api/v1/sync-feeds/broken", HttpExchange::close);

        HttpResponse<String> response = new Browser().get(world.gateway.url("/api/v1/sync-feeds/broken"));

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("/problems/upstream-failed", "\"upstream\":\"calendar-sync-service\"");
    }

    @Test
    void startsAndIsReadyWithoutAnybodyAndSaysWhoIsMissing() throws Exception {
        int port = GatewayProcess.freePort();
        Map<String, String> alone = world.environment(world.createDatabase("alone"), port);
        alone.put("TIMETETHER_SCHEDULING_URL", "http://localhost:" + unused());
        alone.put("TIMETETHER_IDENTITY_URL", "http://localhost:" + unused() + "/timetether");
        GatewayProcess gateway = new GatewayProcess(port, alone);
        try {
            gateway.awaitReady();

            HttpResponse<String> service = new Browser().get(gateway.url("/api/v1/me"));
            HttpResponse<String> signIn = new Browser().get(gateway.url("/sign-in"));
            HttpResponse<String> page = new Browser().get(gateway.url("/sign-in"), "Accept", "text/html,*/*");

            assertThat(service.statusCode()).isEqualTo(503);
            assertThat(service.body())
                    .contains("/problems/upstream-unavailable", "\"upstream\":\"scheduling-service\"");
            assertThat(signIn.statusCode()).isEqualTo(503);
            assertThat(signIn.body()).contains("/problems/identity-unavailable");
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.body()).startsWith("<!doctype html>").contains("/problems/identity-unavailable");
            assertThat(new Browser().get(gateway.url("/session")).body()).contains("false");
        } finally {
            gateway.stop();
        }
    }

    private static int unused() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void event(OutputStream out, String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void readUntil(BufferedReader in, String line) throws IOException {
        List<String> read = new ArrayList<>();
        for (String next = in.readLine(); next != null; next = in.readLine()) {
            read.add(next);
            if (next.equals(line)) {
                return;
            }
        }
        throw new AssertionError("Not in " + read);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await(10, SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String sha(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
