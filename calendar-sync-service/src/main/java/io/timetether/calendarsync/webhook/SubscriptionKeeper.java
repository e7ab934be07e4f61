package io.timetether.calendarsync.webhook;

import io.timetether.calendarsync.account.RemoteCalendar;
import io.timetether.calendarsync.account.RemoteCalendar.SubscriptionState;
import io.timetether.calendarsync.account.RemoteCalendars;
import io.timetether.calendarsync.connection.CalendarAccess;
import io.timetether.calendarsync.connection.CalendarAccess.Way;
import io.timetether.calendarsync.feed.Feed;
import io.timetether.calendarsync.feed.Feeds;
import io.timetether.calendarsync.graph.GraphAccess;
import io.timetether.calendarsync.graph.GraphReply;
import io.timetether.calendarsync.graph.GraphSubscriptions;
import io.timetether.calendarsync.graph.InFlightSlots.Lane;
import io.timetether.calendarsync.graph.SubscriptionOutcome;
import io.timetether.calendarsync.graph.SubscriptionWish;
import io.timetether.calendarsync.identity.Pkce;
import io.timetether.calendarsync.jobs.Job;
import io.timetether.calendarsync.jobs.JobKind;
import io.timetether.calendarsync.jobs.Jobs;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The job that keeps one subscription per calendar that is read or written: asked for always, renewed well ahead, replaced when the
 * connection that made it is gone. Where Microsoft refuses, polling takes over and it is tried again hourly.
 */
@ApplicationScoped
public class SubscriptionKeeper implements Job {

    private static final Logger LOG = Logger.getLogger(SubscriptionKeeper.class);
    private static final Duration AHEAD = Duration.ofDays(2);
    private static final Duration HOURLY = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMinutes(1);

    private final RemoteCalendars calendars;
    private final Feeds feeds;
    private final CalendarAccess access;
    private final GraphSubscriptions graph;
    private final Jobs jobs;
    private final Clock clock;
    private final URI webhook;
    private final SecureRandom random = new SecureRandom();

    SubscriptionKeeper(
            RemoteCalendars calendars,
            Feeds feeds,
            CalendarAccess access,
            GraphSubscriptions graph,
            Jobs jobs,
            Clock clock,
            @ConfigProperty(name = "timetether.public-url") String publicUrl) {
        this.calendars = calendars;
        this.feeds = feeds;
        this.access = access;
        this.graph = graph;
        this.jobs = jobs;
        this.clock = clock;
        this.webhook = URI.create(publicUrl.replaceAll("/+$", "") + "/webhooks/microsoft");
    }

    @Override
    public JobKind kind() {
        return JobKind.KEEP_SUBSCRIPTION;
    }

    @Override
    public Next run(String instance) {
        RemoteCalendar calendar = calendars.find(UUID.fromString(instance)).orElse(null);
        if (calendar == null) {
            return new Next.WhenWoken();
        }
        // Calendars that are only written are watched too, for edits of our own events.
        List<UUID> readers = feeds.listRunning(calendar.id()).stream()
                .map(Feed::connectionId)
                .toList();
        if (readers.isEmpty()) {
            // What is left at Microsoft ends by itself; whoever stops a connection takes it away while there are
            // tokens.
            return new Next.WhenWoken();
        }
        return switch (access.through(calendar.accountId(), readers, Lane.BACKGROUND)) {
            case Way.Open open -> keep(calendar, open, readers);
            case Way.ReconnectNeeded needed -> new Next.WhenWoken();
            case Way.Unavailable later -> again(SOON);
            case Way.Misconfigured wrong -> again(HOURLY);
        };
    }

    private Next keep(RemoteCalendar calendar, Way.Open open, List<UUID> readers) {
        Instant now = clock.instant();
        Instant expires = calendar.subscriptionExpiresAt();
        String id = calendar.subscriptionId();
        boolean live = calendar.subscriptionState() == SubscriptionState.ACTIVE
                && id != null
                && expires != null
                && expires.isAfter(now);
        boolean makerReads =
                calendar.subscriptionConnectionId() != null && readers.contains(calendar.subscriptionConnectionId());
        if (!live || id == null || expires == null || !makerReads) {
            return waits(calendar, now) ? again(calendar, now) : create(calendar, open, 0);
        }
        boolean asked = calendar.subscriptionRetryAt() != null;
        if (!asked && expires.minus(AHEAD).isAfter(now)) {
            return new Next.At(expires.minus(AHEAD));
        }
        return switch (graph.renew(open.access(), id, GraphSubscriptions.latestExpiry(now))) {
            case SubscriptionOutcome.Live renewed -> lives(calendar, renewed);
            case SubscriptionOutcome.Lost lost -> create(calendar, open, 0);
            case SubscriptionOutcome.AddressRefused refused -> refused(calendar, refused.message());
            case SubscriptionOutcome.NotForThisCalendar not -> refused(calendar, not.code());
            case SubscriptionOutcome.Duplicate duplicate -> create(calendar, open, 0);
            case SubscriptionOutcome.Stopped stopped -> again(SOON);
        };
    }

    /** Refused not long ago: it is not asked for again before its time. */
    private static boolean waits(RemoteCalendar calendar, Instant now) {
        Instant retry = calendar.subscriptionRetryAt();
        return calendar.subscriptionState() == SubscriptionState.REFUSED && retry != null && retry.isAfter(now);
    }

    private static Next again(RemoteCalendar calendar, Instant now) {
        Instant retry = calendar.subscriptionRetryAt();
        return new Next.At(retry == null ? now : retry);
    }

    private Next create(RemoteCalendar calendar, Way.Open open, int attempt) {
        String secret = Pkce.text(random);
        // Committed first: Microsoft calls back while the request is open.
        calendars.subscribing(calendar.id(), open.connectionId(), ClientState.hash(secret));
        SubscriptionWish wish = new SubscriptionWish(
                calendar.resource(), webhook, webhook, secret, GraphSubscriptions.latestExpiry(clock.instant()));
        return switch (graph.create(open.access(), wish)) {
            case SubscriptionOutcome.Live live -> {
                Next next = lives(calendar, live);
                // What changed before the subscription lived was told to nobody.
                jobs.wake(JobKind.SYNC_CALENDAR, calendar.id());
                yield next;
            }
            case SubscriptionOutcome.Duplicate duplicate -> {
                if (attempt > 0 || !replace(open.access(), calendar.resource())) {
                    yield refused(calendar, duplicate.message());
                }
                yield create(calendar, open, attempt + 1);
            }
            case SubscriptionOutcome.AddressRefused refused -> refused(calendar, refused.message());
            case SubscriptionOutcome.NotForThisCalendar not ->
                refused(calendar, "Microsoft sends no notifications for this calendar (" + not.code() + ").");
            case SubscriptionOutcome.Lost lost -> refused(calendar, "The subscription was lost at once.");
            case SubscriptionOutcome.Stopped stopped -> {
                calendars.notSubscribed(
                        calendar.id(),
                        "Microsoft did not answer the request for notifications.",
                        clock.instant().plus(SOON));
                yield again(SOON);
            }
        };
    }

    /** One for the same calendar lives that we do not know the secret of: it goes, ours comes. */
    private boolean replace(GraphAccess access, String resource) {
        if (!(graph.list(access) instanceof GraphReply.Ok<List<SubscriptionOutcome.Live>>(var live))) {
            return false;
        }
        return live.stream()
                .filter(one -> one.resource().replaceFirst("^/", "").equalsIgnoreCase(resource))
                .allMatch(one -> graph.delete(access, one.id()) instanceof GraphReply.Ok);
    }

    private Next lives(RemoteCalendar calendar, SubscriptionOutcome.Live live) {
        calendars.subscribed(calendar.id(), live.id(), live.expiresAt());
        Instant ahead = live.expiresAt().minus(AHEAD);
        Instant soonest = clock.instant().plus(SOON);
        Instant spread = ahead.minusSeconds(ThreadLocalRandom.current().nextLong(HOURLY.toSeconds()));
        return new Next.At(spread.isBefore(soonest) ? soonest : spread);
    }

    private Next refused(RemoteCalendar calendar, String message) {
        LOG.infof("calendar %s is polled: %s", calendar.id(), message);
        calendars.notSubscribed(calendar.id(), message, clock.instant().plus(HOURLY));
        return again(HOURLY);
    }

    private Next again(Duration pause) {
        return new Next.At(clock.instant().plus(pause));
    }

    /** Ends the subscription that this connection made, while it still has tokens; another connection makes its own. */
    public void release(RemoteCalendar calendar, UUID connectionId, GraphAccess access) {
        String id = calendar.subscriptionId();
        if (id == null || !connectionId.equals(calendar.subscriptionConnectionId())) {
            return;
        }
        graph.delete(access, id);
        calendars.unsubscribed(calendar.id());
        jobs.wake(JobKind.KEEP_SUBSCRIPTION, calendar.id());
    }
}
