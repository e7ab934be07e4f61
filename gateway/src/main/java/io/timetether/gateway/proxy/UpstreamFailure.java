package io.timetether.gateway.proxy;

import io.netty.channel.ConnectTimeoutException;
import io.timetether.gateway.http.Problem;
import io.timetether.gateway.http.ProblemKind;
import io.timetether.gateway.routes.Upstream;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** What to tell a caller when a service gave no answer. */
final class UpstreamFailure {

    private UpstreamFailure() {}

    /** The service had its time. */
    static Problem timeout(Upstream upstream) {
        return about(
                ProblemKind.UPSTREAM_TIMEOUT,
                upstream,
                "did not answer in time. Whether it did what was asked is unknown: look before asking again.");
    }

    /** Nobody was there to be asked, or the connection broke. */
    static Problem of(Upstream upstream, @Nullable Throwable failure) {
        if (failure instanceof Breakers.LeftAlone) {
            return about(
                    ProblemKind.UPSTREAM_UNAVAILABLE,
                    upstream,
                    "has not answered several times and is left alone for a moment. Nothing was done; try again then.");
        }
        return neverArrived(failure)
                ? about(
                        ProblemKind.UPSTREAM_UNAVAILABLE,
                        upstream,
                        "cannot be reached. Nothing was done; try again in a moment.")
                : about(
                        ProblemKind.UPSTREAM_FAILED,
                        upstream,
                        "broke off. Whether it did what was asked is unknown: look before asking again.");
    }

    static boolean neverArrived(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof ConnectTimeoutException
                    || cause instanceof ConnectionPoolTooBusyException) {
                return true;
            }
        }
        return false;
    }

    private static Problem about(ProblemKind kind, Upstream upstream, String what) {
        return Problem.of(kind, upstream.serviceName() + " " + what).with("upstream", upstream.serviceName());
    }
}
