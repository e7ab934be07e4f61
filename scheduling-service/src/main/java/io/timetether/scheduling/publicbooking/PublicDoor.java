package io.timetether.scheduling.publicbooking;

import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.organisation.Organisation;
import io.timetether.scheduling.organisation.Organisations;
import io.timetether.scheduling.publicbooking.PublicLimits.Verdict;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What everybody meets before a public page: the limits of their address, then whether there is such an organisation,
 * then the limits of the organisation. Every answer says in {@code RateLimit} headers how much is left.
 */
@Provider
@PublicDoor.Public
class PublicDoor implements ContainerRequestFilter, ContainerResponseFilter {

    /** Marks what needs no sign-in, and so has these limits. */
    @NameBinding
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Public {}

    private final PublicLimits limits;
    private final Organisations organisations;
    private final Visit visit;
    private final HttpServerRequest connection;

    PublicDoor(PublicLimits limits, Organisations organisations, Visit visit, HttpServerRequest connection) {
        this.limits = limits;
        this.organisations = organisations;
        this.visit = visit;
        this.connection = connection;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        boolean reads = request.getMethod().equals(HttpMethod.GET)
                || request.getMethod().equals(HttpMethod.HEAD);
        String address = ClientAddress.of(
                request.getHeaderString("X-Forwarded-For"),
                connection.remoteAddress().hostAddress());
        if (refused(request, reads ? limits.read(address) : limits.change(address))) {
            return;
        }
        Organisation organisation = organisations
                .findBySlug(request.getUriInfo().getPathParameters().getFirst("slug"))
                .orElseThrow(Visit::nothingHere);
        visit.at(organisation);
        if (!reads) {
            refused(request, limits.changeAt(organisation.id));
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!visit.verdicts().isEmpty()) {
            response.getHeaders().putSingle("RateLimit-Policy", join(visit, Verdict::policy));
            response.getHeaders().putSingle("RateLimit", join(visit, Verdict::state));
        }
    }

    private boolean refused(ContainerRequestContext request, Verdict verdict) {
        visit.counted(verdict);
        return switch (verdict) {
            case Verdict.Allowed allowed -> false;
            case Verdict.Exceeded exceeded -> {
                request.abortWith(Response.fromResponse(ProblemType.TOO_MANY_REQUESTS
                                .because("Go on in " + exceeded.retryAfter() + " seconds.")
                                .problem()
                                .response())
                        .header(HttpHeaders.RETRY_AFTER, exceeded.retryAfter())
                        .build());
                yield true;
            }
        };
    }

    private static String join(Visit visit, Function<Verdict, String> part) {
        return visit.verdicts().stream().map(part).collect(Collectors.joining(", "));
    }
}
