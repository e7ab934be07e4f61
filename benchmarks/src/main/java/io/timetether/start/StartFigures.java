package io.timetether.start;

import io.timetether.localrun.identity.LocalIdentity;
import io.timetether.localrun.postgres.LocalPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * From the start of a service's process to its first 200 on readiness, in milliseconds: as its container starts it (by
 * {@code deploy/image/start}), with the AOT cache that images have and without it, in turns. Its database is up and has its
 * tables, the identity provider is up, the other services are not. Beside it the memory and the processor time half a second
 * later.
 */
final class StartFigures {

    private record Service(String module, String database) {}

    private record Start(double millis, double megabytes, double processorSeconds) {}

    private static final List<Service> SERVICES = List.of(
            new Service("gateway", "gateway"),
            new Service("scheduling-service", "scheduling"),
            new Service("calendar-sync-service", "calendar_sync"));
    private static final String PASSWORD = "for-figures";
    private static final String KEYS = "figures:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private final Path root;
    private final Path home;
    private final String options;
    private final LocalPostgres postgres;
    private final LocalIdentity identity;

    private StartFigures(Path root, Path home, String options, LocalPostgres postgres, LocalIdentity identity) {
        this.root = root;
        this.home = home;
        this.options = options;
        this.postgres = postgres;
        this.identity = identity;
    }

    /** @param arguments the repository's folder, the rounds, and the options of the JVM in the images */
    public static void main(String... arguments) throws Exception {
        Path home = Files.createTempDirectory("timetether-start");
        try (LocalPostgres postgres = LocalPostgres.startForTests();
                LocalIdentity identity = LocalIdentity.startForTests()) {
            // What a container of 512 MB gets.
            String options = arguments[2] + " -XX:MaxRAM=512m -XX:+UseSerialGC";
            StartFigures figures = new StartFigures(Path.of(arguments[0]), home, options, postgres, identity);
            say(
                    "%d processors, Java %s, load average before %.2f",
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.version(),
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            for (Service service : SERVICES) {
                figures.measure(service, Integer.parseInt(arguments[1]));
            }
        }
    }

    private void measure(Service service, int rounds) throws IOException, InterruptedException {
        postgres.createDatabase(service.database(), service.database(), PASSWORD);
        Path cache = home.resolve(service.module() + ".aot");
        Path none = home.resolve("none");
        rehearse(service, cache);
        // Makes the tables, which is done once in the life of a database.
        start(service, none);
        List<Start> without = new ArrayList<>();
        List<Start> with = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            without.add(start(service, none));
            with.add(start(service, cache));
        }
        say("%s, without: %s", service.module(), summary(without));
        say("%s, with an AOT cache of %d MB: %s", service.module(), Files.size(cache) >> 20, summary(with));
        Files.delete(cache);
    }

    private void rehearse(Service service, Path cache) throws IOException, InterruptedException {
        Process rehearsal = script("rehearse", service, cache, freePort()).start();
        if (rehearsal.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(log(service)));
        }
    }

    private Start start(Service service, Path cache) throws IOException, InterruptedException {
        int port = freePort();
        ProcessBuilder builder = script("start", service, cache, port);
        Map<String, String> environment = builder.environment();
        environment.put("TIMETETHER_HTTP_HOST", "127.0.0.1");
        environment.put("TIMETETHER_DATABASE_URL", postgres.jdbcUrl(service.database()));
        environment.put("TIMETETHER_DATABASE_USER", service.database());
        environment.put("TIMETETHER_DATABASE_PASSWORD", PASSWORD);
        environment.put("TIMETETHER_SECRET_KEYS", KEYS);
        environment.put("TIMETETHER_PUBLIC_URL", "http://localhost:8080");
        environment.put("TIMETETHER_IDENTITY_URL", identity.issuer());
        environment.put("TIMETETHER_IDENTITY_GATEWAY_CLIENT_SECRET", LocalIdentity.testSecret());
        environment.put("TIMETETHER_IDENTITY_SYNC_CLIENT_SECRET", LocalIdentity.testSecret());
        environment.put("TIMETETHER_LOG_JSON", "true");
        long began = System.nanoTime();
        Process process = builder.start();
        try {
            while (!isReady(port)) {
                if (!process.isAlive()) {
                    throw new IllegalStateException(Files.readString(log(service)));
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
            double millis = (System.nanoTime() - began) / 1e6;
            TimeUnit.MILLISECONDS.sleep(500);
            Duration worked = process.info().totalCpuDuration().orElse(Duration.ZERO);
            return new Start(millis, memory(process), worked.toMillis() / 1000.0);
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private ProcessBuilder script(String script, Service service, Path cache, int port) {
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", root.resolve("deploy/image").resolve(script).toString())
                // Not where we are: Quarkus reads a file .env there.
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(service).toFile());
        Map<String, String> environment = builder.environment();
        Path java = Path.of(System.getProperty("java.home"), "bin");
        environment.put("PATH", java + ":" + System.getenv("PATH"));
        environment.put("JAVA_OPTIONS", options);
        environment.put("AOT_CACHE", cache.toString());
        environment.put(
                "PROGRAM",
                root.resolve(service.module())
                        .resolve("target/quarkus-app/quarkus-run.jar")
                        .toString());
        environment.put("TIMETETHER_HTTP_PORT", Integer.toString(port));
        return builder;
    }

    private Path log(Service service) {
        return home.resolve(service.module() + ".log");
    }

    private static boolean isReady(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /q/health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What the operating system keeps in memory for the process, the pages of the cache's file included; megabytes. */
    private static double memory(Process process) throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(process.pid())).start();
        return Double.parseDouble(new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip())
                / 1024;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String summary(List<Start> starts) {
        double[] millis = sorted(starts, Start::millis);
        double[] megabytes = sorted(starts, Start::megabytes);
        double[] seconds = sorted(starts, Start::processorSeconds);
        int middle = starts.size() / 2;
        return "median %.2f s (%.2f–%.2f) to the first 200, %.0f MB, %.1f s of a processor"
                .formatted(
                        millis[middle] / 1000,
                        millis[0] / 1000,
                        millis[millis.length - 1] / 1000,
                        megabytes[middle],
                        seconds[middle]);
    }

    private static double[] sorted(List<Start> starts, ToDoubleFunction<Start> of) {
        return starts.stream().mapToDouble(of).sorted().toArray();
    }

    private static void say(String text, Object... arguments) {
        System.out.println("FIGURE " + text.formatted(arguments));
    }
}
