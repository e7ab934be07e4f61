package io.timetether.localrun.product;

import io.timetether.localrun.identity.LocalIdentity;
import io.timetether.localrun.parts.Part;
import io.timetether.localrun.settings.Port;
import io.timetether.localrun.settings.Secrets;
import io.timetether.localrun.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The programs of the product and what each is told by its environment. */
final class PartList {

    static final String GATEWAY = "gateway";
    static final String SCHEDULING = "scheduling";
    static final String CALENDAR_SYNC = "calendar-sync";
    static final String SIMULATOR = "office365-simulator";

    private static final String SIMULATOR_CLIENT = "timetether-local";

    private final Settings settings;
    private final Secrets secrets;
    private final String issuer;
    private final UnaryOperator<String> jdbcUrl;

    /** @param jdbcUrl the address of a database by its name */
    PartList(Settings settings, Secrets secrets, String issuer, UnaryOperator<String> jdbcUrl) {
        this.settings = settings;
        this.secrets = secrets;
        this.issuer = issuer;
        this.jdbcUrl = jdbcUrl;
    }

    /** In the order in which they stop: first who calls, then who is called. */
    List<Part> all() {
        List<Part> parts = new ArrayList<>(List.of(gateway(), calendarSync(), scheduling()));
        if (!settings.usesRealMicrosoft()) {
            parts.add(simulator());
        }
        return parts;
    }

    private Part gateway() {
        Map<String, String> environment = service(Port.GATEWAY, GATEWAY, "gateway");
        environment.put("TIMETETHER_SCHEDULING_URL", settings.origin(Port.SCHEDULING));
        environment.put("TIMETETHER_CALENDAR_SYNC_URL", settings.origin(Port.CALENDAR_SYNC));
        keepOrPut(
                environment,
                "TIMETETHER_IDENTITY_GATEWAY_CLIENT_SECRET",
                secrets.password(LocalProduct.GATEWAY_CLIENT_SECRET));
        environment.put("TIMETETHER_SECRET_KEYS", secrets.encryptionKeys("gateway.encryption-keys"));
        return quarkus(GATEWAY, "gateway", Port.GATEWAY, environment);
    }

    private Part scheduling() {
        Map<String, String> environment = service(Port.SCHEDULING, SCHEDULING, "scheduling");
        environment.put("TIMETETHER_SECRET_KEYS", secrets.encryptionKeys("scheduling.signing-keys"));
        var operator = DemoPeople.OLIVIA;
        if (!settings.usesRealIdentity()) {
            environment.put(
                    "TIMETETHER_OPERATORS",
                    String.join("|", issuer, operator.subject(), operator.name(), operator.email()));
        }
        if (!settings.usesRealMail()) {
            environment.put(Settings.SMTP_HOST, "127.0.0.1");
            environment.put("TIMETETHER_SMTP_PORT", Integer.toString(settings.port(Port.MAIL)));
            environment.put("TIMETETHER_SMTP_STARTTLS", "DISABLED");
        }
        return quarkus(SCHEDULING, "scheduling-service", Port.SCHEDULING, environment);
    }

    private Part calendarSync() {
        Map<String, String> environment = service(Port.CALENDAR_SYNC, CALENDAR_SYNC, "calendar_sync");
        environment.put("TIMETETHER_SCHEDULING_URL", settings.origin(Port.SCHEDULING));
        keepOrPut(environment, "TIMETETHER_IDENTITY_SYNC_CLIENT_ID", LocalIdentity.CALENDAR_SYNC);
        keepOrPut(
                environment,
                "TIMETETHER_IDENTITY_SYNC_CLIENT_SECRET",
                secrets.password(LocalProduct.CALENDAR_SYNC_CLIENT_SECRET));
        environment.put("TIMETETHER_SECRET_KEYS", secrets.encryptionKeys("calendar-sync.encryption-keys"));
        if (!settings.usesRealMicrosoft()) {
            environment.put("TIMETETHER_MICROSOFT_LOGIN_URL", settings.origin(Port.SIMULATOR));
            environment.put("TIMETETHER_MICROSOFT_GRAPH_URL", settings.origin(Port.SIMULATOR));
            environment.put("TIMETETHER_MICROSOFT_CLIENT_ID", SIMULATOR_CLIENT);
            environment.put("TIMETETHER_MICROSOFT_CLIENT_SECRET", secrets.password("simulator.client-secret"));
        }
        return quarkus(CALENDAR_SYNC, "calendar-sync-service", Port.CALENDAR_SYNC, environment);
    }

    private Part simulator() {
        Map<String, String> environment = Map.of(
                "SIMULATOR_PORT", Integer.toString(settings.port(Port.SIMULATOR)),
                "SIMULATOR_BIND", "127.0.0.1",
                "SIMULATOR_DATA", settings.data().resolve("simulator").toString(),
                "SIMULATOR_ORIGIN", settings.origin(Port.SIMULATOR),
                "SIMULATOR_CLIENT_ID", SIMULATOR_CLIENT,
                "SIMULATOR_CLIENT_SECRET", secrets.password("simulator.client-secret"),
                "SIMULATOR_REDIRECT_URIS", settings.publicUrl() + "/oauth/microsoft/callback");
        Path jar = settings.root().resolve("office365-simulator/target/office365-simulator.jar");
        return new Part(
                SIMULATOR, jar, options("-Xmx512m"), environment, URI.create(settings.origin(Port.SIMULATOR) + "/"));
    }

    private Map<String, String> service(Port port, String name, String database) {
        Map<String, String> environment = new HashMap<>();
        environment.put("TIMETETHER_DATABASE_URL", jdbcUrl.apply(database));
        environment.put("TIMETETHER_DATABASE_USER", database);
        environment.put("TIMETETHER_DATABASE_PASSWORD", secrets.password(name + ".database-password"));
        environment.put("TIMETETHER_HTTP_PORT", Integer.toString(settings.port(port)));
        environment.put("TIMETETHER_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put(Settings.PUBLIC_URL, settings.publicUrl());
        environment.put(Settings.IDENTITY_URL, issuer);
        keepOrPut(environment, "TIMETETHER_IDENTITY_AUDIENCE", LocalIdentity.AUDIENCE);
        keepOrPut(environment, "TIMETETHER_IDENTITY_GATEWAY_CLIENT_ID", LocalIdentity.GATEWAY);
        return environment;
    }

    /** With an identity provider of somebody else's, what the environment says about it stands. */
    private void keepOrPut(Map<String, String> environment, String name, String local) {
        String given = settings.environment().getOrDefault(name, "");
        environment.put(name, settings.usesRealIdentity() && !given.isBlank() ? given : local);
    }

    private Part quarkus(String name, String module, Port port, Map<String, String> environment) {
        return new Part(
                name,
                settings.root().resolve(module).resolve("target/quarkus-app/quarkus-run.jar"),
                options("-Xmx256m"),
                environment,
                URI.create(settings.origin(port) + "/q/health/ready"));
    }

    /** Small, and quick to start: what the best compiler would gain in an hour, it costs in the first seconds. */
    private static List<String> options(String heap) {
        List<String> options = new ArrayList<>(
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms32m", heap, "-Duser.timezone=UTC"));
        if (Runtime.version().feature() >= 24) {
            // Netty's way to its buffers; without this each log begins with warnings about it.
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        return options;
    }
}
