package io.timetether.localrun.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalIdentityIT {

    private static final Person ANNA = new Person("anna", "Anna Weber", "anna@seaside.example", "Physio & owner");
    private static final String CALLBACK = "http://localhost:8080/callback";

    private final LocalIdentity identity = LocalIdentity.startForTests(ANNA);
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        identity.close();
        http.close();
    }

    @Test
    void signsInWhoPicksANameAndRefreshes() throws Exception {
        CodeVerifier verifier = new CodeVerifier();
        String address = authorizationAddress(LocalIdentity.GATEWAY, CALLBACK, verifier);
        HttpResponse<String> page = get(address);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("value=\"anna\"", "Anna Weber", "Physio &amp; owner", "Someone new");

        HttpResponse<String> picked = post(address, Map.of("username", "anna"));
        assertThat(picked.statusCode()).isEqualTo(302);
        String location = picked.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith(CALLBACK).contains("state=s1");
        String code = location.replaceFirst(".*[?&]code=([^&]+).*", "$1");

        JsonNode tokens = json(post(
                identity.issuer() + "/token",
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        code,
                        "redirect_uri",
                        CALLBACK,
                        "code_verifier",
                        verifier.getValue(),
                        "client_id",
                        LocalIdentity.GATEWAY,
                        "client_secret",
                        LocalIdentity.testSecret())));
        JWTClaimsSet access = verified(tokens.get("access_token").asText());
        assertThat(access.getSubject()).isEqualTo("anna");
        assertThat(access.getIssuer()).isEqualTo(identity.issuer());
        assertThat(access.getAudience()).containsExactly("timetether");
        assertThat(access.getStringClaim("azp")).isEqualTo(LocalIdentity.GATEWAY);
        assertThat(access.getStringClaim("name")).isEqualTo("Anna Weber");
        assertThat(access.getStringClaim("email")).isEqualTo("anna@seaside.example");
        JWTClaimsSet id = verified(tokens.get("id_token").asText());
        assertThat(id.getAudience()).containsExactly(LocalIdentity.GATEWAY);
        assertThat(id.getStringClaim("nonce")).isEqualTo("n1");

        JsonNode refreshed = json(post(
                identity.issuer() + "/token",
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        tokens.get("refresh_token").asText(),
                        "client_id",
                        LocalIdentity.GATEWAY,
                        "client_secret",
                        LocalIdentity.testSecret())));
        assertThat(verified(refreshed.get("access_token").asText()).getSubject())
                .isEqualTo("anna");
        assertThat(verified(refreshed.get("access_token").asText()).getStringClaim("name"))
                .isEqualTo("Anna Weber");
    }

    @Test
    void refusesACodeWithAnotherVerifier() throws Exception {
        String address = authorizationAddress(LocalIdentity.GATEWAY, CALLBACK, new CodeVerifier());
        String code = post(address, Map.of("username", "anna"))
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceFirst(".*[?&]code=([^&]+).*", "$1");
        HttpResponse<String> answer = post(
                identity.issuer() + "/token",
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        code,
                        "redirect_uri",
                        CALLBACK,
                        "code_verifier",
                        new CodeVerifier().getValue(),
                        "client_id",
                        LocalIdentity.GATEWAY,
                        "client_secret",
                        LocalIdentity.testSecret()));
        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void givesInternalScopeToCalendarSyncAlone() throws Exception {
        String address = identity.issuer() + "/token";
        JsonNode answer = json(post(
                address,
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        LocalIdentity.CALENDAR_SYNC,
                        "client_secret",
                        LocalIdentity.testSecret())));
        JWTClaimsSet token = verified(answer.get("access_token").asText());
        assertThat(token.getStringClaim("scope")).isEqualTo("internal:sync");
        assertThat(token.getStringClaim("azp")).isEqualTo(LocalIdentity.CALENDAR_SYNC);
        assertThat(token.getSubject()).isEqualTo(LocalIdentity.CALENDAR_SYNC);

        assertThat(post(
                                address,
                                Map.of(
                                        "grant_type", "client_credentials",
                                        "client_id", LocalIdentity.CALENDAR_SYNC,
                                        "client_secret", "guessed"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(post(
                                address,
                                Map.of(
                                        "grant_type",
                                        "client_credentials",
                                        "scope",
                                        "internal:sync",
                                        "client_id",
                                        LocalIdentity.GATEWAY,
                                        "client_secret",
                                        LocalIdentity.testSecret()))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void givesACommandLineATokenForASubject() throws Exception {
        JsonNode answer = json(post(
                identity.issuer() + "/token",
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        LocalIdentity.COMMAND_LINE,
                        "username",
                        "anna",
                        "password",
                        "x")));
        JWTClaimsSet token = verified(answer.get("access_token").asText());
        assertThat(token.getSubject()).isEqualTo("anna");
        assertThat(token.getStringClaim("azp")).isEqualTo(LocalIdentity.COMMAND_LINE);
        assertThat(token.getStringClaim("scope")).doesNotContain("internal");
        assertThat(token.getStringClaim("email")).isEqualTo("anna@seaside.example");
    }

    @Test
    void signsTheSameTokensForTests() throws Exception {
        assertThat(verified(identity.tokenFor("anna", "timetether-cli")).getStringClaim("azp"))
                .isEqualTo("timetether-cli");
        assertThat(verified(identity.tokenFor("anna", "timetether-cli")).getSubject())
                .isEqualTo("anna");
        assertThat(verified(identity.internalToken()).getStringClaim("scope")).isEqualTo("internal:sync");
    }

    @Test
    void sendsNobodyToAForeignPlace() throws Exception {
        CodeVerifier verifier = new CodeVerifier();
        String address = authorizationAddress(LocalIdentity.GATEWAY, "https://evil.example/x", verifier);
        assertThat(get(address).statusCode()).isEqualTo(400);
        assertThat(post(address, Map.of("username", "anna")).statusCode()).isEqualTo(400);
        assertThat(get(authorizationAddress("somebody-else", CALLBACK, verifier))
                        .statusCode())
                .isEqualTo(400);
        assertThat(get(identity.issuer() + "/endsession?post_logout_redirect_uri=https://evil.example/")
                        .statusCode())
                .isEqualTo(400);
        assertThat(get(identity.issuer() + "/endsession?post_logout_redirect_uri=http://localhost:8080/")
                        .statusCode())
                .isEqualTo(302);
    }

    @Test
    void keepsItsKeyOverARestart() throws Exception {
        Path file = folder.resolve("signing-key");
        Map<String, String> secrets = Map.of(LocalIdentity.GATEWAY, "a", LocalIdentity.CALENDAR_SYNC, "b");
        String before;
        try (LocalIdentity first =
                LocalIdentity.start(LocalIdentity.Place.local(0), List.of(ANNA), secrets, Set.of(), file)) {
            before = get(first.issuer() + "/jwks").body();
        }
        try (LocalIdentity second =
                LocalIdentity.start(LocalIdentity.Place.local(0), List.of(ANNA), secrets, Set.of(), file)) {
            assertThat(get(second.issuer() + "/jwks").body()).isEqualTo(before);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(get(identity.issuer() + "/jwks").body()).isNotEqualTo(before);
    }

    @Test
    void hasOneIssuerUnderWhateverNameItIsCalled() throws Exception {
        String other = identity.issuer().replace("localhost", "127.0.0.1");
        JsonNode configuration = json(get(other + "/.well-known/openid-configuration"));
        assertThat(configuration.get("issuer").asText()).isEqualTo(identity.issuer());
        assertThat(configuration.get("token_endpoint").asText()).startsWith(identity.issuer());
    }

    private String authorizationAddress(String client, String callback, CodeVerifier verifier) {
        return identity.issuer() + "/authorize?"
                + form(Map.of(
                        "response_type", "code",
                        "client_id", client,
                        "redirect_uri", callback,
                        "scope", "openid profile email",
                        "state", "s1",
                        "nonce", "n1",
                        "code_challenge",
                                CodeChallenge.compute(CodeChallengeMethod.S256, verifier)
                                        .getValue(),
                        "code_challenge_method", "S256"));
    }

    private JWTClaimsSet verified(String token) throws Exception {
        SignedJWT jwt = SignedJWT.parse(token);
        var key = JWKSet.parse(get(identity.issuer() + "/jwks").body())
                .getKeyByKeyId(jwt.getHeader().getKeyID());
        assertThat(jwt.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();
        return jwt.getJWTClaimsSet();
    }

    private HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String address, Map<String, String> fields)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form(fields)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private static String form(Map<String, String> fields) {
        StringBuilder form = new StringBuilder();
        fields.forEach((name, value) -> form.append(form.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return form.toString();
    }
}
