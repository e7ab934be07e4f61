package io.timetether.calendarsync.graph;

import static io.timetether.calendarsync.graph.GraphCalendarIT.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.calendarsync.ConnectedMailbox;
import io.timetether.calendarsync.graph.SubscriptionOutcome.AddressRefused;
import io.timetether.calendarsync.graph.SubscriptionOutcome.Duplicate;
import io.timetether.calendarsync.graph.SubscriptionOutcome.Live;
import io.timetether.calendarsync.graph.SubscriptionOutcome.Lost;
import io.timetether.calendarsync.webhook.Notification;
import io.timetether.calendarsync.webhook.NotificationParser;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subscriptions at the stand-in, with a real handshake and real deliveries. */
class GraphSubscriptionsIT {
    private static final String SECRET = "a secret of ours";

    private final MockWebServer webhook = new MockWebServer();
    private final List<Notification> received = new CopyOnWriteArrayList<>();
    private ConnectedMailbox mailbox;
    private GraphSubscriptions subscriptions;

    @BeforeEach
    void start() throws Exception {
        webhook.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request);
            }
        });
        webhook.start();
        mailbox = ConnectedMailbox.withPagesOf(50);
        subscriptions = new GraphSubscriptions(mailbox.client, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        mailbox.close();
        webhook.close();
    }

    private MockResponse answer(RecordedRequest request) {
        String target = request.getTarget();
        int token = target.indexOf("validationToken=");
        if (token >= 0) {
            String text = URLDecoder.decode(target.substring(token + 16).split("&")[0], StandardCharsets.UTF_8);
            return new MockResponse.Builder()
                    .code(200)
                    .addHeader("Content-Type", "text/plain")
                    .body(target.startsWith("/wrong") ? "something else" : text)
                    .build();
        }
        if (NotificationParser.parse(request.getBody().toByteArray())
                instanceof NotificationParser.Parsed.Notifications notifications) {
            received.addAll(notifications.items());
        }
        return new MockResponse.Builder().code(202).build();
    }

    @Test
    void livesAfterTheHandshakeAndTellsWhatHappens_38() {
        Live live = (Live) subscriptions.create(mailbox.access, wish("/webhook"));
        assertThat(live.expiresAt()).isAfter(Instant.now().plus(Duration.ofDays(2)));
        LocalDateTime start = LocalDateTime.parse("2027-03-08T09:00:00");
        mailbox.outlook.addEvent(ConnectedMailbox.ADDRESS, "New", start, start.plusHours(1), "UTC");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(received).anySatisfy(notification -> {
                    assertThat(notification).isInstanceOf(Notification.Changed.class);
                    assertThat(notification.subscriptionId()).isEqualTo(live.id());
                    assertThat(notification.clientState()).isEqualTo(SECRET);
                }));
    }

    @Test
    void isRefusedWhereTheHandshakeFails_38() {
        assertThat(subscriptions.create(mailbox.access, wish("/wrong"))).isInstanceOf(AddressRefused.class);
        webhook.close();
        assertThat(subscriptions.create(mailbox.access, wish("/webhook"))).isInstanceOf(AddressRefused.class);
    }

    @Test
    void isRefusedForAPlainHttpAddressElsewhere() {
        SubscriptionWish elsewhere = new SubscriptionWish(
                "me/events",
                URI.create("http://timetether.example/webhooks/microsoft"),
                URI.create("http://timetether.example/webhooks/microsoft"),
                SECRET,
                GraphSubscriptions.latestExpiry(Instant.now()));
        assertThat(subscriptions.create(mailbox.access, elsewhere)).isInstanceOf(AddressRefused.class);
    }

    @Test
    void thereIsOneForEachResource_39() {
        Live live = (Live) subscriptions.create(mailbox.access, wish("/webhook"));
        assertThat(subscriptions.create(mailbox.access, wish("/webhook"))).isInstanceOf(Duplicate.class);
        assertThat(ok(subscriptions.list(mailbox.access))).extracting(Live::id).containsExactly(live.id());
        assertThat(ok(subscriptions.delete(mailbox.access, live.id()))).isEqualTo(GraphReply.Done.DONE);
        assertThat(ok(subscriptions.delete(mailbox.access, live.id()))).isEqualTo(GraphReply.Done.DONE);
        assertThat(subscriptions.create(mailbox.access, wish("/webhook"))).isInstanceOf(Live.class);
    }

    @Test
    void isRenewedForAsLongAsGraphAllowsAndMissedWhenItIsGone_40() {
        Live live = (Live) subscriptions.create(mailbox.access, wish("/webhook"));
        Instant wished = Instant.now().plus(Duration.ofDays(6));
        assertThat(subscriptions.renew(mailbox.access, live.id(), wished))
                .isInstanceOfSatisfying(
                        Live.class,
                        renewed -> assertThat(renewed.expiresAt())
                                .isBetween(wished.minusSeconds(2), wished.plusSeconds(2)));
        subscriptions.delete(mailbox.access, live.id());
        assertThat(subscriptions.renew(mailbox.access, live.id(), wished)).isInstanceOf(Lost.class);
    }

    private SubscriptionWish wish(String path) {
        URI url = URI.create("http://localhost:" + webhook.getPort() + path);
        return new SubscriptionWish("me/events", url, url, SECRET, GraphSubscriptions.latestExpiry(Instant.now()));
    }
}
