package io.timetether.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.timetether.gateway.world.World;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Requests that are too large, too slow, or of two lengths, as bytes. */
class SizeLimitsIT {

    private final World world = World.get();

    @Test
    void refusesABodyThatSaysItIsTooLarge() throws Exception {
        String answer = world.gateway.raw(
                "POST /api/v1/large HTTP/1.1\r\nHost: localhost\r\n" + "Content-Length: 100001\r\n\r\nx");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("/problems/payload-too-large", "\"limit\":100000");
        assertThat(world.scheduling.at("/api/v1/large")).isEmpty();
    }

    @Test
    void countsAChunkedBodyAndRefusesItWhenItBecomesTooLarge() throws Exception {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            body.append("3e8\r\n").append("x".repeat(1_000)).append("\r\n");
        }

        String answer = world.gateway.raw("POST /api/v1/chunked HTTP/1.1\r\nHost: localhost\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n" + body + "0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("/problems/payload-too-large");
        assertThat(world.scheduling.at("/api/v1/chunked").stream().filter(one -> one.body().length > 100_000))
                .isEmpty();
    }

    @Test
    void saysWhyAHeadIsTooLarge() throws Exception {
        String headers =
                world.gateway.raw("GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Large: "
                        + "a".repeat(30_000) + "\r\n\r\n");
        assertThat(headers)
                .startsWith("HTTP/1.1 431")
                .contains("application/problem+json", "/problems/headers-too-large", "\"limit\":16384");
        String address = world.gateway.rawGet("/api/v1/me?q=" + "a".repeat(5_000));
        assertThat(address)
                .startsWith("HTTP/1.1 414")
                .contains("application/problem+json", "/problems/address-too-long", "\"limit\":4000");
        assertThat(world.gateway.rawGet("/api/v1/" + "a".repeat(100_000))).matches("(?s)HTTP/1\\.[01] 414 .*");
    }

    @Test
    void takesLittleFromMicrosoft() throws Exception {
        String answer = world.gateway.raw(
                "POST /oauth/microsoft/callback HTTP/1.1\r\nHost: localhost\r\n" + "Content-Length: 70000\r\n\r\nx");

        assertThat(answer).startsWith("HTTP/1.1 413");
    }

    @Test
    void doesNotWaitForeverForABody() throws Exception {
        String answer = world.gateway.raw(
                "POST /api/v1/slow-body HTTP/1.1\r\nHost: localhost\r\n" + "Content-Length: 100\r\n\r\nonly this");

        assertThat(answer).startsWith("HTTP/1.1 408").contains("/problems/body-too-slow");
    }

    @Test
    void doesNotWaitForeverForAHeadThatTrickles() throws Exception {
        try (Socket socket = connect()) {
            String answer = trickle(socket, "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");

            assertThat(answer)
                    .startsWith("HTTP/1.1 408")
                    .contains("application/problem+json", "/problems/head-too-slow");
        }
    }

    @Test
    void letsAConnectionRestBetweenRequestsButNotTrickleTheNextHead() throws Exception {
        String request = "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (Socket socket = connect()) {
            for (int round = 0; round < 2; round++) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                byte[] answer = new byte[4096];
                int length = socket.getInputStream().read(answer);
                assertThat(new String(answer, 0, length, StandardCharsets.ISO_8859_1))
                        .startsWith("HTTP/1.1 200");
                // Longer than a head may take.
                await().pollDelay(Duration.ofSeconds(3))
                        .until(() -> socket.getInputStream().available() == 0);
            }

            assertThat(trickle(socket, "GET /q/health/live HTTP/1.1\r\nX-Slow: "))
                    .isEmpty();
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("localhost", world.gateway.port());
        socket.setSoTimeout(15_000);
        return socket;
    }

    /** What is answered, until the end, to somebody who goes on sending a byte now and then. */
    private static String trickle(Socket socket, String begin) throws IOException {
        try (ScheduledExecutorService slowly = Executors.newSingleThreadScheduledExecutor()) {
            socket.getOutputStream().write(begin.getBytes(StandardCharsets.ISO_8859_1));
            slowly.scheduleAtFixedRate(
                    () -> {
                        try {
                            socket.getOutputStream().write('a');
                        } catch (IOException hungUp) {
                            slowly.shutdown();
                        }
                    },
                    100,
                    100,
                    TimeUnit.MILLISECONDS);
            String answer = read(socket);
            slowly.shutdownNow();
            return answer;
        }
    }

    private static String read(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        byte[] buffer = new byte[4096];
        try {
            for (int n = socket.getInputStream().read(buffer);
                    n >= 0;
                    n = socket.getInputStream().read(buffer)) {
                answer.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
            }
        } catch (SocketException reset) {
            // Ended while we were sending, which is an end too.
        }
        return answer.toString();
    }

    @Test
    void doesNotLetTwoLengthsSmuggleASecondRequest() throws Exception {
        String answer = world.gateway.raw(
                "POST /api/v1/both HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/v1/smuggled HTTP/1.1\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.");
        assertThat(world.scheduling.at("/api/v1/smuggled")).isEmpty();
    }
}
