package io.timetether.gateway.limits;

import io.timetether.gateway.http.Answers;
import io.timetether.gateway.http.FrontGate;
import io.timetether.gateway.http.Order;
import io.timetether.gateway.http.Problem;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.Set;

/** The limit at those of the gateway's own addresses that make it work: signing in costs a round to the provider. */
@ApplicationScoped
class OwnPagesLimit {

    private static final Set<String> COSTLY = Set.of("/sign-in", "/sign-in/complete", "/sign-out", "/session");

    private final RequestLimits limits;

    OwnPagesLimit(RequestLimits limits) {
        this.limits = limits;
    }

    void open(@Observes Router router) {
        router.route().order(Order.OWN_LIMITS.place()).handler(this::count);
    }

    private void count(RoutingContext context) {
        Optional<Problem> problem =
                COSTLY.contains(FrontGate.path(context)) ? limits.ofNobody(context) : Optional.empty();
        problem.ifPresentOrElse(tooMany -> Answers.problem(context, tooMany), context::next);
    }
}
