package io.timetether.gateway.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What was read of sessions a moment ago, so that not each of a page's requests costs a read. It is good for {@link #GOOD_FOR}
 * from when the read began, and no gateway says that a session has ended before {@link #FORGOTTEN_AFTER}: from then on none
 * can still take it for running. No message between gateways is needed for that, which could be lost, nor a common clock.
 */
@ApplicationScoped
class RecentSessions {

    /** For so long after a read of it has begun, a session may be used without another. */
    static final Duration GOOD_FOR = Duration.ofMillis(200);

    /** For so long after a session has ended, some gateway may not know it. A little more, for clocks that run unevenly. */
    static final Duration FORGOTTEN_AFTER = Duration.ofMillis(250);

    /** Whoever comes later than this has it read again for those after them, so that none of a stream of requests waits. */
    private static final Duration READ_AGAIN_AFTER = Duration.ofMillis(100);

    /** Some kilobytes each. */
    private static final int AT_MOST = 5_000;

    private final Clock clock;
    private final Ticker ticker;
    private final Cache<SessionId, Read> reads;

    private record Read(Session session, long begun, AtomicBoolean readAgain) {}

    /**
     * A session as it was a moment ago.
     *
     * @param readAgain whether the one who gets this should read it again, for those who come later
     */
    record Recent(Session session, boolean readAgain) {}

    @Inject
    RecentSessions(Clock clock) {
        this(clock, Ticker.systemTicker());
    }

    /** @param ticker goes on evenly, whatever happens to the clock */
    RecentSessions(Clock clock, Ticker ticker) {
        this.clock = clock;
        this.ticker = ticker;
        this.reads = Caffeine.newBuilder()
                .ticker(ticker)
                .maximumSize(AT_MOST)
                .expireAfterWrite(GOOD_FOR)
                .build();
    }

    /** The time before a read, to keep it with; in no known unit. */
    long beforeReading() {
        return ticker.read();
    }

    /** What may still be used. */
    Optional<Recent> find(SessionId id) {
        Read read = reads.getIfPresent(id);
        if (read == null) {
            return Optional.empty();
        }
        long age = ticker.read() - read.begun();
        if (age >= GOOD_FOR.toNanos()
                || !clock.instant().isBefore(read.session().expiresAt())) {
            return Optional.empty();
        }
        boolean again = age >= READ_AGAIN_AFTER.toNanos() && read.readAgain().compareAndSet(false, true);
        return Optional.of(new Recent(read.session(), again));
    }

    /**
     * Keeps what was read, unless something younger is known.
     *
     * @param begun {@link #beforeReading()}, asked before the read was sent
     */
    void keep(SessionId id, Session session, long begun) {
        Read read = new Read(session, begun, new AtomicBoolean());
        reads.asMap().merge(id, read, (known, next) -> next.begun() - known.begun() >= 0 ? next : known);
    }

    /** For when it has ended, or has been renewed. */
    void forget(SessionId id) {
        reads.invalidate(id);
    }
}
