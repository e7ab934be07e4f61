package io.timetether.office365;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a stand-in is started. The defaults suit a test: an ephemeral loopback port, memory only, the machine's clock, Timetether's
 * own application registered.
 *
 * @param port 0 for an ephemeral one
 * @param bindAddress the address to listen on
 * @param dataFolder where state is kept over a restart, or null for memory only
 * @param publicOrigin the origin that clients and browsers use ({@code http://host:port}), or null for the bound one
 * @param accessTokenLifetime what {@code expires_in} says (msal4j asks for a new token 5 minutes before)
 * @param answerDelay how long every Graph answer takes at least; it holds one of the mailbox's four places meanwhile
 */
public record SimulatorSettings(
        int port,
        String bindAddress,
        @Nullable Path dataFolder,
        @Nullable String publicOrigin,
        Clock clock,
        String clientId,
        String clientSecret,
        List<String> redirectUris,
        Duration accessTokenLifetime,
        Duration answerDelay) {

    public static SimulatorSettings forTests() {
        return new SimulatorSettings(
                0,
                "127.0.0.1",
                null,
                null,
                Clock.systemUTC(),
                "timetether-local",
                "timetether-local-secret",
                List.of("http://localhost:8080/oauth/microsoft/callback"),
                Duration.ofSeconds(3599),
                Duration.ZERO);
    }

    public SimulatorSettings withPort(int newPort) {
        return new SimulatorSettings(
                newPort,
                bindAddress,
                dataFolder,
                publicOrigin,
                clock,
                clientId,
                clientSecret,
                redirectUris,
                accessTokenLifetime,
                answerDelay);
    }

    public SimulatorSettings withBindAddress(String address) {
        return new SimulatorSettings(
                port,
                address,
                dataFolder,
                publicOrigin,
                clock,
                clientId,
                clientSecret,
                redirectUris,
                accessTokenLifetime,
                answerDelay);
    }

    public SimulatorSettings withDataFolder(@Nullable Path folder) {
        return new SimulatorSettings(
                port,
                bindAddress,
                folder,
                publicOrigin,
                clock,
                clientId,
                clientSecret,
                redirectUris,
                accessTokenLifetime,
                answerDelay);
    }

    public SimulatorSettings withPublicOrigin(@Nullable String origin) {
        return new SimulatorSettings(
                port,
                bindAddress,
                dataFolder,
                origin,
                clock,
                clientId,
                clientSecret,
                redirectUris,
                accessTokenLifetime,
                answerDelay);
    }

    public SimulatorSettings withClock(Clock newClock) {
        return new SimulatorSettings(
                port,
                bindAddress,
                dataFolder,
                publicOrigin,
                newClock,
                clientId,
                clientSecret,
                redirectUris,
                accessTokenLifetime,
                answerDelay);
    }

    public SimulatorSettings withApplication(String id, String secret, List<String> redirects) {
        return new SimulatorSettings(
                port,
                bindAddress,
                dataFolder,
                publicOrigin,
                clock,
                id,
                secret,
                List.copyOf(redirects),
                accessTokenLifetime,
                answerDelay);
    }

    public SimulatorSettings withAccessTokenLifetime(Duration lifetime) {
        return new SimulatorSettings(
                port,
                bindAddress,
                dataFolder,
                publicOrigin,
                clock,
                clientId,
                clientSecret,
                redirectUris,
                lifetime,
                answerDelay);
    }

    public SimulatorSettings withAnswerDelay(Duration delay) {
        return new SimulatorSettings(
                port,
                bindAddress,
                dataFolder,
                publicOrigin,
                clock,
                clientId,
                clientSecret,
                redirectUris,
                accessTokenLifetime,
                delay);
    }
}
