package io.timetether.gateway.identity;

import io.quarkus.oidc.Oidc;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.OidcClientConfigBuilder;
import io.quarkus.oidc.client.OidcClientException;
import io.quarkus.oidc.client.OidcClients;
import io.quarkus.oidc.client.Tokens;
import io.quarkus.oidc.client.runtime.OidcClientConfig.Grant;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.oidc.runtime.OidcTenantConfig.Authentication.CookieSameSite;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.timetether.gateway.configuration.GatewayConfiguration;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * The identity provider as the gateway uses it: the settings of the code flow (PKCE, state, nonce; the rest is Quarkus's),
 * new access tokens for running sessions, and where signing out goes on. It may be away when the gateway starts.
 */
@ApplicationScoped
class IdentityProvider {

    static final String SIGN_IN = "/sign-in";
    static final String SIGN_IN_COMPLETE = "/sign-in/complete";

    private static final Logger LOG = Logger.getLogger(IdentityProvider.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final GatewayConfiguration configuration;
    private final TokenCipher cipher;
    private final OidcClients clients;
    private final Provider<TenantConfigBean> tenants;
    private final AtomicReference<OidcClient> client = new AtomicReference<>();
    private final HttpClient web =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    IdentityProvider(
            GatewayConfiguration configuration,
            TokenCipher cipher,
            OidcClients clients,
            Provider<TenantConfigBean> tenants) {
        this.configuration = configuration;
        this.cipher = cipher;
        this.clients = clients;
        this.tenants = tenants;
    }

    /** What came of asking for a new access token. */
    sealed interface Renewal {
        /** Here it is; what the provider did not send anew is absent. */
        record Renewed(Tokens tokens) implements Renewal {}

        /** The provider no longer lets this session go on. */
        record Refused() implements Renewal {}

        /** Nobody can say just now. */
        record Away() implements Renewal {}
    }

    void describe(@Observes Oidc oidc) {
        boolean secure = "https".equals(configuration.publicUrl().getScheme());
        oidc.create(OidcTenantConfig.builder()
                .authServerUrl(configuration.identityUrl())
                .applicationType(ApplicationType.WEB_APP)
                .clientId(configuration.identityGatewayClientId())
                .credentials(configuration.identityGatewayClientSecret())
                .connectionTimeout(PATIENCE)
                .token()
                .issuer(configuration.identityUrl())
                // The cookie may live as long as the session does: what counts is the session's row.
                .refreshExpired()
                .end()
                // The session store encrypts by itself, for all gateways alike.
                .tokenStateManager()
                .encryptionRequired(false)
                .end()
                .authentication()
                .redirectPath(publicOrigin() + SIGN_IN_COMPLETE)
                .restorePathAfterRedirect()
                .scopes("profile", "email") // and openid, which is always asked for
                .extraParam("audience", configuration.identityAudience())
                .pkceRequired()
                .nonceRequired()
                // The same on every gateway: a sign-in may begin at one and end at another.
                .stateSecret(cipher.derive("sign-in state"))
                .sessionAgeExtension(configuration.sessionLifetime())
                .stateCookieAge(Duration.ofMinutes(15))
                .cookieForceSecure(secure)
                .cookieSameSite(CookieSameSite.LAX)
                .failOnMissingStateParam()
                .end()
                .build());
    }

    String publicOrigin() {
        return SameOrigin.originOf(configuration.publicUrl());
    }

    /** Asks for a new access token; waits for the answer, so never on an event loop. */
    Renewal renew(String refreshToken) {
        try {
            Tokens tokens = client().refreshTokens(refreshToken).await().atMost(PATIENCE);
            return new Renewal.Renewed(tokens);
        } catch (OidcClientException refused) {
            return String.valueOf(refused.getMessage()).contains("invalid_grant")
                    ? new Renewal.Refused()
                    : away(refused);
        } catch (RuntimeException failed) {
            return away(failed);
        }
    }

    /** Where the provider ends its own session, if it has such a place; asks it if need be, so never on an event loop. */
    Optional<String> endSessionAddress() {
        OidcConfigurationMetadata metadata = tenants.get().getDefaultTenant().getOidcMetadata();
        // Nobody may have signed in at this gateway since it started without the provider.
        return metadata == null ? discoveredEndSession() : Optional.ofNullable(metadata.getEndSessionUri());
    }

    private Optional<String> discoveredEndSession() {
        try {
            String discovery = web.send(
                            HttpRequest.newBuilder(URI.create(configuration.identityUrl() + DISCOVERY))
                                    .timeout(PATIENCE)
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            return Optional.ofNullable(new JsonObject(discovery).getString("end_session_endpoint"));
        } catch (IOException | DecodeException away) {
            LOG.warnf(
                    "The identity provider does not say where it ends sessions: %s",
                    away.getClass().getName());
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private OidcClient client() {
        OidcClient known = client.get();
        if (known != null) {
            return known;
        }
        OidcClient created = clients.newClient(new OidcClientConfigBuilder()
                        .authServerUrl(configuration.identityUrl())
                        .id("sessions")
                        .clientId(configuration.identityGatewayClientId())
                        .credentials(configuration.identityGatewayClientSecret())
                        .connectionTimeout(PATIENCE)
                        .grant(Grant.Type.REFRESH)
                        .build())
                .await()
                .atMost(PATIENCE);
        client.compareAndSet(null, created);
        return created;
    }

    private static Renewal away(RuntimeException why) {
        // Only the kind of failure: its message may quote what was sent.
        LOG.warnf(
                "The identity provider did not renew a session: %s",
                why.getClass().getName());
        return new Renewal.Away();
    }
}
