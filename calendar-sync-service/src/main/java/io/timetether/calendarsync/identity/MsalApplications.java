package io.timetether.calendarsync.identity;

import com.microsoft.aad.msal4j.AuthorizationRequestUrlParameters;
import com.microsoft.aad.msal4j.ClaimsRequest;
import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAccount;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.Prompt;
import com.microsoft.aad.msal4j.RefreshTokenParameters;
import com.microsoft.aad.msal4j.ResponseMode;
import com.microsoft.aad.msal4j.SilentParameters;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Builds msal4j's applications, one for each call, and waits for what they do. */
final class MsalApplications {

    private static final Set<String> SCOPES =
            Set.of("User.Read", "MailboxSettings.Read", "Calendars.ReadWrite", "Calendars.ReadWrite.Shared");

    private final IdentitySettings settings;
    private final LoginHttpClient http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    MsalApplications(IdentitySettings settings) {
        this.settings = settings;
        this.http = new LoginHttpClient(settings.loginOrigin(), settings.timeout());
    }

    /** What is asked for, from the first day, besides {@code openid profile offline_access}. */
    Set<String> scopes() {
        return SCOPES.stream().map(scope -> settings.graphScopePrefix() + scope).collect(Collectors.toSet());
    }

    ConfidentialClientApplication with(MemoryCache memory) {
        try {
            return ConfidentialClientApplication.builder(
                            settings.clientId(), ClientCredentialFactory.createFromSecret(settings.clientSecret()))
                    .authority(authority())
                    .instanceDiscovery(false)
                    .disableInternalRetries()
                    .httpClient(http)
                    .executorService(threads)
                    // Continuous access evaluation: Graph may then answer with a claims challenge, which we handle.
                    .clientCapabilities(Set.of("cp1"))
                    .setTokenCacheAccessAspect(memory)
                    .build();
        } catch (MalformedURLException malformed) {
            throw new IllegalArgumentException("TIMETETHER_MICROSOFT_TENANT cannot stand in an address", malformed);
        }
    }

    private String authority() {
        return "https://" + settings.authorityHost() + "/" + settings.tenant() + "/";
    }

    String authorizationUrl(AuthorizationWish wish) {
        var builder = AuthorizationRequestUrlParameters.builder(
                        settings.redirectUri().toString(), scopes())
                .responseMode(ResponseMode.FORM_POST)
                .state(wish.state())
                .nonce(wish.nonce())
                .codeChallenge(wish.codeChallenge())
                .codeChallengeMethod("S256");
        if (wish.claims() != null) {
            builder.claimsChallenge(wish.claims());
        }
        switch (wish.prompt()) {
            // Microsoft refuses select_account together with a login hint.
            case ACCOUNT -> builder.prompt(Prompt.SELECT_ACCOUNT);
            case WHAT_IS_MISSING -> {
                if (wish.loginHint() != null) {
                    builder.loginHint(wish.loginHint());
                }
            }
        }
        URI atMicrosoft = URI.create(with(new MemoryCache(null))
                .getAuthorizationRequestUrl(builder.build())
                .toString());
        return settings.loginOrigin() + atMicrosoft.getRawPath() + "?" + atMicrosoft.getRawQuery();
    }

    String adminConsentUrl(String state) {
        // An administrator consents for one organisation; "common" would let personal accounts in.
        String tenant = settings.tenant().equals("common") ? "organizations" : settings.tenant();
        return settings.loginOrigin() + "/" + tenant + "/v2.0/adminconsent?client_id=" + encode(settings.clientId())
                + "&scope=" + encode(String.join(" ", scopes()))
                + "&redirect_uri=" + encode(settings.redirectUri().toString())
                + "&state=" + encode(state);
    }

    /** A token without asking the person; empty when the cache knows no account. */
    Optional<IAuthenticationResult> silently(MemoryCache memory, TokenDemand demand) throws Failed {
        ConfidentialClientApplication application = with(memory);
        Set<IAccount> accounts = await(application.getAccounts());
        if (accounts.isEmpty()) {
            return Optional.empty();
        }
        IAccount account = accounts.iterator().next();
        return Optional.of(
                switch (demand) {
                    case TokenDemand.Usual usual -> ask(application, parameters(account));
                    case TokenDemand.AfterRejection after -> {
                        IAuthenticationResult cached = ask(application, parameters(account));
                        yield cached.accessToken().equals(after.rejectedToken())
                                ? ask(application, parameters(account).forceRefresh(true))
                                : cached;
                    }
                    case TokenDemand.WithClaims with -> {
                        // A silent request with claims passes by the cache, but does not send the claims.
                        String refreshToken = memory.refreshToken();
                        yield refreshToken == null
                                ? ask(application, parameters(account).forceRefresh(true))
                                : await(application.acquireToken(RefreshTokenParameters.builder(scopes(), refreshToken)
                                        .claims(claims(with.claims()))
                                        .build()));
                    }
                });
    }

    private SilentParameters.SilentParametersBuilder parameters(IAccount account) {
        return SilentParameters.builder(scopes(), account).authorityUrl(authority());
    }

    private IAuthenticationResult ask(
            ConfidentialClientApplication application, SilentParameters.SilentParametersBuilder parameters)
            throws Failed {
        try {
            return await(application.acquireTokenSilently(parameters.build()));
        } catch (MalformedURLException malformed) {
            throw new Failed(malformed);
        }
    }

    private static ClaimsRequest claims(String json) throws Failed {
        try {
            return ClaimsRequest.formatAsClaimsRequest(json);
        } catch (RuntimeException unreadable) {
            throw new Failed(unreadable);
        }
    }

    <T> T await(CompletableFuture<T> future) throws Failed {
        try {
            return future.get(settings.timeout().toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new Failed(failed.getCause() == null ? failed : failed.getCause());
        } catch (TimeoutException late) {
            future.cancel(true);
            throw new Failed(late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failed(interrupted);
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** msal4j failed; the cause says how. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient MsalFailure meaning;

        Failed(Throwable cause) {
            super(cause);
            this.meaning = MsalFailure.of(cause);
        }

        MsalFailure meaning() {
            return meaning;
        }
    }
}
