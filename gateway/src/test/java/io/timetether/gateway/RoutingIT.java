package io.timetether.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.gateway.world.Browser;
import io.timetether.gateway.world.ListeningService.Received;
import io.timetether.gateway.world.World;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingIT {

    private final World world = World.get();

    @ParameterizedTest
    @CsvSource({
        "/api/v1/appointments?from=a%2Fb&x=1, scheduling-service",
        "/api/v1, scheduling-service",
        "/api/v1/public/organisations/demo, scheduling-service",
        "/api/v1/calendar-audit-log?limit=1, calendar-sync-service",
        "/api/v1/calendar-providers, calendar-sync-service",
        "/api/v1/calendar-connections/1/test, calendar-sync-service",
        "/api/v1/calendar-connectionsx, scheduling-service",
        "/api/v1/remaining-events, calendar-sync-service",
        "/api/v1/calendar%2Dproviders/x, calendar-sync-service",
        "/api/v1/sync-feeds/1/progress, calendar-sync-service",
        "/oauth/microsoft/complete?state=s, calendar-sync-service"
    })
    void sendsEachPathToTheServiceOfTheLongestPrefixUnchanged(String target, String service) throws Exception {
        HttpResponse<String> response = new Browser().get(world.gateway.url(target));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains(service);
        assertThat((service.startsWith("scheduling") ? world.scheduling : world.calendarSync).all())
                .extracting(Received::target)
                .contains(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/v1/people",
                "/internal",
                "/%69nternal/v1/people",
                "/INTERNAL/v1/people",
                "/q/openapi",
                "/api",
                "/api/v2/x",
                "/apis/v1",
                "/oauth/microsoftx",
                "/nothing",
                "internal/v1/people",
                "*"
            })
    void answersNotFoundForEverythingElseWithoutAskingAService(String target) throws Exception {
        int before = world.scheduling.all().size() + world.calendarSync.all().size();

        String answer = world.gateway.rawGet(target);

        assertThat(answer).startsWith("HTTP/1.1 404").contains("application/problem+json", "/problems/not-found");
        assertThat(world.scheduling.all().size() + world.calendarSync.all().size())
                .isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/../../internal/v1/people",
                "/api/v1/..;/..;/internal/v1/people",
                "/api/v1/%2e%2e/%2e%2e/internal/v1/people",
                "/api/v1/.%2E/internal",
                "/api/v1/..%2f..%2finternal",
                "/api/v1/..%5c..%5cinternal",
                "/api/v1/..\\..\\internal",
                "//internal/v1/people",
                "/api/v1//internal",
                "/api/v1/%252e%252e/internal",
                "/api/v1/x%00",
                "/api/v1/x%0d%0aX: y",
                "/api/v1/x%",
                "/api/v1/x%zz",
                "/api/v1/%ff",
                "/api/v1/x;a=b",
                "/api/v1/x#y",
                "http://scheduling/internal/v1/people",
                "/api/v1/caf\u00e9"
            })
    void refusesTargetsThatAServiceCouldReadDifferently(String target) throws Exception {
        int before = world.scheduling.all().size() + world.calendarSync.all().size();

        String answer = world.gateway.rawGet(target);

        assertThat(answer).startsWith("HTTP/1.").contains(" 400 ");
        assertThat(world.scheduling.all().size() + world.calendarSync.all().size())
                .isEqualTo(before);
    }

    @Test
    void passesProblemsOfAServiceThroughUntouched() throws Exception {
        String problem = "{\"type\":\"/problems/slot-taken\",\"status\":409,\"alternatives\":[1, 2]}";
        world.scheduling.answer("/api/v1/taken", exchange -> {
            world.scheduling.take(exchange);
            exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
            exchange.getResponseHeaders().add("ETag", "\"7\"");
            exchange.sendResponseHeaders(409, problem.length());
            exchange.getResponseBody().write(problem.getBytes());
            exchange.close();
        });

        HttpResponse<String> response = new Browser().send("POST", world.gateway.url("/api/v1/taken"), "{}");

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.body()).isEqualTo(problem);
        assertThat(response.headers().firstValue("etag")).contains("\"7\"");
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
    }

    /** They are open to everybody, so what cannot be Microsoft, or a program, costs nobody behind the gateway anything. */
    @ParameterizedTest
    @CsvSource({
        "/webhooks/microsoft?validationToken=v, calendar-sync-service",
        "/oauth/microsoft/callback, calendar-sync-service",
        "/api/v1/oauth/token, scheduling-service"
    })
    void asksTheServicesOnlyAboutPostsWhereNobodySignsIn(String target, String service) throws Exception {
        String posted = world.gateway.raw("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=b");
        assertThat(posted).startsWith("HTTP/1.1 200").contains(service);
        int before = world.scheduling.all().size() + world.calendarSync.all().size();
        for (String method : List.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS")) {
            String answer = world.gateway.raw(
                    method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(answer).as(method).startsWith("HTTP/1.1 405").containsIgnoringCase("allow: POST");
        }
        assertThat(world.scheduling.all().size() + world.calendarSync.all().size())
                .isEqualTo(before);
    }

    @Test
    void refusesMethodsThatNothingHereServes() throws Exception {
        assertThat(world.gateway.raw("TRACE /api/v1/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405")
                .contains("/problems/method-not-allowed");
    }
}
