package io.timetether.calendarsync.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.common.util.MediaTypeHelper;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses an {@code Accept} that nobody can read before anything is done. The framework reads it only when it has the answer
 * in its hands, and fails then: after the commit.
 */
class AcceptHeader {

    @ServerRequestFilter(preMatching = true)
    void mustBeReadable(ContainerRequestContext request) {
        String accept = request.getHeaderString(HttpHeaders.ACCEPT);
        if (accept == null) {
            return;
        }
        try {
            MediaTypeHelper.parseHeader(accept);
        } catch (IllegalArgumentException unreadable) {
            throw ProblemType.NOT_ACCEPTABLE.because(
                    "The header Accept names no media type; ask for application/json.");
        }
    }
}
