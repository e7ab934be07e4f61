package io.timetether.gateway.proxy;

import io.timetether.gateway.configuration.GatewayConfiguration;
import io.timetether.gateway.http.Answers;
import io.timetether.gateway.http.FrontGate;
import io.timetether.gateway.http.Order;
import io.timetether.gateway.http.Problem;
import io.timetether.gateway.http.ProblemKind;
import io.timetether.gateway.http.RequestId;
import io.timetether.gateway.http.RequestLog;
import io.timetether.gateway.identity.Caller;
import io.timetether.gateway.identity.CallerAnswer.Known;
import io.timetether.gateway.identity.CallerAnswer.Stopped;
import io.timetether.gateway.identity.Callers;
import io.timetether.gateway.limits.RequestLimits;
import io.timetether.gateway.proxy.HeaderRules.Origin;
import io.timetether.gateway.routes.Route;
import io.timetether.gateway.routes.RouteTable;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/**
 * The way of a forwarded request, in its order: which route, how large, who calls, and off it goes. A request with a body
 * stays paused until it is clear who calls, so that no byte of it is lost meanwhile.
 */
@ApplicationScoped
class Forwarding {

    private final Vertx vertx;
    private final Callers callers;
    private final UpstreamClients clients;
    private final Breakers breakers;
    private final RequestLimits limits;
    private final RouteFigures figures;
    private final GatewayConfiguration configuration;

    Forwarding(
            Vertx vertx,
            Callers callers,
            UpstreamClients clients,
            Breakers breakers,
            RequestLimits limits,
            RouteFigures figures,
            GatewayConfiguration configuration) {
        this.vertx = vertx;
        this.callers = callers;
        this.clients = clients;
        this.breakers = breakers;
        this.limits = limits;
        this.figures = figures;
        this.configuration = configuration;
    }

    void open(@Observes Router router) {
        router.route().order(Order.FORWARDING.place()).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        Optional<Route> route = RouteTable.find(FrontGate.path(context));
        if (route.isEmpty()) {
            context.next();
            return;
        }
        forward(context, route.get());
    }

    private void forward(RoutingContext context, Route route) {
        HttpServerRequest request = context.request();
        figures.countAtTheEnd(context, route);
        RequestLog.note(context, "upstream", route.upstream().serviceName());
        Optional<Problem> tooMany = limits.ofAddress(context, route.openTo());
        if (tooMany.isPresent()) {
            Answers.problem(context, tooMany.get());
            return;
        }
        if (route.openTo().onlyToBePostedTo() && request.method() != HttpMethod.POST) {
            context.response().putHeader(HttpHeaders.ALLOW, "POST");
            Answers.problem(context, Problem.of(ProblemKind.METHOD_NOT_ALLOWED, "Use POST."));
            return;
        }
        long limit = route.bodyLimit() == Route.API_BODY ? configuration.bodyLimit() : route.bodyLimit();
        if (declaredLength(request) > limit) {
            Answers.problem(context, tooLarge(limit));
            return;
        }
        if (Answers.carriesABody(request)) {
            request.pause();
        }
        callers.whoCalls(request, route.openTo()).onComplete(done -> {
            if (done.failed()) {
                context.fail(done.cause());
                return;
            }
            switch (done.result()) {
                case Stopped stopped -> Answers.problem(context, stopped.problem());
                case Known known -> {
                    RequestLog.note(context, "caller", nameOf(known.caller()));
                    limits.ofCaller(context, route.openTo(), known.caller())
                            .ifPresentOrElse(
                                    problem -> Answers.problem(context, problem),
                                    () -> new Passage(context, route, limit, vertx, clients, breakers, configuration)
                                            .begin(known.caller(), origin(context)));
                }
            }
        });
    }

    private Origin origin(RoutingContext context) {
        return new Origin(
                context.request().remoteAddress().hostAddress(),
                configuration.publicUrl().getScheme(),
                configuration.publicUrl().getAuthority(),
                RequestId.of(context));
    }

    static Problem tooLarge(long limit) {
        return Problem.of(ProblemKind.PAYLOAD_TOO_LARGE, "At most " + limit + " bytes are taken here.")
                .with("limit", limit);
    }

    private static String nameOf(Caller caller) {
        return switch (caller) {
            case Caller.Anonymous nobody -> "anonymous";
            case Caller.Bearer token -> "bearer:" + token.key();
            case Caller.SignedIn session -> "session:" + session.key();
        };
    }

    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException unreadable) {
            return Long.MAX_VALUE;
        }
    }
}
