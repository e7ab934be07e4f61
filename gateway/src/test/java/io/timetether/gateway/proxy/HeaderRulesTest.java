package io.timetether.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.gateway.identity.Caller;
import io.timetether.gateway.proxy.HeaderRules.Origin;
import io.timetether.gateway.routes.Upstream;
import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;

class HeaderRulesTest {

    private static final Origin ORIGIN = new Origin("2001:db8::1", "https", "book.example", "r-1");

    @Test
    void putsTheSessionsTokenInAndTheCookieAway() {
        MultiMap headers = headers("Cookie", "q_session=x; tt_flow=f; tt_flow=g");
        HeaderRules.inwards(headers, Upstream.SCHEDULING, new Caller.SignedIn("k", "token"), ORIGIN);
        assertThat(headers.get("Authorization")).isEqualTo("Bearer token");
        assertThat(headers.contains("Cookie")).isFalse();
    }

    @Test
    void givesTheFlowCookieToCalendarSyncOnly() {
        MultiMap headers = headers("Cookie", "q_session=x;tt_flow=f; not_tt_flow=g; tt_flow2=h");
        HeaderRules.inwards(headers, Upstream.CALENDAR_SYNC, new Caller.Anonymous(), ORIGIN);
        assertThat(headers.getAll("Cookie")).containsExactly("tt_flow=f");
    }

    @Test
    void leavesACallersOwnTokenAsItCame() {
        MultiMap headers = headers("Authorization", "Bearer own", "Connection", "authorization, close");
        HeaderRules.inwards(headers, Upstream.SCHEDULING, new Caller.Bearer("k"), ORIGIN);
        assertThat(headers.getAll("Authorization")).containsExactly("Bearer own");
    }

    @Test
    void writesAnIpv6AddressAsTheStandardHasIt() {
        MultiMap headers = headers();
        HeaderRules.inwards(headers, Upstream.SCHEDULING, new Caller.Anonymous(), ORIGIN);
        assertThat(headers.get("Forwarded")).isEqualTo("for=\"[2001:db8::1]\";proto=https;host=\"book.example\"");
        assertThat(headers.get("X-Forwarded-For")).isEqualTo("2001:db8::1");
    }

    @Test
    void keepsWhatTheServicesNeed() {
        MultiMap headers = headers(
                "Idempotency-Key",
                "i",
                "If-Match",
                "\"1\"",
                "Content-Type",
                "application/json",
                "Accept",
                "*/*",
                "traceparent",
                "00-1-2-01",
                "Last-Event-ID",
                "4");
        HeaderRules.inwards(headers, Upstream.SCHEDULING, new Caller.Anonymous(), ORIGIN);
        for (String name :
                new String[] {"Idempotency-Key", "If-Match", "Content-Type", "Accept", "traceparent", "Last-Event-ID"
                }) {
            assertThat(headers.contains(name)).as(name).isTrue();
        }
    }

    @Test
    void letsNoServiceSetOurCookiesOrNameItsServer() {
        MultiMap headers = headers(
                "Set-Cookie",
                "q_session=x",
                "Set-Cookie",
                "tt_flow=f; HttpOnly",
                "Server",
                "s",
                "Connection",
                "X-Hop",
                "X-Hop",
                "1",
                "Keep-Alive",
                "5",
                "ETag",
                "\"1\"",
                "Transfer-Encoding",
                "chunked");
        HeaderRules.outwards(headers, Upstream.CALENDAR_SYNC);
        assertThat(headers.getAll("Set-Cookie")).containsExactly("tt_flow=f; HttpOnly");
        assertThat(headers.names())
                .contains("ETag", "Transfer-Encoding")
                .doesNotContain("Server", "X-Hop", "Keep-Alive", "Connection");
    }

    private static MultiMap headers(String... pairs) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.add(pairs[i], pairs[i + 1]);
        }
        return headers;
    }
}
