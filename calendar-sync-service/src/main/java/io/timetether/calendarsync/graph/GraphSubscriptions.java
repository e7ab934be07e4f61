package io.timetether.calendarsync.graph;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Change notifications: asked for, renewed, ended. Graph calls our webhook while {@link #create} is still open. */
public final class GraphSubscriptions {

    private final GraphClient client;

    public GraphSubscriptions(GraphClient client) {
        this.client = client;
    }

    /** Asks for a subscription. Keep no lock or transaction across it, and store the client state first. */
    public SubscriptionOutcome create(GraphAccess access, SubscriptionWish wish) {
        throw new UnsupportedOperationException(client.toString());
    }

    /** Lets it live longer. */
    public SubscriptionOutcome renew(GraphAccess access, String subscriptionId, Instant expiresAt) {
        throw new UnsupportedOperationException();
    }

    /** Ends it; one that is gone already is ended. */
    public GraphReply<GraphReply.Done> delete(GraphAccess access, String subscriptionId) {
        throw new UnsupportedOperationException();
    }

    /** Every subscription of this app for the signed-in account. */
    public GraphReply<List<SubscriptionOutcome.Live>> list(GraphAccess access) {
        throw new UnsupportedOperationException();
    }

    /** The latest expiry worth asking for: a little below seven days. */
    public static Instant latestExpiry(Instant now) {
        return now.plus(Duration.ofMinutes(10_070));
    }
}
