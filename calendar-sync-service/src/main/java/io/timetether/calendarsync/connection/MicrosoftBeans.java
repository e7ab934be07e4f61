package io.timetether.calendarsync.connection;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.timetether.calendarsync.account.AccountSlots;
import io.timetether.calendarsync.graph.GraphCalendar;
import io.timetether.calendarsync.graph.GraphClient;
import io.timetether.calendarsync.graph.GraphSettings;
import io.timetether.calendarsync.graph.GraphSubscriptions;
import io.timetether.calendarsync.identity.IdentitySettings;
import io.timetether.calendarsync.identity.MicrosoftIdentity;
import io.timetether.calendarsync.identity.MicrosoftOrigin;
import io.timetether.calendarsync.identity.SecretKeys;
import io.timetether.calendarsync.identity.TokenCipher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Joins the rooms that speak with Microsoft to the configuration. A wrong address or key stops the start, with a reason. */
@ApplicationScoped
@Startup
class MicrosoftBeans {

    private final URI graphOrigin;
    private final IdentitySettings identitySettings;
    private final TokenCipher cipher;

    MicrosoftBeans(
            @ConfigProperty(name = "timetether.microsoft.graph-url") String graphUrl,
            @ConfigProperty(name = "timetether.microsoft.login-url") String loginUrl,
            @ConfigProperty(name = "timetether.microsoft.tenant") String tenant,
            @ConfigProperty(name = "timetether.microsoft.cloud") String cloud,
            @ConfigProperty(name = "timetether.microsoft.client-id") Optional<String> clientId,
            @ConfigProperty(name = "timetether.microsoft.client-secret") Optional<String> clientSecret,
            @ConfigProperty(name = "timetether.public-url") String publicUrl,
            @ConfigProperty(name = "timetether.secret-keys") Optional<String> keys,
            @ConfigProperty(name = "timetether.secret-keys-file") Optional<String> keysFile) {
        this.graphOrigin = MicrosoftOrigin.parse("TIMETETHER_MICROSOFT_GRAPH_URL", graphUrl);
        this.identitySettings = IdentitySettings.forCloud(
                cloud,
                MicrosoftOrigin.parse("TIMETETHER_MICROSOFT_LOGIN_URL", loginUrl),
                tenant,
                clientId.orElse("not-configured"),
                clientSecret.orElse("not-configured"),
                URI.create(publicUrl.replaceAll("/+$", "") + "/oauth/microsoft/callback"));
        this.cipher = new TokenCipher(SecretKeys.read(keys, keysFile));
    }

    @Produces
    @Singleton
    TokenCipher cipher() {
        return cipher;
    }

    @Produces
    @Singleton
    MicrosoftIdentity identity(ConnectionTokens tokens, Clock clock) {
        return new MicrosoftIdentity(identitySettings, tokens, cipher, clock);
    }

    @Produces
    @Singleton
    GraphClient graph(AccountSlots slots, MeterRegistry metrics, Clock clock) {
        return new GraphClient(
                GraphSettings.at(graphOrigin),
                slots,
                (method, outcome, took) -> metrics.timer(
                                "timetether.graph.requests", "method", method, "outcome", outcome.name())
                        .record(took),
                clock);
    }

    void close(@Disposes GraphClient client) {
        client.close();
    }

    @Produces
    @Singleton
    GraphCalendar calendars(GraphClient client) {
        return new GraphCalendar(client);
    }

    @Produces
    @Singleton
    GraphSubscriptions subscriptions(GraphClient client, Clock clock) {
        return new GraphSubscriptions(client, clock);
    }
}
