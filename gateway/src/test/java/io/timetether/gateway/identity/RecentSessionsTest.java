package io.timetether.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RecentSessionsTest {

    private static final SessionId ID = SessionId.create();

    private Instant now = Instant.parse("2026-11-24T00:00:00Z");
    private long ticks = Long.MAX_VALUE - 1_000; // as a ticker may: it wraps round soon
    private final RecentSessions recent =
            new RecentSessions(((InstantSource) () -> now).withZone(ZoneOffset.UTC), () -> ticks);

    @Test
    void isGoodForAMomentFromWhenTheReadBeganNotFromWhenItEnded() {
        long begun = recent.beforeReading();
        after(RecentSessions.GOOD_FOR.minusMillis(1));
        recent.keep(ID, session("read"), begun);
        assertThat(recent.find(ID)).isPresent();

        after(Duration.ofMillis(1));
        assertThat(recent.find(ID)).isEmpty();
    }

    /** Or a gateway could still use a session after another one has said that it is over. */
    @Test
    void forgetsBeforeAnybodyIsToldThatASessionHasEnded() {
        assertThat(RecentSessions.GOOD_FOR).isLessThan(RecentSessions.FORGOTTEN_AFTER);
    }

    @Test
    void lastsNoLongerThanTheSessionItself() {
        recent.keep(ID, session("read"), recent.beforeReading());
        now = now.plusSeconds(3600);
        assertThat(recent.find(ID)).isEmpty();
    }

    @Test
    void asksOneOfTheManyToReadItAgainBeforeItIsForgotten() {
        recent.keep(ID, session("read"), recent.beforeReading());
        assertThat(recent.find(ID).orElseThrow().readAgain()).isFalse();

        after(RecentSessions.GOOD_FOR.dividedBy(2));
        assertThat(recent.find(ID).orElseThrow().readAgain()).isTrue();
        assertThat(recent.find(ID).orElseThrow().readAgain()).isFalse();
    }

    @Test
    void keepsTheYoungerOfTwoReadsThatEndTheOtherWayRound() {
        long first = recent.beforeReading();
        after(Duration.ofMillis(5));
        recent.keep(ID, session("renewed"), recent.beforeReading());
        recent.keep(ID, session("before"), first);

        assertThat(recent.find(ID).orElseThrow().session().name()).isEqualTo("renewed");
        recent.forget(ID);
        assertThat(recent.find(ID)).isEmpty();
    }

    private void after(Duration time) {
        ticks += time.toNanos();
    }

    private Session session(String name) {
        return new Session(name, new Session.Tokens("i", "a", null), now.plusSeconds(300), now.plusSeconds(3600));
    }
}
