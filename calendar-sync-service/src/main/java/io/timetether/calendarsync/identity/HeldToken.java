package io.timetether.calendarsync.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What this instance holds of one connection: the lock that makes a refresh happen once however many threads ask, the
 * last token, and the last refusal, so that a dead authorisation is not knocked at by every waiting thread in turn.
 */
final class HeldToken {

    /** msal4j itself refreshes five minutes before the end. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private static final Duration REMEMBER_REFUSAL = Duration.ofSeconds(60);
    private static final Duration REMEMBER_OUTAGE = Duration.ofSeconds(2);

    final ReentrantLock lock = new ReentrantLock();

    private volatile @Nullable Token token;
    private volatile @Nullable Refusal refusal;

    /** The held token if it satisfies the demand. */
    @Nullable
    String tokenFor(TokenDemand demand, Instant now) {
        Token held = token;
        if (held == null || !held.goodUntil().isAfter(now)) {
            return null;
        }
        return switch (demand) {
            case TokenDemand.Usual usual -> held.text();
            case TokenDemand.AfterRejection after -> held.text().equals(after.rejectedToken()) ? null : held.text();
            case TokenDemand.WithClaims with -> held.text().equals(with.rejectedToken()) ? null : held.text();
        };
    }

    /** The last refusal, if it is recent and was given for this very version of the stored cache. */
    @Nullable
    TokenOutcome refusalFor(long version, Instant now) {
        Refusal last = refusal;
        return last != null && last.version() == version && now.isBefore(last.until()) ? last.outcome() : null;
    }

    void grant(String text, Instant expiresAt) {
        token = new Token(text, expiresAt.minus(MARGIN));
        refusal = null;
    }

    void refuse(TokenOutcome outcome, long version, Instant now) {
        Duration remember = outcome instanceof TokenOutcome.Unavailable ? REMEMBER_OUTAGE : REMEMBER_REFUSAL;
        refusal = new Refusal(outcome, version, now.plus(remember));
        if (outcome instanceof TokenOutcome.ReconnectNeeded) {
            token = null;
        }
    }

    /** Whether nothing in here is worth keeping. */
    boolean isIdle(Instant now) {
        Token held = token;
        return !lock.isLocked() && (held == null || !held.goodUntil().isAfter(now));
    }

    private record Token(String text, Instant goodUntil) {}

    private record Refusal(TokenOutcome outcome, long version, Instant until) {}
}
