package io.timetether.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.timetether.gateway.world.Browser;
import io.timetether.gateway.world.GatewayProcess;
import io.timetether.gateway.world.World;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two gateways on one database, which count as one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsIT {

    private final World world = World.get();
    private GatewayProcess one;
    private GatewayProcess other;

    @BeforeAll
    void start() throws Exception {
        int port = GatewayProcess.freePort();
        Map<String, String> environment = world.environment(world.createDatabase("limits"), port);
        environment.put("TIMETETHER_LIMITS_CALLER_PER_MINUTE", "60");
        environment.put("TIMETETHER_LIMITS_ANONYMOUS_PER_MINUTE", "60");
        one = new GatewayProcess(port, environment);
        one.awaitReady(); // the first to start makes the tables
        other = new GatewayProcess(GatewayProcess.freePort(), environment);
        other.awaitReady();
    }

    @AfterAll
    void stop() {
        one.stop();
        other.stop();
    }

    @Test
    void countsACallerAtAllGatewaysTogether() throws Exception {
        HttpResponse<String> first = call(one, "a");
        assertThat(first.headers().firstValue("ratelimit-policy"))
                .contains("\"address\";q=6000;w=60, \"caller\";q=60;w=60");
        assertThat(first.headers().firstValue("ratelimit").orElse("")).contains("\"caller\";r=59;t=1");

        usesUpAtOneWhatTheOtherThenLacks("a");

        HttpResponse<String> refused = call(other, "a");
        assertThat(refused.body()).contains("/problems/too-many-requests");
        assertThat(Integer.parseInt(refused.headers().firstValue("retry-after").orElse("0")))
                .isBetween(1, 60);
        assertThat(call(other, "b").statusCode()).isEqualTo(200);
    }

    @Test
    void countsAnAddressAtAllGatewaysTogetherWhereNobodySaysWhoTheyAre() throws Exception {
        usesUpAtOneWhatTheOtherThenLacks("");

        assertThat(call(other, "").headers().firstValue("retry-after")).isPresent();
        assertThat(other.metrics())
                .containsPattern("(?m)^gateway_limit_refusals_total\\{limit=\"anonymous\".*\\} [1-9]")
                .containsPattern("(?m)^gateway_requests_total\\{route=\"/api/v1\",.*status=\"429\".*\\} [1-9]");
    }

    /** What the other gateway still allows shrinks to what is left of the one limit. */
    private void usesUpAtOneWhatTheOtherThenLacks(String token) throws Exception {
        for (int i = 0; i < 45; i++) {
            assertThat(call(one, token).statusCode()).isEqualTo(200);
        }
        for (int i = 0; i < 10; i++) {
            call(other, token);
        }
        await().atMost(40, SECONDS)
                .untilAsserted(() -> assertThat(call(other, token).statusCode()).isEqualTo(429));
    }

    /** @param token none if empty */
    private static HttpResponse<String> call(GatewayProcess gateway, String token) throws Exception {
        String url = gateway.url("/api/v1/limited");
        return token.isEmpty() ? new Browser().get(url) : new Browser().get(url, "Authorization", "Bearer " + token);
    }
}
