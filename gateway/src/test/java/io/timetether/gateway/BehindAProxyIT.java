package io.timetether.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.gateway.world.Browser;
import io.timetether.gateway.world.GatewayProcess;
import io.timetether.gateway.world.World;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The gateway as it stands in production: something ends TLS in front of it and says who is calling. */
class BehindAProxyIT {

    private final World world = World.get();

    @Test
    void keepsCookiesToTlsAndBelievesTheProxyAboutTheCallersAddressOnly() throws Exception {
        int port = GatewayProcess.freePort();
        Map<String, String> environment = world.environment(world.createDatabase("behind_a_proxy"), port);
        environment.put("TIMETETHER_PUBLIC_URL", "https://book.example");
        environment.put("TIMETETHER_BEHIND_PROXY", "true");
        GatewayProcess gateway = new GatewayProcess(port, environment);
        try {
            gateway.awaitReady();
            HttpResponse<String> begun = new Browser().get(gateway.url("/sign-in"), "X-Forwarded-Host", "evil.example");

            assertThat(begun.statusCode()).isEqualTo(302);
            assertThat(begun.headers().firstValue("location").orElse(""))
                    .contains("redirect_uri=https%3A%2F%2Fbook.example%2Fsign-in%2Fcomplete")
                    .doesNotContain("evil");
            assertThat(begun.headers().allValues("set-cookie"))
                    .isNotEmpty()
                    .allSatisfy(cookie -> assertThat(cookie)
                            .containsIgnoringCase("; Secure")
                            .containsIgnoringCase("HttpOnly")
                            .containsIgnoringCase("SameSite=Lax"));
            assertThat(begun.headers().firstValue("strict-transport-security")).isPresent();

            new Browser()
                    .get(
                            gateway.url("/api/v1/proxied"),
                            "X-Forwarded-For",
                            "203.0.113.9",
                            "X-Forwarded-Proto",
                            "http",
                            "X-Forwarded-Host",
                            "evil.example");
            var got = world.scheduling.at("/api/v1/proxied").getLast();
            assertThat(got.header("X-Forwarded-For")).isEqualTo("203.0.113.9");
            assertThat(got.header("X-Forwarded-Host")).isEqualTo("book.example");
            assertThat(got.header("X-Forwarded-Proto")).isEqualTo("https");
        } finally {
            gateway.stop();
        }
    }

    @Test
    void believesNobodyWhoIsNotAmongTheTrustedProxies() throws Exception {
        int port = GatewayProcess.freePort();
        Map<String, String> environment = world.environment(world.createDatabase("not_its_proxy"), port);
        environment.put("TIMETETHER_BEHIND_PROXY", "true");
        environment.put("TIMETETHER_TRUSTED_PROXIES", "10.255.255.1");
        GatewayProcess gateway = new GatewayProcess(port, environment);
        try {
            gateway.awaitReady();
            new Browser().get(gateway.url("/api/v1/pretended"), "X-Forwarded-For", "203.0.113.9");
            assertThat(world.scheduling.at("/api/v1/pretended").getLast().header("X-Forwarded-For"))
                    .isEqualTo("127.0.0.1");
        } finally {
            gateway.stop();
        }
    }
}
