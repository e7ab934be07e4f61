package io.timetether.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.localrun.identity.LocalIdentity;
import io.timetether.localrun.product.DemoPeople;
import io.timetether.localrun.product.LocalProduct;
import io.timetether.localrun.settings.Port;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client library would send, as bytes, at the gateway and at the services themselves. */
class RawRequestsIT {

    private static final int PATIENCE_MILLIS = 45_000;

    private final LocalProduct local = Product.local();
    private final LocalIdentity identity = local.identity().orElseThrow();
    private final String token = identity.tokenFor(DemoPeople.OLIVIA.subject(), LocalIdentity.COMMAND_LINE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/v1/changes",
                "//internal/v1/changes",
                "/api/v1/../../internal/v1/changes",
                "/api/v1/..;/..;/internal/v1/changes",
                "/api/v1/%2e%2e/%2e%2e/internal/v1/changes",
                "/api/v1/..%2f..%2finternal/v1/changes",
                "/api/v1/.%2e/.%2e/internal/v1/changes",
                "/api/v1/%252e%252e/%252e%252e/internal/v1/changes",
                "/api/v1\\..\\..\\internal\\v1\\changes",
                "/api/v1/..%5c..%5cinternal%5cv1%5cchanges",
                "/api/v1/..%c0%af..%c0%afinternal/v1/changes",
                "/INTERNAL/v1/changes",
                "/internal;x=/v1/changes",
                "/%69nternal/v1/changes",
                "/q/metrics%00",
                "http://127.0.0.1/internal/v1/changes",
                "/api/v1/x HTTP/1.1\r\nX-Smuggled: 1\r\nX-Rest:"
            })
    void noPathLeadsInsideThroughTheGateway(String target) throws IOException {
        String internal = "Bearer " + identity.internalToken();
        String answer = send(
                Port.GATEWAY,
                "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + internal
                        + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/1\\.[01] (400|403|404) .*").doesNotContain("\"position\"", "\"next\"");
    }

    @ParameterizedTest
    @EnumSource(names = {"GATEWAY", "SCHEDULING", "CALENDAR_SYNC"})
    void whatCouldBeReadInTwoWaysIsNeverTwoRequests(Port at) throws IOException {
        String second = "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\nX-Second: yes\r\n\r\n";
        Map<String, String> requests = new LinkedHashMap<>();
        requests.put(
                "both lengths",
                head("POST") + "Content-Length: " + second.length() + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "0\r\n\r\n" + second);
        requests.put(
                "two different lengths",
                head("POST") + "Content-Length: 0\r\nContent-Length: " + second.length() + "\r\n\r\n" + second);
        requests.put(
                "an unknown transfer coding",
                head("POST") + "Transfer-Encoding: xchunked\r\nContent-Length: " + second.length() + "\r\n\r\n"
                        + second);
        requests.put("a length that is no number", head("POST") + "Content-Length: +5\r\n\r\nhello" + second);
        requests.put(
                "a chunk size that is no number", head("POST") + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + second);
        requests.put("a space before the colon", head("POST") + "Content-Length : 5\r\n\r\nhello" + second);
        Map<String, String> wrong = new LinkedHashMap<>();
        for (Map.Entry<String, String> request : requests.entrySet()) {
            String answer = send(at, request.getValue());
            boolean refused = answer.isEmpty() || answer.matches("(?s)HTTP/1\\.[01] [45]\\d\\d .*");
            if (!refused || answer.contains("\"UP\"") || answer.contains("HTTP/1.1 500")) {
                wrong.put(request.getKey(), answer);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"GATEWAY", "SCHEDULING", "CALENDAR_SYNC"})
    void hugeHeadsAndBodiesAreRefusedNotKept(Port at) throws IOException {
        Map<String, String> requests = new LinkedHashMap<>();
        requests.put("a huge header", head("GET") + "X-Huge: " + "a".repeat(200_000) + "\r\n\r\n");
        requests.put("many headers", head("GET") + "X-Many: aaaaaaaaaaaaaaaa\r\n".repeat(20_000) + "\r\n");
        requests.put("a huge target", "GET /" + "a".repeat(200_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        requests.put("a huge body, announced", head("POST") + "Content-Length: 99999999999\r\n\r\n");
        String chunks = ("10000\r\n" + "a".repeat(65_536) + "\r\n").repeat(100);
        requests.put("a huge body in chunks, no JSON", head("POST") + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
        requests.put(
                "a huge body in chunks, JSON for long",
                head("POST") + "Transfer-Encoding: chunked\r\n\r\na\r\n{\"name\": \"\r\n" + chunks);
        requests.put(
                "a huge form in chunks",
                "POST /api/v1/oauth/token HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + chunks);
        Map<String, String> wrong = new LinkedHashMap<>();
        for (Map.Entry<String, String> request : requests.entrySet()) {
            String answer = send(at, request.getValue());
            if (!answer.isEmpty() && !answer.matches("(?s)HTTP/1\\.[01] 4\\d\\d .*")) {
                wrong.put(request.getKey(), answer.substring(0, Math.min(200, answer.length())));
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** The framework would read such a form as a whole before anybody could count. */
    @ParameterizedTest
    @CsvSource({
        "GATEWAY, /api/v1/oauth/token",
        "SCHEDULING, /api/v1/oauth/token",
        "GATEWAY, /oauth/microsoft/callback",
        "CALENDAR_SYNC, /oauth/microsoft/callback"
    })
    void aFormThatDoesNotSayHowLongItIsIsRefused(Port at, String path) throws IOException {
        String answer = send(
                at,
                "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "3\r\na=b\r\n0\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 411").contains("application/problem+json", "/problems/length-required");
    }

    /** The way of a WebSocket must not be one around what is taken from a request. */
    @Test
    void anUpgradeCarriesNothingPastTheGateway() throws IOException {
        String answer = send(
                Port.GATEWAY,
                "GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, Authorization, X-Forwarded-For\r\n"
                        + "Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                        + "Authorization: Bearer " + token + "\r\nX-Forwarded-User: admin\r\n\r\n"
                        + "GET /internal/v1/changes HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 200").doesNotContain("101 Switching", "\"position\"");
    }

    private String head(String method) {
        return method + " /api/v1/organisations HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nConnection: close\r\n";
    }

    /** What is answered until the other side closes; empty if it closes without a word. */
    private String send(Port at, String request) throws IOException {
        try (Socket socket = new Socket("localhost", local.settings().port(at))) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            } catch (IOException closedWhileSending) {
                // Whatever was answered before can still be there.
            }
            StringBuilder answer = new StringBuilder();
            byte[] buffer = new byte[8192];
            try {
                for (int n = socket.getInputStream().read(buffer);
                        n >= 0;
                        n = socket.getInputStream().read(buffer)) {
                    answer.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                }
            } catch (SocketTimeoutException stillOpen) {
                return "STILL OPEN " + answer;
            } catch (IOException reset) {
                return answer.toString();
            }
            return answer.toString();
        }
    }
}
