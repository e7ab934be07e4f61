package io.timetether.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.timetether.localrun.identity.LocalIdentity;
import io.timetether.localrun.product.LocalProduct;
import io.timetether.localrun.settings.Port;
import io.timetether.systemtests.Browser.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Integrators' programs, at the gateway and at both services: as much as the description says, and nothing more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MachineClientsIT {

    private static final String OPERATION_NEEDS = "machine";

    private final LocalProduct local = Product.local();
    private final Product product = Product.running();
    private final LocalIdentity identity = local.identity().orElseThrow();
    private final Household house = Household.furnish(product, identity, 1);
    private final Browser gateway = new Browser(product.home());

    @Test
    void everyScopeOpensTheOperationsThatNameItAndNoOther() {
        List<String> wrong = new ArrayList<>();
        List<Operation> operations = Operation.in("gateway.yaml");
        Set<String> scopes = new TreeSet<>();
        operations.forEach(operation -> scopes.addAll(needed(operation)));
        assertThat(scopes).contains("appointments:read", "appointments:write", "calendar-sync:manage");
        String without = token(issue("organisation:read", "clients:read"));
        for (Operation operation : operations) {
            if (operation.isOpen()
                    || needed(operation).contains("organisation:read")
                    || needed(operation).contains("clients:read")) {
                continue;
            }
            Answer answer = call(operation, without);
            String expected = needed(operation).isEmpty() ? "/problems/not-allowed" : "/problems/insufficient-scope";
            if (answer.status() != 403 || !answer.text("/type").equals(expected)) {
                wrong.add(operation + " answered " + answer.status() + " " + answer.raw());
            }
        }
        String all = token(issue(scopes.toArray(String[]::new)));
        for (Operation operation : operations) {
            // A hold is for whoever took it alone.
            if (operation.isRead()
                    && !operation.isStream()
                    && !operation.id().equals("getHold")
                    && !needed(operation).isEmpty()) {
                Answer answer = call(operation, all);
                if (answer.status() != 200) {
                    wrong.add(operation + " with all scopes answered " + answer.status() + " " + answer.raw());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void theServicesThemselvesTakeTheTokenAndNoForgedOne() {
        String token = token(issue("appointments:read", "calendar-sync:read"));
        assertThat(at(Port.SCHEDULING, "/api/v1/appointments", token)).isEqualTo(200);
        assertThat(at(Port.CALENDAR_SYNC, "/api/v1/sync-feeds", token)).isEqualTo(200);
        assertThat(at(Port.SCHEDULING, "/internal/v1/changes", token)).isEqualTo(403);
        String[] parts = token.split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String elsewhere = claims.replace(
                house.ids().get("organisations"), UUID.randomUUID().toString());
        for (String forged : List.of(
                parts[0] + "." + encoded(elsewhere) + "." + parts[2],
                encoded("{\"alg\":\"none\"}") + "." + parts[1] + ".",
                parts[0] + "." + parts[1] + ".")) {
            for (Port port : List.of(Port.GATEWAY, Port.SCHEDULING)) {
                assertThat(at(port, "/api/v1/appointments", forged)).isEqualTo(401);
            }
            for (Port port : List.of(Port.GATEWAY, Port.CALENDAR_SYNC)) {
                assertThat(at(port, "/api/v1/sync-feeds", forged)).isEqualTo(401);
            }
        }
    }

    @Test
    void aRevokedClientGetsNoTokenAndGuessingIsLimited() {
        Answer client = issue("appointments:read");
        token(client);
        gateway.api("DELETE", "/api/v1/machine-clients/" + client.text("/id"), null, Household.as(house.admin()))
                .expect(204);
        Answer refused = ask(client, client.text("/clientSecret")).expect(401);
        assertThat(refused.text("/error")).isEqualTo("invalid_client");
        Answer last = refused;
        for (int guess = 0; guess < 300 && last.status() == 401; guess++) {
            last = ask(client, "guess-" + guess);
        }
        assertThat(last.expect(429).text("/type")).isEqualTo("/problems/too-many-requests");
    }

    private static Set<String> needed(Operation operation) {
        Set<String> scopes = new TreeSet<>();
        operation.described().path("security").forEach(alternative -> {
            JsonNode machine = alternative.path(OPERATION_NEEDS);
            machine.forEach(scope -> scopes.add(scope.asText()));
        });
        return scopes;
    }

    private Answer call(Operation operation, String token) {
        SampleRequest sample = SampleRequest.of(operation, house.ids());
        Map<String, String> headers = new HashMap<>(Household.as(token));
        headers.put("If-Match", "*");
        headers.put("Idempotency-Key", UUID.randomUUID().toString());
        headers.put("Accept", "*/*");
        return gateway.api(operation.method(), sample.target(), sample.body(), headers);
    }

    private int at(Port port, String path, String token) {
        return Household.at(local.settings().origin(port))
                .api("GET", path, null, Household.as(token))
                .status();
    }

    private Answer issue(String... scopes) {
        return gateway.api(
                        "POST",
                        "/api/v1/machine-clients",
                        Map.of("name", "Robot", "scopes", List.of(scopes)),
                        Household.as(house.admin()))
                .expect(201);
    }

    /** Waits where another test has used the limit up. */
    private String token(Answer client) {
        return await().atMost(Duration.ofMinutes(1))
                .until(() -> ask(client, client.text("/clientSecret")), answer -> answer.status() != 429)
                .expect(200)
                .text("/access_token");
    }

    private Answer ask(Answer client, String secret) {
        String form = "grant_type=client_credentials&client_id=" + client.text("/id") + "&client_secret="
                + URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return gateway.send("POST", "/api/v1/oauth/token", form, "application/x-www-form-urlencoded");
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
