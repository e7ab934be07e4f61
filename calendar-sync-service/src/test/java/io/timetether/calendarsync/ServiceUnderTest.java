package io.timetether.calendarsync;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.timetether.localrun.postgres.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/**
 * A PostgreSQL of the tests' own (or, to try another version, the one that TIMETETHER_TEST_DATABASE_URL names), and the addresses of what surrounds the service: the stand-in for Office 365 and the one for
 * scheduling-service, which {@link Surroundings} starts there. The public address is the service's own.
 */
public class ServiceUnderTest implements QuarkusTestResourceLifecycleManager {

    static final String CLIENT_ID = "timetether-local";
    static final String CLIENT_SECRET = "timetether-local-secret";
    static final String FIRST_KEY = "test:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    static final String OLDER_KEY = "older:ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";
    private LocalPostgres postgres;

    @Override
    public Map<String, String> start() {
        String given = System.getenv("TIMETETHER_TEST_DATABASE_URL");
        if (given == null) {
            postgres = LocalPostgres.startForTests();
            postgres.createDatabase("calendar_sync", "calendar_sync", "for-tests");
        }
        int servicePort = freePort();
        int microsoftPort = freePort();
        int schedulingPort = freePort();
        Map<String, String> config = new HashMap<>();
        config.put("quarkus.datasource.jdbc.url", given == null ? postgres.jdbcUrl("calendar_sync") : given);
        config.put("quarkus.datasource.username", "calendar_sync");
        config.put("quarkus.datasource.password", "for-tests");
        config.put("quarkus.http.test-port", String.valueOf(servicePort));
        config.put("quarkus.http.host", "127.0.0.1");
        config.put("timetether.public-url", "http://localhost:" + servicePort);
        config.put("quarkus.oidc.auth-server-url", "");
        config.put("quarkus.oidc.public-key", Tokens.publicKey());
        config.put("quarkus.oidc.token.issuer", Tokens.ISSUER);
        config.put("quarkus.oidc-client.auth-server-url", "http://localhost:" + schedulingPort);
        config.put("quarkus.oidc-client.discovery-enabled", "false");
        config.put("quarkus.oidc-client.token-path", "/token");
        config.put("quarkus.rest-client.scheduling.url", "http://localhost:" + schedulingPort);
        config.put("timetether.microsoft.login-url", "http://localhost:" + microsoftPort);
        config.put("timetether.microsoft.graph-url", "http://localhost:" + microsoftPort);
        config.put("timetether.microsoft.client-id", CLIENT_ID);
        config.put("timetether.microsoft.client-secret", CLIENT_SECRET);
        config.put("timetether.secret-keys", FIRST_KEY + "," + OLDER_KEY);
        config.put("test.microsoft-port", String.valueOf(microsoftPort));
        config.put("test.scheduling-port", String.valueOf(schedulingPort));
        return config;
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (postgres != null) {
            postgres.close();
        }
    }
}
