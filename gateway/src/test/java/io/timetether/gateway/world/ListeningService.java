package io.timetether.gateway.world;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Stands where a service stands: remembers what it was asked, and answers as a test wishes, else 200 with its name. */
public final class ListeningService {

    private final String name;
    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();

    /** What arrived. */
    public record Received(String method, String target, Headers headers, byte[] body) {
        public String header(String header) {
            return headers.getFirst(header);
        }

        public String path() {
            return target.split("\\?")[0];
        }
    }

    ListeningService(String name) {
        this.name = name;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Answers one path differently. */
    public void answer(String path, HttpHandler handler) {
        answers.put(path, handler);
    }

    /** What arrived at a path (without its query), in order. */
    public List<Received> at(String path) {
        return received.stream().filter(one -> one.path().equals(path)).toList();
    }

    public List<Received> all() {
        return received;
    }

    /** Remembers the request with its whole body. */
    public Received take(HttpExchange exchange) throws IOException {
        Received one = new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders(),
                exchange.getRequestBody().readAllBytes());
        received.add(one);
        return one;
    }

    private void handle(HttpExchange exchange) throws IOException {
        HttpHandler own = answers.get(exchange.getRequestURI().getPath());
        if (own != null) {
            own.handle(exchange);
            return;
        }
        take(exchange);
        byte[] body = ("{\"service\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.getResponseHeaders().add("Set-Cookie", "q_session=stolen; Path=/");
        exchange.getResponseHeaders().add("Set-Cookie", "tt_flow=f1; Path=/; HttpOnly");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    void stop() {
        server.stop(0);
    }
}
