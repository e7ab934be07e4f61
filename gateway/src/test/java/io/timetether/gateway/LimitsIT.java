package io.timetether.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.timetether.gateway.world.Browser;
import io.timetether.gateway.world.GatewayProcess;
import io.timetether.gateway.world.World;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitsIT {

    private final World world = World.get();

    @Test
    void countsACallerAtAllGatewaysTogether() throws Exception {
        int port = GatewayProcess.freePort();
        Map<String, String> environment = world.environment(world.createDatabase("limits"), port);
        environment.put("TIMETETHER_LIMITS_CALLER_PER_MINUTE", "60");
        GatewayProcess one = new GatewayProcess(port, environment);
        one.awaitReady(); // the first to start makes the tables
        GatewayProcess other = new GatewayProcess(GatewayProcess.freePort(), environment);
        try {
            other.awaitReady();
            HttpResponse<String> first = call(one, "a");
            assertThat(first.headers().firstValue("ratelimit-policy"))
                    .contains("\"address\";q=6000;w=60, \"caller\";q=60;w=60");
            assertThat(first.headers().firstValue("ratelimit").orElse("")).contains("\"caller\";r=59;t=1");

            for (int i = 0; i < 45; i++) {
                assertThat(call(one, "a").statusCode()).isEqualTo(200);
            }
            // What the other gateway still allows shrinks to what is left of the one limit.
            for (int i = 0; i < 10; i++) {
                call(other, "a");
            }
            await().atMost(10, SECONDS)
                    .untilAsserted(
                            () -> assertThat(call(other, "a").statusCode()).isEqualTo(429));
            HttpResponse<String> refused = call(other, "a");
            assertThat(refused.body()).contains("/problems/too-many-requests");
            assertThat(Integer.parseInt(
                            refused.headers().firstValue("retry-after").orElse("0")))
                    .isBetween(1, 60);
            assertThat(call(other, "b").statusCode()).isEqualTo(200);
        } finally {
            one.stop();
            other.stop();
        }
    }

    private static HttpResponse<String> call(GatewayProcess gateway, String token) throws Exception {
        return new Browser().get(gateway.url("/api/v1/limited"), "Authorization", "Bearer " + token);
    }
}
