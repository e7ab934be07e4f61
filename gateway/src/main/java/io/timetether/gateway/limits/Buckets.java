package io.timetether.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.timetether.gateway.limits.LimitVerdict.Allowed;
import io.timetether.gateway.limits.LimitVerdict.Exceeded;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much each caller has used, in memory, so that counting costs a request nothing that could be noticed. What other
 * gateways have counted is added by {@link LimitSharing} every second.
 */
@ApplicationScoped
class Buckets {

    private static final int KNOWN_AT_MOST = 100_000;

    private final Cache<String, Counted> counted = Caffeine.newBuilder()
            .maximumSize(KNOWN_AT_MOST)
            .expireAfterAccess(Duration.ofMinutes(2))
            .build();

    private record Counted(Limit limit, Bucket bucket, AtomicLong unshared) {
        static Counted with(Limit limit) {
            return new Counted(
                    limit,
                    Bucket.builder()
                            .addLimit(bandwidth -> bandwidth
                                    .capacity(limit.perMinute())
                                    .refillGreedy(limit.perMinute(), Duration.ofMinutes(1)))
                            .build(),
                    new AtomicLong());
        }
    }

    /** Counts a request against a limit. */
    LimitVerdict count(Limit limit, String key) {
        Counted one = counted.get(key, ignored -> Counted.with(limit));
        ConsumptionProbe probe = one.bucket().tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            one.unshared().incrementAndGet();
            return new Allowed(probe.getRemainingTokens());
        }
        return new Exceeded(Math.max(1, Math.ceilDiv(probe.getNanosToWaitForRefill(), TimeUnit.SECONDS.toNanos(1))));
    }

    /**
     * What has been counted here since the last time this was asked, for those who have used up a tenth of their limit or
     * more: nobody else can come near it, and need not be told to the others.
     */
    Map<String, Long> takeUnshared() {
        Map<String, Long> taken = new TreeMap<>();
        counted.asMap().forEach((key, one) -> {
            if (one.unshared().get() > 0
                    && one.bucket().getAvailableTokens() < one.limit().perMinute() * 0.9) {
                taken.put(key, one.unshared().getAndSet(0));
            }
        });
        return taken;
    }

    /** Puts back what could not be told to the others. */
    void giveBack(Map<String, Long> taken) {
        taken.forEach((key, amount) -> {
            Counted one = counted.getIfPresent(key);
            if (one != null) {
                one.unshared().addAndGet(amount);
            }
        });
    }

    /** Takes off what was counted elsewhere, even below zero. */
    void countedElsewhere(String key, long amount) {
        Counted one = counted.getIfPresent(key);
        if (one != null && amount > 0) {
            one.bucket().consumeIgnoringRateLimits(amount);
        }
    }
}
