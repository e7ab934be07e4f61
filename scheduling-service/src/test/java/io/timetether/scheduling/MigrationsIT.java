package io.timetether.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.localrun.postgres.LocalPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The migrations on the oldest and on the newest PostgreSQL that we promise, by a role that only owns its database. */
class MigrationsIT {

    private static final Path OLDEST = Path.of("/usr/lib/postgresql/15/bin");

    @Test
    void runOnTheNewest() throws SQLException {
        try (LocalPostgres postgres = LocalPostgres.startForTests()) {
            postgres.createDatabase("scheduling", "scheduling", "for-tests");
            assertThat(migrated(postgres.jdbcUrl("scheduling"), "for-tests")).startsWith("18");
        }
    }

    @Test
    void runOnTheOldest(@TempDir Path directory) throws Exception {
        if (!Files.isExecutable(OLDEST.resolve("initdb"))) {
            System.out.println("SKIPPED: no PostgreSQL 15 in " + OLDEST + ", the migrations were not tried on it");
        }
        Assumptions.assumeTrue(Files.isExecutable(OLDEST.resolve("initdb")), "PostgreSQL 15 is not installed");
        Path data = directory.resolve("data");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        run(OLDEST.resolve("initdb").toString(), "-D", data.toString(), "-A", "trust", "-U", "postgres", "--no-sync");
        String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''";
        run(
                OLDEST.resolve("pg_ctl").toString(),
                "-D",
                data.toString(),
                "-o",
                options,
                "-w",
                "-l",
                directory.resolve("log").toString(),
                "start");
        try {
            String url = "jdbc:postgresql://127.0.0.1:" + port + "/";
            try (Connection connection = DriverManager.getConnection(url + "postgres", "postgres", "");
                    var statement = connection.createStatement()) {
                statement.execute("CREATE ROLE scheduling LOGIN");
                statement.execute("CREATE DATABASE scheduling OWNER scheduling");
            }
            assertThat(migrated(url + "scheduling", "")).startsWith("15");
        } finally {
            run(OLDEST.resolve("pg_ctl").toString(), "-D", data.toString(), "-m", "immediate", "-w", "stop");
        }
    }

    private static String migrated(String url, String password) throws SQLException {
        Flyway.configure()
                .dataSource(url, "scheduling", password)
                .locations("classpath:db/migration")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url, "scheduling", password)) {
            assertThat(TableChecker.rows(connection, "SELECT version FROM flyway_schema_history WHERE NOT success"))
                    .isEmpty();
            return TableChecker.rows(connection, "SHOW server_version").getFirst();
        }
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it sees itself as nobody. */
    private static void run(String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            words.addAll(List.of("unshare", "-U"));
        }
        words.addAll(List.of(command));
        Path output = Files.createTempFile("postgres15", ".log");
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        Files.delete(output);
    }
}
