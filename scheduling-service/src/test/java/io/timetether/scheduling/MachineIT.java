package io.timetether.scheduling;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A program's life: issued by an administrator, given tokens, kept within its scopes, revoked. */
@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class MachineIT {

    private static final String[] EVERYTHING = {
        "appointments:read", "appointments:write", "clients:read", "clients:write", "organisation:read",
        "organisation:write", "time-off:read", "time-off:write", "calendar-sync:read", "calendar-sync:manage"
    };

    @Inject
    DataSource dataSource;

    private record Program(String id, String secret) {

        Response token(String scope) {
            return given().auth()
                    .preemptive()
                    .basic(id, secret)
                    .formParam("grant_type", "client_credentials")
                    .formParam("scope", scope)
                    .post("/api/v1/oauth/token");
        }

        Api api() {
            return new Api(token("").then().statusCode(200).extract().path("access_token"));
        }
    }

    private static Program issue(Practice practice, String... scopes) {
        Response issued =
                practice.admin().post("/api/v1/machine-clients", Map.of("name", "Robot", "scopes", List.of(scopes)));
        issued.then().statusCode(201).header("Cache-Control", "no-store");
        return new Program(issued.path("id"), issued.path("clientSecret"));
    }

    @Test
    void aProgramWorksForItsOrganisationWithinItsScopes() {
        Practice practice = Api.practice("UTC");
        String staff = practice.staffMember("Sam", "UTC");
        Api reader = issue(practice, "appointments:read", "organisation:read").api();
        reader.get("/api/v1/staff").then().statusCode(200).body("items[0].id", equalTo(staff));
        reader.get("/api/v1/organisation")
                .then()
                .statusCode(200)
                .body("id", equalTo(practice.id().toString()));
        reader.get("/api/v1/appointments").then().statusCode(200);
        reader.get("/api/v1/clients")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/insufficient-scope"))
                .body("detail", org.hamcrest.Matchers.containsString("clients:read"));
        reader.post("/api/v1/services", Map.of("name", "S", "durationMinutes", 30))
                .then()
                .statusCode(403)
                .body("type", equalTo("/problems/insufficient-scope"));
        issue(practice, "organisation:write")
                .api()
                .post("/api/v1/services", Map.of("name", "S", "durationMinutes", 30))
                .then()
                .statusCode(201);
    }

    @Test
    void aProgramIsNeverAPerson() throws Exception {
        Practice practice = Api.practice("UTC");
        Api program = issue(practice, EVERYTHING).api();
        JsonNode api = new ObjectMapper()
                .readTree(RestAssured.get("/q/openapi?format=json").asString());
        api.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    JsonNode security = method.getValue().path("security");
                    boolean forPeopleOnly = !security.toString().contains("machine")
                            && !security.toString().contains("{}");
                    if (forPeopleOnly) {
                        String target = path.getKey()
                                .replaceAll("\\{number}", "1")
                                .replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
                        int status = program.request()
                                .contentType("application/json")
                                .body("{}")
                                .request(method.getKey(), target)
                                .statusCode();
                        assertThat(status)
                                .as("%s %s", method.getKey(), path.getKey())
                                .isIn(400, 403);
                    }
                }));
        for (String path :
                List.of("/api/v1/me", "/api/v1/people", "/api/v1/machine-clients", "/api/v1/organisations")) {
            program.get(path).then().statusCode(403).body("type", equalTo("/problems/not-allowed"));
        }
        program.get("/internal/v1/changes").then().statusCode(403);
        program.post("/api/v1/invitations/acceptance", Map.of("token", "x"))
                .then()
                .statusCode(403);
    }

    @Test
    void aProgramSeesNothingOfAnotherOrganisation() {
        Practice theirs = Api.practice("UTC");
        String staff = theirs.staffMember("Secret", "UTC");
        Program robot = issue(theirs, EVERYTHING);
        Practice mine = Api.practice("UTC");
        Api program = issue(mine, EVERYTHING).api();
        program.get("/api/v1/staff/" + staff).then().statusCode(404);
        program.get("/api/v1/staff").then().statusCode(200).body("items", hasSize(0));
        mine.admin().get("/api/v1/machine-clients/" + robot.id()).then().statusCode(404);
        mine.admin().delete("/api/v1/machine-clients/" + robot.id()).then().statusCode(404);
        mine.admin().get("/api/v1/machine-clients").then().body("items.id", everyItem(not(equalTo(robot.id()))));
        robot.token("").then().statusCode(200);
    }

    @Test
    void whoIsRevokedGetsNoTokenFromThatMomentOn() {
        Practice practice = Api.practice("UTC");
        Program robot = issue(practice, "clients:read");
        robot.token("").then().statusCode(200);
        practice.admin()
                .get("/api/v1/machine-clients/" + robot.id())
                .then()
                .body("lastUsedAt", notNullValue())
                .body("revokedAt", nullValue())
                .body("scopes", equalTo(List.of("clients:read")))
                .body("clientSecret", nullValue());
        practice.admin().delete("/api/v1/machine-clients/" + robot.id()).then().statusCode(204);
        robot.token("").then().statusCode(401).body("error", equalTo("invalid_client"));
        practice.admin().delete("/api/v1/machine-clients/" + robot.id()).then().statusCode(204);
        practice.admin()
                .get("/api/v1/machine-clients?limit=1")
                .then()
                .body("items[0].id", equalTo(robot.id()))
                .body("items[0].revokedAt", notNullValue());
    }

    @Test
    void theTokenSaysWhoseItIsForTenMinutesAndIsVerifiedWithThePublishedKey() {
        Practice practice = Api.practice("UTC");
        Program robot = issue(practice, "clients:read", "clients:write");
        Response answer = robot.token("clients:read");
        answer.then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", equalTo(600))
                .body("scope", equalTo("clients:read"));
        String[] parts = answer.path("access_token").toString().split("\\.");
        String claims = text(parts[1]);
        assertThat(claims)
                .contains("\"iss\":\"" + Tokens.OWN_ISSUER + "\"")
                .contains("\"sub\":\"" + robot.id() + "\"")
                .contains("\"organisation_id\":\"" + practice.id() + "\"")
                .contains("\"scope\":\"clients:read\"");
        String kid = RestAssured.get("/api/v1/oauth/jwks")
                .then()
                .statusCode(200)
                .body("keys", hasSize(1))
                .body("keys[0].d", nullValue())
                .body("keys[0].kty", equalTo("OKP"))
                .extract()
                .path("keys[0].kid");
        assertThat(text(parts[0])).contains(kid).contains("EdDSA");
    }

    @Test
    void forgedTokensOfOurOwnIssuerAreRefused() {
        Practice practice = Api.practice("UTC");
        String token = issue(practice, "clients:read").token("").path("access_token");
        String[] parts = token.split("\\.");
        String widened = encoded(text(parts[1]).replace("clients:read", "clients:read internal:sync"));
        String otherOrganisation = encoded(text(parts[1])
                .replace(practice.id().toString(), UUID.randomUUID().toString()));
        for (String forged : List.of(
                parts[0] + "." + widened + "." + parts[2],
                parts[0] + "." + otherOrganisation + "." + parts[2],
                encoded("{\"alg\":\"none\"}") + "." + parts[1] + ".",
                parts[0] + "." + parts[1] + ".",
                Tokens.token(Tokens.OWN_ISSUER, "robot", "clients:read", "timetether", 600))) {
            new Api(forged).get("/api/v1/clients").then().statusCode(401);
        }
    }

    @Test
    void wrongRequestsForATokenAreRefusedInOAuthsWordsToo() {
        Program robot = issue(Api.practice("UTC"), "clients:read");
        refused(new Program(robot.id(), "guess").token(""), 401, "invalid_client");
        refused(new Program(UUID.randomUUID().toString(), robot.secret()).token(""), 401, "invalid_client");
        refused(new Program("no-uuid", robot.secret()).token(""), 401, "invalid_client");
        refused(
                given().formParam("grant_type", "client_credentials").post("/api/v1/oauth/token"),
                401,
                "invalid_client");
        refused(robot.token("clients:write"), 400, "invalid_scope");
        refused(robot.token("internal:sync"), 400, "invalid_scope");
        refused(post(robot, "password"), 400, "unsupported_grant_type");
        refused(
                given().formParam("client_id", robot.id())
                        .formParam("client_secret", robot.secret())
                        .post("/api/v1/oauth/token"),
                400,
                "invalid_request");
        refused(
                given().auth()
                        .preemptive()
                        .basic(robot.id(), robot.secret())
                        .formParam("grant_type", "client_credentials")
                        .formParam("client_secret", robot.secret())
                        .post("/api/v1/oauth/token"),
                400,
                "invalid_request");
        post(robot, "client_credentials").then().statusCode(200);
        given().contentType("application/json")
                .body("{}")
                .post("/api/v1/oauth/token")
                .then()
                .statusCode(415);
    }

    @Test
    void onlyAdministratorsIssueAndOnlyWhatThereIs() throws Exception {
        Practice practice = Api.practice("UTC");
        Api staff = practice.signInAs(practice.staffMember("Sam", "UTC"));
        staff.post("/api/v1/machine-clients", Map.of("name", "R", "scopes", List.of("clients:read")))
                .then()
                .statusCode(403);
        staff.get("/api/v1/machine-clients").then().statusCode(403);
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("name", "R", "scopes", List.of()),
                Map.of("name", "R", "scopes", List.of("internal:sync")),
                Map.of("name", "R", "scopes", List.of("APPOINTMENTS_READ")),
                Map.of("name", " ", "scopes", List.of("clients:read")),
                Map.of("scopes", List.of("clients:read")))) {
            practice.admin()
                    .post("/api/v1/machine-clients", wrong)
                    .then()
                    .statusCode(400)
                    .body("violations", hasSize(1));
        }
        Program robot = issue(practice, "clients:read");
        try (var connection = dataSource.getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT c::text FROM machine_client c WHERE id = '" + robot.id() + "'")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).doesNotContain(robot.secret());
        }
    }

    private static Response post(Program robot, String grant) {
        return given().formParam("client_id", robot.id())
                .formParam("client_secret", robot.secret())
                .formParam("grant_type", grant)
                .post("/api/v1/oauth/token");
    }

    private static void refused(Response answer, int status, String error) {
        answer.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("error", equalTo(error))
                .body("error_description", notNullValue())
                .body("status", equalTo(status));
    }

    private static String text(String encoded) {
        return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
