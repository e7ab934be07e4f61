package io.timetether.office365.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.timetether.office365.entra.Directory;
import io.timetether.office365.entra.Directory.Grant;
import io.timetether.office365.mailbox.Mailboxes;
import io.timetether.office365.mailbox.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Where Graph answers: everything under {@code /v1.0}. */
public final class GraphRoutes {

    private final GraphApi api;
    private final Clock clock;

    public GraphRoutes(Directory directory, Mailboxes mailboxes, Clock clock, Duration delay, String origin) {
        this.clock = clock;
        api = new GraphApi(directory, mailboxes, clock, delay, origin);
    }

    public void register(RoutesConfig routes) {
        for (HandlerType method :
                List.of(HandlerType.GET, HandlerType.POST, HandlerType.PATCH, HandlerType.PUT, HandlerType.DELETE)) {
            routes.addHttpHandler(method, "/v1.0/*", this::answer);
        }
    }

    private void answer(Context context) {
        GraphRequest request = new GraphRequest(
                context.method().name(),
                context.req().getRequestURI().substring("/v1.0".length()),
                GraphRequest.query(context.queryString()),
                headers(context),
                context.bodyAsBytes());
        context.future(() -> reply(request).thenAccept(reply -> write(context, reply)));
    }

    private CompletableFuture<GraphReply> reply(GraphRequest request) {
        try {
            Optional<Grant> grant = api.authenticate(request);
            return grant.isEmpty()
                    ? CompletableFuture.completedFuture(api.unauthenticated(request))
                    : api.answer(request, grant.get());
        } catch (Refusal refusal) {
            return CompletableFuture.completedFuture(GraphReply.refused(refusal, clock.instant()));
        }
    }

    private static Map<String, String> headers(Context context) {
        Map<String, String> headers = new HashMap<>();
        for (String name : Collections.list(context.req().getHeaderNames())) {
            headers.put(
                    name.toLowerCase(Locale.ROOT),
                    String.join(", ", Collections.list(context.req().getHeaders(name))));
        }
        return headers;
    }

    private static void write(Context context, GraphReply reply) {
        context.status(reply.status());
        reply.headers().forEach(context::header);
        if (!reply.headers().containsKey("request-id")) {
            context.header("request-id", UUID.randomUUID().toString());
        }
        String asked = context.header("client-request-id");
        if (asked != null) {
            context.header("client-request-id", asked);
        }
        if (reply.body() != null) {
            try {
                context.contentType(
                                "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8")
                        .result(GraphRequest.JSON.writeValueAsBytes(reply.body()));
            } catch (JsonProcessingException cause) {
                throw new IllegalStateException(cause);
            }
        }
    }
}
