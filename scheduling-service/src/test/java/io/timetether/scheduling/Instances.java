package io.timetether.scheduling;

import io.timetether.localrun.postgres.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Several processes of the packaged service on one PostgreSQL of their own. */
final class Instances implements AutoCloseable {

    static final Path APP = Path.of(
            System.getProperty("timetether.root"), "scheduling-service", "target", "quarkus-app", "quarkus-run.jar");

    private record Running(Process process, String url, Path log) {}

    private final LocalPostgres postgres;
    private final List<Running> running = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    private final List<String> options;
    private final @Nullable Path home;
    private final Map<String, String> settings;

    private Instances(LocalPostgres postgres, @Nullable Path home, List<String> options, Map<String, String> settings) {
        this.postgres = postgres;
        this.home = home;
        this.options = options;
        this.settings = settings;
    }

    static Instances start(int count) {
        return start(count, Map.of());
    }

    /** @param settings what each of them is told besides */
    static Instances start(int count, Map<String, String> settings) {
        return start(
                LocalPostgres.startForTests(),
                null,
                count,
                List.of("-Xmx256m", "-XX:TieredStopAtLevel=" + System.getProperty("timetether.tier", "4")),
                settings);
    }

    /** @param options of the JVM */
    static Instances startOne(List<String> options) {
        return start(LocalPostgres.startForTests(), null, 1, options, Map.of());
    }

    /**
     * One instance as its container runs it (see deploy/kubernetes: 512 MB, the half of it for the heap), on a PostgreSQL
     * that keeps what it has acknowledged.
     */
    static Instances startDurably() {
        try {
            Path home = Files.createTempDirectory("timetether-figures");
            LocalPostgres postgres =
                    LocalPostgres.startDurable(home, freePort(), home.resolve("server.log"), notice -> {});
            return start(
                    postgres,
                    home,
                    1,
                    List.of(System.getProperty("figures.java", "-Xmx256m -XX:+UseSerialGC")
                            .split(" ")),
                    Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instances start(
            LocalPostgres postgres,
            @Nullable Path home,
            int count,
            List<String> options,
            Map<String, String> settings) {
        Instances instances = new Instances(postgres, home, options, settings);
        instances.postgres.createDatabase("scheduling", "scheduling", "for-tests");
        try {
            for (int i = 0; i < count; i++) {
                instances.running.add(instances.launch());
            }
            instances.running.forEach(instances::awaitReady);
            return instances;
        } catch (RuntimeException e) {
            instances.close();
            throw e;
        }
    }

    String url(int instance) {
        return running.get(instance).url();
    }

    /** The processor time that an instance has used so far. */
    Duration cpu(int instance) {
        return running.get(instance).process().info().totalCpuDuration().orElseThrow();
    }

    int count() {
        return running.size();
    }

    /** As kill -9 does: nothing is finished, nothing is told. */
    void kill(int instance) {
        try {
            running.get(instance).process().destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void launchAgain(int instance) {
        Running again = launch();
        awaitReady(again);
        running.set(instance, again);
    }

    Connection connection() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl("scheduling"), "scheduling", "for-tests");
    }

    /** Transactions per second of a pgbench script on the same database; needs PostgreSQL's pgbench on the path. */
    double pgbench(Path script, int clients, int seconds) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                "pgbench",
                "-n",
                "-M",
                "prepared",
                "-f",
                script.toString(),
                "-c",
                Integer.toString(clients),
                "-j",
                "2",
                "-T",
                Integer.toString(seconds),
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(postgres.port()),
                "-U",
                "scheduling",
                "scheduling");
        builder.environment().put("PGPASSWORD", "for-tests");
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
        return output.lines()
                .filter(line -> line.startsWith("tps = "))
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[2]))
                .findFirst()
                .orElseThrow(() -> new IOException(output));
    }

    @Override
    public void close() {
        for (Running one : running) {
            one.process().destroy();
        }
        for (Running one : running) {
            try {
                if (!one.process().waitFor(15, TimeUnit.SECONDS)) {
                    one.process().destroyForcibly().waitFor();
                }
                Files.deleteIfExists(one.log());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        http.close();
        postgres.close();
        if (home != null) {
            remove(home);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Running launch() {
        try {
            int port = freePort();
            Path log = Files.createTempFile("scheduling-instance", ".log");
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            command.addAll(List.of(
                    "-Duser.timezone=Pacific/Chatham",
                    "-Dquarkus.http.host=127.0.0.1",
                    "-Dquarkus.http.port=" + port,
                    "-Dquarkus.datasource.jdbc.url=" + postgres.jdbcUrl("scheduling"),
                    "-Dquarkus.datasource.username=scheduling",
                    "-Dquarkus.datasource.password=for-tests",
                    "-Dquarkus.oidc.auth-server-url=",
                    "-Dquarkus.oidc.public-key=" + Tokens.publicKey(),
                    "-Dquarkus.oidc.token.issuer=" + Tokens.ISSUER,
                    "-Dtimetether.operators=" + Tokens.ISSUER + "|operator|Olga Operator|olga@example.org",
                    "-Dquarkus.log.category.\"io.timetether\".level=WARN"));
            settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
            command.addAll(List.of("-jar", APP.toString()));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new Running(process, "http://127.0.0.1:" + port, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady(Running one) {
        Awaitility.await("an instance to be ready, see " + one.log())
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    if (!one.process().isAlive()) {
                        throw new IllegalStateException("it ended:\n" + Files.readString(one.log()));
                    }
                    return isReady(one.url());
                });
    }

    private boolean isReady(String url) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
