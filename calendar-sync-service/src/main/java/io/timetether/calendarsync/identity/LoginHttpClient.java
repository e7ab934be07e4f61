package io.timetether.calendarsync.identity;

import com.microsoft.aad.msal4j.HttpMethod;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Carries msal4j's requests to the configured login origin, always: msal4j insists on an https authority of Microsoft's
 * name, and drops the port of any other on silent refresh (docs/graph-notes.md). Follows no redirect, so a token request can
 * not be led elsewhere.
 */
final class LoginHttpClient implements IHttpClient {

    private static final int MAX_BYTES = 1 << 20;

    private final URI origin;
    private final Duration timeout;
    private final HttpClient http;

    LoginHttpClient(URI origin, Duration timeout) {
        this.origin = origin;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    @Override
    public IHttpResponse send(HttpRequest request) throws IOException, InterruptedException {
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(
                        URI.create(origin + request.url().getFile()))
                .timeout(timeout);
        // msal4j hands over null headers for some of its requests.
        Map<String, String> headers = request.headers();
        if (headers != null) {
            headers.forEach((name, value) -> {
                if (value != null && !name.equalsIgnoreCase("content-length")) {
                    builder.setHeader(name, value);
                }
            });
        }
        String body = request.body() == null ? "" : request.body();
        builder.method(
                request.httpMethod().name(),
                request.httpMethod() == HttpMethod.GET
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        var response = http.send(builder.build(), BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("The login server's answer is larger than " + MAX_BYTES + " bytes");
            }
            HttpResponse answer = new HttpResponse().statusCode(response.statusCode());
            Map<String, List<String>> received =
                    new HashMap<>(response.headers().map());
            answer.addHeaders(received);
            return answer.body(new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
