package io.timetether.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.timetether.scheduling.Crowd.Reply;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Many who want the same, over real HTTP, at two instances of the packaged service on one PostgreSQL. A few rounds each;
 * {@code -Dtimetether.rounds=50} for many.
 */
class RacesIT {

    private static final int ROUNDS = Integer.getInteger("timetether.rounds", 3);
    private static final int RACERS = 200;
    /** Not the next one: that begins while we run, if we run at midnight. */
    private static final Instant FIRST_DAY =
            Instant.now().truncatedTo(ChronoUnit.DAYS).plus(2, ChronoUnit.DAYS);

    private static Instances instances;
    private static Crowd crowd;

    private final Practice practice = Api.practice(instances.url(0), "UTC");
    private final String token = practice.admin().token();

    @BeforeAll
    static void start() {
        instances = Instances.start(2);
        crowd = new Crowd();
    }

    @AfterAll
    static void stop() {
        crowd.close();
        instances.close();
    }

    /** An independent look at the tables, after each test: nobody is in two places at once. */
    @AfterEach
    void nobodyIsBookedTwice() throws SQLException {
        try (Connection connection = instances.connection()) {
            assertThat(TableChecker.overlaps(connection)).isEmpty();
        }
    }

    private static Instant at(int day, int hour, int minute) {
        return FIRST_DAY.plus(day, ChronoUnit.DAYS).plus(hour * 60L + minute, ChronoUnit.MINUTES);
    }

    private static Map<String, Object> wish(String service, @Nullable String staff, Instant start) {
        Map<String, Object> wish = new HashMap<>();
        wish.put("serviceId", service);
        wish.put("startAt", start.toString());
        if (staff != null) {
            wish.put("staffId", staff);
        }
        return wish;
    }

    private Callable<Reply> booking(int racer, Map<String, Object> wish) {
        return booking(racer, UUID.randomUUID().toString(), wish);
    }

    private Callable<Reply> booking(int racer, String key, Map<String, Object> wish) {
        Map<String, Object> body = new HashMap<>(wish);
        body.put("attendees", List.of(Map.of("name", "Racer " + racer)));
        String url = instances.url(racer % instances.count()) + "/api/v1/appointments";
        return () -> crowd.send("POST", url, token, key, null, body);
    }

    private Callable<Reply> holding(int racer, Map<String, Object> wish) {
        String url = instances.url(racer % instances.count()) + "/api/v1/holds";
        return () -> crowd.send("POST", url, token, null, null, wish);
    }

    private static long won(List<Reply> replies) {
        return replies.stream().filter(reply -> reply.status() == 201).count();
    }

    private static void allLostTo(String problem, List<Reply> replies) {
        assertThat(replies).filteredOn(reply -> reply.status() != 201).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.problem()).isEqualTo(problem);
            assertThat(reply.body().path("alternatives")).isNotEmpty();
        });
    }

    @Test
    void ofTwoHundredForOneSlotOneWinsAndTheOthersGetAlternatives() throws Exception {
        String staff = practice.staffMember("Ava", "UTC");
        String service = practice.service(30, Map.of());
        List<Double> tails = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<Callable<Reply>> racers = new ArrayList<>();
            for (int racer = 0; racer < RACERS; racer++) {
                racers.add(booking(racer, wish(service, staff, at(round / 40, round % 40 / 2, round % 2 * 30))));
            }
            List<Reply> replies = crowd.together(racers);
            assertThat(won(replies)).isEqualTo(1);
            allLostTo("slot-taken", replies);
            tails.add(Crowd.percentile(replies, 0.99));
        }
        Collections.sort(tails);
        System.out.printf("%d racers for one slot, %d rounds: p99 of a round in ms: %s%n", RACERS, ROUNDS, tails);
    }

    @Test
    void anyOfThreeIsThree() throws Exception {
        List<String> staff = List.of(
                practice.staffMember("Ben", "UTC"),
                practice.staffMember("Cai", "UTC"),
                practice.staffMember("Dot", "UTC"));
        String service = practice.service(30, Map.of("staffIds", staff));
        for (int round = 0; round < ROUNDS; round++) {
            List<Callable<Reply>> racers = new ArrayList<>();
            for (int racer = 0; racer < 60; racer++) {
                racers.add(booking(racer, wish(service, null, at(round, 9, 0))));
            }
            List<Reply> replies = crowd.together(racers);
            assertThat(replies)
                    .filteredOn(reply -> reply.status() == 201)
                    .extracting(reply -> reply.body().path("staffId").asText())
                    .containsExactlyInAnyOrderElementsOf(staff);
            allLostTo("slot-taken", replies);
        }
        // One after the other, the work of a day is shared evenly.
        Map<String, Integer> shares = new HashMap<>();
        for (int i = 0; i < 9; i++) {
            Reply reply = booking(i, wish(service, null, at(60, 9 + i, 0))).call();
            shares.merge(reply.body().path("staffId").asText(), 1, Integer::sum);
        }
        assertThat(shares.values()).containsExactly(3, 3, 3);
    }

    @Test
    void aDaysMaximumIsKept() throws Exception {
        List<String> staff = List.of(practice.staffMember("Eli", "UTC"), practice.staffMember("Flo", "UTC"));
        String service = practice.service(30, Map.of("maxPerDayOrganisation", 5, "maxPerDayStaff", 3));
        for (int round = 0; round < ROUNDS; round++) {
            List<Callable<Reply>> racers = new ArrayList<>();
            for (int racer = 0; racer < 60; racer++) {
                Map<String, Object> wish =
                        wish(service, staff.get(racer % 2), at(round, racer % 20, racer / 20 % 2 * 30));
                racers.add(racer % 3 == 0 ? holding(racer, wish) : booking(racer, wish));
            }
            List<Reply> replies = crowd.together(racers);
            assertThat(won(replies)).isEqualTo(5);
            for (String one : staff) {
                assertThat(replies)
                        .filteredOn(reply -> reply.status() == 201
                                && reply.body().path("staffId").asText().equals(one))
                        .hasSizeLessThanOrEqualTo(3);
            }
            assertThat(replies).extracting(Reply::status).containsOnly(201, 409);
        }
    }

    @Test
    void buffersNeverOverlap() throws Exception {
        String staff = practice.staffMember("Gil", "UTC");
        String service =
                practice.service(30, Map.of("bufferBeforeMinutes", 10, "bufferAfterMinutes", 20, "slotGridMinutes", 5));
        for (int round = 0; round < ROUNDS; round++) {
            long seed = 7 + round;
            Random random = new Random(seed);
            List<Callable<Reply>> racers = new ArrayList<>();
            for (int racer = 0; racer < 100; racer++) {
                racers.add(booking(
                        racer, wish(service, staff, at(round, 9 + random.nextInt(3), random.nextInt(12) * 5))));
            }
            List<Reply> replies = crowd.together(racers);
            assertThat(won(replies)).as("seed %d", seed).isBetween(2L, 4L);
            assertThat(replies).extracting(Reply::status).containsOnly(201, 409);
        }
    }

    @Test
    void oneOfHoldsAndBookingsGetsTheTimeAndAHoldBecomesItsHoldersBooking() throws Exception {
        String staff = practice.staffMember("Hal", "UTC");
        String service = practice.service(30, Map.of());
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, Object> wish = wish(service, staff, at(round, 9, 0));
            List<Callable<Reply>> racers = new ArrayList<>();
            for (int racer = 0; racer < 80; racer++) {
                racers.add(racer / 2 % 2 == 0 ? holding(racer, wish) : booking(racer, wish));
            }
            List<Reply> replies = crowd.together(racers);
            assertThat(won(replies)).isEqualTo(1);
            allLostTo("slot-taken", replies);
        }
        Map<String, Object> wish = wish(service, staff, at(80, 9, 0));
        Reply held = holding(0, wish).call();
        assertThat(held.status()).isEqualTo(201);
        wish.put("holdId", held.body().path("id").asText());
        // Its holder tries at both instances at once, with one key and with several.
        List<Callable<Reply>> attempts = new ArrayList<>();
        for (int racer = 0; racer < 20; racer++) {
            attempts.add(booking(racer, wish));
        }
        assertThat(won(crowd.together(attempts))).isEqualTo(1);
    }

    @Test
    void nobodyIsBookedWithWhomIsErasedAtTheSameTime() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String staff = practice.staffMember("Kim" + round, "UTC");
            String service = practice.service(30, Map.of("staffIds", List.of(staff)));
            List<Callable<Reply>> racers = new ArrayList<>();
            for (int racer = 0; racer < 8; racer++) {
                racers.add(booking(racer, wish(service, staff, at(0, racer, 0))));
            }
            String url = instances.url(round % 2) + "/api/v1/staff/" + staff;
            racers.add(round * 3 % 9, () -> crowd.send("DELETE", url, token, null, "*", Map.of()));
            List<Reply> replies = crowd.together(racers);
            boolean erased = replies.stream().anyMatch(reply -> reply.status() == 204);
            assertThat(erased).as(replies.toString()).isEqualTo(won(replies) == 0);
            assertThat(replies).extracting(Reply::status).isSubsetOf(201, 204, 400, 409);
        }
    }

    /** Whoever is refused by one instance is refused by the other, however they are spread. */
    @Test
    void aLimitOfThePublicPagesIsOneForAllInstances() {
        Visitor visitor = Visitor.at(practice.slug());
        int allowed = 0;
        while (change(visitor, allowed).statusCode() != 429) {
            allowed++;
        }
        // 30 in ten minutes; one comes back every 20 seconds, should this take so long.
        assertThat(allowed).isBetween(30, 35);
        assertThat(List.of(change(visitor, 0).statusCode(), change(visitor, 1).statusCode()))
                .contains(429);
    }

    /** Not a valid one: it is counted before it is looked at. */
    private static Response change(Visitor visitor, int instance) {
        return visitor.request()
                .baseUri(instances.url(instance % instances.count()))
                .body("{}")
                .post(visitor.path("/appointments"));
    }

    @Test
    void oneKeyBooksOnceHoweverOftenItIsSent() throws Exception {
        String staff = practice.staffMember("Ina", "UTC");
        String service = practice.service(30, Map.of());
        for (int round = 0; round < ROUNDS; round++) {
            String key = UUID.randomUUID().toString();
            Map<String, Object> wish = wish(service, staff, at(round, 9, 0));
            wish.put("attendees", List.of(Map.of("name", "Same")));
            List<Callable<Reply>> racers = new ArrayList<>();
            for (int racer = 0; racer < 40; racer++) {
                String url = instances.url(racer % 2) + "/api/v1/appointments";
                racers.add(() -> crowd.send("POST", url, token, key, null, wish));
            }
            List<Reply> replies = crowd.together(racers);
            assertThat(replies)
                    .allSatisfy(reply -> assertThat(
                                    reply.status() == 201 || reply.problem().equals("request-in-progress"))
                            .as(reply.toString())
                            .isTrue());
            assertThat(replies)
                    .filteredOn(reply -> reply.status() == 201)
                    .extracting(reply -> reply.body().path("id").asText())
                    .isNotEmpty()
                    .allMatch(id -> id.equals(replies.stream()
                            .filter(reply -> reply.status() == 201)
                            .findFirst()
                            .orElseThrow()
                            .body()
                            .path("id")
                            .asText()));
        }
    }

    /** Each instance remembers busy time; what the other has changed meanwhile, its next answer knows. */
    @Test
    void whatOneInstanceBooksOrFreesTheOtherKnowsAtOnce() throws Exception {
        String staff = practice.staffMember("Lea", "UTC");
        String service = practice.service(30, Map.of());
        for (int round = 0; round < ROUNDS; round++) {
            int writer = round % 2;
            Instant start = at(round, 9, 0);
            assertThat(isOffered(1 - writer, service, staff, start)).isTrue();
            Reply booked = booking(writer, wish(service, staff, start)).call();
            assertThat(isOffered(1 - writer, service, staff, start)).isFalse();
            String cancellation = instances.url(writer) + "/api/v1/appointments/"
                    + booked.body().path("id").asText() + "/cancellation";
            assertThat(crowd.send("POST", cancellation, token, null, "\"1\"", Map.of())
                            .status())
                    .isEqualTo(200);
            assertThat(isOffered(1 - writer, service, staff, start)).isTrue();
        }
    }

    private boolean isOffered(int instance, String service, String staff, Instant start) throws Exception {
        String query = "/api/v1/availability?serviceId=" + service + "&staffId=" + staff + "&from=" + start + "&to="
                + start.plus(30, ChronoUnit.MINUTES);
        Reply reply = crowd.send("GET", instances.url(instance) + query, token, null, null, Map.of());
        assertThat(reply.status()).isEqualTo(200);
        return reply.body().path("slots").size() == 1;
    }

    @Test
    void aBookingAndAnImportDoNotOverlookEachOther() throws Exception {
        String staff = practice.staffMember("Jan", "UTC");
        String service = practice.service(30, Map.of());
        String sync = Tokens.ofCalendarSync();
        String feed = UUID.randomUUID().toString();
        Map<String, Object> announced = Map.of(
                "organisationId",
                practice.id(),
                "staffId",
                staff,
                "fence",
                1,
                "calendarName",
                "Calendar",
                "subjectsShared",
                true,
                "state",
                "ACTIVE");
        crowd.send("PUT", instances.url(0) + "/internal/v1/feeds/" + feed, sync, null, null, announced);
        Map<String, Object> freshness = Map.of(
                "feedId",
                feed,
                "organisationId",
                practice.id(),
                "fence",
                1,
                "confirmedAt",
                Instant.now().toString(),
                "knownFrom",
                FIRST_DAY.minus(2, ChronoUnit.DAYS).toString(),
                "knownUntil",
                FIRST_DAY.plus(300, ChronoUnit.DAYS).toString(),
                "firstSyncCompleted",
                true,
                "state",
                "ACTIVE");
        crowd.send(
                "PUT",
                instances.url(0) + "/internal/v1/freshness",
                sync,
                null,
                null,
                Map.of("feeds", List.of(freshness)));
        int both = 0;
        for (int round = 0; round < ROUNDS * 3; round++) {
            Instant start = at(round, 9, 0);
            Map<String, Object> item = Map.of(
                    "itemId",
                    "item-" + round,
                    "title",
                    "Meeting",
                    "showAs",
                    "busy",
                    "startAt",
                    start.toString(),
                    "endAt",
                    start.plus(1, ChronoUnit.HOURS).toString());
            Map<String, Object> batch =
                    Map.of("organisationId", practice.id(), "fence", 1, "puts", List.of(item), "removals", List.of());
            List<Callable<Reply>> racers = new ArrayList<>();
            for (int racer = 0; racer < 10; racer++) {
                racers.add(booking(racer, wish(service, staff, start)));
            }
            racers.add(() -> crowd.send(
                    "POST", instances.url(1) + "/internal/v1/feeds/" + feed + "/items", sync, null, null, batch));
            Collections.shuffle(racers, new Random(round));
            List<Reply> replies = crowd.together(racers);
            assertThat(replies).extracting(Reply::status).isSubsetOf(200, 201, 409);
            assertThat(won(replies)).isLessThanOrEqualTo(1);
            both += (int) won(replies);
        }
        String query = "/api/v1/conflicts?limit=200&staffId=" + staff;
        Reply conflicts = crowd.send("GET", instances.url(1) + query, token, null, null, Map.of());
        assertThat(conflicts.body().path("items")).hasSize(both);
    }
}
