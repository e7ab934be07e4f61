package io.timetether.gateway.http;

import io.timetether.gateway.configuration.GatewayConfiguration;
import io.timetether.gateway.configuration.GatewayConfiguration.RequestLines;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * One wide line for each request, when its answer has ended. The query is left out: it can carry authorisation codes and
 * people's names; so are the secrets of links.
 */
@ApplicationScoped
public class RequestLog {

    private static final Logger LOG = Logger.getLogger("io.timetether.gateway.requests");
    private static final String FACTS = RequestLog.class.getName();

    private static final Pattern SECRET_PART = Pattern.compile(
            "^(/book/[^/]+/manage/|/api/v1/public/organisations/[^/]+/appointments/|/invitation/)[^/]+");

    private final Clock clock;
    private final RequestLines wanted;

    RequestLog(Clock clock, GatewayConfiguration configuration) {
        this.clock = clock;
        this.wanted = configuration.requestLog();
    }

    void begin(RoutingContext context) {
        if (wanted == RequestLines.NONE || !LOG.isInfoEnabled()) {
            return;
        }
        Instant begun = clock.instant();
        context.addEndHandler(ended -> {
            boolean complete = ended.succeeded();
            if (isWanted(wanted, context.response().getStatusCode(), complete)) {
                write(context, begun, complete);
            }
        });
    }

    static boolean isWanted(RequestLines wanted, int status, boolean complete) {
        return switch (wanted) {
            case ALL -> true;
            case REFUSED -> status >= 400 || !complete;
            case NONE -> false;
        };
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

    /** Links that clients and invited people hold carry their secret in the path. */
    static String withoutSecrets(String path) {
        return SECRET_PART.matcher(path).replaceFirst("$1(secret)");
    }

    private void write(RoutingContext context, Instant begun, boolean complete) {
        Map<String, String> facts = context.get(FACTS);
        boolean plain = !FrontGate.path(context).isEmpty();
        MDC.put("requestId", RequestId.of(context));
        try {
            // Put together here: filling a pattern in would cost several times as much, with every request.
            StringBuilder line = new StringBuilder(200)
                    .append(context.request().method())
                    .append(' ')
                    .append(plain ? withoutSecrets(context.request().path()) : "(refused path)")
                    .append(' ')
                    .append(context.response().getStatusCode())
                    .append(" in ")
                    .append(Duration.between(begun, clock.instant()).toMillis())
                    .append(" ms")
                    .append(complete ? "" : " (broken off)")
                    .append(" request=")
                    .append(RequestId.of(context));
            if (facts != null) {
                line.append(' ').append(facts);
            }
            LOG.info(line.toString());
        } finally {
            MDC.remove("requestId");
        }
    }
}
