package io.timetether.gateway.proxy;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.timetether.gateway.routes.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.httpproxy.ProxyResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.util.TypeLiteral;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Leaves a service alone for a while when most requests do not reach it, or wait for its answer in vain: callers hear so at
 * once, and it can recover. What a caller breaks off, or sends wrongly, counts against nobody.
 */
@ApplicationScoped
class Breakers {

    /** That many requests, of which half failed, open it. */
    private static final int WINDOW = 20;

    private static final double FAILED = 0.5;
    private static final int ALONE_SECONDS = 5;

    private static final Logger LOG = Logger.getLogger(Breakers.class);

    private final Vertx vertx;
    private final Map<Upstream, TypedGuard<CompletionStage<ProxyResponse>>> guards = new EnumMap<>(Upstream.class);

    Breakers(Vertx vertx) {
        this.vertx = vertx;
        for (Upstream upstream : Upstream.values()) {
            guards.put(upstream, guard(upstream));
        }
    }

    /** Marks a failure as the service's own. */
    static final class ServiceDown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ServiceDown(Throwable cause) {
            super(null, cause, false, false);
        }
    }

    /**
     * Asks the service, unless it is left alone: then it fails with a {@code CircuitBreakerOpenException}.
     *
     * @param request completes with the head of the answer; fails with {@link ServiceDown} to count against the service
     */
    Future<ProxyResponse> ask(Upstream upstream, Supplier<Future<ProxyResponse>> request) {
        TypedGuard<CompletionStage<ProxyResponse>> guard = guards.get(upstream);
        if (guard == null) {
            throw new IllegalStateException("No breaker for " + upstream);
        }
        return Future.fromCompletionStage(
                guard.get(() -> request.get().toCompletionStage()), vertx.getOrCreateContext());
    }

    private static TypedGuard<CompletionStage<ProxyResponse>> guard(Upstream upstream) {
        return TypedGuard.create(new TypeLiteral<CompletionStage<ProxyResponse>>() {})
                .withDescription(upstream.serviceName())
                .withCircuitBreaker()
                .requestVolumeThreshold(WINDOW)
                .failureRatio(FAILED)
                .delay(ALONE_SECONDS, ChronoUnit.SECONDS)
                .failOn(ServiceDown.class)
                .onStateChange(state -> tell(upstream, state))
                .done()
                // Everything here is on an event loop already and never blocks: the answer's way must not change
                // threads.
                .withThreadOffload(false)
                .build();
    }

    private static void tell(Upstream upstream, CircuitBreakerState state) {
        switch (state) {
            case OPEN ->
                LOG.warnf("%s does not answer; it is left alone for %d s", upstream.serviceName(), ALONE_SECONDS);
            case HALF_OPEN -> LOG.infof("%s is tried again", upstream.serviceName());
            case CLOSED -> LOG.infof("%s answers again", upstream.serviceName());
        }
    }
}
