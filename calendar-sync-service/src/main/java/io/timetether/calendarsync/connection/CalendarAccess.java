package io.timetether.calendarsync.connection;

import io.timetether.calendarsync.graph.GraphAccess;
import io.timetether.calendarsync.graph.InFlightSlots.Lane;
import io.timetether.calendarsync.identity.ConnectionRef;
import io.timetether.calendarsync.identity.MicrosoftIdentity;
import io.timetether.calendarsync.identity.TokenDemand;
import io.timetether.calendarsync.identity.TokenOutcome;
import io.timetether.calendarsync.jobs.JobKind;
import io.timetether.calendarsync.jobs.Jobs;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Finds the connection through which a calendar can be reached, and notices when one has lost its authorisation. */
@ApplicationScoped
public class CalendarAccess {

    private static final Logger LOG = Logger.getLogger(CalendarAccess.class);

    private final Connections connections;
    private final MicrosoftIdentity identity;
    private final Jobs jobs;

    CalendarAccess(Connections connections, MicrosoftIdentity identity, Jobs jobs) {
        this.connections = connections;
        this.identity = identity;
        this.jobs = jobs;
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
        lost(connectionId, why.reason(), why.claims());
    }

    /**
     * Microsoft refuses the connection for good: it waits for its owner, who is told.
     *
     * @param reason for people and the log
     * @param claims what Microsoft wants to see at the next sign-in, if it said so
     */
    public void lost(UUID connectionId, String reason, @Nullable String claims) {
        if (connections.reconnectRequired(connectionId, reason, claims)) {
            LOG.infof("connection %s needs its owner: %s", connectionId, reason);
            jobs.wake(JobKind.TELL_OWNER, connectionId);
        }
    }
}
