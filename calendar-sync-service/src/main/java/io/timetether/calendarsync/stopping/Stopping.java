package io.timetether.calendarsync.stopping;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.timetether.calendarsync.account.MicrosoftAccounts;
import io.timetether.calendarsync.authorization.UnfinishedSignIns;
import io.timetether.calendarsync.connection.Audit;
import io.timetether.calendarsync.connection.Connection;
import io.timetether.calendarsync.connection.ConnectionState;
import io.timetether.calendarsync.connection.Connections;
import io.timetether.calendarsync.connection.Shares;
import io.timetether.calendarsync.connection.Trouble;
import io.timetether.calendarsync.connection.WrittenEvents;
import io.timetether.calendarsync.feed.Feed;
import io.timetether.calendarsync.feed.Feeds;
import io.timetether.calendarsync.http.Caller;
import io.timetether.calendarsync.http.IdempotencyKeys;
import io.timetether.calendarsync.jobs.JobKind;
import io.timetether.calendarsync.jobs.Jobs;
import io.timetether.calendarsync.publish.PublishedEvents;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ends feeds and connections: use ends in one transaction, jobs take away what shall go. */
@ApplicationScoped
public class Stopping {

    private final Connections connections;
    private final MicrosoftAccounts accounts;
    private final Shares shares;
    private final Feeds feeds;
    private final PublishedEvents published;
    private final UnfinishedSignIns signIns;
    private final StoppedFeeds stopped;
    private final IdempotencyKeys keys;
    private final Jobs jobs;
    private final Audit audit;

    Stopping(
            Connections connections,
            MicrosoftAccounts accounts,
            Shares shares,
            Feeds feeds,
            PublishedEvents published,
            UnfinishedSignIns signIns,
            StoppedFeeds stopped,
            IdempotencyKeys keys,
            Jobs jobs,
            Audit audit) {
        this.connections = connections;
        this.accounts = accounts;
        this.shares = shares;
        this.feeds = feeds;
        this.published = published;
        this.signIns = signIns;
        this.stopped = stopped;
        this.keys = keys;
        this.jobs = jobs;
        this.audit = audit;
    }

    /** Stops a feed; the last one takes its connection with it. */
    void stop(Caller caller, Feed feed, WrittenEvents choice) {
        stopFeed(caller.personId(), feed, choice);
    }

    private void stopFeed(@Nullable UUID by, Feed feed, WrittenEvents choice) {
        Connection connection =
                connections.find(feed.organisationId(), feed.connectionId()).orElse(null);
        // A colleague's feed on a shared account is never the owner's last one.
        boolean owners = connection != null && connection.staffId().equals(feed.staffId());
        boolean last = owners
                && feeds.listOf(feed.organisationId(), feed.connectionId()).stream()
                        .allMatch(other -> other.id().equals(feed.id()));
        if (last && connection != null) {
            stopConnection(by, connection, choice);
            return;
        }
        QuarkusTransaction.requiringNew().run(() -> {
            if (end(by, feed)) {
                written(List.of(feed.id()), choice);
            }
        });
        wake(feed);
        jobs.wake(JobKind.PUBLISH_FEED, feed.id());
    }

    /** The share has been withdrawn: the colleague's feeds on the account end, and their events stay. */
    public void endShare(Caller caller, Connection connection, UUID staffId) {
        feeds.listOf(connection.organisationId(), connection.id()).stream()
                .filter(feed -> feed.staffId().equals(staffId))
                .forEach(feed -> stop(caller, feed, WrittenEvents.KEEP));
    }

    /**
     * A staff member has left and was erased: their feeds and connections end, and what these wrote is taken away while there
     * is an authorisation to do so; whose the accounts were is forgotten, who was about to sign in, and what was answered about it. Whoever is nobody's staff member ends nothing; a
     * repetition ends nothing more.
     */
    void left(UUID organisationId, UUID staffId) {
        for (Connection connection : connections.listOfStaff(organisationId, staffId)) {
            if (connection.staffId().equals(staffId)) {
                stopConnection(null, connection, WrittenEvents.REMOVE);
            } else {
                shares.withdraw(connection, staffId);
                feeds.listOf(organisationId, connection.id()).stream()
                        .filter(feed -> feed.staffId().equals(staffId))
                        .forEach(feed -> stopFeed(null, feed, WrittenEvents.REMOVE));
            }
        }
        accounts.forgetOwner(organisationId, staffId);
        signIns.forget(organisationId, staffId);
        keys.forget(organisationId, connections.listIdsOfStaff(organisationId, staffId));
        keys.forget(organisationId, stopped.listIdsOfStaff(organisationId, staffId));
    }

    /** Stops a connection with all its feeds. */
    void stop(Caller caller, Connection connection, WrittenEvents choice) {
        stopConnection(caller.personId(), connection, choice);
    }

    private void stopConnection(@Nullable UUID by, Connection connection, WrittenEvents choice) {
        switch (connection.state()) {
            case PENDING -> connections.failed(connection.id(), Trouble.NOT_COMPLETED, null);
            case STOPPING, STOPPED -> {}
            case ACTIVE, RECONNECT_REQUIRED, PARKED -> stopInUse(by, connection, choice);
        }
    }

    private void stopInUse(@Nullable UUID by, Connection connection, WrittenEvents choice) {
        List<Feed> ending = QuarkusTransaction.requiringNew().call(() -> {
            connections.hold(connection.id());
            List<Feed> all = feeds.listOf(connection.organisationId(), connection.id());
            for (Feed feed : all) {
                end(by, feed);
            }
            int total = written(all.stream().map(Feed::id).toList(), choice);
            connections.stopping(connection.id(), choice, total);
            audit.record(connection.organisationId(), by, "connection.stopped", "connection", connection.id());
            return all;
        });
        ending.forEach(this::wake);
        jobs.wake(JobKind.FINISH_STOPPING, connection.id());
    }

    private boolean end(@Nullable UUID by, Feed feed) {
        boolean ended = feeds.stop(feed.organisationId(), feed.id());
        if (ended) {
            audit.record(feed.organisationId(), by, "feed.stopped", "feed", feed.id());
        }
        return ended;
    }

    private int written(List<UUID> feedIds, WrittenEvents choice) {
        return switch (choice) {
            case KEEP -> {
                published.keep(feedIds);
                yield 0;
            }
            case REMOVE -> published.wantRemoval(feedIds);
        };
    }

    private void wake(Feed feed) {
        jobs.wake(JobKind.FORGET_FEED, feed.id());
        jobs.wake(JobKind.KEEP_SUBSCRIPTION, feed.remoteCalendarId());
    }

    /** How far the removal of a connection's events has come. */
    Removal removal(Connection connection) {
        int remaining = published.countRemovals(connection.organisationId(), connection.id());
        int total = Math.max(connection.removalTotal(), remaining);
        return new Removal(connection.state(), total, total - remaining, remaining);
    }

    /** @param remaining what is still there; more than none in the state STOPPED: no authorisation was left to remove it */
    record Removal(ConnectionState state, int total, int removed, int remaining) {}
}
