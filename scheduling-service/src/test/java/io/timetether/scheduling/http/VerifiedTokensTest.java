package io.timetether.scheduling.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {

    private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");

    private static final class Hands extends Clock {
        private Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private record Token(String raw, Instant expiry) implements JsonWebToken {

        @Override
        public String getName() {
            return raw;
        }

        @Override
        public Set<String> getClaimNames() {
            return Set.of();
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T getClaim(String name) {
            return (T) (name.equals(Claims.raw_token.name()) ? raw : expiry.getEpochSecond());
        }
    }

    private final Hands clock = new Hands();
    private final VerifiedTokens tokens = new VerifiedTokens(clock);

    @Test
    void knowsATokenThatWasVerifiedAMomentAgoAndNoOther() {
        Token token = new Token("a.b.c", NOON.plus(Duration.ofHours(1)));
        tokens.remember(token);
        assertThat(tokens.find("a.b.c")).contains(token);
        assertThat(tokens.find("a.b.d")).isEmpty();
    }

    @Test
    void hasATokenVerifiedAgainEachMinute() {
        tokens.remember(new Token("a.b.c", NOON.plus(Duration.ofHours(1))));
        clock.now = NOON.plus(VerifiedTokens.REMEMBERED_FOR);
        assertThat(tokens.find("a.b.c")).isEmpty();
    }

    @Test
    void forgetsATokenTheMomentItExpires() {
        tokens.remember(new Token("a.b.c", NOON.plusSeconds(5)));
        clock.now = NOON.plusSeconds(4);
        assertThat(tokens.find("a.b.c")).isPresent();
        clock.now = NOON.plusSeconds(5);
        assertThat(tokens.find("a.b.c")).isEmpty();
    }
}
