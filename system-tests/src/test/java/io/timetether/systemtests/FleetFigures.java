package io.timetether.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.timetether.localrun.parts.RunningPart;
import io.timetether.localrun.product.LocalProduct;
import io.timetether.systemtests.Fleet.Ship;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/**
 * Figures of many mailboxes, seen from outside. Not a test: started by {@code system-tests/fleet-figures}, never by
 * {@code ./test}. What each figure is for, its aim and what was seen: docs/figures-of-the-sync.md.
 */
class FleetFigures {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int DELAY_MILLIS = 120;
    private static final String POLL_IS_DUE_LATER =
            "task_name = 'sync-calendar' AND NOT picked AND execution_time > now()";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Product product = Product.running();
    private final LocalProduct local = Product.local();
    private final Browser office = new Browser(product.office365());
    private final int mailboxes = Integer.getInteger("figures.mailboxes", 50);

    /** First sync beside merely downloading the same pages with okhttp, each request taking 120 ms more; in turns. */
    @Test
    void firstSyncBesideTheDownload() throws IOException {
        int events = Integer.getInteger("figures.events", 10_000);
        int warm = Integer.getInteger("figures.warm", 2);
        for (int round = 1 - warm; round <= Integer.getInteger("figures.rounds", 3); round++) {
            Practice practice = Practice.open(product, "BUSINESS", "Fritz");
            Outlook outlook = practice.mailbox("UTC");
            outlook.fill(events);
            String token = token(outlook.address());
            order(outlook.address(), Map.of("trouble", "LATE", "times", -1, "millis", DELAY_MILLIS));
            long began = System.nanoTime();
            int pages = download(token);
            long downloaded = System.nanoTime();
            Map<String, Duration> before = cpuOfParts();
            practice.admin().connect(practice.staffId(), outlook.address());
            String feed = "/api/v1/sync-feeds/" + practice.feeds().text("/items/0/id");
            until(() -> first(practice, feed).path("finishedAt").isTextual());
            JsonNode first = first(practice, feed);
            long synced = Duration.between(
                            Instant.parse(first.get("startedAt").asText()),
                            Instant.parse(first.get("finishedAt").asText()))
                    .toMillis();
            long plain = millis(downloaded - began);
            say(
                    "%sfirst sync of %d events, round %d: %d ms; the %d pages alone %d ms; ratio %.2f; processor %s",
                    round > 0 ? "" : "warming up: ",
                    events,
                    round,
                    synced,
                    pages,
                    plain,
                    (double) synced / plain,
                    since(before));
            withdrawFaults();
        }
    }

    private static JsonNode first(Practice practice, String feed) {
        JsonNode runs = practice.admin().get(feed + "/runs").body().get("items");
        return runs.path(runs.size() - 1);
    }

    /** From change to notice and from booking to event, with many busy mailboxes; then again with one of them throttled. */
    @Test
    void busyMailboxesOneOfThemThrottled() {
        Fleet fleet = Fleet.open(product, mailboxes);
        until(fleet::isActive);
        int rounds = Integer.getInteger("figures.changes", 10);
        Instant day = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(30, ChronoUnit.DAYS);
        busy(fleet, "all well", null, day, rounds);
        Ship throttled = fleet.ships().getFirst();
        order(throttled.outlook().address(), Map.of("trouble", "THROTTLED", "times", -1, "retryAfter", "5"));
        busy(fleet, "one throttled, the others", throttled, day.plus(rounds, ChronoUnit.DAYS), rounds);
        withdrawFaults();
        say("most requests in flight to one mailbox: %d", Fleet.mostInFlight(product.office365()));
    }

    private void busy(Fleet fleet, String when, Ship besides, Instant day, int rounds) {
        Person admin = fleet.practice().admin();
        Map<String, Instant> changed = new HashMap<>();
        List<Long> outwards = new ArrayList<>();
        long seen = lastAsked();
        Map<String, Instant> booked = new HashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Ship ship : fleet.ships()) {
                Instant at = day.plus(round, ChronoUnit.DAYS);
                // By its time: to others than its owner an event says no more than when it is.
                changed.put(ship.staffId() + at, Instant.now());
                ship.outlook().add("Busy in round " + round, at, at.plus(30, ChronoUnit.MINUTES), "busy");
            }
            Ship ship = fleet.ships().get(1 + round % (fleet.ships().size() - 1));
            Instant slot = day.plus(round, ChronoUnit.DAYS).plus(2 + changed.size() % 2, ChronoUnit.HOURS);
            booked.put(ship.outlook().address(), Instant.now());
            admin.create(
                            "/api/v1/appointments",
                            Map.of(
                                    "serviceId", fleet.practice().serviceId(),
                                    "staffId", ship.staffId(),
                                    "startAt", slot.toString(),
                                    "attendees", List.of(Map.of("name", "Client"))))
                    .expect(201);
            until(() -> written(seen, ship) != null);
        }
        booked.forEach((address, at) -> fleet.ships().stream()
                .filter(ship -> ship.outlook().address().equals(address))
                .forEach(ship ->
                        outwards.add(Duration.between(at, written(seen, ship)).toMillis())));
        List<Long> inwards = new ArrayList<>();
        Map<String, JsonNode> feeds = fleet.feeds();
        for (Ship ship : fleet.ships()) {
            if (ship.equals(besides)) {
                continue;
            }
            String items =
                    "/api/v1/sync-feeds/" + feeds.get(ship.staffId()).get("id").asText() + "/items?limit=100";
            List<Long> noticed = new ArrayList<>();
            until(() -> {
                noticed.clear();
                admin.get(items).expect(200).body().get("items").forEach(item -> {
                    Instant began = changed.get(
                            ship.staffId() + Instant.parse(item.path("startsAt").asText("1970-01-01T00:00:00Z")));
                    if (began != null && item.get("loaded").asBoolean()) {
                        noticed.add(Duration.between(
                                        began,
                                        Instant.parse(item.get("processedAt").asText()))
                                .toMillis());
                    }
                });
                return noticed.size() == rounds;
            });
            inwards.addAll(noticed);
        }
        say(
                "%s: change in Outlook -> noticed, %d mailboxes: %s",
                when, fleet.ships().size(), spread(inwards));
        say("%s: booking -> event in Outlook: %s", when, spread(outwards));
    }

    /** When the first event of ours was written to this mailbox. */
    private Instant written(long after, Ship ship) {
        return Fleet.asked(product.office365(), after).stream()
                .filter(entry ->
                        entry.get("mailbox").asText().equals(ship.outlook().address())
                                && entry.get("method").asText().equals("POST")
                                && entry.get("path").asText().endsWith("/events")
                                && entry.get("status").asInt() == 201)
                .map(entry -> Instant.parse(entry.get("at").asText()))
                .findFirst()
                .orElse(null);
    }

    /** Requests per mailbox and hour when nothing happens, and what a thousand polls cost. */
    @Test
    void atRest() {
        Fleet fleet = Fleet.open(product, mailboxes);
        until(fleet::isActive);
        int seconds = Integer.getInteger("figures.rest", 600);
        rest(Duration.ofSeconds(30));
        long seen = lastAsked();
        long began = System.nanoTime();
        Duration cpu = cpu();
        rest(Duration.ofSeconds(seconds));
        List<JsonNode> asked = Fleet.asked(product.office365(), seen);
        double hours = (System.nanoTime() - began) / 3.6e12;
        say(
                "at rest, %d mailboxes for %d s: %.1f requests per mailbox and hour; %.2f s of processor in all",
                mailboxes,
                seconds,
                asked.size() / hours / mailboxes,
                cpu().minus(cpu).toMillis() / 1000.0);

        for (int thousand = 1; thousand <= Integer.getInteger("figures.rounds", 3); thousand++) {
            thousandPolls();
        }
    }

    private void thousandPolls() {
        poll();
        long from = lastAsked();
        Map<String, Duration> before = cpuOfParts();
        for (int round = 0; round < Math.max(1, 1000 / mailboxes); round++) {
            poll();
        }
        String processor = since(before);
        long polls = Fleet.asked(product.office365(), from).stream()
                .filter(entry -> entry.get("path").asText().contains("delta"))
                .count();
        say("%d polls of resting mailboxes; processor for them: %s", polls, processor);
    }

    /** Brings every mailbox's turn forward, instead of waiting four minutes for it, and waits for their ends. */
    private void poll() {
        Databases.change(
                local, "calendar_sync", "UPDATE scheduled_tasks SET execution_time = now() WHERE " + POLL_IS_DUE_LATER);
        until(() -> Databases.number(
                        local, "calendar_sync", "SELECT count(*) FROM scheduled_tasks WHERE " + POLL_IS_DUE_LATER)
                == mailboxes);
    }

    /** Two instances; one is killed while every mailbox changes: how long until all are fresh again. */
    @Test
    void afterAKill() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        RunningPart first = part(Comparator.naturalOrder());
        local.startBeside(first, port, Map.of());
        RunningPart beside = local.parts().stream()
                .filter(part -> part.name().startsWith("calendar-sync") && part.pid() != first.pid())
                .findFirst()
                .orElseThrow();
        Fleet fleet = Fleet.open(product, mailboxes);
        until(fleet::isActive);
        Instant at = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(40, ChronoUnit.DAYS);
        List<Ship> ships = fleet.ships();
        Instant changing = Instant.now();
        for (int i = 0; i < ships.size(); i++) {
            if (i == ships.size() / 2) {
                beside.kill();
            }
            ships.get(i).outlook().add("Changed", at, at.plus(30, ChronoUnit.MINUTES), "busy");
        }
        Instant changed = Instant.now();
        until(() -> entries(fleet, at) == ships.size());
        say(
                "%d mailboxes, two instances, one killed while all changed (within %d ms): all noticed %d ms after the"
                        + " last change",
                ships.size(),
                Duration.between(changing, changed).toMillis(),
                Duration.between(changed, Instant.now()).toMillis());
        until(() -> fleet.isFreshSince(changing));
        say(
                "all fresh again %d ms after the last change",
                Duration.between(changed, Instant.now()).toMillis());
        say(
                "entries in Timetether: %d; most requests in flight to one mailbox: %d",
                entries(fleet, at), Fleet.mostInFlight(product.office365()));
    }

    private static long entries(Fleet fleet, Instant at) {
        long count = 0;
        for (JsonNode item : fleet.practice()
                .admin()
                .get("/api/v1/calendar?from=" + at + "&to=" + at.plus(1, ChronoUnit.HOURS))
                .expect(200)
                .body()
                .get("items")) {
            count += item.path("source").asText().equals("EXTERNAL") ? 1 : 0;
        }
        return count;
    }

    private RunningPart part(Comparator<Long> order) {
        return local.parts().stream()
                .filter(part -> part.name().startsWith("calendar-sync"))
                .min(Comparator.comparing(RunningPart::pid, order))
                .orElseThrow();
    }

    /** Processor time that each program has used, by its name. */
    private Map<String, Duration> cpuOfParts() {
        Map<String, Duration> used = new HashMap<>();
        local.parts().forEach(part -> used.put(part.name(), cpu(part)));
        return used;
    }

    private String since(Map<String, Duration> before) {
        return cpuOfParts().entrySet().stream()
                .map(part -> "%s %d ms"
                        .formatted(
                                part.getKey(),
                                part.getValue()
                                        .minus(before.getOrDefault(part.getKey(), Duration.ZERO))
                                        .toMillis()))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** Processor time that the first calendar-sync has used. */
    private Duration cpu() {
        return cpu(part(Comparator.naturalOrder()));
    }

    /** Linux tells it in hundredths of a second. */
    private static Duration cpu(RunningPart part) {
        try {
            String stat = Files.readString(Path.of("/proc/" + part.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Duration.ofMillis((Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long lastAsked() {
        return Fleet.asked(product.office365(), 0).stream()
                .mapToLong(entry -> entry.get("number").asLong())
                .max()
                .orElse(0);
    }

    private void order(String mailbox, Map<String, Object> fault) {
        Map<String, Object> wish = new HashMap<>(fault);
        wish.put("mailbox", mailbox);
        office.post("/simulator/faults", wish).expect(201);
    }

    private void withdrawFaults() {
        office.api("DELETE", "/simulator/faults", null, Map.of());
    }

    /** Follows the links of a first round to its end, and does nothing with the pages; answers how many. */
    private int download(String token) throws IOException {
        Instant from = Instant.now().minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
        OkHttpClient http =
                new OkHttpClient.Builder().readTimeout(Duration.ofSeconds(60)).build();
        String link = product.office365() + "/v1.0/me/calendarView/delta?startDateTime=" + from + "&endDateTime="
                + from.plus(380, ChronoUnit.DAYS);
        int pages = 0;
        while (link != null) {
            Request request = new Request.Builder()
                    .url(link)
                    .header("Authorization", "Bearer " + token)
                    .header("Prefer", "IdType=\"ImmutableId\", outlook.timezone=\"UTC\", odata.maxpagesize=500")
                    .build();
            try (Response response = http.newCall(request).execute()) {
                JsonNode page = JSON.readTree(response.body().bytes());
                link = page.path("@odata.nextLink").textValue();
                pages++;
            }
        }
        return pages;
    }

    /** A token of its own for this mailbox, as the service gets one. */
    private String token(String address) throws IOException {
        Properties secrets = new Properties();
        secrets.load(new StringReader(Files.readString(local.settings().data().resolve("secrets"))));
        String callback = product.home() + "/oauth/microsoft/callback";
        OkHttpClient http = new OkHttpClient();
        Map<String, String> wish = new HashMap<>(Map.of(
                "client_id", "timetether-local",
                "response_type", "code",
                "response_mode", "query",
                "redirect_uri", callback,
                "scope", "openid profile offline_access User.Read MailboxSettings.Read Calendars.ReadWrite",
                "state", "figures",
                "account", address,
                "decision", "accept"));
        Request authorize = new Request.Builder()
                .url(product.office365() + "/common/oauth2/v2.0/authorize")
                .post(form(wish))
                .build();
        String code;
        try (Response answer = http.newBuilder()
                .followRedirects(false)
                .build()
                .newCall(authorize)
                .execute()) {
            String location = String.valueOf(answer.header("Location"));
            code = Arrays.stream(URI.create(location).getRawQuery().split("&"))
                    .filter(pair -> pair.startsWith("code="))
                    .map(pair -> URLDecoder.decode(pair.substring(5), StandardCharsets.UTF_8))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(location));
        }
        Request redeem = new Request.Builder()
                .url(product.office365() + "/common/oauth2/v2.0/token")
                .post(form(Map.of(
                        "client_id",
                        "timetether-local",
                        "client_secret",
                        secrets.getProperty("simulator.client-secret"),
                        "grant_type",
                        "authorization_code",
                        "redirect_uri",
                        callback,
                        "code",
                        code)))
                .build();
        try (Response answer = http.newCall(redeem).execute()) {
            return JSON.readTree(answer.body().string()).get("access_token").asText();
        }
    }

    private static FormBody form(Map<String, String> fields) {
        FormBody.Builder form = new FormBody.Builder();
        fields.forEach(form::add);
        return form.build();
    }

    private static void rest(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(100_000_000);
        }
    }

    private static void until(BooleanSupplier there) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not seen within " + LONGEST);
            }
            LockSupport.parkNanos(100_000_000);
        }
    }

    private static String spread(List<Long> millis) {
        List<Long> sorted = millis.stream().sorted().collect(Collectors.toList());
        return sorted.isEmpty()
                ? "none"
                : "p50 %d ms, p99 %d ms, longest %d ms (%d)"
                        .formatted(
                                sorted.get(sorted.size() / 2),
                                sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1),
                                sorted.getLast(),
                                sorted.size());
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }

    private static void say(String text, Object... values) {
        System.out.printf(Locale.ROOT, text + "%n", values);
    }
}
