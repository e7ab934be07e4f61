package io.timetether.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/**
 * One person's browser without a screen: keeps cookies, follows redirects, fills in forms, calls the API the way the web
 * app does. One instance is one person at one computer.
 */
final class Browser {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_REDIRECTS = 12;

    private final URI home;
    private final CookieManager cookies;
    private final HttpClient http;

    /** @param home the product's one address, the gateway's origin */
    Browser(URI home) {
        this(home, new Cookies());
    }

    /** As browsers have it, this machine is trustworthy without TLS: cookies that are Secure go back to it. */
    private static final class Cookies extends CookieManager {

        Cookies() {
            super(null, CookiePolicy.ACCEPT_ALL);
        }

        @Override
        public void put(URI from, Map<String, List<String>> headers) throws IOException {
            super.put(from, headers);
            getCookieStore().getCookies().forEach(cookie -> cookie.setSecure(false));
        }
    }

    private Browser(URI home, CookieManager cookies) {
        this.home = home;
        this.cookies = cookies;
        this.http = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** What the cookies hold, by their names. */
    Map<String, String> cookieValues() {
        Map<String, String> values = new LinkedHashMap<>();
        cookies.getCookieStore().getCookies().forEach(cookie -> values.put(cookie.getName(), cookie.getValue()));
        return values;
    }

    /** The same address, with the session of another window. */
    Browser withTheCookiesOf(Browser window) {
        return new Browser(home, window.cookies);
    }

    /** A page as it was answered in the end, after all redirects. */
    record Page(URI url, int status, String body) {
        Document html() {
            return Jsoup.parse(body, url.toString());
        }

        /** The form whose submit button, or whose action, contains the text. */
        FormElement form(String buttonOrAction) {
            for (FormElement form : html().getAllElements().forms()) {
                boolean byButton = form.select("button, input[type=submit]").stream()
                        .anyMatch(button -> (button.text() + button.val()).contains(buttonOrAction));
                if (byButton || form.attr("action").contains(buttonOrAction)) {
                    return form;
                }
            }
            throw new AssertionError("no form for '" + buttonOrAction + "' on " + url + " (" + status + "):\n" + body);
        }
    }

    /** An answer of the API. */
    record Answer(int status, JsonNode body, String etag, String location, String raw) {
        /** The answer, if it has this status; else a failure that shows the whole answer. */
        Answer expect(int wanted) {
            if (status != wanted) {
                throw new AssertionError("expected " + wanted + " but was " + status + ": " + raw);
            }
            return this;
        }

        String text(String pointer) {
            return body.at(pointer).asText();
        }
    }

    Page open(String pathOrUrl) {
        return follow(HttpRequest.newBuilder(home.resolve(pathOrUrl)).GET());
    }

    /** Presses the form's button, with the values it holds and those given here. */
    Page submit(Page on, FormElement form, Map<String, String> values) {
        Map<String, String> fields = new LinkedHashMap<>();
        form.formData().forEach(field -> fields.put(field.key(), field.value()));
        fields.putAll(values);
        URI target = on.url()
                .resolve(
                        form.hasAttr("action") && !form.attr("action").isEmpty()
                                ? form.attr("action")
                                : on.url().toString());
        String encoded = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        if (form.attr("method").equalsIgnoreCase("get")) {
            return follow(
                    HttpRequest.newBuilder(URI.create(target + "?" + encoded)).GET());
        }
        return follow(HttpRequest.newBuilder(target)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", on.url().getScheme() + "://" + on.url().getAuthority())
                .POST(HttpRequest.BodyPublishers.ofString(encoded)));
    }

    /** Presses the button that carries this name and value, or this text, wherever it stands on the page. */
    Page press(Page on, String text) {
        for (Element button : on.html().select("form button, form input[type=submit]")) {
            if (button.text().contains(text) || button.val().contains(text)) {
                Element form = button.closest("form");
                Map<String, String> own =
                        button.hasAttr("name") ? Map.of(button.attr("name"), button.val()) : Map.<String, String>of();
                return submit(on, (FormElement) form, own);
            }
        }
        throw new AssertionError("no button '" + text + "' on " + on.url() + " (" + on.status() + "):\n" + on.body());
    }

    Answer get(String path) {
        return api("GET", path, null, Map.of());
    }

    Answer post(String path, Object body) {
        return api("POST", path, body, Map.of());
    }

    Answer api(String method, String path, Object body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(home.resolve(path))
                .timeout(Duration.ofSeconds(40))
                .header("Accept", "application/json")
                .header("X-Timetether-Request", "1");
        headers.forEach(request::header);
        HttpRequest.BodyPublisher content = HttpRequest.BodyPublishers.noBody();
        if (body != null) {
            request.header("Content-Type", "application/json");
            content = HttpRequest.BodyPublishers.ofString(write(body));
        }
        return answer(send(request.method(method, content).build()));
    }

    /** Sends text that is not JSON. */
    Answer send(String method, String path, String text, String contentType) {
        return answer(send(HttpRequest.newBuilder(home.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", contentType)
                .method(method, HttpRequest.BodyPublishers.ofString(text))
                .build()));
    }

    private static Answer answer(HttpResponse<String> response) {
        String raw = response.body();
        return new Answer(
                response.statusCode(),
                read(raw),
                response.headers().firstValue("ETag").orElse(""),
                response.headers().firstValue("Location").orElse(""),
                raw);
    }

    private Page follow(HttpRequest.Builder first) {
        HttpRequest request = first.timeout(Duration.ofSeconds(40))
                .header("Accept", "text/html")
                .build();
        for (int i = 0; i < MOST_REDIRECTS; i++) {
            HttpResponse<String> response = send(request);
            URI at = request.uri();
            int status = response.statusCode();
            if (status / 100 != 3) {
                return new Page(at, status, response.body());
            }
            URI next = at.resolve(response.headers().firstValue("Location").orElseThrow());
            request = HttpRequest.newBuilder(next)
                    .timeout(Duration.ofSeconds(40))
                    .header("Accept", "text/html")
                    .GET()
                    .build();
        }
        throw new AssertionError("more than " + MOST_REDIRECTS + " redirects, last to " + request.uri());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(String raw) {
        try {
            return raw.isBlank() ? JSON.nullNode() : JSON.readTree(raw);
        } catch (IOException e) {
            return JSON.getNodeFactory().textNode(raw);
        }
    }

    private static String write(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
