package io.timetether.gateway.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.gateway.figures.OpenLoop.Latencies;
import io.timetether.gateway.world.Browser;
import io.timetether.gateway.world.GatewayProcess;
import io.timetether.gateway.world.World;
import io.timetether.localrun.identity.LocalIdentity;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway beside nginx as a plain proxy, in turns, in front of the same service: requests a second when as many come as
 * it takes, CPU time for each, and what it adds at a steady rate. Not a test: started by {@code benchmarks/gateway/beside-nginx}.
 * On a shared machine the ratios and the CPU time say something, the absolute numbers little.
 */
class GatewayFigures {

    private static final int SECONDS = Integer.getInteger("figures.seconds", 6);
    private static final int ROUNDS = Integer.getInteger("figures.rounds", 3);
    private static final int RATE = Integer.getInteger("figures.rate", 500);
    private static final int CLIENTS = Integer.getInteger("figures.clients", 32);
    private static final int WARM = Integer.getInteger("figures.warm", 20);
    private static final String PATH = "/api/v1/services";
    /** As in the container: half of 512 MB, and the collector that the JVM takes there. */
    private static final List<String> AS_IN_PRODUCTION = List.of("-Xmx256m", "-XX:+UseSerialGC");

    private final List<Subject> subjects = new ArrayList<>();
    private final Map<Subject, List<Row>> rows = new LinkedHashMap<>();

    /**
     * One way to the service.
     *
     * @param name as printed
     * @param url where it is asked
     * @param headers with which
     * @param cpu of the process that is measured, so far
     */
    private record Subject(String name, String url, Map<String, String> headers, Supplier<Duration> cpu) {}

    private record Row(double perSecond, double cpuMicros, double median, double p99) {}

    @Test
    void besideNginx(@TempDir Path folder) throws Exception {
        World world = World.get();
        try (Nginx service = Nginx.service(folder);
                Nginx proxy = Nginx.proxy(folder, service)) {
            int port = GatewayProcess.freePort();
            GatewayProcess gateway = new GatewayProcess(port, environment(world, service, port), options());
            try {
                gateway.awaitReady();
                subjects.add(new Subject("service itself", service.origin() + PATH, Map.of(), service::cpu));
                subjects.add(new Subject("nginx", proxy.origin() + PATH, bearer(world), proxy::cpu));
                subjects.add(new Subject("gateway, nobody", local(gateway), Map.of(), gateway::cpu));
                subjects.add(new Subject("gateway, bearer", local(gateway), bearer(world), gateway::cpu));
                subjects.add(new Subject("gateway, session", local(gateway), session(gateway), gateway::cpu));
                measure(folder);
            } finally {
                gateway.stop();
            }
        }
        summary();
    }

    private void measure(Path folder) throws Exception {
        System.out.printf(
                "FIGURE %d processors, Java %s, load average before %.1f; %d connections%n",
                Runtime.getRuntime().availableProcessors(), Runtime.version().feature(), load(), CLIENTS);
        for (Subject subject : subjects) {
            // The first requests are answered by code that is not compiled yet.
            saturate(subject, folder, WARM);
            paced(subject, 3);
        }
        for (int round = 1; round <= ROUNDS; round++) {
            System.out.printf("FIGURE round %d of %d, load average before %.1f%n", round, ROUNDS, load());
            for (Subject subject : subjects) {
                Duration before = subject.cpu().get();
                double perSecond = saturate(subject, folder, SECONDS);
                double cpu = subject.cpu().get().minus(before).toNanos() / 1_000.0 / (perSecond * SECONDS);
                Latencies steady = paced(subject, SECONDS);
                Row row = new Row(perSecond, cpu, steady.millis(0.5), steady.millis(0.99));
                rows.computeIfAbsent(subject, ignored -> new ArrayList<>()).add(row);
                System.out.printf(
                        "FIGURE   %-17s %7.0f requests/s, %4.0f us CPU each; at %d/s median %.2f ms, p99 %.2f ms%n",
                        subject.name(), row.perSecond(), row.cpuMicros(), RATE, row.median(), row.p99());
            }
        }
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private void summary() {
        List<Row> direct = rows.get(subjects.get(0));
        List<Row> nginx = rows.get(subjects.get(1));
        System.out.printf("FIGURE medians (lowest to highest) of %d rounds%n", ROUNDS);
        for (Subject subject : subjects.subList(1, subjects.size())) {
            List<Row> own = rows.get(subject);
            double[] rate = new double[ROUNDS];
            double[] share = new double[ROUNDS];
            double[] cpu = new double[ROUNDS];
            double[] median = new double[ROUNDS];
            double[] times = new double[ROUNDS];
            double[] p99 = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                Row row = own.get(i);
                rate[i] = row.perSecond();
                share[i] = 100 * row.perSecond() / nginx.get(i).perSecond();
                cpu[i] = row.cpuMicros();
                median[i] = row.median() - direct.get(i).median();
                times[i] = median[i] / (nginx.get(i).median() - direct.get(i).median());
                p99[i] = row.p99() - direct.get(i).p99();
            }
            System.out.printf(
                    "FIGURE   %-17s requests/s %s, of nginx's %s %%, us CPU each %s; added at %d/s: median %s ms"
                            + " (nginx's times %s), p99 %s ms%n",
                    subject.name(),
                    spread(rate, "%.0f"),
                    spread(share, "%.0f"),
                    spread(cpu, "%.0f"),
                    RATE,
                    spread(median, "%.2f"),
                    spread(times, "%.1f"),
                    spread(p99, "%.2f"));
        }
        System.out.println(
                "FIGURE aims: at least 40 % of nginx's requests/s (aim 90 %), added median at most 2 times nginx's,"
                        + " added p99 at most 1 ms");
    }

    private static String spread(double[] values, String format) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return String.format(
                format + " (" + format + "–" + format + ")",
                sorted[sorted.length / 2],
                sorted[0],
                sorted[sorted.length - 1]);
    }

    /** As many requests as 32 connections get through; wrk, so that the one who asks costs little. */
    private static double saturate(Subject subject, Path folder, int seconds) throws Exception {
        Path script = folder.resolve("answer.lua");
        Files.writeString(script, """
                done = function(summary, latency)
                  local e = summary.errors
                  io.write(string.format("RESULT %f %d\\n", summary.requests / summary.duration * 1e6,
                    e.status + e.connect + e.read + e.write + e.timeout))
                end
                """);
        List<String> command =
                new ArrayList<>(List.of("wrk", "-t1", "-c" + CLIENTS, "-d" + seconds + "s", "-s", script.toString()));
        subject.headers().forEach((name, value) -> {
            command.add("-H");
            command.add(name + ": " + value);
        });
        command.add(subject.url());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        String[] result = out.substring(out.indexOf("RESULT ")).trim().split(" ");
        assertThat(result[2]).as("failures at " + subject.name() + ": " + out).isEqualTo("0");
        return Double.parseDouble(result[1]);
    }

    private static Latencies paced(Subject subject, int seconds) throws InterruptedException {
        Latencies latencies = new OpenLoop(subject.url(), subject.headers()).run(RATE, seconds);
        assertThat(latencies.failed()).as("failures at " + subject.name()).isZero();
        return latencies;
    }

    /** Everything is counted and looked up as in production; only the limits are out of reach. */
    private static Map<String, String> environment(World world, Nginx service, int port) {
        Map<String, String> environment = world.environment(world.createDatabase("figures"), port);
        environment.put("TIMETETHER_SCHEDULING_URL", service.origin());
        for (String limit : List.of("CALLER", "ADDRESS", "ANONYMOUS")) {
            environment.put("TIMETETHER_LIMITS_" + limit + "_PER_MINUTE", "1000000000");
        }
        return environment;
    }

    private static List<String> options() {
        List<String> options = new ArrayList<>(AS_IN_PRODUCTION);
        String more = System.getProperty("figures.options", "");
        if (!more.isBlank()) {
            options.addAll(List.of(more.split(" ")));
        }
        return options;
    }

    private static Map<String, String> bearer(World world) {
        return Map.of("Authorization", "Bearer " + world.tokenFor("ada", LocalIdentity.COMMAND_LINE));
    }

    private static Map<String, String> session(GatewayProcess gateway) throws IOException, InterruptedException {
        Browser browser = new Browser();
        browser.signIn(gateway.url("/sign-in"), "ada", new ArrayList<>());
        return Map.of("Cookie", "q_session=" + browser.cookies.get("q_session"));
    }

    private static String local(GatewayProcess gateway) {
        return "http://127.0.0.1:" + gateway.port() + PATH;
    }
}
