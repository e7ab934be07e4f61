package io.timetether.calendarsync.connection;

import io.timetether.calendarsync.graph.GraphAccess;
import io.timetether.calendarsync.graph.InFlightSlots.Lane;
import io.timetether.calendarsync.identity.ConnectionRef;
import io.timetether.calendarsync.identity.MicrosoftIdentity;
import io.timetether.calendarsync.identity.TokenDemand;
import io.timetether.calendarsync.identity.TokenOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Finds the connection through which a calendar can be reached, and notices when one has lost its authorisation. */
@ApplicationScoped
public class CalendarAccess {

    private static final Logger LOG = Logger.getLogger(CalendarAccess.class);

    private final Connections connections;
    private final MicrosoftIdentity identity;

    CalendarAccess(Connections connections, MicrosoftIdentity identity) {
        this.connections = connections;
        this.identity = identity;
    }

    /** What looking for a way to the calendar came to. */
    public sealed interface Way {

        record Open(UUID connectionId, GraphAccess access) implements Way {}

        /** Every connection concerned needs its owner; they have been marked so. */
        record ReconnectNeeded() implements Way {}

        /** Later it may work; the connections are as healthy as before. */
        record Unavailable(String cause) implements Way {}

        /** For the operator; no connection is touched. */
        record Misconfigured(String detail) implements Way {}
    }

    /** A way through one of these connections, the first that has a token. */
    public Way through(UUID accountId, Collection<UUID> connectionIds, Lane lane) {
        Way last = new Way.ReconnectNeeded();
        for (UUID connectionId : new LinkedHashSet<>(connectionIds)) {
            Way way = through(accountId, connectionId, lane);
            if (way instanceof Way.Open) {
                return way;
            }
            if (!(way instanceof Way.ReconnectNeeded)) {
                last = way;
            }
        }
        return last;
    }

    /** The way through one connection. */
    public Way through(UUID accountId, UUID connectionId, Lane lane) {
        ConnectionRef ref = new ConnectionRef(connectionId);
        return switch (identity.accessToken(ref, new TokenDemand.Usual())) {
            case TokenOutcome.Granted granted ->
                new Way.Open(connectionId, new GraphAccess(accountId, lane, demand -> demanded(ref, demand)));
            case TokenOutcome.ReconnectNeeded needed -> {
                lost(connectionId, needed);
                yield new Way.ReconnectNeeded();
            }
            case TokenOutcome.Unavailable later -> new Way.Unavailable(later.cause());
            case TokenOutcome.Misconfigured wrong -> {
                LOG.errorf("Microsoft refuses this installation, no calendar can be synced: %s", wrong.detail());
                yield new Way.Misconfigured(wrong.detail());
            }
        };
    }

    /** Tokens asked for within a call; a refusal there counts as much as one before it. */
    private TokenOutcome demanded(ConnectionRef ref, TokenDemand demand) {
        TokenOutcome outcome = identity.accessToken(ref, demand);
        if (outcome instanceof TokenOutcome.ReconnectNeeded needed) {
            lost(ref.connectionId(), needed);
        }
        return outcome;
    }

    private void lost(UUID connectionId, TokenOutcome.ReconnectNeeded why) {
        if (connections.reconnectRequired(connectionId, why.reason(), why.claims())) {
            LOG.infof("connection %s needs its owner: %s", connectionId, why.reason());
        }
    }
}
