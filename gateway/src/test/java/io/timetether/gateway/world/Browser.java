package io.timetether.gateway.world;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Keeps cookies as a browser does (by host, whatever the port) and follows redirects when told to. */
public final class Browser {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    public final Map<String, String> cookies = new LinkedHashMap<>();
    public final Map<String, String> setCookies = new LinkedHashMap<>();

    public HttpResponse<String> get(String url, String... headers) throws IOException, InterruptedException {
        return send("GET", url, "", headers);
    }

    public HttpResponse<String> send(String method, String url, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
        response.headers().allValues("set-cookie").forEach(this::keep);
        return response;
    }

    /** Goes where it is sent until an answer is no redirect; the addresses on the way are added to the list. */
    public HttpResponse<String> follow(String url, List<String> way) throws IOException, InterruptedException {
        String next = url;
        for (int hop = 0; hop < 12; hop++) {
            way.add(next);
            HttpResponse<String> response = get(next);
            if (response.statusCode() / 100 != 3) {
                return response;
            }
            next = URI.create(next)
                    .resolve(response.headers().firstValue("location").orElseThrow())
                    .toString();
        }
        throw new IllegalStateException("Round and round: " + way);
    }

    /** Signs in at a gateway as somebody who picks that name at the identity provider, and goes where that leads. */
    public HttpResponse<String> signIn(String url, String subject, List<String> way)
            throws IOException, InterruptedException {
        follow(url, way);
        String page = way.getLast();
        HttpResponse<String> picked =
                send("POST", page, "username=" + subject, "Content-Type", "application/x-www-form-urlencoded");
        return follow(
                URI.create(page)
                        .resolve(picked.headers().firstValue("location").orElseThrow())
                        .toString(),
                way);
    }

    private void keep(String header) {
        String pair = header.split(";")[0];
        String name = pair.substring(0, pair.indexOf('='));
        String value = pair.substring(pair.indexOf('=') + 1);
        setCookies.put(name, header);
        if (value.isEmpty() || header.toLowerCase().contains("max-age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, value);
        }
    }
}
