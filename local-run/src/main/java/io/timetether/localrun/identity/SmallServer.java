package io.timetether.localrun.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import kotlin.jvm.functions.Function1;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import no.nav.security.mock.oauth2.http.OAuth2HttpServer;
import no.nav.security.mock.oauth2.http.Ssl;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The JDK's HTTP server in the shape in which the library wants one. */
final class SmallServer implements OAuth2HttpServer {

    private final String host;
    private @Nullable HttpServer server;

    /** @param host the name under which clients reach it; it is theirs, not where it listens */
    SmallServer(String host) {
        this.host = host;
    }

    @Override
    public OAuth2HttpServer start(Function1<? super OAuth2HttpRequest, OAuth2HttpResponse> handler) {
        return start(0, handler);
    }

    @Override
    public OAuth2HttpServer start(int port, Function1<? super OAuth2HttpRequest, OAuth2HttpResponse> handler) {
        return start(InetAddress.getLoopbackAddress(), port, handler);
    }

    @Override
    public OAuth2HttpServer start(
            InetAddress address, int port, Function1<? super OAuth2HttpRequest, OAuth2HttpResponse> handler) {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(address, port), 0);
            started.createContext("/", exchange -> answer(exchange, handler));
            started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            started.start();
            this.server = started;
            return this;
        } catch (IOException e) {
            throw new IllegalStateException("The identity provider cannot listen on port " + port + ".", e);
        }
    }

    private void answer(HttpExchange exchange, Function1<? super OAuth2HttpRequest, OAuth2HttpResponse> handler)
            throws IOException {
        try (exchange) {
            Headers.Builder headers = new Headers.Builder();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> values.forEach(value -> headers.addUnsafeNonAscii(name, value)));
            HttpUrl url =
                    HttpUrl.parse(url("") + exchange.getRequestURI().toString().replaceFirst("^/+", ""));
            if (url == null) {
                exchange.sendResponseHeaders(400, -1);
                return;
            }
            String body = new String(exchange.getRequestBody().readNBytes(65_536), StandardCharsets.UTF_8);
            OAuth2HttpResponse response =
                    handler.invoke(new OAuth2HttpRequest(headers.build(), exchange.getRequestMethod(), url, body));
            response.getHeaders()
                    .forEach(header -> exchange.getResponseHeaders().add(header.getFirst(), header.getSecond()));
            byte[] content = response.getBody() == null
                    ? new byte[0]
                    : response.getBody().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(response.getStatus(), content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
        }
    }

    @Override
    public OAuth2HttpServer stop() {
        HttpServer running = server;
        if (running != null) {
            running.stop(0);
        }
        return this;
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public int port() {
        HttpServer running = server;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running.getAddress().getPort();
    }

    @Override
    public HttpUrl url(String path) {
        return HttpUrl.get("http://" + host + ":" + port() + "/" + path);
    }

    @Override
    public @Nullable Ssl sslConfig() {
        return null;
    }
}
