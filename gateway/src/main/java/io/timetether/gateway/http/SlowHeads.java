package io.timetether.gateway.http;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.smallrye.config.SmallRyeConfig;
import io.timetether.gateway.configuration.GatewayConfiguration;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Gives every connection of a caller a {@link HeadClock}. Vert.x has no limit of this kind; this is Netty's own door for
 * such things, found through {@code META-INF/services}; {@code GatewayMain} has opened it.
 */
public final class SlowHeads extends ChannelInitializerExtension {

    private final Duration patience;

    /** For {@link java.util.ServiceLoader}. */
    public SlowHeads() {
        patience = ConfigProvider.getConfig()
                .unwrap(SmallRyeConfig.class)
                .getConfigMapping(GatewayConfiguration.class)
                .headTimeout();
    }

    @Override
    public void postInitializeServerChildChannel(Channel accepted) {
        // After the server's own handlers, which are put in as soon as the connection has its thread.
        accepted.pipeline().addLast(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                ChannelHandlerContext decoder = channel.pipeline().context(HttpRequestDecoder.class);
                if (decoder != null) {
                    channel.pipeline().addAfter(decoder.name(), "head-clock", new HeadClock(patience));
                }
            }
        });
    }
}
