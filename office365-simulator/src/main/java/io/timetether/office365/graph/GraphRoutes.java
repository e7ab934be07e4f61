package io.timetether.office365.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.timetether.office365.entra.Directory;
import io.timetether.office365.fault.Faults;
import io.timetether.office365.mailbox.Mailboxes;
import io.timetether.office365.notification.Subscriptions;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Where Graph answers: everything under {@code /v1.0}. */
public final class GraphRoutes {

    /** The request attribute that holds the object id of the mailbox's owner. */
    public static final String MAILBOX = "mailbox";

    /** The request attribute that holds how many requests about that mailbox were in flight, this one included. */
    public static final String IN_FLIGHT = "inFlight";

    private static final int NO_ANSWER = 499;

    private final GraphApi api;

    public GraphRoutes(
            Directory directory,
            Mailboxes mailboxes,
            Subscriptions subscriptions,
            Faults faults,
            Clock clock,
            Duration delay,
            String origin) {
        api = new GraphApi(directory, mailboxes, subscriptions, faults, clock, delay, origin);
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
        api.authenticate(request).ifPresent(grant -> context.attribute(MAILBOX, grant.personId()));
        context.future(() -> api.answer(request).thenAccept(reply -> write(context, reply)));
    }

    private static void hangUp(Context context) {
        ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
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
        context.attribute(IN_FLIGHT, reply.inFlight());
        if (reply.isNone()) {
            // Only for the journal.
            context.status(NO_ANSWER);
            hangUp(context);
            return;
        }
        context.status(reply.status());
        reply.headers().forEach(context::header);
        if (!reply.headers().containsKey("request-id")) {
            context.header("request-id", UUID.randomUUID().toString());
        }
        String asked = context.header("client-request-id");
        if (asked != null) {
            context.header("client-request-id", asked);
        }
        if (reply.headers().containsKey("Content-Type")) {
            context.result(
                    "<html><head><title>Service Unavailable</title></head><body><h2>Our services aren't available"
                            + " right now</h2></body></html>");
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
