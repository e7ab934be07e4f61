package io.timetether.scheduling.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerHttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * How much a request may send, whether it says so beforehand or not: 413 as soon as it is more. The server's own limit
 * does not end a body of unknown length that nobody wants any more: it is read to an end that need not come.
 */
class BodyLimit {

    private static final long BYTES = 2 * 1024 * 1024;

    /** So that the caller, still sending, can read why before it is cut off. */
    private static final long LINGER_MILLIS = 1_000;

    @ServerRequestFilter(preMatching = true)
    void bound(ResteasyReactiveContainerRequestContext request, RoutingContext context) {
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            if (Long.parseLong(length) > BYTES) {
                letGo(context);
                throw tooLarge();
            }
        } else if (request.getHeaderString("Transfer-Encoding") != null) {
            context.addEndHandler(answered -> hangUpUnlessAllHasCome(context));
            if (isForm(request)) {
                throw ProblemType.LENGTH_REQUIRED.because("Send the form with a Content-Length.");
            }
            ServerHttpRequest read = (ServerHttpRequest) request.getServerRequestContext();
            request.setEntityStream(new Body(read::createInputStream, context));
        }
    }

    /** The framework reads a form as a whole, before anybody could count. */
    private static boolean isForm(ResteasyReactiveContainerRequestContext request) {
        String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_FORM_URLENCODED);
    }

    /** What nobody has read is no reason to keep the connection until it ends. */
    private static void hangUpUnlessAllHasCome(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!request.isEnded()) {
            request.handler(unwanted -> {}).resume();
            context.vertx().setTimer(LINGER_MILLIS, late -> {
                if (!request.isEnded()) {
                    request.connection().close();
                }
            });
        }
    }

    private static ProblemException tooLarge() {
        return ProblemType.PAYLOAD_TOO_LARGE.because("At most " + BYTES + " bytes are taken; send less at once.");
    }

    /** What still comes is thrown away, and the connection ends. */
    private static void letGo(RoutingContext context) {
        HttpServerRequest request = context.request();
        context.response().putHeader("Connection", "close");
        request.handler(unwanted -> {}).resume();
        context.vertx().setTimer(LINGER_MILLIS, late -> request.connection().close());
    }

    /** A body that is counted while it is read. What nobody begins to read is not opened: it would be kept until then. */
    private static final class Body extends InputStream {

        private final Supplier<InputStream> open;
        private final RoutingContext context;
        private @Nullable InputStream body;
        private long left = BYTES;
        private boolean over;

        Body(Supplier<InputStream> open, RoutingContext context) {
            this.open = open;
            this.context = context;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (over) {
                return -1;
            }
            int read = body().read(into, from, length);
            left -= Math.max(read, 0);
            if (left < 0) {
                over = true;
                letGo(context);
                throw new IOException(tooLarge());
            }
            return read;
        }

        @Override
        public int available() throws IOException {
            return over ? 0 : body().available();
        }

        /** Who closes it early has seen enough to refuse it; the rest is only read so that the connection can go on. */
        @Override
        public void close() throws IOException {
            byte[] unwanted = new byte[8192];
            while (!over && read(unwanted, 0, unwanted.length) >= 0) {
                // thrown away
            }
            over = true;
        }

        private InputStream body() {
            if (body == null) {
                body = open.get();
            }
            return body;
        }
    }
}
