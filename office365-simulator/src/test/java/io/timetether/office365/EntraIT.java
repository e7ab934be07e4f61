package io.timetether.office365;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.aad.msal4j.AuthorizationCodeParameters;
import com.microsoft.aad.msal4j.AuthorizationRequestUrlParameters;
import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.HttpMethod;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import com.microsoft.aad.msal4j.MsalInteractionRequiredException;
import com.microsoft.aad.msal4j.MsalServiceException;
import com.microsoft.aad.msal4j.Prompt;
import com.microsoft.aad.msal4j.SilentParameters;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sign-in with Microsoft's own client, and the refusals with a plain one. */
class EntraIT {

    private static final String ADA = "ada@simulator.example";
    private static final Set<String> SCOPES = Set.of("User.Read", "Calendars.ReadWrite");

    @TempDir
    Path folder;

    private SimulatorSettings settings;
    private Office365Simulator simulator;

    @BeforeEach
    void start() {
        settings = SimulatorSettings.forTests().withDataFolder(folder);
        simulator = Office365Simulator.start(settings);
        simulator.outlook().createMailbox(ADA, "Ada Lovelace", "Europe/London");
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void msal4jSignsInCallsGraphAndRefreshesAfterARestart() throws Exception {
        ConfidentialClientApplication application = msal();
        IAuthenticationResult signedIn = application
                .acquireToken(AuthorizationCodeParameters.builder(
                                codeFromForms(application, "verifier-verifier-verifier-verifier-123456"),
                                URI.create(Client.REDIRECT))
                        .scopes(SCOPES)
                        .codeVerifier("verifier-verifier-verifier-verifier-123456")
                        .build())
                .get();
        assertThat(signedIn.account().username()).isEqualTo(ADA);
        assertThat(signedIn.account().homeAccountId())
                .isEqualTo(simulator.outlook().mailbox(ADA).id() + ".5f3c7b0e-6a0d-4c3b-9d55-0f0d365a7e11");
        JsonNode me = Client.withToken(simulator.origin(), signedIn.accessToken())
                .get("/me")
                .json();
        assertThat(me.path("userPrincipalName").asText()).isEqualTo(ADA);

        String cache = application.tokenCache().serialize();
        restart();
        ConfidentialClientApplication later = msal();
        later.tokenCache().deserialize(cache);
        var account = later.getAccounts().get().iterator().next();
        assertThat(later.acquireTokenSilently(
                                SilentParameters.builder(SCOPES, account).build())
                        .get()
                        .accessToken())
                .as("from the cache: the scope text of the answer covers what was asked")
                .isEqualTo(signedIn.accessToken());
        IAuthenticationResult refreshed = later.acquireTokenSilently(SilentParameters.builder(SCOPES, account)
                        .forceRefresh(true)
                        .build())
                .get();
        assertThat(refreshed.accessToken()).isNotEqualTo(signedIn.accessToken());
        assertThat(Client.withToken(simulator.origin(), refreshed.accessToken())
                        .get("/me/calendars")
                        .status())
                .isEqualTo(200);

        simulator.outlook().revokeSessions(ADA);
        assertThatThrownBy(() -> later.acquireTokenSilently(SilentParameters.builder(SCOPES, account)
                                .forceRefresh(true)
                                .build())
                        .get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(MsalInteractionRequiredException.class)
                .hasMessageContaining("AADSTS50173");
        assertThat(Client.withToken(simulator.origin(), refreshed.accessToken())
                        .get("/me")
                        .error())
                .isEqualTo("InvalidAuthenticationToken");
    }

    @Test
    void msal4jIsToldOfAWrongVerifierAndAWrongSecret() throws Exception {
        ConfidentialClientApplication application = msal();
        String code = codeFromForms(application, "the right verifier, long enough to be one 1234");
        assertThatThrownBy(() -> application
                        .acquireToken(AuthorizationCodeParameters.builder(code, URI.create(Client.REDIRECT))
                                .scopes(SCOPES)
                                .codeVerifier("another verifier, long enough to be one 123456")
                                .build())
                        .get())
                .hasCauseInstanceOf(MsalInteractionRequiredException.class)
                .hasMessageContaining("AADSTS501481");
        ConfidentialClientApplication wrong = msal("wrong");
        assertThatThrownBy(() -> wrong.acquireToken(
                                AuthorizationCodeParameters.builder(code, URI.create(Client.REDIRECT))
                                        .scopes(SCOPES)
                                        .codeVerifier("the right verifier, long enough to be one 1234")
                                        .build())
                        .get())
                .hasCauseInstanceOf(MsalServiceException.class)
                .hasMessageContaining("AADSTS7000215");
    }

    @Test
    void aCodeIsGoodForOneUse() {
        String code = Client.code(simulator.origin(), ADA, Client.SCOPES);
        assertThat(redeem(code).status()).isEqualTo(200);
        Client.Reply again = redeem(code);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.json().path("error").asText()).isEqualTo("invalid_grant");
        assertThat(again.json().path("error_codes").get(0).asInt()).isEqualTo(54005);
    }

    @Test
    void aRefreshTokenIsReplacedAndScopesCannotGrowWithoutConsent() {
        JsonNode tokens = Client.tokens(simulator.origin(), ADA, "openid offline_access User.Read");
        assertThat(tokens.path("scope").asText()).isEqualTo("openid offline_access User.Read");
        assertThat(tokens.path("expires_in").asInt()).isEqualTo(3599);
        Map<String, String> form =
                refresh(tokens.path("refresh_token").asText(), "https://graph.microsoft.com/User.Read offline_access");
        Client.Reply refreshed = Client.post(simulator.origin() + "/common/oauth2/v2.0/token", form);
        assertThat(refreshed.json().path("refresh_token").asText())
                .isNotEmpty()
                .isNotEqualTo(tokens.path("refresh_token").asText());
        Client.Reply more = Client.post(
                simulator.origin() + "/common/oauth2/v2.0/token",
                refresh(tokens.path("refresh_token").asText(), "Calendars.ReadWrite"));
        assertThat(more.json().path("suberror").asText()).isEqualTo("consent_required");
        assertThat(more.json().path("error_description").asText()).startsWith("AADSTS65001");
    }

    @Test
    void scopesAreHonouredAndTokensExpire() {
        JsonNode tokens = Client.tokens(simulator.origin(), ADA, "openid User.Read");
        assertThat(tokens.has("refresh_token")).isFalse();
        Client client =
                Client.withToken(simulator.origin(), tokens.path("access_token").asText());
        assertThat(client.get("/me").status()).isEqualTo(200);
        assertThat(client.get("/me/calendars").error()).isEqualTo("ErrorAccessDenied");

        simulator.close();
        simulator = Office365Simulator.start(settings.withAccessTokenLifetime(Duration.ZERO));
        Client expired = Client.signedIn(simulator, ADA);
        assertThat(expired.get("/me").status()).isEqualTo(401);
        assertThat(Client.fetch(simulator.origin() + "/v1.0/me").error()).isEqualTo("InvalidAuthenticationToken");
        assertThat(Client.withToken(simulator.origin(), "forged.forged.forged")
                        .get("/me")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void thePagesWorkWithoutScriptsAndConsentIsAskedOnce() {
        Map<String, String> form = Client.authorization(Client.SCOPES);
        String url = simulator.origin() + "/organizations/oauth2/v2.0/authorize";
        Client.Reply pick = Client.post(url, form);
        assertThat(pick.raw().body()).contains("Pick an account").contains("value=\"" + ADA + "\"");
        form.put("account", ADA);
        assertThat(Client.post(url, form).raw().body())
                .contains("Permissions requested")
                .contains("Calendars.ReadWrite");
        form.put("decision", "accept");
        assertThat(Client.query(Client.post(url, form).header("location")))
                .containsKey("code")
                .containsEntry("state", "a state & more");
        form.remove("decision");
        assertThat(Client.post(url, form).status()).as("no page any more").isEqualTo(302);
        form.put("prompt", "consent");
        assertThat(Client.post(url, form).raw().body()).contains("Permissions requested");
        form.put("account", "nobody@simulator.example");
        assertThat(Client.post(url, form).raw().body()).contains("AADSTS50034");
    }

    @Test
    void declinesAndErrorsComeBackInTheModeThatWasAsked() {
        Map<String, String> form = Client.authorization(Client.SCOPES);
        form.put("decision", "cancel");
        String url = simulator.origin() + "/common/oauth2/v2.0/authorize";
        assertThat(Client.query(Client.post(url, form).header("location")))
                .containsEntry("error", "access_denied")
                .containsEntry("state", "a state & more");
        form.put("response_mode", "form_post");
        assertThat(Client.post(url, form).raw().body())
                .contains("action=\"" + Client.REDIRECT + "\"")
                .contains("name=\"error\" value=\"access_denied\"")
                .contains("name=\"state\" value=\"a state &amp; more\"");
        form.put("response_mode", "fragment");
        assertThat(Client.post(url, form).header("location")).startsWith(Client.REDIRECT + "#error=");
        form.put("scope", "Mail.Everything");
        form.put("response_mode", "query");
        assertThat(Client.query(Client.post(url, form).header("location")).get("error_description"))
                .startsWith("AADSTS70011");
        form.put("prompt", "none");
        form.put("scope", Client.SCOPES);
        assertThat(Client.query(Client.post(url, form).header("location"))).containsEntry("error", "login_required");
        form.put("redirect_uri", Client.REDIRECT + "/");
        Client.Reply foreign = Client.post(url, form);
        assertThat(foreign.status()).isEqualTo(400);
        assertThat(foreign.raw().body()).contains("AADSTS50011");
    }

    @Test
    void describesItself() {
        JsonNode document = Client.fetch(simulator.origin() + "/common/v2.0/.well-known/openid-configuration")
                .json();
        assertThat(document.path("token_endpoint").asText())
                .isEqualTo(simulator.origin() + "/common/oauth2/v2.0/token");
        assertThat(Client.fetch(document.path("jwks_uri").asText())
                        .json()
                        .path("keys")
                        .get(0)
                        .path("kty")
                        .asText())
                .isEqualTo("RSA");
        String instance = simulator.origin() + "/common/discovery/instance?api-version=1.1&authorization_endpoint=";
        assertThat(Client.fetch(instance + "https://login.microsoftonline.com/common/oauth2/v2.0/authorize")
                        .json()
                        .has("metadata"))
                .isTrue();
        assertThat(Client.fetch(instance + "https://login.example/common/oauth2/v2.0/authorize")
                        .json()
                        .path("error")
                        .asText())
                .isEqualTo("invalid_instance");
        assertThat(Client.fetch(simulator.origin() + "/elsewhere/oauth2/v2.0/authorize")
                        .raw()
                        .body())
                .contains("AADSTS90002");
    }

    private Client.Reply redeem(String code) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", "timetether-local");
        form.put("client_secret", "timetether-local-secret");
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", Client.REDIRECT);
        return Client.post(simulator.origin() + "/common/oauth2/v2.0/token", form);
    }

    private static Map<String, String> refresh(String token, String scope) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", "timetether-local");
        form.put("client_secret", "timetether-local-secret");
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", token);
        form.put("scope", scope);
        return form;
    }

    /** Goes through the pages as a browser would, with msal4j's own address. */
    private String codeFromForms(ConfidentialClientApplication application, String verifier) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
        String url = application
                .getAuthorizationRequestUrl(AuthorizationRequestUrlParameters.builder(Client.REDIRECT, SCOPES)
                        .codeChallenge(Base64.getUrlEncoder().withoutPadding().encodeToString(digest))
                        .codeChallengeMethod("S256")
                        .state("msal state")
                        .prompt(Prompt.SELECT_ACCOUNT)
                        .build())
                .toString();
        Map<String, String> form = Client.query(url);
        form.put("account", ADA);
        form.put("decision", "accept");
        String page = Client.post(simulator.origin() + "/common/oauth2/v2.0/authorize", form)
                .raw()
                .body();
        Matcher code = Pattern.compile("name=\"code\" value=\"([^\"]+)\"").matcher(page);
        assertThat(code.find()).as("msal4j asks for form_post").isTrue();
        return code.group(1);
    }

    private ConfidentialClientApplication msal() throws Exception {
        return msal("timetether-local-secret");
    }

    private ConfidentialClientApplication msal(String secret) throws Exception {
        return ConfidentialClientApplication.builder(
                        "timetether-local", ClientCredentialFactory.createFromSecret(secret))
                .authority("https://login.microsoftonline.com/common/")
                .instanceDiscovery(false)
                .httpClient(mappedTo(simulator.origin()))
                .build();
    }

    /** Sends what is meant for Microsoft's sign-in to the stand-in. */
    private static IHttpClient mappedTo(String origin) {
        return new IHttpClient() {
            @Override
            public IHttpResponse send(HttpRequest request) throws Exception {
                java.net.http.HttpRequest.Builder mapped = java.net.http.HttpRequest.newBuilder(
                        URI.create(request.url().toString().replace("https://login.microsoftonline.com", origin)));
                Map<String, String> headers = request.headers() == null ? Map.of() : request.headers();
                headers.forEach(mapped::header);
                if (request.httpMethod() == HttpMethod.POST) {
                    mapped.POST(java.net.http.HttpRequest.BodyPublishers.ofString(request.body()));
                }
                HttpResponse<String> response =
                        HttpClient.newHttpClient().send(mapped.build(), HttpResponse.BodyHandlers.ofString());
                return new IHttpResponse() {
                    @Override
                    public int statusCode() {
                        return response.statusCode();
                    }

                    @Override
                    public Map<String, List<String>> headers() {
                        return response.headers().map();
                    }

                    @Override
                    public String body() {
                        return response.body();
                    }
                };
            }
        };
    }

    private void restart() {
        simulator.close();
        simulator = Office365Simulator.start(settings);
    }
}
