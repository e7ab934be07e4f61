package io.timetether.gateway.world;

import io.timetether.localrun.identity.LocalIdentity;
import io.timetether.localrun.identity.Person;
import io.timetether.localrun.postgres.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * What the integration tests run in: a real PostgreSQL, an identity provider, two services that only listen, and two real
 * gateway processes on the one database. Started once, by the first test that needs it.
 */
public final class World {

    public static final String FIRST_KEY = "k1:QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=";
    public static final String OLDER_KEY = "k0:QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI=";

    private static final String ROLE = "gateway";
    private static final World INSTANCE = new World();

    private final LocalPostgres postgres = LocalPostgres.sharedForTests();
    private final LocalIdentity identity = LocalIdentity.startForTests(
            new Person("ada", "Ada Lovelace", "ada@example.com", "staff"),
            new Person("nora", "Nora Nygård", "nora@example.com", "staff"));
    public final ListeningService scheduling = new ListeningService("scheduling-service");
    public final ListeningService calendarSync = new ListeningService("calendar-sync-service");
    public final GatewayProcess gateway;
    public final GatewayProcess secondGateway;

    private World() {
        try {
            String database = createDatabase("gateway");
            int port = GatewayProcess.freePort();
            gateway = new GatewayProcess(port, environment(database, port));
            // A second gateway behind the same public address, as behind a load balancer.
            secondGateway = new GatewayProcess(GatewayProcess.freePort(), environment(database, port));
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
    public Map<String, String> environment(String database, int publicPort) {
        Map<String, String> environment = new HashMap<>();
        environment.put("TIMETETHER_DATABASE_URL", database);
        environment.put("TIMETETHER_DATABASE_USER", ROLE);
        environment.put("TIMETETHER_DATABASE_PASSWORD", ROLE);
        environment.put("TIMETETHER_PUBLIC_URL", "http://localhost:" + publicPort);
        environment.put("TIMETETHER_IDENTITY_URL", identity.issuer());
        environment.put("TIMETETHER_IDENTITY_GATEWAY_CLIENT_SECRET", LocalIdentity.testSecret());
        environment.put("TIMETETHER_SECRET_KEYS", FIRST_KEY + "," + OLDER_KEY);
        environment.put("TIMETETHER_SCHEDULING_URL", scheduling.url());
        environment.put("TIMETETHER_CALENDAR_SYNC_URL", calendarSync.url());
        environment.put("TIMETETHER_BODY_LIMIT", "100000");
        environment.put("TIMETETHER_HEAD_TIMEOUT", "PT2S");
        environment.put("TIMETETHER_BODY_TIMEOUT", "PT3S");
        environment.put("TIMETETHER_UPSTREAM_TIMEOUT", "PT2S");
        return environment;
    }

    /** A token of this person's, as a program would send it. */
    public String tokenFor(String subject, String clientId) {
        return identity.tokenFor(subject, clientId);
    }

    /** The gateways' database, as they see it. */
    public Connection database() throws SQLException {
        return DriverManager.getConnection(databaseUrl(), ROLE, ROLE);
    }

    /** Its address. */
    public String databaseUrl() {
        return postgres.jdbcUrl("gateway");
    }

    /** A database of its own on the same server; the answer is its address. */
    public String createDatabase(String name) {
        postgres.createDatabase(name, ROLE, ROLE);
        return postgres.jdbcUrl(name);
    }

    private void stop() {
        gateway.stop();
        secondGateway.stop();
        scheduling.stop();
        calendarSync.stop();
        identity.close();
    }
}
