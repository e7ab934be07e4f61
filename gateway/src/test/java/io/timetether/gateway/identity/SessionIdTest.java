package io.timetether.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionIdTest {

    @Test
    void isNeverTheSameAndReadsItselfBack() {
        Set<String> values = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            SessionId id = SessionId.create();
            assertThat(values.add(id.value())).isTrue();
            assertThat(SessionId.of(id.value())).contains(id);
        }
    }

    @Test
    void refusesWhatWasNeverHandedOut() {
        assertThat(SessionId.of(null)).isEmpty();
        assertThat(SessionId.of("")).isEmpty();
        assertThat(SessionId.of("a".repeat(42))).isEmpty();
        assertThat(SessionId.of("a".repeat(42) + "'")).isEmpty();
        assertThat(SessionId.of("a".repeat(44))).isEmpty();
    }

    @Test
    void doesNotShowItselfInALog() {
        SessionId id = SessionId.create();
        assertThat(id.toString()).doesNotContain(id.value());
        assertThat(id.key()).doesNotContain(id.value());
        assertThat(new Session.Tokens("id", "access", "refresh").toString()).doesNotContain("access");
    }
}
