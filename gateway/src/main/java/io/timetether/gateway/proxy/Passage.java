package io.timetether.gateway.proxy;

import io.timetether.gateway.configuration.GatewayConfiguration;
import io.timetether.gateway.http.Answers;
import io.timetether.gateway.http.Problem;
import io.timetether.gateway.http.ProblemKind;
import io.timetether.gateway.identity.Caller;
import io.timetether.gateway.proxy.Breakers.Blame;
import io.timetether.gateway.proxy.HeaderRules.Origin;
import io.timetether.gateway.proxy.MeteredBody.Breach;
import io.timetether.gateway.routes.Route;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.StreamResetException;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to a service and back. The library carries it; here is what it must not carry, how long it may
 * take, and what the caller is told when it does not arrive.
 */
final class Passage implements ProxyInterceptor {

    private static final ProxyOptions OPTIONS = new ProxyOptions().setSupportWebSocket(false);
    private static final long NO_TIMER = -1;
    private static final int SHORT_ANSWER = 32 * 1024;
    /** No answer, since nobody waits for it any more; nginx's number for this. */
    static final int CALLER_GONE = 499;

    private final RoutingContext context;
    private final Route route;
    private final long bodyLimit;
    private final Vertx vertx;
    private final UpstreamClients clients;
    private final Breakers breakers;
    private final GatewayConfiguration configuration;
    private @Nullable HttpClientRequest upstreamRequest;
    private @Nullable Problem verdict;
    private @Nullable MeteredBody body;
    private @Nullable Caller caller;
    private @Nullable Origin origin;
    private long answerTimer = NO_TIMER;
    private boolean answered;
    private boolean timedOut;
    private boolean callerGone;

    Passage(
            RoutingContext context,
            Route route,
            long bodyLimit,
            Vertx vertx,
            UpstreamClients clients,
            Breakers breakers,
            GatewayConfiguration configuration) {
        this.context = context;
        this.route = route;
        this.bodyLimit = bodyLimit;
        this.vertx = vertx;
        this.clients = clients;
        this.breakers = breakers;
        this.configuration = configuration;
    }

    void begin(Caller caller, Origin origin) {
        this.caller = caller;
        this.origin = origin;
        HttpServerRequest request = context.request();
        if (context.response().closed()) {
            return; // gone while we looked for who it is; the service is not bothered
        }
        context.addEndHandler(ended -> {
            if (ended.failed()) {
                callerHasGone();
            }
        });
        HttpProxy.reverseProxy(OPTIONS, clients.client())
                .origin(proxied -> connect(proxied, request))
                .addInterceptor(this)
                .handle(request);
    }

    private Future<HttpClientRequest> connect(ProxyContext proxied, HttpServerRequest request) {
        return proxied.client()
                .request(clients.address(route.upstream())
                        .setMethod(request.method())
                        .setURI(request.uri()))
                .compose(connected -> {
                    upstreamRequest = connected;
                    return callerGone || verdict != null
                            ? Future.failedFuture(new HttpClosedException("Not wanted any more"))
                            : Future.succeededFuture(connected);
                });
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext proxied) {
        if (caller != null && origin != null) {
            HeaderRules.inwards(proxied.request().headers(), route.upstream(), caller, origin);
        }
        if (Answers.carriesABody(context.request())) {
            Body whole = proxied.request().getBody();
            MeteredBody metered = new MeteredBody(
                    whole.stream(), bodyLimit, configuration.bodyTimeout(), vertx, this::awaitAnswer, this::refuse);
            body = metered;
            proxied.request().setBody(Body.body(metered, whole.length()));
        } else {
            proxied.request().setBody(null); // nothing to wait for: it can go at once, whatever becomes of the caller
            awaitAnswer();
        }
        return breakers.ask(route.upstream(), () -> send(proxied), this::blame)
                .map(this::arrived)
                .recover(failure -> failed(proxied, failure));
    }

    private Future<ProxyResponse> send(ProxyContext proxied) {
        return proxied.sendRequest()
                .recover(failure -> mayBeRepeated(failure) ? proxied.sendRequest() : Future.failedFuture(failure));
    }

    /**
     * Only what changes nothing and has no body, and only where the connection was lost before the service said anything:
     * a service that is restarted closes connections that looked good.
     */
    private boolean mayBeRepeated(Throwable failure) {
        boolean safe = context.request().method() == HttpMethod.GET
                || context.request().method() == HttpMethod.HEAD;
        return safe
                && body == null
                && verdict == null
                && failure instanceof HttpClosedException
                && !context.response().closed();
    }

    private Blame blame(Throwable failure) {
        if (!callerGone && (timedOut || UpstreamFailure.neverArrived(failure))) {
            return Blame.THE_SERVICE;
        }
        return callerGone || verdict != null ? Blame.THE_CALLER : Blame.THIS_REQUEST;
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext proxied) {
        MultiMap headers = proxied.response().headers();
        HeaderRules.outwards(headers, route.upstream());
        if (context.request().headers().contains(HttpHeaders.ACCEPT_ENCODING)) {
            HeaderRules.keepAsItIs(headers);
        }
        Body answer = proxied.response().getBody();
        return answer != null && isShort(answer.length()) && headers.contains(HttpHeaders.DATE)
                ? inOnePiece(answer, proxied)
                : proxied.sendResponse();
    }

    /** Not where a length is told without a body. */
    private boolean isShort(long length) {
        return length > 0 && length <= SHORT_ANSWER && context.request().method() != HttpMethod.HEAD;
    }

    /**
     * A short answer is gathered and leaves in one piece, which is one trip to the kernel instead of several; and if it breaks
     * off, the caller can still be told so. The library would also parse its date, to write it again.
     */
    private Future<Void> inOnePiece(Body answer, ProxyContext proxied) {
        Promise<Void> sent = Promise.promise();
        Buffer whole = Buffer.buffer((int) answer.length());
        HttpServerResponse response = context.response();
        answer.stream()
                .handler(whole::appendBuffer)
                .exceptionHandler(failure -> {
                    if (!response.closed() && !response.ended()) {
                        Answers.problem(context, UpstreamFailure.of(route.upstream(), failure));
                    }
                    sent.tryComplete();
                })
                .endHandler(end -> {
                    response.setStatusCode(proxied.response().getStatusCode());
                    response.headers().addAll(proxied.response().headers());
                    response.end(whole).onComplete(done -> sent.tryComplete());
                })
                .resume();
        return sent.future();
    }

    private ProxyResponse arrived(ProxyResponse response) {
        answered = true;
        vertx.cancelTimer(answerTimer);
        return response;
    }

    /**
     * Nobody waits for the answer any more, and what is not answered now says nothing about the service: callers who hang up
     * must not be able to cut everybody else off from it.
     */
    private void callerHasGone() {
        callerGone = true;
        vertx.cancelTimer(answerTimer);
        if (!answered && upstreamRequest != null) {
            upstreamRequest.reset();
        }
    }

    /** The service has the whole request: from now on the time is its own. */
    private void awaitAnswer() {
        if (answered || callerGone) {
            return; // before it had everything
        }
        answerTimer = vertx.setTimer(configuration.upstreamTimeout().toMillis(), fired -> {
            timedOut = true;
            giveUp(UpstreamFailure.timeout(route.upstream()));
        });
    }

    private void refuse(Breach breach) {
        giveUp(
                switch (breach) {
                    case TOO_LARGE -> Forwarding.tooLarge(bodyLimit);
                    case TOO_SLOW ->
                        Problem.of(
                                ProblemKind.BODY_TOO_SLOW,
                                "Send the whole body within "
                                        + configuration.bodyTimeout().toSeconds() + " seconds.");
                });
    }

    private void giveUp(Problem problem) {
        verdict = problem;
        if (upstreamRequest != null) {
            upstreamRequest.reset();
        }
    }

    private Future<ProxyResponse> failed(ProxyContext proxied, Throwable failure) {
        vertx.cancelTimer(answerTimer);
        if (body != null) {
            body.abandon();
        }
        if (verdict == null && failure instanceof StreamResetException) {
            // The caller's connection has ended, and with it the service's: nobody reads this but the log.
            return Future.succeededFuture(
                    proxied.request().response().setStatusCode(CALLER_GONE).setBody(null));
        }
        Problem problem = verdict == null ? UpstreamFailure.of(route.upstream(), failure) : verdict;
        Answers.letGoOfTheBody(context);
        if (problem.kind().status() == 503) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, Answers.RETRY_AFTER_SECONDS);
        }
        return Future.succeededFuture(proxied.request()
                .response()
                .setStatusCode(problem.kind().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .setBody(Body.body(problem.toJson().toBuffer())));
    }
}
