package io.timetether.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;

class HeadLimitsTest {

    @Test
    void takesAllThatFitsToTheLastByte() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("A", "b".repeat(HeadLimits.HEADER_BYTES - 5));

        assertThat(HeadLimits.judge("/" + "a".repeat(HeadLimits.ADDRESS_CHARACTERS - 1), headers))
                .isEmpty();
    }

    @Test
    void refusesOneMore() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        assertThat(HeadLimits.judge("/" + "a".repeat(HeadLimits.ADDRESS_CHARACTERS), headers))
                .map(Problem::kind)
                .contains(ProblemKind.ADDRESS_TOO_LONG);

        headers.add("A", "b".repeat(HeadLimits.HEADER_BYTES / 2)).add("A", "b".repeat(HeadLimits.HEADER_BYTES / 2));
        assertThat(HeadLimits.judge("/", headers)).map(Problem::kind).contains(ProblemKind.HEADERS_TOO_LARGE);
    }
}
