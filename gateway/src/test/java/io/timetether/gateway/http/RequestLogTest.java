package io.timetether.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.gateway.configuration.GatewayConfiguration.RequestLines;
import org.junit.jupiter.api.Test;

class RequestLogTest {

    @Test
    void secretsOfLinksAreLeftOut() {
        assertThat(RequestLog.withoutSecrets("/book/seaside/manage/s3cret")).isEqualTo("/book/seaside/manage/(secret)");
        assertThat(RequestLog.withoutSecrets("/api/v1/public/organisations/seaside/appointments/s3cret/reschedule"))
                .isEqualTo("/api/v1/public/organisations/seaside/appointments/(secret)/reschedule");
        assertThat(RequestLog.withoutSecrets("/invitation/s3cret")).isEqualTo("/invitation/(secret)");
    }

    @Test
    void everythingElseStays() {
        for (String path : new String[] {"/", "/book/seaside", "/api/v1/appointments/0190", "/assets/manage/app.js"}) {
            assertThat(RequestLog.withoutSecrets(path)).isEqualTo(path);
        }
    }

    @Test
    void canBeLeftToWhatWasRefused() {
        assertThat(RequestLog.isWanted(RequestLines.ALL, 200, true)).isTrue();
        assertThat(RequestLog.isWanted(RequestLines.REFUSED, 304, true)).isFalse();
        assertThat(RequestLog.isWanted(RequestLines.REFUSED, 200, false)).isTrue();
        assertThat(RequestLog.isWanted(RequestLines.REFUSED, 401, true)).isTrue();
        assertThat(RequestLog.isWanted(RequestLines.NONE, 500, false)).isFalse();
    }
}
