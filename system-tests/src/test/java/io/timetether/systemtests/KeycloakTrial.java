package io.timetether.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.timetether.localrun.product.LocalProduct;
import io.timetether.localrun.product.Progress;
import io.timetether.localrun.settings.Settings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The product with Keycloak itself as its identity provider, set up by {@code deploy/keycloak/timetether-realm.json}: what
 * {@code deploy/keycloak/try} runs. Not part of {@code ./test}, because Keycloak has to be fetched first. The system property
 * {@code keycloak.home} says where it is unpacked.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeycloakTrial {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "only-for-this-trial";
    private static final Map<String, String> SECRETS = Map.of(
            "TIMETETHER_IDENTITY_GATEWAY_CLIENT_SECRET", UUID.randomUUID().toString(),
            "TIMETETHER_IDENTITY_SYNC_CLIENT_SECRET", UUID.randomUUID().toString());

    private final HttpClient http = HttpClient.newHttpClient();
    private String keycloakUrl;
    private String issuer;
    private Process keycloak;
    private LocalProduct product;

    @BeforeAll
    void start() throws IOException {
        Path root = Path.of(System.getProperty("timetether.root")).toAbsolutePath();
        Path work = Files.createDirectories(root.resolve("system-tests/target"));
        Settings usual = Settings.forTests(root, Files.createTempDirectory(work, "keycloak-product-"));
        startKeycloak(Path.of(System.getProperty("keycloak.home")), root, usual.publicUrl());
        String olivia = createPerson("olivia");

        Map<String, String> environment = new HashMap<>(usual.environment());
        environment.putAll(SECRETS);
        environment.put("TIMETETHER_IDENTITY_URL", issuer);
        environment.put(
                "TIMETETHER_OPERATORS", String.join("|", issuer, olivia, "Olivia", "olivia@timetether.example"));
        product = LocalProduct.start(
                new Settings(root, usual.data(), usual.ports(), usual.publicUrl(), environment), Progress.silent());
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (product != null) {
            product.close();
        }
        if (keycloak != null) {
            keycloak.descendants().forEach(ProcessHandle::destroy);
            keycloak.destroy();
            keycloak.waitFor(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void peopleSignInAndCalendarSyncSpeaksForItself() throws IOException {
        URI home = URI.create(product.gatewayUrl());
        Browser olivia = signIn(home, "olivia");
        assertThat(olivia.get("/api/v1/me").expect(200).text("/role")).isEqualTo("OPERATOR");

        String organisation = olivia.api(
                        "POST",
                        "/api/v1/organisations",
                        Map.of("name", "Seaside", "slug", "seaside", "timeZone", "Europe/Berlin", "plan", "BUSINESS"),
                        Practice.freshKey())
                .expect(201)
                .text("/id");
        String token = olivia.api(
                        "POST",
                        "/api/v1/people",
                        Map.of(
                                "name", "Anna Weber",
                                "email", "anna@seaside.example",
                                "role", "ADMIN",
                                "organisationId", organisation),
                        Practice.freshKey())
                .expect(201)
                .text("/invitation/token");
        createPerson("anna");
        Browser anna = signIn(home, "anna");
        anna.post("/api/v1/invitations/acceptance", Map.of("token", token)).expect(200);
        String staff = anna.api(
                        "POST",
                        "/api/v1/staff",
                        Map.of("name", "Anna Weber", "email", "anna@seaside.example"),
                        Practice.freshKey())
                .expect(201)
                .text("/id");

        // That the feed becomes active takes calendar-sync's own token, with the scope internal:sync, at every step.
        Outlook outlook = new Outlook(
                URI.create(product.simulatorUrl().orElseThrow()),
                "anna@seaside.example",
                "Anna Weber",
                "W. Europe Standard Time");
        Person.of(anna).connect(staff, outlook.address());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                anna.get("/api/v1/sync-feeds?staffId=" + staff).text("/items/0/state"))
                        .isEqualTo("ACTIVE"));

        anna.post("/sign-out", Map.of());
        anna.get("/api/v1/me").expect(401);
    }

    @Test
    void onlyCalendarSyncsClientGetsTheScopeBetweenTheServices() throws IOException {
        Map<String, String> wish = Map.of("grant_type", "client_credentials", "scope", "internal:sync");

        JsonNode given = token("timetether-calendar-sync", "TIMETETHER_IDENTITY_SYNC_CLIENT_SECRET", wish);
        JsonNode claims = JSON.readTree(Base64.getUrlDecoder()
                .decode(given.path("access_token").asText().split("\\.")[1]));
        assertThat(claims.path("scope").asText().split(" ")).contains("internal:sync");
        assertThat(claims.path("azp").asText()).isEqualTo("timetether-calendar-sync");
        assertThat(claims.path("aud").asText()).isEqualTo("timetether");

        assertThat(token("timetether-gateway", "TIMETETHER_IDENTITY_GATEWAY_CLIENT_SECRET", wish)
                        .path("error")
                        .asText())
                .isEqualTo("unauthorized_client");
        assertThat(new Browser(URI.create(product.gatewayUrl()))
                        .open(issuer + "/protocol/openid-connect/auth?client_id=timetether-gateway&response_type=code"
                                + "&code_challenge=" + "x".repeat(43)
                                + "&code_challenge_method=S256&scope=internal:sync"
                                + "&redirect_uri=" + encode(product.gatewayUrl() + "/sign-in/complete"))
                        .url()
                        .toString())
                .contains("error=invalid_scope");
    }

    private Browser signIn(URI home, String name) {
        Browser browser = new Browser(home);
        Browser.Page form = browser.open("/sign-in?return=/session");
        Browser.Page back =
                browser.submit(form, form.form("login-actions"), Map.of("username", name, "password", PASSWORD));
        assertThat(back.url().getAuthority()).as(back.toString()).isEqualTo(home.getAuthority());
        assertThat(back.body()).contains("\"signedIn\":true");
        return browser;
    }

    private void startKeycloak(Path folder, Path root, String publicUrl) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        keycloakUrl = "http://localhost:" + port;
        issuer = keycloakUrl + "/realms/timetether";
        Path imports = Files.createDirectories(folder.resolve("data/import"));
        Files.writeString(
                imports.resolve("timetether-realm.json"),
                Files.readString(root.resolve("deploy/keycloak/timetether-realm.json")));
        ProcessBuilder start = new ProcessBuilder(
                folder.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--import-realm",
                "--db=dev-mem",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--hostname=" + keycloakUrl);
        start.environment().putAll(SECRETS);
        start.environment().put("TIMETETHER_PUBLIC_URL", publicUrl);
        start.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "trial");
        start.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", PASSWORD);
        start.environment().put("JAVA_OPTS_KC_HEAP", "-Xmx512m");
        keycloak = start.redirectErrorStream(true)
                .redirectOutput(root.resolve("system-tests/target/keycloak.log").toFile())
                .start();
        await("Keycloak, see system-tests/target/keycloak.log")
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(() -> send(HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration")))
                                .statusCode()
                        == 200);
    }

    /** Answers the subject. */
    private String createPerson(String name) throws IOException {
        JsonNode administrator = post(
                keycloakUrl + "/realms/master/protocol/openid-connect/token",
                Map.of("grant_type", "password", "client_id", "admin-cli", "username", "trial", "password", PASSWORD));
        HttpResponse<String> created =
                send(HttpRequest.newBuilder(URI.create(keycloakUrl + "/admin/realms/timetether/users"))
                        .header(
                                "Authorization",
                                "Bearer " + administrator.path("access_token").asText())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("""
                        {"username":"%1$s","firstName":"%1$s","lastName":"Person","email":"%1$s@timetether.example",
                         "emailVerified":true,"enabled":true,
                         "credentials":[{"type":"password","value":"%2$s","temporary":false}]}
                        """.formatted(name, PASSWORD))));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return created.headers().firstValue("Location").orElseThrow().replaceFirst(".*/", "");
    }

    private JsonNode token(String client, String secret, Map<String, String> wish) throws IOException {
        Map<String, String> form = new HashMap<>(wish);
        form.put("client_id", client);
        form.put("client_secret", SECRETS.get(secret));
        return post(issuer + "/protocol/openid-connect/token", form);
    }

    private JsonNode post(String url, Map<String, String> form) throws IOException {
        String body = form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return JSON.readTree(send(HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)))
                .body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
