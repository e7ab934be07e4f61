package io.timetether.gateway.configuration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an operator sets. Each name below is an environment variable with {@code TIMETETHER_} in front, for example
 * {@link #schedulingUrl()} is {@code TIMETETHER_SCHEDULING_URL}.
 */
@ConfigMapping(prefix = "timetether")
public interface GatewayConfiguration {

    /** The origin under which browsers reach the gateway. {@code https} here makes all cookies {@code Secure}. */
    @WithDefault("http://localhost:8080")
    URI publicUrl();

    /** Origin of scheduling-service, without a path. */
    @WithDefault("http://localhost:8081")
    URI schedulingUrl();

    /** Origin of calendar-sync-service, without a path. */
    @WithDefault("http://localhost:8082")
    URI calendarSyncUrl();

    /** The identity provider's issuer; its discovery document is looked for below it. */
    @WithDefault("http://localhost:8091/timetether")
    String identityUrl();

    /** The audience that access tokens must be made for, asked for at sign-in. */
    @WithDefault("timetether")
    String identityAudience();

    /** The gateway's client at the identity provider. Tokens with this {@code azp} are browser sessions. */
    @WithDefault("timetether-gateway")
    String identityGatewayClientId();

    /** The secret of that client. */
    String identityGatewayClientSecret();

    /** {@code keyId:base64(32 bytes)}, separated by commas: the first encrypts, all decrypt. */
    Optional<String> secretKeys();

    /** A file with the same content, one key a line or separated by commas. */
    Optional<Path> secretKeysFile();

    /** Origins of single-page apps elsewhere that may call the API with tokens, separated by commas; none by default. */
    Optional<List<String>> corsOrigins();

    /** A session ends this long after sign-in, whatever happens. */
    @WithDefault("PT12H")
    Duration sessionLifetime();

    /** The largest body of a request to the API, in bytes. */
    @WithDefault("2097152")
    long bodyLimit();

    /** How long the head of a request may take to arrive, from its first byte on. */
    @WithDefault("PT30S")
    Duration headTimeout();

    /** How long a body may take to arrive. */
    @WithDefault("PT30S")
    Duration bodyTimeout();

    /** How long a service may take until its answer begins, once it has the whole request. */
    @WithDefault("PT30S")
    Duration upstreamTimeout();

    /** How long connecting to a service may take. */
    @WithDefault("PT2S")
    Duration upstreamConnectTimeout();

    /** How long shutting a slow reader or writer out may take at most; also for server-sent events without any event. */
    @WithDefault("PT2M")
    Duration upstreamIdleTimeout();

    /** Which requests get a line in the log: {@code all}, {@code refused} (status 400 and above, or broken off) or {@code none}. */
    @WithDefault("all")
    RequestLines requestLog();

    /** See {@link #requestLog()}. */
    enum RequestLines {
        ALL,
        REFUSED,
        NONE
    }

    /** The limits; see docs/adr on how several gateways share them. */
    Limits limits();

    /** Requests a minute, and how many of them may come at once. */
    interface Limits {

        /** Whether requests are counted at all. */
        @WithDefault("true")
        boolean enabled();

        /** Requests a minute for one session or one bearer token. */
        @WithDefault("3000")
        int callerPerMinute();

        /** Requests a minute for one address (an IPv6 /64), over all its callers. */
        @WithDefault("6000")
        int addressPerMinute();

        /** Requests a minute without session or bearer token for one address: public booking, signing in. */
        @WithDefault("600")
        int anonymousPerMinute();

        /** Requests a minute for one address at the token endpoint of programs, where secrets could be guessed. */
        @WithDefault("120")
        int tokensPerMinute();

        /** Requests a minute for one address at the paths that Microsoft calls. */
        @WithDefault("12000")
        int microsoftPerMinute();
    }
}
