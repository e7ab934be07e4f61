package io.timetether.calendarsync.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.calendarsync.identity.RedeemOutcome.Redeemed;
import io.timetether.calendarsync.identity.TokenOutcome.Granted;
import io.timetether.calendarsync.identity.TokenOutcome.Misconfigured;
import io.timetether.calendarsync.identity.TokenOutcome.ReconnectNeeded;
import io.timetether.calendarsync.identity.TokenOutcome.Unavailable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a token endpoint can answer instead of a token; the numbers are those of the scenarios in docs/graph-notes. */
class SignInFaultsIT {
    private final MockWebServer login = new MockWebServer();
    private final Rows rows = new Rows();
    private final ConnectionRef connection = new ConnectionRef(UUID.randomUUID());
    private final TokenCipher cipher =
            new TokenCipher(SecretKeys.parse("k:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="));
    private MicrosoftIdentity identity;

    @BeforeEach
    void connect() throws IOException, InterruptedException {
        login.start();
        identity = new MicrosoftIdentity(
                IdentitySettings.forCloud(
                        "global",
                        URI.create("http://localhost:" + login.getPort()),
                        "common",
                        "client-1",
                        "secret",
                        URI.create("https://tt.example/oauth/microsoft/callback")),
                rows,
                cipher,
                Clock.systemUTC());
        tokens("access-0", "refresh-0", 100);
        RedeemOutcome outcome = identity.redeem(connection, "code", "verifier", "nonce");
        assertThat(outcome).isInstanceOf(Redeemed.class);
        rows.store(connection, ((Redeemed) outcome).sealedCache());
        login.takeRequest();
    }

    @AfterEach
    void stop() {
        login.close();
    }

    @Test
    void theTokenRequestGoesToTheConfiguredOriginWithVerifierAndSecret() throws InterruptedException {
        tokens("access-1", "refresh-1", 3_600);
        assertThat(usual()).isEqualTo(new Granted("access-1"));
        RecordedRequest request = login.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/common/oauth2/v2.0/token");
        assertThat(request.getBody().utf8())
                .contains("grant_type=refresh_token")
                .contains("refresh_token=refresh-0")
                .contains("client_info=1");
    }

    @Test
    void aRefreshWithoutANewTokenKeepsTheOldOne_5() throws InterruptedException {
        tokens("access-1", null, 100);
        assertThat(usual()).isInstanceOf(Granted.class);
        login.takeRequest();
        tokens("access-2", null, 100);
        assertThat(usual()).isEqualTo(new Granted("access-2"));
        assertThat(login.takeRequest().getBody().utf8()).contains("refresh_token=refresh-0");
    }

    @Test
    void aGoodTokenIsUsedWithoutAskingAnybody() {
        tokens("access-1", "refresh-1", 3_600);
        for (int i = 0; i < 5; i++) {
            assertThat(usual()).isEqualTo(new Granted("access-1"));
        }
        assertThat(login.getRequestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "interaction_required, ''",
        "consent_required, ''",
        "login_required, ''",
        "invalid_grant, basic_action",
        "invalid_grant, consent_required",
        "invalid_grant, ''",
        "access_denied, ''"
    })
    void theOwnerHasToSignInAndTheClaimsAreKeptForIt_9(String error, String suberror) {
        error(400, """
                {"error":"%s","suberror":"%s","error_description":"AADSTS50076: more","error_codes":[50076],
                 "claims":"{\\"access_token\\":{\\"x\\":1}}"}
                """.formatted(error, suberror));
        assertThat(usual())
                .isInstanceOfSatisfying(
                        ReconnectNeeded.class,
                        needed -> assertThat(needed.claims()).isEqualTo("{\"access_token\":{\"x\":1}}"));
        int asked = login.getRequestCount();
        assertThat(usual()).isInstanceOf(ReconnectNeeded.class);
        assertThat(login.getRequestCount()).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({
        "401, invalid_client",
        "400, invalid_client",
        "400, unauthorized_client",
        "400, invalid_request",
        "400, invalid_scope",
        "400, invalid_resource"
    })
    void aWrongRegistrationIsTheOperatorsAffair_10(int status, String error) {
        error(
                status,
                "{\"error\":\"%s\",\"error_description\":\"AADSTS7000215: Invalid client secret\"}".formatted(error));
        assertThat(usual()).isInstanceOf(Misconfigured.class);
    }

    @ParameterizedTest
    @CsvSource({"503", "502", "500", "429", "504", "200"})
    void aPageInsteadOfATokenIsAnOutage_11(int status) {
        error(status, "<html><body>Service Unavailable</body></html>");
        assertThat(usual()).isInstanceOf(Unavailable.class);
    }

    @Test
    void temporaryErrorsAreOutages() {
        error(400, "{\"error\":\"temporarily_unavailable\"}");
        assertThat(usual()).isInstanceOf(Unavailable.class);
    }

    @Test
    void aConnectionThatBreaksIsAnOutageAndAskedOnce() {
        login.enqueue(new MockResponse.Builder()
                .code(200)
                .body("{}")
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        assertThat(usual()).isInstanceOf(Unavailable.class);
        assertThat(login.getRequestCount()).isEqualTo(2);
    }

    @Test
    void anAnswerWithoutBoundIsAnOutage() {
        error(200, "{\"access_token\":\"" + "x".repeat(2_000_000) + "\"}");
        assertThat(usual()).isInstanceOf(Unavailable.class);
    }

    @Test
    void aRedirectIsNotFollowed() {
        login.enqueue(new MockResponse.Builder()
                .code(307)
                .addHeader("Location", "https://evil.example/token")
                .build());
        assertThat(usual()).isInstanceOf(Unavailable.class);
        assertThat(login.getRequestCount()).isEqualTo(2);
    }

    @Test
    void theClaimsThatGraphWantsAreAskedFor_12() throws InterruptedException {
        tokens("access-1", "refresh-1", 3_600);
        assertThat(usual()).isEqualTo(new Granted("access-1"));
        login.takeRequest();
        tokens("access-2", "refresh-2", 3_600);
        String claims = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1604106651\"}}}";
        assertThat(identity.accessToken(connection, new TokenDemand.WithClaims("access-1", claims)))
                .isEqualTo(new Granted("access-2"));
        assertThat(login.takeRequest().getBody().utf8()).contains("nbf").contains("1604106651");
        // A second thread that was refused the same old token gets what the first one obtained.
        assertThat(identity.accessToken(connection, new TokenDemand.WithClaims("access-1", claims)))
                .isEqualTo(new Granted("access-2"));
        assertThat(login.takeRequest(200, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void anAnswerAboutNobodyConnectsNothing() {
        login.enqueue(new MockResponse.Builder()
                .code(200)
                .addHeader("Content-Type", "application/json")
                .body(
                        "{\"token_type\":\"Bearer\",\"scope\":\"Calendars.ReadWrite\",\"expires_in\":3600,\"access_token\":\"a\"}")
                .build());
        assertThat(identity.redeem(connection, "code", "verifier", "nonce"))
                .isInstanceOf(RedeemOutcome.Unavailable.class);
    }

    private TokenOutcome usual() {
        return identity.accessToken(connection, new TokenDemand.Usual());
    }

    private void error(int status, String body) {
        login.enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", body.startsWith("<") ? "text/html" : "application/json")
                .body(body)
                .build());
    }

    private void tokens(String access, String refresh, int seconds) {
        String id =
                "{\"aud\":\"client-1\",\"iss\":\"https://login.microsoftonline.com/t/v2.0\",\"sub\":\"s\",\"oid\":\"o\","
                        + "\"tid\":\"t\",\"preferred_username\":\"anna@x.example\",\"name\":\"Anna\",\"nonce\":\"nonce\",\"ver\":\"2.0\"}";
        String json = """
                {"token_type":"Bearer","scope":"User.Read MailboxSettings.Read Calendars.ReadWrite Calendars.ReadWrite.Shared",
                 "expires_in":%d,"ext_expires_in":%d,"access_token":"%s",%s
                 "id_token":"%s.%s.","client_info":"%s"}
                """.formatted(
                        seconds,
                        seconds,
                        access,
                        refresh == null ? "" : "\"refresh_token\":\"" + refresh + "\",",
                        base64("{\"alg\":\"none\"}"),
                        base64(id),
                        base64("{\"uid\":\"o\",\"utid\":\"t\"}"));
        login.enqueue(new MockResponse.Builder()
                .code(200)
                .addHeader("Content-Type", "application/json")
                .body(json)
                .build());
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
