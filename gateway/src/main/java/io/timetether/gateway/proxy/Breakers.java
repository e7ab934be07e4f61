package io.timetether.gateway.proxy;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.timetether.gateway.routes.Upstream;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.httpproxy.ProxyResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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

    private static final float FAILED_PERCENT = 50;
    private static final Duration ALONE = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(Breakers.class);

    private final Map<Upstream, CircuitBreaker> breakers = new EnumMap<>(Upstream.class);

    Breakers(Clock clock, MeterRegistry registry) {
        for (Upstream upstream : Upstream.values()) {
            CircuitBreaker breaker = breaker(upstream, clock);
            breakers.put(upstream, breaker);
            Gauge.builder("gateway.breaker.open", breaker, one -> one.getState() == State.CLOSED ? 0 : 1)
                    .description("1 while a service is left alone, or is being tried again; else 0")
                    .tag("service", upstream.serviceName())
                    .register(registry);
        }
    }

    /** What a request that failed says about the service. */
    enum Blame {
        /** It could not be reached, or did not answer in time. */
        THE_SERVICE,
        /** It was there, whatever it did then. */
        THIS_REQUEST,
        /** Nothing: the caller ended it. */
        THE_CALLER
    }

    /** The service is left alone just now; nothing was asked. */
    static final class LeftAlone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LeftAlone(Upstream upstream) {
            super(upstream.serviceName(), null, false, false);
        }
    }

    /**
     * Asks the service, unless it is left alone: then it fails with {@link LeftAlone}.
     *
     * @param request completes with the head of the answer
     * @param blame judges its failure
     */
    Future<ProxyResponse> ask(
            Upstream upstream, Supplier<Future<ProxyResponse>> request, Function<Throwable, Blame> blame) {
        CircuitBreaker breaker = breakers.get(upstream);
        if (breaker == null) {
            throw new IllegalStateException("No breaker for " + upstream);
        }
        if (!breaker.tryAcquirePermission()) {
            return Future.failedFuture(new LeftAlone(upstream));
        }
        return request.get().onComplete(done -> count(breaker, done, blame));
    }

    private static void count(
            CircuitBreaker breaker, AsyncResult<ProxyResponse> done, Function<Throwable, Blame> blame) {
        if (done.succeeded()) {
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
            return;
        }
        switch (blame.apply(done.cause())) {
            case THE_SERVICE -> breaker.onError(0, TimeUnit.NANOSECONDS, done.cause());
            case THIS_REQUEST -> breaker.onSuccess(0, TimeUnit.NANOSECONDS);
            case THE_CALLER -> breaker.releasePermission();
        }
    }

    private static CircuitBreaker breaker(Upstream upstream, Clock clock) {
        CircuitBreaker breaker = CircuitBreaker.of(
                upstream.serviceName(),
                CircuitBreakerConfig.custom()
                        .clock(clock)
                        .slidingWindowSize(WINDOW)
                        .minimumNumberOfCalls(WINDOW)
                        .failureRateThreshold(FAILED_PERCENT)
                        .waitDurationInOpenState(ALONE)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .build());
        breaker.getEventPublisher()
                .onStateTransition(
                        event -> tell(upstream, event.getStateTransition().getToState()));
        return breaker;
    }

    private static void tell(Upstream upstream, State state) {
        switch (state) {
            case OPEN ->
                LOG.warnf("%s does not answer; it is left alone for %d s", upstream.serviceName(), ALONE.toSeconds());
            case HALF_OPEN -> LOG.infof("%s is tried again", upstream.serviceName());
            case CLOSED -> LOG.infof("%s answers again", upstream.serviceName());
            case DISABLED, FORCED_OPEN, METRICS_ONLY -> throw new IllegalStateException("Nobody asks for " + state);
        }
    }
}
