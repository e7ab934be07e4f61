package io.timetether.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.gateway.world.World;
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
    void doesNotLetTwoLengthsSmuggleASecondRequest() throws Exception {
        String answer = world.gateway.raw(
                "POST /api/v1/both HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/v1/smuggled HTTP/1.1\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.");
        assertThat(world.scheduling.at("/api/v1/smuggled")).isEmpty();
    }
}
