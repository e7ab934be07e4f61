package io.timetether.gateway.proxy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.timetether.gateway.routes.Route;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Counts what was answered on each line of the route table, refusals of the gateway's own included. */
@ApplicationScoped
class RouteFigures {

    private static final String NAME = "gateway.requests";

    private final MeterRegistry registry;
    private final ConcurrentMap<Answered, Counter> counters = new ConcurrentHashMap<>();

    private record Answered(Route route, int status) {}

    RouteFigures(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Counts the request when its answer has ended. */
    void countAtTheEnd(RoutingContext context, Route route) {
        context.addEndHandler(ended -> counters.computeIfAbsent(
                        new Answered(
                                route, ended.succeeded() ? context.response().getStatusCode() : Passage.CALLER_GONE),
                        this::counter)
                .increment());
    }

    private Counter counter(Answered answered) {
        return Counter.builder(NAME)
                .description("Forwarded requests, by the route table's prefix and the status of their answer")
                .tag("route", answered.route().prefix())
                .tag("service", answered.route().upstream().serviceName())
                .tag("status", Integer.toString(answered.status()))
                .register(registry);
    }
}
