package io.timetether.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * Stands at the product's public address, in front of the gateway, and sends what the API's description covers through
 * prism, which compares each answer with that description. What prism finds is written to {@code target/prism.txt}, one
 * line a kind. Started by {@code system-tests/prism}.
 */
final class DescribedFront {

    private static final Set<String> OF_ONE_CONNECTION =
            Set.of("connection", "host", "upgrade", "http2-settings", "content-length", "transfer-encoding", "expect");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path report;
    private final HttpServer server;
    private final URI gateway;
    private final URI prism;
    private final List<Operation> described = Operation.in("gateway.yaml");
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, Integer> findings = new TreeMap<>();
    private int compared;

    private DescribedFront(Path root, int port, int gatewayPort) throws IOException {
        this.report = root.resolve("system-tests/target/prism.txt");
        this.gateway = URI.create("http://localhost:" + gatewayPort);
        int prismPort = freePort();
        this.prism = URI.create("http://127.0.0.1:" + prismPort);
        startPrism(root, prismPort);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        server.createContext("/", this::pass);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    static void start(Path root, int port, int gatewayPort) {
        try {
            new DescribedFront(root, port, gatewayPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startPrism(Path root, int port) throws IOException {
        List<String> command = new ArrayList<>(List.of("npx", "--yes", System.getProperty("prism")));
        command.addAll(List.of("proxy", root.resolve("openapi/gateway.yaml").toString(), gateway.toString()));
        command.addAll(List.of("--host", "127.0.0.1", "--port", String.valueOf(port), "--cors", "false"));
        command.addAll(List.of("--multiprocess", "false", "--validate-request", "false"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("system-tests/target/prism.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }));
        Awaitility.await("prism")
                .atMost(Duration.ofMinutes(3))
                .ignoreExceptions()
                .until(() -> {
                    new Socket(InetAddress.getLoopbackAddress(), port).close();
                    return true;
                });
    }

    private void pass(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getRawPath();
        Operation operation = described.stream()
                .filter(one -> one.method().equals(exchange.getRequestMethod()) && matches(one, path))
                .findFirst()
                .orElse(null);
        try (exchange) {
            // prism answers when all of an answer is there, so what goes on for long passes it by; and it reads %2F as
            // a
            // slash before it passes an address on.
            if (operation == null || operation.isStream() || path.contains("%")) {
                answer(exchange, forward(exchange, gateway, body));
                return;
            }
            HttpResponse<byte[]> answer = forward(exchange, prism, body);
            String type = answer.headers().firstValue("Content-Type").orElse("");
            if (answer.statusCode() >= 400 && !type.startsWith("application/problem+json")) {
                // Its own: it reads requests before it passes them on, and not every nonsense can be read.
                answer = forward(exchange, gateway, body);
            } else {
                record(operation, answer);
            }
            answer(exchange, answer);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean matches(Operation operation, String path) {
        return Pattern.matches(operation.path().replaceAll("\\{[^}]+}", "[^/]+"), path);
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, URI to, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(to.resolve(exchange.getRequestURI()))
                .timeout(Duration.ofMinutes(2))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_ONE_CONNECTION.contains(name.toLowerCase())) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!OF_ONE_CONNECTION.contains(name.toLowerCase()) && !name.equalsIgnoreCase("sl-violations")) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        byte[] body = answer.body();
        exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private synchronized void record(Operation operation, HttpResponse<byte[]> answer) throws IOException {
        compared++;
        JsonNode violations =
                JSON.readTree(answer.headers().firstValue("sl-violations").orElse("[]"));
        for (JsonNode violation : violations) {
            if (violation.path("location").path(0).asText().equals("response")) {
                String where = violation.path("location").toString().replaceAll("\"\\d+\"|\\b\\d+\\b", "n");
                String finding = operation + " " + answer.statusCode() + " " + where + " "
                        + violation.path("message").asText();
                findings.merge(finding, 1, Integer::sum);
            }
        }
        List<String> lines = new ArrayList<>(List.of(compared + " answers compared"));
        findings.forEach((finding, times) -> lines.add(times + " x " + finding));
        Files.write(report, lines);
    }
}
