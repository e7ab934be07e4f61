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
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/** One Microsoft account, two organisations: one calendar, one subscription, and nothing of one is the other's. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class TwoOrganisationsIT {

    private static final LocalDate DAY =
            LocalDate.now(ZoneId.of("Europe/Berlin")).plusDays(12);

    private final Surroundings around = Surroundings.get();
    private final Outlook outlook = around.outlook();

    @Inject
    Sql sql;

    @Test
    void shareTheAccountAndBlockEachOther() {
        Person anna = Person.withMailbox("Europe/Berlin");
        Person bert = Person.without(around.scheduling.organisation("PROFESSIONAL"), "Europe/Berlin");
        long subscribed = subscriptions();
        anna.connect();
        UUID annas = anna.feed();
        await(() -> assertThat(
                        anna.get("/api/v1/sync-feeds/" + annas).jsonPath().getBoolean("notifications.active"))
                .isTrue());
        bert.connect(anna.address());
        UUID berts = bert.feed();
        await(() -> assertThat(
                        bert.get("/api/v1/sync-feeds/" + berts).jsonPath().getString("state"))
                .isEqualTo("ACTIVE"));

        outlook.addEvent(anna.address(), "Dentist", DAY.atTime(9, 0), DAY.atTime(10, 0), "W. Europe Standard Time");
        await(() -> assertThat(around.scheduling.titles(annas)).containsExactly("Dentist"));
        await(() -> assertThat(around.scheduling.titles(berts)).containsExactly("Dentist"));

        // An appointment of one is an ordinary event to the other: it blocks there, and is never changed from there.
        Instant start = DAY.atTime(14, 0).atZone(ZoneId.of("Europe/Berlin")).toInstant();
        UUID booked = around.scheduling.book(anna.organisation, anna.staff, start, start.plusSeconds(1800), "Mia");
        await(() -> assertThat(around.scheduling.titles(berts)).containsExactly("Dentist", "[tt] Massage – Mia"));
        assertThat(around.scheduling.titles(annas)).containsExactly("Dentist");
        around.scheduling.change(booked, Map.of("status", "CANCELLED"));
        await(() -> assertThat(around.scheduling.titles(berts)).containsExactly("Dentist"));

        // Microsoft knows of one subscription, and of one calendar here.
        assertThat(subscriptions() - subscribed).isEqualTo(1);
        long calendars = sql.get(
                "SELECT count(DISTINCT remote_calendar_id) AS n FROM feed WHERE id IN (?, ?)",
                row -> row.number("n"),
                annas,
                berts);
        assertThat(calendars).isEqualTo(1);
        assertThat(bert.get("/api/v1/sync-feeds/" + annas).statusCode()).isEqualTo(404);
    }

    private long subscriptions() {
        return around.between.count(
                seen -> seen.method().equals("POST") && seen.path().endsWith("/subscriptions"));
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(assertion);
    }
}
