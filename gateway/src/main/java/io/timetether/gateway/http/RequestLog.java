package io.timetether.gateway.http;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * One wide line for each request, when its answer has ended. The query is left out: it can carry authorisation codes and
 * people's names.
 */
@ApplicationScoped
public class RequestLog {

    private static final Logger LOG = Logger.getLogger("io.timetether.gateway.requests");
    private static final String FACTS = RequestLog.class.getName();

    private final Clock clock;

    RequestLog(Clock clock) {
        this.clock = clock;
    }

    void begin(RoutingContext context) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        Instant begun = clock.instant();
        context.addEndHandler(ended -> write(context, begun, ended.succeeded()));
    }

    /** Adds a fact to the request's line. */
    public static void note(RoutingContext context, String name, String value) {
        Map<String, String> facts = context.get(FACTS);
        if (facts == null) {
            facts = new LinkedHashMap<>();
            context.put(FACTS, facts);
        }
        facts.put(name, value);
    }

    private void write(RoutingContext context, Instant begun, boolean complete) {
        Map<String, String> facts = context.get(FACTS);
        boolean plain = !FrontGate.path(context).isEmpty();
        MDC.put("requestId", RequestId.of(context));
        try {
            LOG.infof(
                    "%s %s %d in %d ms%s request=%s%s",
                    context.request().method(),
                    plain ? context.request().path() : "(refused path)",
                    context.response().getStatusCode(),
                    Duration.between(begun, clock.instant()).toMillis(),
                    complete ? "" : " (broken off)",
                    RequestId.of(context),
                    facts == null ? "" : " " + facts);
        } finally {
            MDC.remove("requestId");
        }
    }
}
