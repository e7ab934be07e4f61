package io.timetether.calendarsync.graph;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.calendarsync.graph.GraphReply.Done;
import io.timetether.calendarsync.graph.GraphReply.Failed;
import io.timetether.calendarsync.graph.GraphReply.Ok;
import io.timetether.calendarsync.graph.SubscriptionOutcome.AddressRefused;
import io.timetether.calendarsync.graph.SubscriptionOutcome.Duplicate;
import io.timetether.calendarsync.graph.SubscriptionOutcome.Live;
import io.timetether.calendarsync.graph.SubscriptionOutcome.Lost;
import io.timetether.calendarsync.graph.SubscriptionOutcome.NotForThisCalendar;
import io.timetether.calendarsync.graph.SubscriptionOutcome.Stopped;
import io.timetether.calendarsync.graph.wire.SubscriptionJson;
import io.timetether.calendarsync.graph.wire.SubscriptionPage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import okhttp3.HttpUrl;

/** Change notifications: asked for, renewed, ended. Graph calls our webhook while {@link #create} is still open. */
public final class GraphSubscriptions {

    /** A little below what Graph allows today (10 080 minutes), and what it allowed until 2024 (4 230). */
    private static final Duration LONGEST = Duration.ofMinutes(10_070);

    private static final Duration LONGEST_BEFORE_2024 = Duration.ofMinutes(4_220);
    private static final int MANY_PAGES = 20;

    private final GraphClient client;
    private final Clock clock;

    public GraphSubscriptions(GraphClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * Asks for a subscription. Keep no lock or transaction across it, and store the client state first: the handshake
     * arrives before this returns.
     */
    public SubscriptionOutcome create(GraphAccess access, SubscriptionWish wish) {
        SubscriptionOutcome outcome = post(access, wish, wish.expiresAt());
        if (outcome instanceof AddressRefused refused && speaksOfExpiry(refused.message())) {
            return post(access, wish, clock.instant().plus(LONGEST_BEFORE_2024));
        }
        return outcome;
    }

    private SubscriptionOutcome post(GraphAccess access, SubscriptionWish wish, Instant expiresAt) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("changeType", "created,updated,deleted")
                .put("notificationUrl", wish.notificationUrl().toString())
                .put("lifecycleNotificationUrl", wish.lifecycleNotificationUrl().toString())
                .put("resource", wish.resource())
                .put("expirationDateTime", text(expiresAt))
                .put("clientState", wish.clientState());
        GraphRequest request = GraphRequest.send(
                        "POST", client.at("subscriptions").build(), json)
                .onlyOnce();
        return switch (client.ask(access, request, SubscriptionJson.class)) {
            case Ok<SubscriptionJson> ok -> live(ok.value());
            case Failed<SubscriptionJson> failed ->
                switch (failed.problem()) {
                    case GraphProblem.Rejected rejected -> new AddressRefused(rejected.message());
                    case GraphProblem.Forbidden forbidden -> new NotForThisCalendar(forbidden.code());
                    case GraphProblem.NotFound missing -> new NotForThisCalendar(missing.code());
                    case GraphProblem.AlreadyExists exists -> new Duplicate(exists.message());
                    case GraphProblem.Throttled other -> new Stopped(other);
                    case GraphProblem.Unauthorized other -> new Stopped(other);
                    case GraphProblem.MailboxUnavailable other -> new Stopped(other);
                    case GraphProblem.SyncStateExpired other -> new Stopped(other);
                    case GraphProblem.PreconditionFailed other -> new Stopped(other);
                    case GraphProblem.DuplicateTransaction other -> new Stopped(other);
                    case GraphProblem.QuotaExceeded other -> new Stopped(other);
                    case GraphProblem.Unavailable other -> new Stopped(other);
                    case GraphProblem.Misconfigured other -> new Stopped(other);
                };
        };
    }

    /** Lets it live longer; {@code expiresAt} is a wish, what Graph answers counts. */
    public SubscriptionOutcome renew(GraphAccess access, String subscriptionId, Instant expiresAt) {
        SubscriptionOutcome outcome = patch(access, subscriptionId, expiresAt);
        if (outcome instanceof Stopped stopped
                && stopped.problem() instanceof GraphProblem.Rejected rejected
                && speaksOfExpiry(rejected.message())) {
            return patch(access, subscriptionId, clock.instant().plus(LONGEST_BEFORE_2024));
        }
        return outcome;
    }

    private SubscriptionOutcome patch(GraphAccess access, String subscriptionId, Instant expiresAt) {
        HttpUrl url = client.at("subscriptions", subscriptionId).build();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("expirationDateTime", text(expiresAt));
        return switch (client.ask(access, GraphRequest.send("PATCH", url, json), SubscriptionJson.class)) {
            case Ok<SubscriptionJson> ok -> live(ok.value());
            case Failed<SubscriptionJson> failed ->
                isGone(failed.problem()) ? new Lost() : new Stopped(failed.problem());
        };
    }

    /** Ends it; one that is gone already is ended. */
    public GraphReply<Done> delete(GraphAccess access, String subscriptionId) {
        GraphReply<Done> reply = client.tell(
                access,
                GraphRequest.delete(client.at("subscriptions", subscriptionId).build()));
        return reply instanceof Failed<Done> failed && isGone(failed.problem()) ? new Ok<>(Done.DONE) : reply;
    }

    /** Every subscription of this app for the signed-in account. */
    public GraphReply<List<Live>> list(GraphAccess access) {
        List<Live> all = new ArrayList<>();
        HttpUrl next = client.at("subscriptions").build();
        for (int page = 0; next != null && page < MANY_PAGES; page++) {
            switch (client.ask(access, GraphRequest.get(next), SubscriptionPage.class)) {
                case Ok<SubscriptionPage> ok -> {
                    List<SubscriptionJson> value =
                            Objects.requireNonNullElse(ok.value().value(), List.of());
                    value.forEach(json -> read(json).ifPresent(all::add));
                    String link = ok.value().nextLink();
                    next = link == null ? null : GraphClient.link(link);
                }
                case Failed<SubscriptionPage> failed -> {
                    return new Failed<>(failed.problem());
                }
            }
        }
        return next == null ? new Ok<>(List.copyOf(all)) : new Failed<>(GraphProblem.Unavailable.endlessList());
    }

    /** The latest expiry worth asking for. */
    public static Instant latestExpiry(Instant now) {
        return now.plus(LONGEST);
    }

    private static SubscriptionOutcome live(SubscriptionJson json) {
        return read(json)
                .<SubscriptionOutcome>map(live -> live)
                .orElseGet(() -> new Stopped(new GraphProblem.Unavailable("Graph's answer is no subscription")));
    }

    private static Optional<Live> read(SubscriptionJson json) {
        Instant expiresAt = EventReading.instant(json.expirationDateTime());
        return json.id() == null || expiresAt == null
                ? Optional.empty()
                : Optional.of(new Live(json.id(), json.resource() == null ? "" : json.resource(), expiresAt));
    }

    /** For a subscription, ResourceNotFound speaks of the subscription and not of the mailbox. */
    private static boolean isGone(GraphProblem problem) {
        return problem instanceof GraphProblem.NotFound
                || problem instanceof GraphProblem.MailboxUnavailable missing
                        && missing.code().equalsIgnoreCase("ResourceNotFound");
    }

    private static boolean speaksOfExpiry(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        return text.contains("expiration can only be") || text.contains("minutes in the future");
    }

    private static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
