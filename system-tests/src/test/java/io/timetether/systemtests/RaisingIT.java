package io.timetether.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.timetether.localrun.identity.LocalIdentity;
import io.timetether.localrun.settings.Port;
import io.timetether.systemtests.Browser.Answer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nobody makes themselves more than they are: neither their role nor their organisation's plan, by whatever door. */
class RaisingIT {

    private final Product product = Product.running();
    private final LocalIdentity identity = Product.local().identity().orElseThrow();
    private final Household house = Household.furnish(product, identity, 1);

    @ParameterizedTest
    @EnumSource(
            value = Port.class,
            names = {"GATEWAY", "SCHEDULING"})
    void isRefusedAndChangesNothing(Port at) {
        Browser api = Household.at(Product.local().settings().origin(at));
        JsonNode adminBefore = me(api, house.admin());
        JsonNode weakBefore = me(api, house.weak());
        String organisation = house.ids().get("organisationId");

        Map<String, Integer> answers = new LinkedHashMap<>();
        for (Map.Entry<String, String> who : Map.of("an administrator", house.admin(), "a staff member", house.weak())
                .entrySet()) {
            String token = who.getValue();
            answers.put(
                    who.getKey() + " sets the plan",
                    call(
                            api,
                            "PUT",
                            "/api/v1/organisations/" + organisation + "/plan",
                            Map.of("plan", "PROFESSIONAL"),
                            token));
            answers.put(
                    who.getKey() + " sets it with the name",
                    call(api, "PATCH", "/api/v1/organisation", Map.of("plan", "PROFESSIONAL"), token));
            answers.put(
                    who.getKey() + " founds an organisation",
                    call(
                            api,
                            "POST",
                            "/api/v1/organisations",
                            Map.of(
                                    "name",
                                    "Own",
                                    "slug",
                                    "own-" + at.name().toLowerCase(),
                                    "timeZone",
                                    "UTC",
                                    "plan",
                                    "BUSINESS"),
                            token));
            answers.put(
                    who.getKey() + " invites an operator",
                    call(api, "POST", "/api/v1/people", person("OPERATOR"), token));
            Map<String, Object> elsewhere = new HashMap<>(person("ADMIN"));
            elsewhere.put("organisationId", UUID.randomUUID().toString());
            answers.put(
                    who.getKey() + " invites into another organisation",
                    call(api, "POST", "/api/v1/people", elsewhere, token));
        }
        answers.put(
                "a staff member invites an administrator",
                call(api, "POST", "/api/v1/people", person("ADMIN"), house.weak()));
        // An administrator may invite administrators; who has a sign-in already cannot become one through it.
        Answer invited = api.api("POST", "/api/v1/people", person("ADMIN"), headers(house.admin()))
                .expect(201);
        answers.put(
                "a staff member takes an administrator's invitation",
                call(
                        api,
                        "POST",
                        "/api/v1/invitations/acceptance",
                        Map.of("token", invited.text("/invitation/token")),
                        house.weak()));

        assertThat(answers)
                .allSatisfy((what, status) -> assertThat(status).as(what).isIn(400, 403, 404, 409));
        assertThat(me(api, house.admin())).isEqualTo(adminBefore);
        assertThat(me(api, house.weak())).isEqualTo(weakBefore);
    }

    private static Map<String, Object> person(String role) {
        return Map.of("name", "New", "email", "new@example.org", "role", role);
    }

    private static int call(Browser api, String method, String path, Object body, String token) {
        return api.api(method, path, body, headers(token)).status();
    }

    private static Map<String, String> headers(String token) {
        Map<String, String> headers = new HashMap<>(Household.as(token));
        headers.put("If-Match", "*");
        headers.putAll(Practice.freshKey());
        return headers;
    }

    private static JsonNode me(Browser api, String token) {
        return api.api("GET", "/api/v1/me", null, Household.as(token))
                .expect(200)
                .body();
    }
}
