package io.timetether.localrun.postgres;

import io.timetether.localrun.files.LogTail;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A PostgreSQL 18 of our own on the loopback address: nothing is installed, the binaries come as a dependency. Its
 * superuser stays in here; who needs a database gets one with a role of its own.
 *
 * <p>Two ways: {@link #startDurable} keeps its data through any crash (for {@code ./run}); {@link #startForTests} is
 * quick, forgets everything on {@link #close()}, and gives each caller a server of their own.
 */
public final class LocalPostgres implements AutoCloseable {

    private final EmbeddedPostgres server;
    private final ServerDirectory directory;
    private final AtomicBoolean shared = new AtomicBoolean();

    private LocalPostgres(EmbeddedPostgres server, ServerDirectory directory) {
        this.server = server;
        this.directory = directory;
    }

    /**
     * Starts on a kept data directory: every commit is on the disk when it is acknowledged.
     *
     * @param home where data, binaries and the superuser's password lie; belongs to one launcher at a time (the caller
     *     sees to that)
     * @param port on 127.0.0.1; must be free, but for a leftover server of this very directory, which is stopped first
     * @param log the file that gets the server's own messages
     * @param notice told in a sentence what was found and done about an earlier server
     * @throws IllegalStateException with a sentence for the person at the terminal
     */
    public static LocalPostgres startDurable(Path home, int port, Path log, Consumer<String> notice) {
        ServerDirectory directory = ServerDirectory.kept(home);
        directory.recover(notice);
        return start(
                Release.OURS,
                directory,
                port,
                log,
                Map.of("max_connections", "120", "fsync", "on", "synchronous_commit", "on"));
    }

    /**
     * Stops the server that an earlier, killed launcher has left on this home, if there is one; {@link #startDurable} does
     * so too.
     */
    public static void stopLeftover(Path home, Consumer<String> notice) {
        ServerDirectory.kept(home).recover(notice);
    }

    /** Starts an empty, forgetful server on a free port. Close it. */
    public static LocalPostgres startForTests() {
        return startForTests(Release.OURS);
    }

    /**
     * The same with another release than ours.
     *
     * @param binaries the library's jar with the binaries of that release for this machine
     */
    public static LocalPostgres startForTests(Path binaries) {
        return startForTests(Release.in(binaries));
    }

    private static LocalPostgres startForTests(Release release) {
        try {
            return startTemporary(release);
        } catch (IllegalStateException portWasTakenMeanwhile) {
            return startTemporary(release);
        }
    }

    private static LocalPostgres startTemporary(Release release) {
        ServerDirectory directory = ServerDirectory.temporary();
        return start(
                release,
                directory,
                FreePort.find(),
                directory.home().resolve("server.log"),
                Map.of(
                        "max_connections", "300",
                        "fsync", "off",
                        "synchronous_commit", "off",
                        "full_page_writes", "off"));
    }

    /**
     * The one server that all tests of this JVM may share: started when first asked for, stopped when the JVM ends.
     * Closing it does nothing; take a database with a name of your own.
     */
    public static LocalPostgres sharedForTests() {
        return Shared.SERVER;
    }

    private static final class Shared {
        private static final LocalPostgres SERVER = startForTests();

        static {
            SERVER.shared.set(true);
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::stop, "shared-postgres-stop"));
        }
    }

    private static LocalPostgres start(
            Release release, ServerDirectory directory, int port, Path log, Map<String, String> settings) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(directory.data())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                // A resolver of its own: the library remembers the unpacked binaries per resolver, not per directory.
                .setPgBinaryResolver(release.binaries()::getPgBinary)
                .setPGStartupWait(directory.startWait())
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .setLocaleConfig("locale", "C")
                .setServerConfig("timezone", "UTC")
                .setServerConfig("log_timezone", "UTC")
                .setServerConfig("listen_addresses", "127.0.0.1")
                // Nobody uses sockets in the file system, and their directory may be too long for them.
                .setServerConfig("unix_socket_directories", "");
        release.locale().forEach(builder::setLocaleConfig);
        settings.forEach(builder::setServerConfig);
        directory
                .password()
                .ifPresent(password -> builder.setLocaleConfig("auth", "scram-sha-256")
                        .setLocaleConfig("pwfile", directory.passwordFile().toString())
                        .setConnectConfig("password", password));
        directory.binaries().ifPresent(binaries -> builder.setOverrideWorkingDirectory(binaries.toFile()));
        try {
            LocalPostgres started = new LocalPostgres(builder.start(), directory);
            started.refuseAnyOther();
            directory.complete();
            return started;
        } catch (IOException | SQLException | IllegalStateException e) {
            throw new IllegalStateException(
                    "PostgreSQL did not start on port " + port + " with the data in " + directory.data()
                            + ". The end of " + log + ":\n" + LogTail.of(log, 15),
                    e);
        }
    }

    /** A server that already listened on our port would have answered in our server's place. */
    private void refuseAnyOther() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("show data_directory")) {
            rows.next();
            String answered = rows.getString(1);
            if (!answered.equals(directory.data().toString())) {
                throw new IllegalStateException("Another PostgreSQL (data in " + answered + ") has the port.");
            }
        }
    }

    /** The address of a database for JDBC, without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
    }

    /** The process of the server. */
    public long pid() {
        return PostmasterFile.find(directory.data()).orElseThrow().pid();
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return server.getPort();
    }

    /**
     * Makes sure that the database and the role that owns it exist, that the role has this password and that no other
     * role can connect. May be called again at any time; what is in the database stays.
     *
     * @param name lower-case letters, digits and underscores, like the role's
     */
    public void createDatabase(String name, String role, String password) {
        String database = identifier(name);
        String owner = identifier(role);
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(connection, "select 1 from pg_roles where rolname = ?", owner)) {
                statement.execute("create role " + owner + " login");
            }
            statement.execute("alter role " + owner + " password " + statement.enquoteLiteral(password));
            if (!exists(connection, "select 1 from pg_database where datname = ?", database)) {
                statement.execute("create database " + database + " owner " + owner);
            }
            statement.execute("revoke all on database " + database + " from public");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create database " + database + " for " + owner, e);
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static String identifier(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("not a plain name: " + name);
        }
        return name.toLowerCase(Locale.ROOT);
    }

    /** Stops the server cleanly; a temporary one takes its data with it. The shared one goes on. */
    @Override
    public void close() {
        if (!shared.get()) {
            stop();
        }
    }

    private void stop() {
        try {
            server.close();
            LeftoverPostgres.stop(directory.data(), directory.executables());
            directory.forgetIfTemporary();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop PostgreSQL", e);
        }
    }
}
