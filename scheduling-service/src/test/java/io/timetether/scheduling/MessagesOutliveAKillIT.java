package io.timetether.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.localrun.mail.LocalMail;
import io.timetether.localrun.mail.ReceivedMail;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances send what waits in one outbox, and one of them is killed while it does. */
class MessagesOutliveAKillIT {

    private static final int CLIENTS = 60;

    @TempDir
    Path folder;

    @Test
    void everyClientIsToldOnce() throws SQLException {
        try (LocalMail mail = LocalMail.start(0, 0, folder, Clock.systemUTC());
                Instances instances = Instances.start(
                        2,
                        Map.of(
                                "timetether.smtp.host", "127.0.0.1",
                                "quarkus.mailer.host", "127.0.0.1",
                                "quarkus.mailer.port", Integer.toString(mail.smtpPort()),
                                "quarkus.mailer.start-tls", "DISABLED",
                                "timetether.messages.lease", "PT5S"))) {
            Practice practice = Api.practice(instances.url(0), "UTC");
            String staff = practice.staffMember("Dana", "UTC");
            String service = practice.service(30, Map.of());
            for (int i = 0; i < CLIENTS; i++) {
                book(practice, service, staff, i);
                if (i == CLIENTS / 3) {
                    Awaitility.await().until(() -> !mail.received().isEmpty());
                    instances.kill(1);
                }
            }
            Awaitility.await("all clients to be told")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> byRecipient(mail).size() == CLIENTS && waiting(instances) == 0);

            // Only what the mail server had taken from the killed instance, before that could note it, may come again.
            List<List<ReceivedMail>> again = byRecipient(mail).values().stream()
                    .filter(mails -> mails.size() > 1)
                    .toList();
            assertThat(again).hasSizeLessThanOrEqualTo(1);
            again.forEach(mails -> assertThat(
                            mails.stream().map(ReceivedMail::messageId).distinct())
                    .hasSize(1));
        }
    }

    private static void book(Practice practice, String service, String staff, int client) {
        String startAt = Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .plus(1, ChronoUnit.DAYS)
                .plus(client * 30L, ChronoUnit.MINUTES)
                .toString();
        practice.admin()
                .book(service, staff, startAt, Map.of("name", "Client " + client, "email", client + "@example.org"))
                .then()
                .statusCode(201);
    }

    private static Map<String, List<ReceivedMail>> byRecipient(LocalMail mail) {
        return mail.received().stream().collect(Collectors.groupingBy(ReceivedMail::to));
    }

    private static long waiting(Instances instances) throws SQLException {
        try (var connection = instances.connection();
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT count(*) FROM message WHERE state = 'WAITING'")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
