package io.timetether.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.timetether.gateway.world.Browser;
import io.timetether.gateway.world.GatewayProcess;
import io.timetether.gateway.world.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A gateway whose scheduling-service is away at first, and which apps on another origin may use. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TroubleIT {

    private static final String APP = "https://app.example";

    private final World world = World.get();
    private int upstream;
    private int losing;
    private GatewayProcess gateway;

    @BeforeAll
    void start() throws Exception {
        upstream = GatewayProcess.freePort();
        losing = GatewayProcess.freePort();
        int port = GatewayProcess.freePort();
        Map<String, String> environment = world.environment(world.createDatabase("trouble"), port);
        environment.put("TIMETETHER_SCHEDULING_URL", "http://localhost:" + upstream);
        environment.put("TIMETETHER_CALENDAR_SYNC_URL", "http://localhost:" + losing);
        environment.put("TIMETETHER_CORS_ORIGINS", APP + ",http://localhost:3000");
        gateway = new GatewayProcess(port, environment);
        gateway.awaitReady();
    }

    @AfterAll
    void stop() {
        gateway.stop();
    }

    @Test
    void leavesAServiceAloneThatDoesNotAnswerAndFindsItAgain() throws Exception {
        for (int i = 0; i < 25; i++) {
            assertThat(get("/api/v1/me").statusCode()).isEqualTo(503);
        }
        HttpResponse<String> left = get("/api/v1/me");
        assertThat(left.statusCode()).isEqualTo(503);
        assertThat(left.body()).contains("/problems/upstream-unavailable", "left alone");
        assertThat(left.headers().firstValue("retry-after")).contains("5");
        // The other service has a breaker of its own; nobody is there either, but that has to be tried.
        assertThat(get("/api/v1/calendar-providers").body()).contains("cannot be reached");
        assertThat(gateway.metrics())
                .containsPattern("(?m)^gateway_breaker_open\\{service=\"scheduling-service\".*\\} 1\\.0")
                .containsPattern("(?m)^gateway_breaker_open\\{service=\"calendar-sync-service\".*\\} 0\\.0");

        HttpServer back = HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), upstream), 0);
        back.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        back.start();
        try {
            await().atMost(20, SECONDS)
                    .untilAsserted(
                            () -> assertThat(get("/api/v1/me").statusCode()).isEqualTo(200));
        } finally {
            back.stop(0);
        }
    }

    /** As a service does that is being restarted. */
    @Test
    void asksAgainWhereAReadWasLostAndNeverWhereAChangeWas() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ServerSocket server = new ServerSocket(losing, 10, InetAddress.getByName("localhost"))) {
            Thread serving = Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        try (Socket socket = server.accept()) {
                            socket.getInputStream().read(new byte[8192]);
                            if (asked.incrementAndGet() % 2 == 0) {
                                socket.getOutputStream()
                                        .write("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
                                                .getBytes(StandardCharsets.US_ASCII));
                            }
                        }
                    }
                } catch (IOException closed) {
                    // The end of the test.
                }
            });
            assertThat(get("/api/v1/sync-feeds").statusCode()).isEqualTo(204);
            assertThat(asked).hasValue(2);
            assertThat(new Browser()
                            .send("POST", gateway.url("/api/v1/sync-feeds"), "{}", "Authorization", "Bearer t")
                            .statusCode())
                    .isEqualTo(502);
            assertThat(asked).hasValue(3);
            serving.interrupt();
        }
    }

    @Test
    void tellsBrowsersWhichOtherOriginsMayCall() throws Exception {
        String asking = gateway.raw("OPTIONS /api/v1/appointments HTTP/1.1\r\nHost: localhost\r\nOrigin: " + APP
                + "\r\nAccess-Control-Request-Method: POST\r\nConnection: close\r\n\r\n");
        assertThat(asking)
                .startsWith("HTTP/1.1 204")
                .containsIgnoringCase("access-control-allow-origin: " + APP)
                .containsIgnoringCase("idempotency-key")
                .containsIgnoringCase("vary: origin")
                .doesNotContainIgnoringCase("allow-credentials");

        // With the call itself, also where it is refused: the app may read the answer and what the limits say.
        String calling = gateway.raw("GET /api/v1/appointments HTTP/1.1\r\nHost: localhost\r\nOrigin: " + APP
                + "\r\nAuthorization: Bearer t\r\nConnection: close\r\n\r\n");
        assertThat(calling)
                .containsIgnoringCase("access-control-allow-origin: " + APP)
                .containsPattern("(?i)access-control-expose-headers: .*ETag.*RateLimit.*Retry-After")
                .containsIgnoringCase("vary: origin")
                .doesNotContainIgnoringCase("allow-credentials");

        for (String other :
                new String[] {"https://evil.example", "null", APP + ".evil.example", "http://app.example"}) {
            String answer = gateway.raw("OPTIONS /api/v1/appointments HTTP/1.1\r\nHost: localhost\r\nOrigin: " + other
                    + "\r\nAccess-Control-Request-Method: POST\r\nConnection: close\r\n\r\n");
            assertThat(answer).as(other).doesNotContainIgnoringCase("access-control-allow-origin");
        }
        String page = gateway.raw(
                "GET /session HTTP/1.1\r\nHost: localhost\r\nOrigin: " + APP + "\r\nConnection: close\r\n\r\n");
        assertThat(page).startsWith("HTTP/1.1 200").doesNotContainIgnoringCase("access-control-allow-origin");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return new Browser().get(gateway.url(path), "Authorization", "Bearer t");
    }
}
