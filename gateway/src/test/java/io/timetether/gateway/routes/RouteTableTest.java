package io.timetether.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {

    @ParameterizedTest
    @CsvSource({
        "/api/v1, SCHEDULING, PEOPLE_AND_MACHINES",
        "/api/v1/anything/new, SCHEDULING, PEOPLE_AND_MACHINES",
        "/api/v1/sync-feeds, CALENDAR_SYNC, PEOPLE_AND_MACHINES",
        "/api/v1/sync-feeds/1, CALENDAR_SYNC, PEOPLE_AND_MACHINES",
        "/api/v1/sync-feedsx, SCHEDULING, PEOPLE_AND_MACHINES",
        "/api/v1/oauth/token, SCHEDULING, PROGRAMS",
        "/api/v1/oauth/jwks, SCHEDULING, PEOPLE_AND_MACHINES",
        "/oauth/microsoft/callback, CALENDAR_SYNC, MICROSOFT",
        "/oauth/microsoft/complete, CALENDAR_SYNC, PEOPLE_AND_MACHINES",
        "/webhooks/microsoft, CALENDAR_SYNC, MICROSOFT"
    })
    void findsTheLongestPrefix(String path, Upstream upstream, OpenTo openTo) {
        Route route = RouteTable.find(path).orElseThrow();
        assertThat(route.upstream()).isEqualTo(upstream);
        assertThat(route.openTo()).isEqualTo(openTo);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/internal", "/internal/v1/people", "/", "/api", "/api/v10", "/q/health", "/webhooks", "/oauth"})
    void forwardsNothingElse(String path) {
        assertThat(RouteTable.find(path)).isEmpty();
    }

    @Test
    void hasNoRouteThatReachesWhatIsInternal() {
        assertThat(RouteTable.all())
                .noneMatch(route ->
                        route.prefix().contains("internal") || route.prefix().length() < 2);
    }
}
