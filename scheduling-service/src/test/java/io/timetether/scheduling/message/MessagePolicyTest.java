package io.timetether.scheduling.message;

import static io.timetether.scheduling.message.MessagePolicy.Verdict.NO_ADDRESS;
import static io.timetether.scheduling.message.MessagePolicy.Verdict.OVERTAKEN;
import static io.timetether.scheduling.message.MessagePolicy.Verdict.SEND;
import static io.timetether.scheduling.message.MessagePolicy.Verdict.TOO_LATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.scheduling.message.MessagePolicy.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessagePolicyTest {

    private static final Instant NOW = Instant.parse("2027-02-27T10:00:00Z");

    private static Verdict decide(MessageKind kind, MessageFacts facts) {
        return MessagePolicy.decide(kind, facts, SampleFacts.START, NOW);
    }

    @ParameterizedTest
    @EnumSource(
            value = MessageKind.class,
            names = {"BOOKED", "CONFIRMED", "MOVED"})
    void whatWasCancelledBeforeItCouldBeToldIsNotTold(MessageKind kind) {
        assertThat(decide(kind, SampleFacts.with("OPEN"))).isEqualTo(SEND);
        assertThat(decide(kind, SampleFacts.with("CANCELLED"))).isEqualTo(OVERTAKEN);
    }

    @Test
    void aCancellationIsToldWhateverWasBefore() {
        assertThat(decide(MessageKind.CANCELLED, SampleFacts.with("CANCELLED"))).isEqualTo(SEND);
    }

    @Test
    void oneMoveAfterTheOtherIsToldOnce() {
        assertThat(decide(MessageKind.MOVED, SampleFacts.overtaken())).isEqualTo(OVERTAKEN);
    }

    @Test
    void aReminderIsForTheTimeThatItWasWrittenFor() {
        assertThat(decide(MessageKind.REMINDER, SampleFacts.with("CONFIRMED"))).isEqualTo(SEND);
        assertThat(decide(MessageKind.REMINDER, SampleFacts.with("PENDING"))).isEqualTo(OVERTAKEN);
        assertThat(decide(MessageKind.REMINDER, SampleFacts.movedTo(SampleFacts.START.plus(Duration.ofHours(1)))))
                .isEqualTo(OVERTAKEN);
    }

    @Test
    void nobodyIsToldAboutWhatHasBegun() {
        assertThat(MessagePolicy.decide(
                        MessageKind.REMINDER, SampleFacts.with("OPEN"), SampleFacts.START, SampleFacts.START))
                .isEqualTo(TOO_LATE);
    }

    @ParameterizedTest
    @EnumSource(MessageKind.class)
    void withoutAnAddressThereIsNobodyToTell(MessageKind kind) {
        assertThat(decide(kind, SampleFacts.withoutAddress())).isEqualTo(NO_ADDRESS);
    }

    @Test
    void waitsLongerAfterEachAttemptUpToAboutAnHour() {
        assertThat(Sending.pause(1)).isEqualTo(Duration.ofSeconds(15));
        assertThat(Sending.pause(2)).isEqualTo(Duration.ofSeconds(30));
        for (int attempt = 1; attempt < 200; attempt++) {
            assertThat(Sending.pause(attempt + 1)).isGreaterThanOrEqualTo(Sending.pause(attempt));
            assertThat(Sending.pause(attempt)).isBetween(Duration.ofSeconds(15), Duration.ofMinutes(65));
        }
    }
}
