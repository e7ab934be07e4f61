package io.timetether.calendarsync.publish;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.timetether.calendarsync.feed.FeedItems;
import io.timetether.calendarsync.feed.PlanWatching;
import io.timetether.calendarsync.feed.WritingFeeds;
import io.timetether.calendarsync.jobs.Job;
import io.timetether.calendarsync.jobs.JobKind;
import io.timetether.calendarsync.jobs.Jobs;
import io.timetether.calendarsync.scheduling.AppointmentState;
import io.timetether.calendarsync.scheduling.Change;
import io.timetether.calendarsync.scheduling.ChangesOutcome;
import io.timetether.calendarsync.scheduling.OrganisationState;
import io.timetether.calendarsync.scheduling.SchedulingClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one follower of scheduling-service's change log. What is wanted and the cursor are written in one transaction; then the
 * publishers are woken.
 */
@ApplicationScoped
class FollowChanges implements Job {

    private static final Logger LOG = Logger.getLogger(FollowChanges.class);
    private static final int LONG_POLL_SECONDS = 20;
    private static final Duration TURN = Duration.ofMinutes(1);
    private static final Duration AWAY = Duration.ofSeconds(2);
    private static final String CANCELLED = "CANCELLED";
    private static final String ERASURE = "ERASURE";

    private final ChangeCursor cursor;
    private final SchedulingClient scheduling;
    private final PublishedEvents published;
    private final WritingFeeds feeds;
    private final FeedItems items;
    private final PlanWatching plans;
    private final Event<Erased> erased;
    private final Jobs jobs;
    private final Clock clock;

    FollowChanges(
            ChangeCursor cursor,
            SchedulingClient scheduling,
            PublishedEvents published,
            WritingFeeds feeds,
            FeedItems items,
            PlanWatching plans,
            Event<Erased> erased,
            Jobs jobs,
            Clock clock) {
        this.cursor = cursor;
        this.scheduling = scheduling;
        this.published = published;
        this.feeds = feeds;
        this.items = items;
        this.plans = plans;
        this.erased = erased;
        this.jobs = jobs;
        this.clock = clock;
    }

    @Override
    public JobKind kind() {
        return JobKind.FOLLOW_CHANGES;
    }

    @Override
    public Next run(String instance) {
        ChangeCursor.Place place = cursor.begin();
        long fence = place.fence();
        String at = place.cursor();
        Instant until = clock.instant().plus(TURN);
        while (clock.instant().isBefore(until) && !Thread.currentThread().isInterrupted()) {
            String next;
            switch (scheduling.changes(at, at == null ? 0 : LONG_POLL_SECONDS)) {
                case ChangesOutcome.Read read ->
                    next = at == null ? startOver(fence, read.next()) : apply(fence, at, read);
                case ChangesOutcome.CursorExpired expired -> {
                    LOG.info("the change log was lost: every writing feed is looked at again");
                    at = null;
                    continue;
                }
                case ChangesOutcome.Unavailable away -> {
                    LOG.debugf("the change log cannot be read: %s", away.cause());
                    return new Next.At(clock.instant().plus(AWAY));
                }
            }
            if (next == null) {
                LOG.info("another follower has taken over");
                return new Next.At(clock.instant().plus(AWAY));
            }
            at = next;
        }
        return new Next.At(clock.instant());
    }

    /** The head first, then everything: what changes in between is in the log. */
    private @Nullable String startOver(long fence, String head) {
        Set<UUID> woken = new HashSet<>();
        boolean ours = QuarkusTransaction.requiringNew().call(() -> {
            if (!cursor.moveTo(fence, head)) {
                return false;
            }
            woken.addAll(feeds.wantSnapshot(null, null));
            return true;
        });
        if (!ours) {
            return null;
        }
        woken.forEach(feed -> jobs.wake(JobKind.PUBLISH_FEED, feed));
        plans.lookAtAll();
        return head;
    }

    private @Nullable String apply(long fence, String at, ChangesOutcome.Read read) {
        if (read.items().isEmpty() && read.next().equals(at)) {
            return at;
        }
        // Each in transactions of its own, and again if we die before the cursor has moved.
        read.items().stream()
                .filter(change -> change.kind().equals(ERASURE))
                .forEach(change -> erased.fire(new Erased(change.organisationId(), change.entityId())));
        Set<UUID> woken = new HashSet<>();
        List<OrganisationState> organisations = new ArrayList<>();
        boolean ours = QuarkusTransaction.requiringNew().call(() -> {
            if (!cursor.moveTo(fence, read.next())) {
                return false;
            }
            for (Change change : read.items()) {
                woken.addAll(apply(change));
                if (change.organisation() != null) {
                    organisations.add(change.organisation());
                }
            }
            return true;
        });
        if (!ours) {
            return null;
        }
        woken.forEach(feed -> jobs.wake(JobKind.PUBLISH_FEED, feed));
        organisations.forEach(plans::look);
        return read.next();
    }

    private Set<UUID> apply(Change change) {
        UUID organisation = change.organisationId();
        return switch (change.kind()) {
            case "APPOINTMENT" -> appointment(organisation, change.entityId(), change.appointment());
            case "ORGANISATION", "SERVICE", "CLIENT", "LOCATION" ->
                new HashSet<>(feeds.wantSnapshot(organisation, null));
            case "STAFF" -> new HashSet<>(feeds.wantSnapshot(organisation, change.entityId()));
            case ERASURE -> {
                published.erased(organisation, change.entityId());
                Set<UUID> concerned = published.want(organisation, change.entityId(), List.of());
                concerned.addAll(feeds.wantSnapshot(organisation, null));
                yield concerned;
            }
            case "ITEM_VERDICT" -> {
                if (change.verdict() != null) {
                    items.applyVerdict(organisation, change.verdict());
                }
                yield Set.of();
            }
            // A newer scheduling-service may tell us more than we know.
            default -> Set.of();
        };
    }

    private Set<UUID> appointment(UUID organisation, UUID id, @Nullable AppointmentState appointment) {
        boolean shown = appointment != null
                && !appointment.status().equals(CANCELLED)
                && appointment.endAt().isAfter(clock.instant());
        List<UUID> targets =
                shown && appointment != null ? feeds.listWriting(organisation, appointment.staffId()) : List.of();
        return published.want(organisation, id, targets);
    }
}
