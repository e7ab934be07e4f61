package io.timetether.calendarsync.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.calendarsync.webhook.Notification.Changed;
import io.timetether.calendarsync.webhook.Notification.Lifecycle;
import io.timetether.calendarsync.webhook.Notification.LifecycleEvent;
import io.timetether.calendarsync.webhook.NotificationParser.Parsed.Malformed;
import io.timetether.calendarsync.webhook.NotificationParser.Parsed.Notifications;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationParserTest {

    @Test
    void readsWhatChanged() {
        assertThat(parsed("""
                                {"value":[{"id":"n1","subscriptionId":"s1","clientState":"c","changeType":"updated",
                                  "subscriptionExpirationDateTime":"2026-12-01T00:00:00Z","tenantId":"t",
                                  "resource":"Users/1/Events/AAMk=","resourceData":{"@odata.type":"#Microsoft.Graph.Event","id":"AAMk="}},
                                 {"subscriptionId":"s2","clientState":"d","changeType":"deleted"}]}
                                """).items())
                .containsExactly(new Changed("s1", "c", "updated", "AAMk="), new Changed("s2", "d", "deleted", null));
    }

    @ParameterizedTest
    @CsvSource({
        "reauthorizationRequired, REAUTHORIZATION_REQUIRED",
        "subscriptionRemoved, SUBSCRIPTION_REMOVED",
        "missed, MISSED",
        "somethingNew, UNKNOWN"
    })
    void readsWhatHappenedToTheSubscription(String word, LifecycleEvent event) {
        assertThat(parsed("{\"value\":[{\"subscriptionId\":\"s\",\"clientState\":\"c\",\"lifecycleEvent\":\"" + word
                                + "\"}]}")
                        .items())
                .containsExactly(new Lifecycle("s", "c", event));
    }

    @Test
    void dropsWhatHasNoSubscriptionOrSecretAndKeepsTheRest() {
        Notifications read = parsed("""
                {"value":[{}, 7, null, "x", {"subscriptionId":"s"}, {"clientState":"c"}, {"subscriptionId":1,"clientState":"c"},
                          {"subscriptionId":"s","clientState":"c"}]}
                """);
        assertThat(read.items()).containsExactly(new Changed("s", "c", "unknown", null));
        assertThat(read.dropped()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "{}", "{\"value\":{}}", "{\"value\":\"x\"}", "<html>", "{\"value\":[", "42"})
    void refusesWhatIsNoBodyOfMicrosofts(String body) {
        assertThat(NotificationParser.parse(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void isBounded() {
        assertThat(NotificationParser.parse(new byte[NotificationParser.MAX_BYTES + 1]))
                .isInstanceOf(Malformed.class);
        assertThat(NotificationParser.parse("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Malformed.class);
        String one = "{\"subscriptionId\":\"s\",\"clientState\":\"c\"},";
        Notifications many = parsed("{\"value\":[" + one.repeat(5_000).replaceAll(",$", "") + "]}");
        assertThat(many.items()).hasSize(NotificationParser.MAX_ITEMS);
        assertThat(many.dropped()).isEqualTo(4_000);
        assertThat(parsed("{\"value\":[{\"subscriptionId\":\"s\",\"clientState\":\"" + "c".repeat(5_000) + "\"}]}")
                        .items())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void survivesAnyBytes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            assertThat(NotificationParser.parse(bytes)).as("seed %d", seed).isNotNull();
        }
    }

    @Test
    void neverTellsTheSecret() {
        assertThat(new Changed("s", "secret", "updated", null).toString()).doesNotContain("secret");
        assertThat(new Lifecycle("s", "secret", LifecycleEvent.MISSED).toString())
                .doesNotContain("secret");
    }

    private static Notifications parsed(String body) {
        NotificationParser.Parsed parsed = NotificationParser.parse(body.getBytes(StandardCharsets.UTF_8));
        assertThat(parsed).isInstanceOf(Notifications.class);
        return (Notifications) parsed;
    }
}
