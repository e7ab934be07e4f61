package io.timetether.gateway.http;

import io.timetether.gateway.configuration.GatewayConfiguration;
import io.timetether.gateway.routes.PathJudge;
import io.timetether.gateway.routes.PathVerdict;
import io.timetether.gateway.routes.PathVerdict.Plain;
import io.timetether.gateway.routes.PathVerdict.Refused;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * The first and the last to see a request: gives it its id, refuses targets and methods that nothing here serves, puts the
 * security headers on whatever is answered, and catches what nobody answered.
 */
@ApplicationScoped
public class FrontGate {

    private static final Logger LOG = Logger.getLogger(FrontGate.class);
    private static final String PATH = FrontGate.class.getName() + ".path";
    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    private final SecurityHeaders securityHeaders;
    private final RequestLog requestLog;

    FrontGate(GatewayConfiguration configuration, RequestLog requestLog) {
        this.securityHeaders = SecurityHeaders.of(configuration);
        this.requestLog = requestLog;
    }

    void open(@Observes Router router) {
        router.route().order(Order.GATE.place()).handler(this::enter).failureHandler(FrontGate::failed);
        router.route().order(Order.NOBODY.place()).handler(FrontGate::nobodyAnswered);
    }

    private void enter(RoutingContext context) {
        String id = RequestId.choose(context.request().getHeader(RequestId.HEADER));
        RequestId.remember(context, id);
        context.addHeadersEndHandler(ended -> {
            securityHeaders.putInto(context.response().headers());
            context.response().headers().set(RequestId.HEADER, id);
        });
        requestLog.begin(context);
        if (!METHODS.contains(context.request().method())) {
            Answers.problem(
                    context,
                    Problem.of(ProblemKind.METHOD_NOT_ALLOWED, "Use GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS."));
            return;
        }
        Optional<Problem> tooMuch =
                HeadLimits.judge(context.request().uri(), context.request().headers());
        if (tooMuch.isPresent()) {
            Answers.problem(context, tooMuch.get());
            return;
        }
        PathVerdict verdict = PathJudge.judge(context.request().uri());
        switch (verdict) {
            case Plain plain -> {
                context.put(PATH, plain.path());
                context.next();
            }
            case Refused refused ->
                Answers.problem(
                        context,
                        Problem.of(ProblemKind.BAD_PATH, refused.reason() + " Send the address as documented."));
        }
    }

    /** The decoded path of a request that has passed the gate. */
    public static String path(RoutingContext context) {
        String path = context.get(PATH);
        return path == null ? "" : path;
    }

    private static void failed(RoutingContext context) {
        Throwable cause = context.failure();
        if (cause == null && context.statusCode() < 500) {
            Answers.problem(
                    context,
                    Problem.of(
                            context.statusCode() == 404 ? ProblemKind.NOT_FOUND : ProblemKind.INVALID_REQUEST,
                            "The request was refused with status " + context.statusCode() + "."));
            return;
        }
        LOG.errorf(cause, "Request %s failed", RequestId.of(context));
        Answers.problem(
                context,
                Problem.of(ProblemKind.INTERNAL_ERROR, "Tell the operator this id: " + RequestId.of(context) + "."));
    }

    private static void nobodyAnswered(RoutingContext context) {
        Answers.problem(
                context, Problem.of(ProblemKind.NOT_FOUND, "The API begins at /api/v1; it is described at /docs."));
    }
}
