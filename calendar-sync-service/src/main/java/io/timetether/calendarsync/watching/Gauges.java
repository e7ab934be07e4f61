package io.timetether.calendarsync.watching;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.timetether.calendarsync.account.RemoteCalendar.SubscriptionState;
import io.timetether.calendarsync.connection.ConnectionState;
import io.timetether.calendarsync.feed.FeedState;
import io.timetether.calendarsync.jobs.JobKind;
import io.timetether.calendarsync.watching.Standings.Standing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;

/**
 * Gauges over the whole installation, looked up four times a minute and not when somebody asks. Every instance tells the same
 * figures: take the maximum over the instances, never the sum.
 */
@ApplicationScoped
class Gauges {

    private static final Logger LOG = Logger.getLogger(Gauges.class);
    private static final int SECONDS = 15;

    private final Standings standings;
    private final MeterRegistry metrics;
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("gauges").factory());
    private volatile Standing standing = Standing.UNKNOWN;

    Gauges(Standings standings, MeterRegistry metrics) {
        this.standings = standings;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent started) {
        for (FeedState state : FeedState.values()) {
            gauge("timetether.feeds", "state", state.name(), now -> now.feeds().getOrDefault(state.name(), 0L));
        }
        for (ConnectionState state : ConnectionState.values()) {
            gauge(
                    "timetether.connections",
                    "state",
                    state.name(),
                    now -> now.connections().getOrDefault(state.name(), 0L));
        }
        for (SubscriptionState state : SubscriptionState.values()) {
            gauge(
                    "timetether.calendars",
                    "subscription",
                    state.name(),
                    now -> now.subscriptions().getOrDefault(state.name(), 0L));
        }
        for (JobKind kind : JobKind.values()) {
            gauge(
                    "timetether.jobs.waiting",
                    "kind",
                    kind.taskName(),
                    now -> now.jobsWaiting().getOrDefault(kind.taskName(), 0L));
        }
        gauge("timetether.feeds.stale", Standing::staleFeeds);
        gauge("timetether.freshness.oldest.seconds", Standing::oldestSeconds);
        gauge("timetether.mailboxes.throttled", Standing::throttledMailboxes);
        gauge("timetether.jobs.latest.seconds", Standing::latestJobSeconds);
        gauge("timetether.events.unwritten", Standing::unwrittenEvents);
        clockwork.scheduleWithFixedDelay(this::look, 0, SECONDS, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent stopping) {
        clockwork.shutdownNow();
    }

    private void look() {
        try {
            standing = standings.look();
        } catch (RuntimeException away) {
            LOG.warnf("the figures cannot be looked up: %s", away.getMessage());
        }
    }

    private void gauge(String name, ToDoubleFunction<Standing> value) {
        Gauge.builder(name, this, gauges -> value.applyAsDouble(gauges.standing))
                .register(metrics);
    }

    private void gauge(String name, String tag, String tagValue, ToDoubleFunction<Standing> value) {
        Gauge.builder(name, this, gauges -> value.applyAsDouble(gauges.standing))
                .tag(tag, tagValue)
                .register(metrics);
    }
}
