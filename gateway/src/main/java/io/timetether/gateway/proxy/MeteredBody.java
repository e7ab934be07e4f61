package io.timetether.gateway.proxy;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request's body on its way through, counted byte by byte: a chunked body says nothing of its length before. It breaks
 * off when it becomes too large or takes too long, and tells when the last byte has gone by.
 */
final class MeteredBody implements ReadStream<Buffer> {

    /** Why a body was not let through. */
    enum Breach {
        TOO_LARGE,
        TOO_SLOW
    }

    private final ReadStream<Buffer> body;
    private final long limit;
    private final Vertx vertx;
    private final long timer;
    private final Runnable complete;
    private final Consumer<Breach> broken;
    private long seen;
    private boolean over;
    private @Nullable Handler<Throwable> exceptionHandler;

    MeteredBody(
            ReadStream<Buffer> body,
            long limit,
            Duration patience,
            Vertx vertx,
            Runnable complete,
            Consumer<Breach> broken) {
        this.body = body;
        this.limit = limit;
        this.vertx = vertx;
        this.complete = complete;
        this.broken = broken;
        this.timer = vertx.setTimer(patience.toMillis(), fired -> breakOff(Breach.TOO_SLOW));
    }

    /** Stops the clock; for when nobody is going to read the body any more. */
    void abandon() {
        over = true;
        vertx.cancelTimer(timer);
    }

    @Override
    public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
        if (handler == null) {
            body.handler(null);
            return this;
        }
        body.handler(buffer -> {
            if (over) {
                return; // thrown away
            }
            seen += buffer.length();
            if (seen > limit) {
                breakOff(Breach.TOO_LARGE);
            } else {
                handler.handle(buffer);
            }
        });
        return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
        if (handler == null) {
            body.endHandler(null);
            return this;
        }
        body.endHandler(end -> {
            if (!over) {
                abandon();
                complete.run();
                handler.handle(end);
            }
        });
        return this;
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        exceptionHandler = handler;
        body.exceptionHandler(
                handler == null
                        ? null
                        : failure -> {
                            abandon();
                            handler.handle(failure);
                        });
        return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
        body.pause();
        return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
        body.resume();
        return this;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
        body.fetch(amount);
        return this;
    }

    private void breakOff(Breach breach) {
        if (over) {
            return;
        }
        abandon();
        broken.accept(breach);
        if (exceptionHandler != null) {
            exceptionHandler.handle(new BodyRefused(breach));
        }
    }

    /** Tells the pipe to the service that there will be no end to this body. */
    static final class BodyRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BodyRefused(Breach breach) {
            super(breach.name(), null, false, false);
        }
    }
}
