package io.timetether.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.timetether.localrun.parts.RunningPart;
import io.timetether.localrun.product.DemoPeople;
import io.timetether.localrun.product.LocalProduct;
import io.timetether.localrun.product.Progress;
import io.timetether.localrun.settings.Settings;
import io.timetether.systemtests.Browser.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two of each service side by side, with no configuration but where the others are; then one of each is killed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoInstancesIT {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Duration SECONDS = Duration.ofSeconds(20);
    /** Leases of a killed instance run out within 14 s; the rest is for a machine that is busy with other tests. */
    private static final Duration TAKE_OVER = Duration.ofSeconds(45);

    private final LocalDate day = LocalDate.now(BERLIN).plusDays(9);
    private LocalProduct local;
    private Product product;
    private Browser atTheOther;

    @BeforeAll
    void startTwoOfEach() throws IOException {
        Path root = Path.of(System.getProperty("timetether.root")).toAbsolutePath();
        Path data = Files.createTempDirectory(Files.createDirectories(root.resolve("system-tests/target")), "two-");
        local = LocalProduct.start(Settings.forTests(root, data), Progress.silent());
        int scheduling = freePort();
        local.startBeside(part("scheduling"), scheduling, Map.of());
        int calendarSync = freePort();
        local.startBeside(part("calendar-sync"), calendarSync, Map.of("TIMETETHER_SCHEDULING_URL", origin(scheduling)));
        int gateway = freePort();
        local.startBeside(
                part("gateway"),
                gateway,
                Map.of(
                        "TIMETETHER_SCHEDULING_URL", origin(scheduling),
                        "TIMETETHER_CALENDAR_SYNC_URL", origin(calendarSync)));
        product = new Product(
                URI.create(local.gatewayUrl()),
                URI.create(local.simulatorUrl().orElseThrow()),
                DemoPeople.OLIVIA.subject());
        atTheOther = new Browser(URI.create(origin(gateway)));
    }

    @AfterAll
    void stop() {
        if (local != null) {
            local.close();
        }
    }

    @Test
    void workAsOneAndOneIsEnough() throws Exception {
        Practice practice = Practice.open(product, "BUSINESS", "Doris");
        Browser other = atTheOther.withTheCookiesOf(practice.admin().browser());
        assertThat(other.get("/api/v1/me").expect(200).text("/name")).isEqualTo("Doris");
        Outlook outlook = practice.mailbox("UTC");
        practice.admin().connect(practice.staffId(), outlook.address());
        String feed = "/api/v1/sync-feeds/" + practice.feeds().text("/items/0/id");
        await().atMost(SECONDS).until(() -> other.get(feed).text("/state"), "ACTIVE"::equals);

        // One slot, twenty wishes, half of them at each: one gets it, and Outlook shows it once.
        List<Integer> answers = race(practice, other, at("10:00"));
        assertThat(answers).containsOnly(201, 409);
        assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
        await().atMost(SECONDS).until(() -> ours(outlook), count -> count == 1);

        // A change in Outlook is seen at both.
        outlook.add("Dentist", at("14:00"), at("15:00"), "busy");
        await().atMost(SECONDS).until(() -> !practice.hasSlot(at("14:30")));
        assertThat(slots(practice, other, at("14:30"))).isEmpty();

        // One calendar-sync is killed: the other goes on with what that one was at, and with what is asked of it.
        part("calendar-sync").kill();
        book(other, practice, at("12:00")).expect(201);
        outlook.add("Optician", at("16:00"), at("17:00"), "busy");
        await().atMost(TAKE_OVER).until(() -> ours(outlook), count -> count == 2);
        other.post(feed + "/sync", Map.of()).expect(202);
        await().atMost(TAKE_OVER)
                .until(() -> slots(practice, other, at("16:00")).isEmpty());

        // Then one scheduling and one gateway: nothing is lost or doubled.
        part("scheduling").kill();
        part("gateway").kill();
        book(other, practice, at("11:00")).expect(201);
        await().atMost(TAKE_OVER).until(() -> ours(outlook), count -> count == 3);
        assertThat(slots(practice, other, at("14:30"))).isEmpty();
        assertThat(slots(practice, other, at("11:00"))).isEmpty();
        assertThat(outlook.entries(at("00:00"), at("23:59"))).hasSize(5);
        assertThat(other.get("/api/v1/me").expect(200).text("/name")).isEqualTo("Doris");
    }

    private List<Integer> race(Practice practice, Browser other, Instant start) throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> all = IntStream.range(0, 20)
                    .mapToObj(i -> clients.submit(
                            () -> book(i % 2 == 0 ? practice.admin().browser() : other, practice, start)
                                    .status()))
                    .toList();
            return all.stream().map(TwoInstancesIT::result).toList();
        }
    }

    private static int result(Future<Integer> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Answer book(Browser at, Practice practice, Instant start) {
        return at.api("POST", "/api/v1/appointments", practice.wish(start, "Clara Client"), Practice.freshKey());
    }

    private List<Instant> slots(Practice practice, Browser at, Instant start) {
        return practice.slots(at, start, start.plus(Duration.ofMinutes(30)));
    }

    private long ours(Outlook outlook) {
        return outlook.entries(at("00:00"), at("23:59")).stream()
                .filter(Outlook.Entry::isOurs)
                .count();
    }

    private Instant at(String time) {
        return day.atTime(LocalTime.parse(time)).atZone(BERLIN).toInstant();
    }

    private RunningPart part(String name) {
        return local.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String origin(int port) {
        return "http://localhost:" + port;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
