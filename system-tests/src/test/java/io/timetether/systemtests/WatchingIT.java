package io.timetether.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.timetether.localrun.settings.Port;
import io.timetether.localrun.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the alerts and the dashboard ask for is what the services really say about themselves. */
class WatchingIT {

    private static final List<String> ASKING =
            List.of("deploy/alerts/timetether.yaml", "deploy/dashboards/timetether.json");
    private static final Pattern METRIC = Pattern.compile(
            "\\b((?:http|jvm|agroal|process|worker|timetether)_[a-z_]+)(?:\\{([^}\\\\]*(?:\\\\.[^}\\\\]*)*)})?");
    private static final Pattern WHERE = Pattern.compile("(job|uri)=\\\\?\"([^\"\\\\]+)");

    @Test
    void everyMetricThatIsAskedForExists() {
        Settings settings = Product.local().settings();
        Map<String, URI> services = Map.of(
                "scheduling", URI.create(settings.origin(Port.SCHEDULING)),
                "calendar-sync", URI.create(settings.origin(Port.CALENDAR_SYNC)),
                "gateway", URI.create(settings.origin(Port.GATEWAY)));
        someTraffic();

        for (String file : ASKING) {
            for (MatchResult asked : METRIC.matcher(text(file)).results().toList()) {
                Map<String, String> where = WHERE.matcher(String.valueOf(asked.group(2)))
                        .results()
                        .collect(Collectors.toMap(m -> m.group(1), m -> m.group(2)));
                // The gateway notes the paths of its callers by their beginnings.
                String line = "(?m)^" + asked.group(1) + "[ {]"
                        + (where.containsKey("uri") ? ".*uri=\"" + Pattern.quote(where.get("uri")) + "\"" : "");
                Set<URI> asking = where.containsKey("job")
                        ? Set.of(services.get(where.get("job")))
                        : Set.copyOf(services.values());
                await(file + " asks for " + asked.group())
                        .atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> {
                            for (URI service : asking) {
                                assertThat(metrics(service))
                                        .as(service.toString())
                                        .containsPattern(line);
                            }
                        });
            }
        }
    }

    /** One of everything that is watched: a sign-in (and one that is not completed), a booking, an answer about free time, a calendar, a notification. */
    private static void someTraffic() {
        Practice practice = Practice.open(Product.running(), "BUSINESS", "Wanda");
        Instant monday = LocalDate.now(ZoneOffset.UTC)
                .with(TemporalAdjusters.next(DayOfWeek.MONDAY))
                .plusWeeks(1)
                .atTime(9, 0)
                .toInstant(ZoneOffset.UTC);
        new Browser(Product.running().home()).open("/sign-in/complete?code=nobodys&state=nobodys");
        practice.hasSlot(monday);
        practice.book(monday, "Berta Client").expect(201);
        Outlook outlook = practice.mailbox("W. Europe Standard Time");
        practice.admin().connect(practice.staffId(), outlook.address());
        outlook.add("Dentist", monday.plusSeconds(7200), monday.plusSeconds(9000), "busy");
        await().atMost(Duration.ofSeconds(30)).until(() -> !practice.hasSlot(monday.plusSeconds(7200)));
    }

    /** As Prometheus reads them; a browser's wishes for a format would not be met. */
    private static String metrics(URI service) throws IOException {
        try (var in = service.resolve("/q/metrics").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String text(String file) {
        try {
            return Files.readString(
                    Path.of(System.getProperty("timetether.root")).resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
