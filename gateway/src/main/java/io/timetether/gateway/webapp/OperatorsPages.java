package io.timetether.gateway.webapp;

import io.timetether.gateway.http.Answers;
import io.timetether.gateway.http.FrontGate;
import io.timetether.gateway.http.Order;
import io.timetether.gateway.http.Problem;
import io.timetether.gateway.http.ProblemKind;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Figures about the gateway are for those who run it: {@code /q/metrics} answers callers from the machine itself or a
 * private network who come directly, not through a proxy. {@code /q/health} says no more than up or down, to anybody.
 */
@ApplicationScoped
class OperatorsPages {

    void open(@Observes Router router) {
        router.route().order(Order.OWN.place()).handler(OperatorsPages::guard);
    }

    private static void guard(RoutingContext context) {
        String path = FrontGate.path(context);
        boolean forOperators = path.equals("/q") || (path.startsWith("/q/") && !path.startsWith("/q/health"));
        if (forOperators && !comesFromInside(context.request())) {
            Answers.problem(context, Problem.of(ProblemKind.NOT_FOUND, "The API begins at /api/v1; see /docs."));
        } else {
            context.next();
        }
    }

    static boolean comesFromInside(HttpServerRequest request) {
        if (request.headers().contains("X-Forwarded-For") || request.headers().contains("Forwarded")) {
            return false;
        }
        try {
            InetAddress address = InetAddress.getByName(request.remoteAddress().hostAddress());
            return address.isLoopbackAddress() || address.isSiteLocalAddress();
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }
}
