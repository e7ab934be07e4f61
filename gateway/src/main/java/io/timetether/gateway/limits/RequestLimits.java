package io.timetether.gateway.limits;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.timetether.gateway.configuration.GatewayConfiguration;
import io.timetether.gateway.http.Problem;
import io.timetether.gateway.http.ProblemKind;
import io.timetether.gateway.identity.Caller;
import io.timetether.gateway.limits.LimitVerdict.Allowed;
import io.timetether.gateway.limits.LimitVerdict.Exceeded;
import io.timetether.gateway.routes.OpenTo;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The limits that a request meets: first that of its address, before anything is looked up for it, then that of its caller.
 * Every answer says in {@code RateLimit} headers how much is left.
 */
@ApplicationScoped
public class RequestLimits {

    private static final String POLICY = "RateLimit-Policy";
    private static final String STATE = "RateLimit";

    private final Buckets buckets;
    private final boolean enabled;
    private final Limit ofAddress;
    private final Limit ofCaller;
    private final Limit ofNobody;
    private final Limit ofPrograms;
    private final Limit ofMicrosoft;
    private final Map<Limit, Counter> refused;

    RequestLimits(Buckets buckets, GatewayConfiguration configuration, MeterRegistry registry) {
        GatewayConfiguration.Limits limits = configuration.limits();
        this.buckets = buckets;
        this.enabled = limits.enabled();
        this.ofAddress = new Limit("address", limits.addressPerMinute());
        this.ofCaller = new Limit("caller", limits.callerPerMinute());
        this.ofNobody = new Limit("anonymous", limits.anonymousPerMinute());
        this.ofPrograms = new Limit("token", limits.tokensPerMinute());
        this.ofMicrosoft = new Limit("microsoft", limits.microsoftPerMinute());
        this.refused = Stream.of(ofAddress, ofCaller, ofNobody, ofPrograms, ofMicrosoft)
                .collect(Collectors.toUnmodifiableMap(limit -> limit, limit -> refusals(registry, limit)));
    }

    /** Counts the request against its address. A problem means that it ends here. */
    public Optional<Problem> ofAddress(RoutingContext context, OpenTo openTo) {
        String address = NetworkOf.address(context.request().remoteAddress().hostAddress());
        Limit limit = switch (openTo) {
            case PEOPLE_AND_MACHINES -> ofAddress;
            case PROGRAMS -> ofPrograms;
            case MICROSOFT -> ofMicrosoft;
        };
        return count(context, limit, address);
    }

    /** Counts the request against its caller, or, where that is nobody, against those of its address. */
    public Optional<Problem> ofCaller(RoutingContext context, OpenTo openTo, Caller caller) {
        if (openTo != OpenTo.PEOPLE_AND_MACHINES) {
            return Optional.empty();
        }
        return switch (caller) {
            case Caller.Bearer token -> count(context, ofCaller, token.key());
            case Caller.SignedIn session -> count(context, ofCaller, session.key());
            case Caller.Anonymous nobody -> ofNobody(context);
        };
    }

    /** Counts a request that needs no session, such as a sign-in. */
    public Optional<Problem> ofNobody(RoutingContext context) {
        return count(
                context,
                ofNobody,
                NetworkOf.address(context.request().remoteAddress().hostAddress()));
    }

    private Optional<Problem> count(RoutingContext context, Limit limit, String key) {
        if (!enabled) {
            return Optional.empty();
        }
        LimitVerdict verdict = buckets.count(limit, limit.name() + ":" + key);
        MultiMap headers = context.response().headers();
        return switch (verdict) {
            case Allowed allowed -> {
                add(headers, POLICY, limit.policy());
                add(headers, STATE, limit.state(allowed.remaining()));
                yield Optional.empty();
            }
            case Exceeded exceeded -> {
                Objects.requireNonNull(refused.get(limit)).increment();
                add(headers, POLICY, limit.policy());
                add(headers, STATE, limit.state(0));
                headers.set(HttpHeaders.RETRY_AFTER, Long.toString(exceeded.retryAfterSeconds()));
                yield Optional.of(Problem.of(
                        ProblemKind.TOO_MANY_REQUESTS,
                        "At most " + limit.perMinute() + " requests a minute (" + limit.name() + "). Go on in "
                                + exceeded.retryAfterSeconds() + " seconds."));
            }
        };
    }

    private static Counter refusals(MeterRegistry registry, Limit limit) {
        return Counter.builder("gateway.limit.refusals")
                .description("Requests that were answered 429, by the limit that they met")
                .tag("limit", limit.name())
                .register(registry);
    }

    private static void add(MultiMap headers, String name, String value) {
        String before = headers.get(name);
        headers.set(name, before == null ? value : before + ", " + value);
    }
}
