package io.timetether.calendarsync;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The line between the service and Microsoft, which tests can cut: requests refused, or done with their answer lost. */
final class Between {

    private static final Set<String> NOT_FORWARDED =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "http2-settings");

    /** A request, as tests choose the ones to disturb. */
    record Seen(String method, String path) {}

    private record Disturbance(Predicate<Seen> which, AtomicInteger times, int status, String body) {}

    private record Meanwhile(Predicate<Seen> which, AtomicInteger times, Runnable act) {}

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final List<Disturbance> disturbances = new CopyOnWriteArrayList<>();
    private final List<Meanwhile> meanwhiles = new CopyOnWriteArrayList<>();
    private final List<Seen> journal = new CopyOnWriteArrayList<>();
    private final String target;

    private Between(String target) {
        this.target = target;
    }

    static Between start(int port, String target) {
        try {
            Between between = new Between(target);
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", between::handle);
            server.start();
            return between;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next so many of these requests are answered like this, and never reach Microsoft. */
    void refuse(Predicate<Seen> which, int times, int status, String body) {
        disturbances.add(new Disturbance(which, new AtomicInteger(times), status, body));
    }

    /** The next of these requests is done, and its answer is lost. */
    void loseAnswer(Predicate<Seen> which) {
        disturbances.add(new Disturbance(which, new AtomicInteger(1), 0, ""));
    }

    /** The next of these requests is done, and then this happens before the service gets its answer. */
    void beforeTheAnswer(Predicate<Seen> which, Runnable act) {
        // The server's threads know nothing of the test's classes.
        ClassLoader classes = Thread.currentThread().getContextClassLoader();
        meanwhiles.add(new Meanwhile(which, new AtomicInteger(1), () -> {
            Thread.currentThread().setContextClassLoader(classes);
            act.run();
        }));
    }

    void heal() {
        meanwhiles.clear();
        disturbances.clear();
    }

    long count(Predicate<Seen> which) {
        return journal.stream().filter(which).count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Seen seen = new Seen(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString());
            journal.add(seen);
            Disturbance disturbance = disturbances.stream()
                    .filter(one -> one.which().test(seen) && one.times().getAndDecrement() > 0)
                    .findFirst()
                    .orElse(null);
            if (disturbance != null && disturbance.status() > 0) {
                byte[] answer = disturbance.body().getBytes(java.nio.charset.StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(disturbance.status(), answer.length == 0 ? -1 : answer.length);
                exchange.getResponseBody().write(answer);
                return;
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI()))
                    .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!NOT_FORWARDED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            meanwhiles.stream()
                    .filter(one -> one.which().test(seen) && one.times().getAndDecrement() > 0)
                    .findFirst()
                    .ifPresent(one -> one.act().run());
            if (disturbance != null) {
                // Closed without an answer.
                return;
            }
            answer.headers().map().forEach((name, values) -> {
                if (!NOT_FORWARDED.contains(name.toLowerCase(java.util.Locale.ROOT)) && !name.startsWith(":")) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            if (answer.body().length > 0) {
                exchange.getResponseBody().write(answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
