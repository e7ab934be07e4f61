package io.timetether.office365.graph;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.office365.entra.Directory.Grant;
import io.timetether.office365.fault.Fault;
import io.timetether.office365.fault.Faults;
import io.timetether.office365.fault.Trouble;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Ordered troubles, as Graph shows them. A request that meets none is answered as always. */
final class Troubles {

    private static final String USUAL_RETRY_AFTER = "2.128";

    private final Faults faults;
    private final Clock clock;
    private final String origin;

    Troubles(Faults faults, Clock clock, String origin) {
        this.faults = faults;
        this.clock = clock;
        this.origin = origin;
    }

    GraphReply or(GraphRequest request, Grant grant, Supplier<GraphReply> usual) {
        Optional<Fault> met = met(request, grant);
        if (met.isEmpty()) {
            return usual.get();
        }
        return switch (met.get().trouble()) {
            case DROPPED_AFTER -> {
                usual.get();
                yield GraphReply.none();
            }
            case REPEATED_ITEMS, ENDLESS_ROUND, ORPHANED_OCCURRENCES, FOREIGN_LINK ->
                SpoiledPage.of(usual.get(), met.get().trouble(), origin, address(request));
            default -> reply(met.get(), request);
        };
    }

    CompletableFuture<GraphReply> orLater(
            GraphRequest request, Grant grant, Supplier<CompletableFuture<GraphReply>> usual) {
        Optional<Fault> met = met(request, grant);
        if (met.isEmpty()) {
            return usual.get();
        }
        return switch (met.get().trouble()) {
            case DROPPED_AFTER -> usual.get().thenApply(lost -> GraphReply.none());
            // A batch as a whole is no page.
            case REPEATED_ITEMS, ENDLESS_ROUND, ORPHANED_OCCURRENCES, FOREIGN_LINK -> usual.get();
            default -> CompletableFuture.completedFuture(reply(met.get(), request));
        };
    }

    Duration delay(GraphRequest request, Grant grant) {
        return faults.delay(grant.personId(), request.method(), address(request));
    }

    private Optional<Fault> met(GraphRequest request, Grant grant) {
        return faults.next(Trouble.Place.GRAPH, grant.personId(), request.method(), address(request));
    }

    private GraphReply reply(Fault fault, GraphRequest request) {
        Trouble trouble = fault.trouble();
        return switch (trouble) {
            case DROPPED_BEFORE, DROPPED_AFTER -> GraphReply.none();
            case GATEWAY_PAGE ->
                withRetryAfter(GraphReply.empty(trouble.number()), fault, "").with("Content-Type", "text/html");
            case EMPTY_PAGE -> sameAgain("@odata.nextLink", request);
            case STALE_DELTA -> sameAgain("@odata.deltaLink", request);
            case INSUFFICIENT_CLAIMS ->
                error(trouble)
                        .with(
                                "WWW-Authenticate",
                                "Bearer realm=\"\", authorization_uri=\"" + origin + "/common/oauth2/authorize\","
                                        + " error=\"insufficient_claims\", claims=\"" + claims() + "\"");
            case THROTTLED -> withRetryAfter(error(trouble), fault, USUAL_RETRY_AFTER);
            default -> withRetryAfter(error(trouble), fault, "");
        };
    }

    private GraphReply error(Trouble trouble) {
        return GraphReply.error(trouble.number(), trouble.code(), trouble.text(), clock.instant());
    }

    private static GraphReply withRetryAfter(GraphReply reply, Fault fault, String usual) {
        String text = fault.retryAfter().isEmpty() ? usual : fault.retryAfter();
        return text.isEmpty() ? reply : reply.with("Retry-After", text);
    }

    /** Nothing, and the request's own address to ask again. */
    private GraphReply sameAgain(String link, GraphRequest request) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("@odata.context", origin + "/v1.0/$metadata#Collection(event)")
                .put(link, origin + "/v1.0" + address(request));
        json.putArray("value");
        return GraphReply.ok(json).applied("odata.track-changes");
    }

    private static String address(GraphRequest request) {
        Map<String, String> query = request.query();
        return query.isEmpty()
                ? request.path()
                : request.path() + "?"
                        + query.entrySet().stream()
                                .map(option -> option.getKey() + "="
                                        + URLEncoder.encode(option.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&"));
    }

    private String claims() {
        return Base64.getEncoder()
                .encodeToString(("{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\""
                                + clock.instant().getEpochSecond() + "\"}}}")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
