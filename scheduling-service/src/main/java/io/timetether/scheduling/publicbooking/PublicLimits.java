package io.timetether.scheduling.publicbooking;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How much one address, and all together at one organisation, may do on the public pages. All instances count in the
 * database, so a limit holds for all of them together; an address is kept as a hash, for minutes. Reading is limited by
 * address at the gateway too.
 */
@ApplicationScoped
class PublicLimits {

    private static final int SWEPT_AT_ONCE = 1_000;

    /** So many in so long a time; what is used up comes back evenly. */
    record Limit(String name, int amount, Duration window) {

        private BucketConfiguration bucket() {
            return BucketConfiguration.builder()
                    .addLimit(bandwidth -> bandwidth.capacity(amount).refillGreedy(amount, window))
                    .build();
        }
    }

    sealed interface Verdict {
        Limit limit();

        long remaining();

        record Allowed(Limit limit, long remaining) implements Verdict {}

        /** {@code retryAfter} in seconds, at least 1. */
        record Exceeded(Limit limit, long retryAfter) implements Verdict {

            @Override
            public long remaining() {
                return 0;
            }
        }

        /** {@code RateLimit-Policy}, as draft-ietf-httpapi-ratelimit-headers has it. */
        default String policy() {
            return "\"" + limit().name() + "\";q=" + limit().amount() + ";w="
                    + limit().window().toSeconds();
        }

        /** {@code RateLimit}: what is left, and in how many seconds all of it is there again. */
        default String state() {
            long missing = limit().amount() - remaining();
            return "\"" + limit().name() + "\";r=" + remaining() + ";t="
                    + Math.ceilDiv(missing * limit().window().toSeconds(), limit().amount());
        }
    }

    private final PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;
    private final Limit readsOfAddress;
    private final Limit changesOfAddress;
    private final Limit changesAtOrganisation;

    PublicLimits(
            DataSource dataSource,
            @ConfigProperty(name = "timetether.public.reads-per-address") int readsPerMinute,
            @ConfigProperty(name = "timetether.public.changes-per-address") int changesPerAddress,
            @ConfigProperty(name = "timetether.public.changes-per-organisation") int changesPerOrganisation) {
        this.readsOfAddress = new Limit("public-reads", readsPerMinute, Duration.ofMinutes(1));
        this.changesOfAddress = new Limit("public-changes", changesPerAddress, Duration.ofMinutes(10));
        this.changesAtOrganisation =
                new Limit("public-changes-organisation", changesPerOrganisation, Duration.ofMinutes(10));
        this.buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(dataSource)
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .table("public_limit")
                .idColumn("id")
                .stateColumn("state")
                .expiresAtColumn("expires_at")
                .expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofMinutes(1)))
                .build();
    }

    Verdict read(String address) {
        return count(readsOfAddress, hashed(address));
    }

    Verdict change(String address) {
        return count(changesOfAddress, hashed(address));
    }

    Verdict changeAt(UUID organisationId) {
        return count(changesAtOrganisation, organisationId.toString());
    }

    private Verdict count(Limit limit, String who) {
        ConsumptionProbe probe =
                buckets.getProxy(limit.name() + ":" + who, limit::bucket).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? new Verdict.Allowed(limit, probe.getRemainingTokens())
                : new Verdict.Exceeded(
                        limit, Math.max(1, Math.ceilDiv(probe.getNanosToWaitForRefill(), TimeUnit.SECONDS.toNanos(1))));
    }

    @Scheduled(every = "PT1M", delayed = "PT1M", concurrentExecution = ConcurrentExecution.SKIP)
    void forgetOld() {
        while (buckets.removeExpired(SWEPT_AT_ONCE) == SWEPT_AT_ONCE) {
            // On to the next thousand.
        }
    }

    private static String hashed(String address) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(address.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
