package io.timetether.localrun.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresIT {

    @TempDir
    Path home;

    private final List<String> notices = new ArrayList<>();

    @Test
    void givesEachCallerADatabaseOfTheirOwnThatNobodyElseCanEnter() throws SQLException {
        try (LocalPostgres postgres = startKept(FreePort.find())) {
            postgres.createDatabase("first", "first_role", "it's secret");
            postgres.createDatabase("second", "second_role", "other");
            postgres.createDatabase("first", "first_role", "it's secret");

            assertThat(ask(postgres, "first", "first_role", "it's secret", "select current_user"))
                    .isEqualTo("first_role");
            assertThatThrownBy(() -> ask(postgres, "first", "second_role", "other", "select 1"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> ask(postgres, "first", "first_role", "wrong", "select 1"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void keepsWhatWasCommittedAndKeepsItOnTheDisk() throws SQLException {
        int port = FreePort.find();
        try (LocalPostgres postgres = startKept(port)) {
            postgres.createDatabase("app", "app", "pw");
            change(postgres, "create table note (text text)", "insert into note values ('still here')");
            assertThat(ask(postgres, "app", "app", "pw", "show fsync")).isEqualTo("on");
            assertThat(ask(postgres, "app", "app", "pw", "show synchronous_commit"))
                    .isEqualTo("on");
            assertThat(ask(postgres, "app", "app", "pw", "select datlocale from pg_database where datname='app'"))
                    .isEqualTo("C.UTF-8");
        }
        try (LocalPostgres postgres = startKept(port)) {
            assertThat(ask(postgres, "app", "app", "pw", "select text from note"))
                    .isEqualTo("still here");
        }
        assertThat(notices).isEmpty();
    }

    @Test
    void stopsTheServerThatAKilledLauncherLeftBehindAndStartsItsOwn() throws Exception {
        int port = FreePort.find();
        killLauncherAfterItCommitted(port);
        long orphan = PostmasterFile.find(home.resolve("data")).orElseThrow().pid();
        assertThat(ProcessHandle.of(orphan)).isPresent();

        try (LocalPostgres postgres = startKept(port)) {
            assertThat(ProcessHandle.of(orphan).filter(ProcessHandle::isAlive)).isEmpty();
            assertThat(notices).singleElement().asString().contains(Long.toString(orphan));
            assertThat(ask(postgres, "app", "app", "pw", "select text from note"))
                    .isEqualTo("still here");
        }
    }

    @Test
    void startsAgainAfterLauncherAndServerWereKilled() throws Exception {
        int port = FreePort.find();
        killLauncherAfterItCommitted(port);
        ProcessHandle server = ProcessHandle.of(
                        PostmasterFile.find(home.resolve("data")).orElseThrow().pid())
                .orElseThrow();
        server.destroyForcibly();
        server.onExit().join();

        try (LocalPostgres postgres = startKept(port)) {
            assertThat(ask(postgres, "app", "app", "pw", "select text from note"))
                    .isEqualTo("still here");
        }
    }

    /** Another JVM, because one that is killed cannot tell the tale; its server outlives it. */
    private void killLauncherAfterItCommitted(int port) throws Exception {
        Process launcher = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedLauncher.class.getName(),
                        home.toString(),
                        Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = launcher.inputReader()) {
            assertThat(output.lines()).contains("committed");
        } finally {
            launcher.waitFor();
        }
    }

    /** Starts a server, commits a row, says so, and dies without a chance to clean up. */
    static final class DoomedLauncher {
        public static void main(String[] arguments) throws SQLException {
            Path home = Path.of(arguments[0]);
            LocalPostgres postgres = LocalPostgres.startDurable(
                    home, Integer.parseInt(arguments[1]), home.resolve("postgresql.log"), notice -> {});
            postgres.createDatabase("app", "app", "pw");
            change(postgres, "create table note (text text)", "insert into note values ('still here')");
            System.out.println("committed");
            Runtime.getRuntime().halt(137);
        }
    }

    @Test
    void takesNoOtherProgramForItsServer() throws Exception {
        int port = FreePort.find();
        startKept(port).close();
        Process innocent = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(
                    home.resolve("data/postmaster.pid"), innocent.pid() + "\n" + home.resolve("data") + "\n1\n" + port);

            startKept(port).close();

            assertThat(innocent.isAlive()).isTrue();
        } finally {
            innocent.destroyForcibly();
        }
    }

    @Test
    void beginsAnewWhereTheVeryFirstStartWasCutShort() throws Exception {
        Files.createDirectories(home.resolve("data"));
        Files.writeString(home.resolve("data/postgresql.conf"), "# half written");
        Files.createDirectories(home.resolve("binaries/PG-half"));

        try (LocalPostgres postgres = startKept(FreePort.find())) {
            postgres.createDatabase("app", "app", "pw");
            assertThat(ask(postgres, "app", "app", "pw", "select 1")).isEqualTo("1");
        }
    }

    @Test
    void testsShareOneServerThatClosingDoesNotStop() throws SQLException {
        LocalPostgres shared = LocalPostgres.sharedForTests();
        shared.close();
        shared.createDatabase("still_open", "still_open", "pw");
        assertThat(ask(shared, "still_open", "still_open", "pw", "select 1")).isEqualTo("1");
        assertThat(LocalPostgres.sharedForTests()).isSameAs(shared);
    }

    private LocalPostgres startKept(int port) {
        return LocalPostgres.startDurable(home, port, home.resolve("postgresql.log"), notices::add);
    }

    private static void change(LocalPostgres postgres, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl("app"), "app", "pw")) {
            for (String statement : statements) {
                connection.createStatement().execute(statement);
            }
        }
    }

    private static String ask(LocalPostgres postgres, String database, String user, String password, String query)
            throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl(database), user, password);
                var rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
