package io.timetether.localrun.product;

import io.timetether.localrun.identity.LocalIdentity;
import io.timetether.localrun.mail.LocalMail;
import io.timetether.localrun.parts.Part;
import io.timetether.localrun.parts.Parts;
import io.timetether.localrun.parts.RunningPart;
import io.timetether.localrun.parts.Undertaker;
import io.timetether.localrun.postgres.LocalPostgres;
import io.timetether.localrun.settings.Port;
import io.timetether.localrun.settings.Secrets;
import io.timetether.localrun.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The whole product, running: PostgreSQL, the identity provider and a mail server (in this JVM), the Office 365 stand-in, both services
 * and the gateway (as processes). What {@code ./run} starts and what the system tests test.
 */
public final class LocalProduct implements AutoCloseable {

    static final String GATEWAY_CLIENT_SECRET = "identity.gateway-client-secret";
    static final String CALENDAR_SYNC_CLIENT_SECRET = "identity.calendar-sync-client-secret";

    private static final Map<String, String> DATABASES =
            Map.of("scheduling", "scheduling", "calendar_sync", "calendar-sync", "gateway", "gateway");

    private final Settings settings;
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
    private Optional<LocalIdentity> identity = Optional.empty();
    private Optional<LocalMail> mail = Optional.empty();
    private Optional<Parts> parts = Optional.empty();

    private LocalProduct(Settings settings) {
        this.settings = settings;
    }

    /**
     * Starts everything and waits until it can work.
     *
     * @throws IllegalStateException with a sentence for the person at the terminal; what had been started is stopped
     */
    public static LocalProduct start(Settings settings, Progress progress) {
        LocalProduct product = new LocalProduct(settings);
        try {
            product.startAll(progress);
            return product;
        } catch (RuntimeException e) {
            product.close();
            throw e;
        }
    }

    private void startAll(Progress progress) {
        Path data = settings.data();
        toClose.push(RunLock.take(data));
        stopLeftovers(settings, progress);
        TakenPorts.refuse(settings);
        createFolders(data);
        Secrets secrets = Secrets.keptIn(data.resolve("secrets"));
        Undertaker undertaker = Undertaker.start(data.resolve("processes"));
        toClose.push(undertaker);

        LocalPostgres postgres = LocalPostgres.startDurable(
                data.resolve("postgresql"),
                settings.port(Port.DATABASE),
                data.resolve("logs/postgresql.log"),
                progress::notice);
        toClose.push(postgres);
        DATABASES.forEach(
                (name, owner) -> postgres.createDatabase(name, name, secrets.password(owner + ".database-password")));
        progress.ready("PostgreSQL");

        String issuer = settings.usesRealIdentity()
                ? settings.environment().getOrDefault(Settings.IDENTITY_URL, "")
                : startIdentity(secrets, progress);

        if (!settings.usesRealMail()) {
            LocalMail started = LocalMail.start(
                    settings.port(Port.MAIL), settings.port(Port.MAIL_PAGE), data.resolve("mail"), Clock.systemUTC());
            mail = Optional.of(started);
            toClose.push(started);
        }

        Parts started = new Parts(settings.environment(), data.resolve("logs"), undertaker);
        parts = Optional.of(started);
        toClose.push(started);
        for (Part part : new PartList(settings, secrets, issuer, postgres::jdbcUrl).all()) {
            started.start(part);
        }
        // Last in the list: a killed launcher's database goes when nobody uses it any more.
        undertaker.remember(postgres.pid(), "INT");
        started.awaitReady(part -> progress.ready(part.name()));
    }

    /** Stops what an earlier, killed start has left running; the caller holds the folder's lock. */
    public static void stopLeftovers(Settings settings, Progress progress) {
        int parts = Undertaker.endLeftovers(settings.data().resolve("processes"), settings.root());
        if (parts > 0) {
            progress.notice("Programs of an earlier start were still running (" + parts + "); they were stopped.");
        }
        LocalPostgres.stopLeftover(settings.data().resolve("postgresql"), progress::notice);
    }

    private String startIdentity(Secrets secrets, Progress progress) {
        LocalIdentity started = LocalIdentity.start(
                LocalIdentity.Place.local(settings.port(Port.IDENTITY)),
                DemoPeople.all(),
                Map.of(
                        LocalIdentity.GATEWAY, secrets.password(GATEWAY_CLIENT_SECRET),
                        LocalIdentity.CALENDAR_SYNC, secrets.password(CALENDAR_SYNC_CLIENT_SECRET)),
                Set.of(settings.publicUrl()),
                settings.data().resolve("identity/signing-key"));
        identity = Optional.of(started);
        toClose.push(started);
        progress.ready("identity provider");
        return started.issuer();
    }

    private static void createFolders(Path data) {
        try {
            for (String name : List.of("logs", "simulator")) {
                Files.createDirectories(data.resolve(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + data, e);
        }
    }

    public Settings settings() {
        return settings;
    }

    /** The one address for people and programs. */
    public String gatewayUrl() {
        return settings.origin(Port.GATEWAY);
    }

    /** The origin of the Office 365 stand-in; empty when the environment names the real one. */
    public Optional<String> simulatorUrl() {
        return settings.usesRealMicrosoft() ? Optional.empty() : Optional.of(settings.origin(Port.SIMULATOR));
    }

    /** What the product has sent; empty when the environment names a mail server. */
    public Optional<LocalMail> mail() {
        return mail;
    }

    /** Empty when the environment names another one. */
    public Optional<LocalIdentity> identity() {
        return identity;
    }

    /** The processes; in the order in which they are stopped. */
    public List<RunningPart> parts() {
        return parts.map(Parts::running).orElse(List.of());
    }

    /** Starts a part that has ended once more, and waits until it can work. */
    public RunningPart startAgain(RunningPart ended) {
        Parts all = parts.orElseThrow();
        RunningPart again = all.startAgain(ended);
        all.awaitReady(part -> {});
        return again;
    }

    /**
     * Starts a second instance of a service on another port, and waits until it can work.
     *
     * @param environment what differs for it
     */
    public void startBeside(RunningPart first, int port, Map<String, String> environment) {
        Parts all = parts.orElseThrow();
        all.startBeside(first, port, environment);
        all.awaitReady(part -> {});
    }

    /** Stops everything, the callers before the called, the database last. */
    @Override
    public void close() {
        // Whoever was interrupted while starting still has to wait for the parts to end.
        Thread.interrupted();
        while (!toClose.isEmpty()) {
            try {
                toClose.pop().close();
            } catch (Exception e) {
                System.err.println("While stopping: " + e.getMessage());
            }
        }
    }
}
