package io.timetether.gateway.limits;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Lets several gateways count as one, a second late: each adds what it has counted to the minute's row in the database and
 * takes off, in memory, what the others have added. Without a database each gateway goes on counting for itself.
 */
@ApplicationScoped
class LimitSharing {

    private static final Logger LOG = Logger.getLogger(LimitSharing.class);
    private static final Duration KEPT = Duration.ofMinutes(5);

    private final Buckets buckets;
    private final LimitUsages usages;
    private final Clock clock;

    /** By key, the total that this gateway has taken off already; of the current minute only. */
    private final Map<String, Long> known = new HashMap<>();

    private Instant minute = Instant.EPOCH;

    LimitSharing(Buckets buckets, LimitUsages usages, Clock clock) {
        this.buckets = buckets;
        this.usages = usages;
        this.clock = clock;
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void share() {
        Map<String, Long> taken = buckets.takeUnshared();
        if (taken.isEmpty()) {
            return;
        }
        try {
            share(taken);
        } catch (SQLException later) {
            buckets.giveBack(taken);
            LOG.warnf("Limits are counted by this gateway alone for now: %s", later.getMessage());
        }
    }

    @Scheduled(every = "1m", delayed = "30s")
    void sweep() {
        try {
            usages.removeBefore(clock.instant().minus(KEPT));
        } catch (SQLException later) {
            LOG.debug("Old counts stay a minute longer", later);
        }
    }

    private void share(Map<String, Long> taken) throws SQLException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        if (!now.equals(minute)) {
            minute = now;
            known.clear();
        }
        usages.add(now, taken).forEach((key, total) -> {
            long own = taken.getOrDefault(key, 0L);
            long before = known.getOrDefault(key, 0L);
            buckets.countedElsewhere(key, total - before - own);
            known.put(key, total);
        });
    }
}
