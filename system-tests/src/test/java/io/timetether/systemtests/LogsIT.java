package io.timetether.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.localrun.identity.LocalIdentity;
import io.timetether.localrun.product.LocalProduct;
import io.timetether.systemtests.Browser.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * After everything that hands out tokens has been done once, none of them stands in any log of any part, by what it looks
 * like or by what it is.
 */
class LogsIT {

    /** Whatever is signed here begins with an encoded brace and has three parts; Microsoft's refresh tokens begin with 1.A. */
    private static final Map<String, Pattern> SHAPES = Map.of(
            "a signed token", Pattern.compile("eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}"),
            "a refresh token of the stand-in", Pattern.compile("1\\.A[A-Za-z0-9_-]{20,}"),
            "a program's secret", Pattern.compile("tt_secret_[A-Za-z0-9_-]{8,}"),
            "a session or flow cookie", Pattern.compile("(q_session|tt_flow)=[A-Za-z0-9_-]{8,}"),
            "an authorisation code", Pattern.compile("[?&]code=[^&\\s]{8,}"),
            "an authorisation header", Pattern.compile("(?i)authorization[:=] ?(bearer|basic) \\S{8,}"));

    private final LocalProduct local = Product.local();
    private final Product product = Product.running();

    @Test
    void holdNoTokenOfAnyKind() throws IOException {
        LocalIdentity identity = local.identity().orElseThrow();
        Household house = Household.furnish(product, identity, 1);
        Browser gateway = new Browser(product.home());
        Map<String, String> handedOut = new TreeMap<>();
        handedOut.put("a person's token", house.admin());
        Answer person = gateway.api(
                        "POST",
                        "/api/v1/people",
                        Map.of("name", "New", "email", "new@example.org", "role", "ADMIN"),
                        Household.as(house.admin()))
                .expect(201);
        handedOut.put("an invitation", person.text("/invitation/token"));
        Answer robot = gateway.api(
                        "POST",
                        "/api/v1/machine-clients",
                        Map.of("name", "Robot", "scopes", List.of("clients:read")),
                        Household.as(house.admin()))
                .expect(201);
        handedOut.put("a program's secret", robot.text("/clientSecret"));
        Person signedIn = Person.signIn(product.home(), product.operator());
        signedIn.get("/api/v1/me").expect(200);
        signedIn.browser().cookieValues().forEach((cookie, value) -> handedOut.put("the cookie " + cookie, value));
        Answer token = gateway.send(
                        "POST",
                        "/api/v1/oauth/token",
                        "grant_type=client_credentials&client_id=" + robot.text("/id") + "&client_secret="
                                + robot.text("/clientSecret"),
                        "application/x-www-form-urlencoded")
                .expect(200);
        handedOut.put("a program's token", token.text("/access_token"));
        String slug = gateway.api("GET", "/api/v1/me", null, Household.as(house.admin()))
                .expect(200)
                .text("/organisation/slug");
        Answer booked = gateway.api(
                        "POST",
                        "/api/v1/public/organisations/" + slug + "/appointments",
                        Map.of(
                                "serviceId",
                                house.ids().get("serviceId"),
                                "startAt",
                                Instant.now()
                                        .truncatedTo(ChronoUnit.DAYS)
                                        .plus(Duration.ofHours(25 * 24 + 9))
                                        .toString(),
                                "client",
                                Map.of("name", "Carla", "email", "carla@example.org")),
                        Map.of("Idempotency-Key", "logs-" + UUID.randomUUID()))
                .expect(201);
        String link = booked.text("/managementLink");
        handedOut.put("a client's own link", link.substring(link.lastIndexOf('/') + 1));
        gateway.get("/api/v1/public/organisations/" + slug + "/appointments/"
                        + link.substring(link.lastIndexOf('/') + 1))
                .expect(200);
        gateway.open(link);
        handedOut.putAll(installationSecrets());
        // Refused ones must not be quoted either.
        for (String wrong : List.of("Bearer " + house.admin() + "x", "Basic " + robot.text("/clientSecret"))) {
            gateway.api("GET", "/api/v1/me", null, Map.of("Authorization", wrong))
                    .expect(401);
        }
        gateway.api("POST", "/api/v1/invitations/acceptance", Map.of("token", "guess-" + person.text("/id")), Map.of())
                .expect(401);

        Map<String, String> found = new TreeMap<>();
        List<Path> logs = logs();
        assertThat(logs).hasSizeGreaterThan(4);
        for (Path log : logs) {
            String text = Files.readString(log, StandardCharsets.ISO_8859_1);
            SHAPES.forEach((what, shape) -> {
                Matcher match = shape.matcher(text);
                if (match.find()) {
                    found.put(what + " in " + log.getFileName(), around(text, match.start()));
                }
            });
            handedOut.forEach((what, value) -> {
                if (text.contains(value)) {
                    found.put(what + " in " + log.getFileName(), around(text, text.indexOf(value)));
                }
            });
        }
        assertThat(found).isEmpty();
    }

    /** Passwords of databases, secrets of the clients at the identity provider and at Microsoft, keys. */
    private Map<String, String> installationSecrets() throws IOException {
        Map<String, String> secrets = new TreeMap<>();
        for (String line : Files.readAllLines(local.settings().data().resolve("secrets"))) {
            if (!line.startsWith("#")) {
                String value = line.substring(line.indexOf('=') + 1);
                secrets.put(line.substring(0, line.indexOf('=')), value.substring(value.indexOf(':') + 1));
            }
        }
        assertThat(secrets).hasSizeGreaterThan(6);
        return secrets;
    }

    private List<Path> logs() throws IOException {
        try (Stream<Path> files = Files.walk(local.settings().data().resolve("logs"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static String around(String text, int place) {
        int begin = Math.max(0, text.lastIndexOf('\n', place));
        return text.substring(begin, Math.min(text.length(), place + 12)).strip() + "…";
    }
}
