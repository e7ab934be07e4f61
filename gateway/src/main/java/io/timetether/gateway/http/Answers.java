package io.timetether.gateway.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Writes the gateway's own answers. */
public final class Answers {

    /** When something that is away is worth another try. */
    public static final String RETRY_AFTER_SECONDS = "5";

    private static final long LINGER_MILLIS = 1_000;

    private Answers() {}

    /** Answers with a problem: as a small page where a browser shows the answer to a person, as JSON everywhere else. */
    public static void problem(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.headWritten()) {
            response.reset();
            return;
        }
        letGoOfTheBody(context);
        response.setStatusCode(problem.kind().status()).putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (problem.kind().status() == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (isForAPersonToRead(context.request())) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                    .end(ProblemPage.of(problem));
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .end(problem.toJson().toBuffer());
        }
    }

    /** Answers 200 with JSON that no cache may keep. */
    public static void json(RoutingContext context, JsonObject body) {
        letGoOfTheBody(context);
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body.toBuffer());
    }

    /** Sends the browser elsewhere with a GET. */
    public static void seeOther(RoutingContext context, String location) {
        letGoOfTheBody(context);
        context.response()
                .setStatusCode(303)
                .putHeader(HttpHeaders.LOCATION, location)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end();
    }

    /**
     * A body that nobody reads must not stand in the way of the next request on the connection, nor be read for ever: what
     * arrives is thrown away, and the connection ends soon after the answer. Not at once, or the caller, still sending,
     * would be reset before it could read why.
     */
    public static void letGoOfTheBody(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            return;
        }
        request.handler(ignored -> {}).resume();
        if (!carriesABody(request)) {
            return;
        }
        context.response().putHeader(HttpHeaders.CONNECTION, "close");
        context.addEndHandler(answered -> {
            if (request.isEnded()) {
                request.connection().close();
            } else {
                context.vertx()
                        .setTimer(LINGER_MILLIS, late -> request.connection().close());
            }
        });
    }

    /** Whether a body follows the request's headers. */
    public static boolean carriesABody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }

    private static boolean isForAPersonToRead(HttpServerRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null
                && accept.startsWith("text/html")
                && !String.valueOf(request.path()).startsWith("/api/");
    }
}
