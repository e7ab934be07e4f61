package io.timetether.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameOriginTest {

    private static final String OURS = "https://book.example";

    @ParameterizedTest
    @CsvSource({
        "GET, Sec-Fetch-Site, cross-site, true",
        "POST, Sec-Fetch-Site, same-origin, true",
        "POST, Sec-Fetch-Site, none, true",
        "POST, Sec-Fetch-Site, same-site, false",
        "DELETE, Sec-Fetch-Site, cross-site, false",
        "PATCH, Origin, https://book.example, true",
        "PATCH, Origin, HTTPS://BOOK.EXAMPLE, true",
        "PUT, Origin, https://book.example.evil.example, false",
        "PUT, Origin, http://book.example, false",
        "PUT, Origin, https://book.example:8443, false",
        "PUT, Origin, null, false",
        "POST, X-Timetether-Request, 1, true",
        "POST, X-Timetether-Request, 0, false",
        "POST, Referer, https://book.example/, false"
    })
    void believesOneOfThreeProofs(String method, String header, String value, boolean shown) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add(header, value);
        assertThat(SameOrigin.isShown(HttpMethod.valueOf(method), headers, OURS))
                .isEqualTo(shown);
    }

    @Test
    void refusesAChangeThatShowsNothing() {
        assertThat(SameOrigin.isShown(HttpMethod.POST, MultiMap.caseInsensitiveMultiMap(), OURS))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://Book.example, https://book.example",
        "https://book.example:443/, https://book.example",
        "http://localhost:8080, http://localhost:8080"
    })
    void writesOriginsAsBrowsersDo(String address, String origin) {
        assertThat(SameOrigin.originOf(URI.create(address))).isEqualTo(origin);
    }
}
