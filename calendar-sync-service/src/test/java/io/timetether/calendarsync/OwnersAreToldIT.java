package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.timetether.calendarsync.database.Sql;
import io.timetether.calendarsync.jobs.JobKind;
import io.timetether.calendarsync.jobs.Jobs;
import io.timetether.office365.Outlook;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/** Whose connection has lost its authorisation is told by e-mail: once for each loss, however often anything is repeated. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class OwnersAreToldIT {

    private final Surroundings around = Surroundings.get();
    private final Outlook outlook = around.outlook();

    @Inject
    Sql sql;

    @Inject
    Jobs jobs;

    @Test
    void eachLossIsToldOnceThoughTheAnswerIsLostAndTheServiceIsAway() {
        Person anna = Person.withMailbox("Europe/Berlin");
        UUID connection = anna.connect();
        UUID feed = anna.feed();
        await(() -> assertThat(anna.get("/api/v1/sync-feeds/" + feed).jsonPath().getString("state"))
                .isEqualTo("ACTIVE"));
        String told = "RECONNECT_NEEDED " + anna.staff;

        around.scheduling.loseNextMessageAnswer();
        lose(anna, connection, feed);
        await(() -> assertThat(around.scheduling.told(connection)).containsExactly(told));
        await(() -> assertThat(untold(connection)).isZero());
        // Neither retries nor the job's crash between the request and its record tell it again.
        anna.post("/api/v1/sync-feeds/" + feed + "/sync", Map.of());
        sql.change("UPDATE connection SET told_version = NULL WHERE id = ?", connection);
        jobs.wake(JobKind.TELL_OWNER, connection);
        await(() -> assertThat(untold(connection)).isZero());
        assertThat(around.scheduling.told(connection)).containsExactly(told);
        assertThat(lostInAudit(connection)).isPositive();

        // The next loss is another occasion.
        anna.connect();
        await(() -> assertThat(state(anna, connection)).isEqualTo("ACTIVE"));
        lose(anna, connection, feed);
        await(() -> assertThat(around.scheduling.told(connection)).containsExactly(told, told));
    }

    private void lose(Person anna, UUID connection, UUID feed) {
        outlook.revokeSessions(anna.address());
        anna.post("/api/v1/calendar-connections/" + connection + "/test", Map.of());
        await(() -> assertThat(state(anna, connection)).isEqualTo("RECONNECT_REQUIRED"));
    }

    private String state(Person anna, UUID connection) {
        return anna.get("/api/v1/calendar-connections/" + connection).jsonPath().getString("state");
    }

    private long untold(UUID connection) {
        return sql.get(
                "SELECT count(*) AS n FROM connection WHERE id = ? AND lost_version IS DISTINCT FROM told_version",
                row -> row.number("n"),
                connection);
    }

    private long lostInAudit(UUID connection) {
        return sql.get(
                "SELECT count(*) AS n FROM audit WHERE subject_id = ? AND action = 'connection.lost'",
                row -> row.number("n"),
                connection);
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(assertion);
    }
}
