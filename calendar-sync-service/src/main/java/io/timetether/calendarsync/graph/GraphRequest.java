package io.timetether.calendarsync.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * One request as it will be sent, but for what the interceptors add.
 *
 * @param prefer  beside what every request prefers
 * @param ifMatch an etag, or null
 * @param retry   whether a lost answer may be asked for again
 */
record GraphRequest(
        String method,
        HttpUrl url,
        @Nullable JsonNode body,
        List<String> prefer,
        @Nullable String ifMatch,
        Retry retry) {

    /** What may be sent again when it is not known whether it was done. */
    enum Retry {
        WHEN_UNSURE,
        ONLY_WHEN_REFUSED
    }

    static GraphRequest get(HttpUrl url) {
        return new GraphRequest("GET", url, null, List.of(), null, Retry.WHEN_UNSURE);
    }

    static GraphRequest send(String method, HttpUrl url, JsonNode body) {
        return new GraphRequest(method, url, body, List.of(), null, Retry.WHEN_UNSURE);
    }

    static GraphRequest delete(HttpUrl url) {
        return new GraphRequest("DELETE", url, null, List.of(), null, Retry.WHEN_UNSURE);
    }

    GraphRequest prefer(String... more) {
        return new GraphRequest(method, url, body, List.of(more), ifMatch, retry);
    }

    GraphRequest ifMatch(@Nullable String etag) {
        return new GraphRequest(method, url, body, prefer, etag, retry);
    }

    GraphRequest onlyOnce() {
        return new GraphRequest(method, url, body, prefer, ifMatch, Retry.ONLY_WHEN_REFUSED);
    }
}
