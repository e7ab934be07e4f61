package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.timetether.calendarsync.database.Sql;
import io.timetether.office365.Outlook;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Scenarios of docs/office365-scenarios.md that take the whole service; each carries its number. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class ScenariosIT {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String ZONE = "W. Europe Standard Time";
    private static final LocalDate DAY = LocalDate.now(BERLIN).plusDays(10);

    private final Surroundings around = Surroundings.get();
    private final Outlook outlook = around.outlook();

    @Inject
    Sql sql;

    @AfterEach
    void heal() {
        around.between.heal();
    }

    @Test
    void aWeeklySeriesKeepsItsLocalHourOverTheSwitch_29() {
        Person anna = Person.withMailbox("Europe/Berlin");
        outlook.addSeries(anna.address(), "Weekly", DAY.atTime(9, 0), DAY.atTime(10, 0), ZONE, """
                {"pattern":{"type":"weekly","interval":1,"daysOfWeek":["%s"]},
                 "range":{"type":"numbered","numberOfOccurrences":40,"startDate":"%s"}}
                """.formatted(
                        DAY.getDayOfWeek().name().toLowerCase(Locale.ROOT), DAY));
        UUID feed = synced(anna);
        List<Instant> starts = around.scheduling.items(feed).values().stream()
                .map(item -> Instant.parse(item.path("startAt").asText()))
                .toList();
        assertThat(starts)
                .hasSize(40)
                .doesNotHaveDuplicates()
                .allSatisfy(
                        start -> assertThat(start.atZone(BERLIN).toLocalTime()).isEqualTo(LocalTime.of(9, 0)));
        assertThat(starts.stream()
                        .map(start -> start.atZone(ZoneOffset.UTC).getHour())
                        .distinct())
                .hasSize(2);
    }

    @Test
    void manyNotificationsBecomeFewRounds_42() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = subscribed(anna);
        String calendar = graphId(feed);
        long before = rounds(calendar);
        for (int i = 0; i < 50; i++) {
            outlook.addEvent(
                    anna.address(),
                    "E" + i,
                    DAY.plusDays(i).atTime(9, 0),
                    DAY.plusDays(i).atTime(10, 0),
                    ZONE);
        }
        await(() -> assertThat(around.scheduling.items(feed)).hasSize(50));
        assertThat(rounds(calendar) - before).isLessThan(30);
    }

    @Test
    void aSubscriptionIsRenewedWhenAskedAndReplacedWhenItIsGone_43() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = subscribed(anna);
        String first = subscription(feed);
        outlook.announceLifecycle(anna.address(), "reauthorizationRequired");
        await(() -> assertThat(around.between.count(
                        seen -> seen.method().equals("PATCH") && seen.path().contains("/subscriptions/" + first)))
                .isPositive());
        outlook.announceLifecycle(anna.address(), "subscriptionRemoved");
        await(() -> assertThat(subscription(feed)).isNotEmpty().isNotEqualTo(first));
        long before = rounds(graphId(feed));
        outlook.announceLifecycle(anna.address(), "missed");
        await(() -> assertThat(rounds(graphId(feed))).isGreaterThan(before));
    }

    @Test
    void dataThatComesAfterItsNotificationIsFound_44() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID feed = subscribed(anna);
        String link = sql.get("""
                SELECT delta_link FROM remote_calendar r JOIN feed f ON f.remote_calendar_id = r.id WHERE f.id = ?
                """, row -> row.text("delta_link"), feed);
        String asked = link.substring(link.indexOf("/v1.0"));
        // Microsoft has told us, but its answer does not know it yet.
        around.between.refuse(
                seen -> seen.path().equals(asked),
                1,
                200,
                "{\"value\":[],\"@odata.deltaLink\":\"%s\"}".formatted(link));
        outlook.addEvent(anna.address(), "Late", DAY.atTime(9, 0), DAY.atTime(10, 0), ZONE);
        await(() -> assertThat(around.scheduling.titles(feed)).containsExactly("Late"));
    }

    // ---- words ----

    private UUID synced(Person person) {
        person.connect();
        UUID feed = person.feed();
        await(() -> assertThat(
                        person.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("state"))
                .isEqualTo("ACTIVE"));
        return feed;
    }

    /** A feed whose notifications live, and whose rounds after that have ended. */
    private UUID subscribed(Person person) {
        UUID feed = synced(person);
        await(() -> assertThat(
                        person.get("/api/v1/sync-feeds/" + feed).jsonPath().getBoolean("notifications.active"))
                .isTrue());
        String mark = outlook.addEvent(person.address(), "Mark", DAY.atTime(7, 0), DAY.atTime(8, 0), ZONE);
        await(() -> assertThat(around.scheduling.titles(feed)).containsExactly("Mark"));
        outlook.delete(person.address(), mark);
        await(() -> assertThat(around.scheduling.titles(feed)).isEmpty());
        return feed;
    }

    private String graphId(UUID feed) {
        return sql.get("""
                SELECT graph_id FROM remote_calendar r JOIN feed f ON f.remote_calendar_id = r.id WHERE f.id = ?
                """, row -> row.text("graph_id"), feed);
    }

    private String subscription(UUID feed) {
        return sql.get("""
                SELECT coalesce(subscription_id, '') AS id
                FROM remote_calendar r JOIN feed f ON f.remote_calendar_id = r.id WHERE f.id = ?
                """, row -> row.text("id"), feed);
    }

    private long rounds(String graphId) {
        // The end of an id may be encoded in a path.
        String id = graphId.replace("=", "");
        return around.between.count(
                seen -> seen.path().contains(id) && seen.path().contains("/delta?"));
    }

    private static void await(org.awaitility.core.ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(assertion);
    }
}
