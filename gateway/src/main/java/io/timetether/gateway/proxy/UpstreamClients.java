package io.timetether.gateway.proxy;

import io.timetether.gateway.configuration.GatewayConfiguration;
import io.timetether.gateway.routes.Upstream;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;

/**
 * The connections to the services. Each event loop has a client, and so connections, of its own: a request never changes
 * threads on its way through.
 */
@ApplicationScoped
class UpstreamClients {

    private static final int CONNECTIONS_PER_LOOP = 256;
    private static final int WAITING_PER_LOOP = 1024;

    private final Vertx vertx;
    private final HttpClientOptions options;
    private final Map<Upstream, RequestOptions> addresses = new EnumMap<>(Upstream.class);
    private final ThreadLocal<HttpClient> ofThisLoop = ThreadLocal.withInitial(this::create);

    UpstreamClients(Vertx vertx, GatewayConfiguration configuration) {
        this.vertx = vertx;
        this.options = new HttpClientOptions()
                .setConnectTimeout((int) configuration.upstreamConnectTimeout().toMillis())
                .setIdleTimeout((int) configuration.upstreamIdleTimeout().toSeconds())
                .setKeepAliveTimeout(60)
                .setMaxPoolSize(CONNECTIONS_PER_LOOP)
                .setMaxWaitQueueSize(WAITING_PER_LOOP)
                .setDecompressionSupported(false)
                .setTcpNoDelay(true);
        addresses.put(Upstream.SCHEDULING, address(configuration.schedulingUrl()));
        addresses.put(Upstream.CALENDAR_SYNC, address(configuration.calendarSyncUrl()));
    }

    HttpClient client() {
        return ofThisLoop.get();
    }

    RequestOptions address(Upstream upstream) {
        RequestOptions address = addresses.get(upstream);
        if (address == null) {
            throw new IllegalStateException("No address for " + upstream);
        }
        return new RequestOptions(address);
    }

    private HttpClient create() {
        return vertx.createHttpClient(new HttpClientOptions(options));
    }

    private static RequestOptions address(URI uri) {
        boolean tls = "https".equals(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        return new RequestOptions().setHost(uri.getHost()).setPort(port).setSsl(tls);
    }
}
