package io.timetether.gateway.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how long the head of a request may take, from its first byte on. Otherwise a caller who sends a byte now and then
 * would never be idle, and would hold a connection for ever. It stands right behind the decoder of its connection: bytes
 * that came in and made nothing whole are a head that is on its way. A connection that rests between requests is not its
 * concern, nor are bodies.
 */
final class HeadClock extends ChannelInboundHandlerAdapter {

    private final Duration patience;
    private boolean headIsNext = true;
    private boolean asked;
    private boolean somethingWhole;
    private @Nullable Future<?> alarm;

    HeadClock(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        stop();
        somethingWhole = true;
        if (message instanceof HttpRequest) {
            asked = true;
            headIsNext = false;
        }
        if (message instanceof LastHttpContent) {
            headIsNext = true;
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (headIsNext && !somethingWhole && alarm == null) {
            alarm = context.executor().schedule(() -> hangUp(context), patience.toMillis(), TimeUnit.MILLISECONDS);
        }
        somethingWhole = false;
        context.fireChannelReadComplete();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        stop(); // as the last thing on every connection, however it ended
    }

    private void stop() {
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
    }

    private void hangUp(ChannelHandlerContext context) {
        if (asked) {
            context.close(); // words of ours could get between those of an answer that is on its way
            return;
        }
        context.writeAndFlush(Unpooled.copiedBuffer(answer(), StandardCharsets.UTF_8))
                .addListener(ChannelFutureListener.CLOSE);
    }

    /** As bytes: the encoder, which would write it, knows of no request yet that could be answered. */
    private String answer() {
        Problem problem = Problem.of(
                ProblemKind.HEAD_TOO_SLOW, "Send the request's headers within " + patience.toSeconds() + " seconds.");
        String body = problem.toJson().encode();
        return "HTTP/1.1 408 Request Timeout\r\nContent-Type: " + Problem.MEDIA_TYPE + "\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length
                + "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
                + body;
    }
}
