package io.timetether.gateway.world;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;

/**
 * What the integration tests run in: a real PostgreSQL, an identity provider, two services that only listen, and two real
 * gateway processes on the one database. Started once, by the first test that needs it.
 */
public final class World {

    public static final String KEYS = "k1:" + "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=";

    private static final World INSTANCE = new World();

    public final EmbeddedPostgres postgres;
    public final MockOAuth2Server identity = new MockOAuth2Server();
    public final ListeningService scheduling = new ListeningService("scheduling-service");
    public final ListeningService calendarSync = new ListeningService("calendar-sync-service");
    public final GatewayProcess gateway;
    public final GatewayProcess secondGateway;

    private World() {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setLocaleConfig("locale", "C.UTF-8")
                    .start();
            identity.start();
            int port = GatewayProcess.freePort();
            gateway = new GatewayProcess(port, environment(postgres.getPort(), port));
            // A second gateway behind the same public address, as behind a load balancer.
            secondGateway = new GatewayProcess(GatewayProcess.freePort(), environment(postgres.getPort(), port));
            gateway.awaitReady();
            secondGateway.awaitReady();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    }

    public static World get() {
        return INSTANCE;
    }

    /** The environment of a gateway that is reached under the given port. */
    public Map<String, String> environment(int databasePort, int publicPort) {
        Map<String, String> environment = new HashMap<>();
        environment.put("TIMETETHER_DATABASE_URL", "jdbc:postgresql://localhost:" + databasePort + "/postgres");
        environment.put("TIMETETHER_DATABASE_USER", "postgres");
        environment.put("TIMETETHER_DATABASE_PASSWORD", "postgres");
        environment.put("TIMETETHER_PUBLIC_URL", "http://localhost:" + publicPort);
        environment.put(
                "TIMETETHER_IDENTITY_URL", identity.issuerUrl("timetether").toString());
        environment.put("TIMETETHER_IDENTITY_GATEWAY_CLIENT_SECRET", "not-a-secret-in-a-test");
        environment.put("TIMETETHER_SECRET_KEYS", KEYS);
        environment.put("TIMETETHER_SCHEDULING_URL", scheduling.url());
        environment.put("TIMETETHER_CALENDAR_SYNC_URL", calendarSync.url());
        environment.put("TIMETETHER_BODY_LIMIT", "100000");
        environment.put("TIMETETHER_BODY_TIMEOUT", "PT3S");
        environment.put("TIMETETHER_UPSTREAM_TIMEOUT", "PT2S");
        return environment;
    }

    public Connection database() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    /** A database of its own on the same server. */
    public String createDatabase(String name) throws SQLException {
        try (Connection connection = database();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + name;
    }

    private void stop() {
        gateway.stop();
        secondGateway.stop();
        scheduling.stop();
        calendarSync.stop();
        identity.shutdown();
        try {
            postgres.close();
        } catch (IOException ignored) {
            // the process ends anyway
        }
    }
}
