package io.timetether.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class OrganisationAndPeopleIT {

    @Test
    void anOperatorCreatesAnOrganisationAndAnInvitationBindsItsAdministrator() {
        Practice practice = Api.practice("Europe/Berlin");
        practice.admin()
                .get("/api/v1/me")
                .then()
                .statusCode(200)
                .body("role", equalTo("ADMIN"))
                .body("organisation.id", equalTo(practice.id().toString()))
                .body("organisation.timeZone", equalTo("Europe/Berlin"))
                .body("staffMember", nullValue());
        Api.operator().get("/api/v1/me").then().statusCode(200).body("organisation", nullValue());
    }

    @Test
    void withoutATokenEverythingIsSignInRequired() {
        RestAssured.get("/api/v1/me")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/sign-in-required"));
        for (String token : List.of(
                "nonsense",
                Tokens.token("operator", "openid", "somebody-else", 600),
                Tokens.token("operator", "openid", "timetether", -600))) {
            new Api(token)
                    .get("/api/v1/me")
                    .then()
                    .statusCode(401)
                    .contentType("application/problem+json")
                    .body("type", equalTo("/problems/sign-in-required"));
        }
        new Api(Tokens.of("stranger"))
                .get("/api/v1/me")
                .then()
                .statusCode(403)
                .body("type", equalTo("/problems/not-invited"));
    }

    @Test
    void anInvitationBindsOnceAndItsRepetitionIsHarmless() {
        Practice practice = Api.practice("UTC");
        String token = practice.admin()
                .post("/api/v1/people", Map.of("name", "Bea", "email", "bea@example.org", "role", "ADMIN"))
                .then()
                .statusCode(201)
                .extract()
                .path("invitation.token");
        Map<String, String> acceptance = Map.of("token", token);
        Api bea = new Api(Tokens.of("bea-" + practice.mark()));
        bea.post("/api/v1/invitations/acceptance", acceptance)
                .then()
                .statusCode(200)
                .body("name", equalTo("Bea"));
        bea.post("/api/v1/invitations/acceptance", acceptance).then().statusCode(200);
        new Api(Tokens.of("thief-" + practice.mark()))
                .post("/api/v1/invitations/acceptance", acceptance)
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/invitation-unknown"));
        practice.admin()
                .post("/api/v1/invitations/acceptance", acceptance)
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/already-bound"));
        Api.calendarSync()
                .get("/internal/v1/people?issuer={i}&subject={s}", Tokens.ISSUER, "bea-" + practice.mark())
                .then()
                .statusCode(200)
                .body("role", equalTo("ADMIN"))
                .body("organisationId", equalTo(practice.id().toString()));
    }

    @Test
    void badInputNamesItsFieldAndWritesNothing() {
        Practice practice = Api.practice("UTC");
        Api admin = practice.admin();
        admin.post("/api/v1/staff", Map.of("name", " ", "email", "x", "timeZone", "Mars/Base"))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.field", equalTo(List.of("email", "name", "timeZone")));
        admin.post("/api/v1/staff", Map.of("name", "A", "email", "a@example.org", "shoeSize", 42))
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("shoeSize"));
        admin.post("/api/v1/staff", "{not json")
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/invalid-request"));
        admin.post("/api/v1/staff", "").then().statusCode(400).body("type", equalTo("/problems/invalid-request"));
        admin.post("/api/v1/staff", "[]").then().statusCode(400);
        admin.post("/api/v1/staff", "{\"name\": 5, \"email\": \"a@example.org\"}")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("name"));
        admin.post("/api/v1/people", Map.of("name", "A", "email", "a@example.org", "role", "BOSS"))
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("role"));
        admin.get("/api/v1/staff/not-a-uuid").then().statusCode(400).body("violations.field", hasItem("id"));
        admin.get("/api/v1/staff?limit=0").then().statusCode(400).body("violations.field", hasItem("limit"));
        admin.get("/api/v1/staff?limit=many").then().statusCode(400).body("violations.field", hasItem("limit"));
        admin.get("/api/v1/staff?after=%%%").then().statusCode(400);
        admin.get("/api/v1/nothing").then().statusCode(404).contentType("application/problem+json");
        admin.delete("/api/v1/me").then().statusCode(405).contentType("application/problem+json");
        admin.request()
                .contentType("text/plain")
                .body("x")
                .post("/api/v1/staff")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
        admin.get("/api/v1/staff")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(0))
                .body("next", nullValue());
    }

    @Test
    void changesNeedTheVersionThatWasRead() {
        Practice practice = Api.practice("UTC");
        Api admin = practice.admin();
        String etag = admin.get("/api/v1/organisation")
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");
        assertThat(etag).matches("\"\\d+\"");
        admin.request()
                .contentType("application/json")
                .body(Map.of("name", "X"))
                .patch("/api/v1/organisation")
                .then()
                .statusCode(428)
                .body("type", equalTo("/problems/precondition-required"));
        admin.request()
                .contentType("application/json")
                .header("If-Match", etag)
                .body(Map.of("name", "Renamed", "outboundPrefix", "[x]"))
                .patch("/api/v1/organisation")
                .then()
                .statusCode(200)
                .header("ETag", notNullValue())
                .body("name", equalTo("Renamed"));
        admin.request()
                .contentType("application/json")
                .header("If-Match", etag)
                .body(Map.of("name", "Again"))
                .patch("/api/v1/organisation")
                .then()
                .statusCode(412)
                .body("type", equalTo("/problems/precondition-failed"));
    }

    @Test
    void aRetriedCreateGetsTheSameAnswer() {
        Practice practice = Api.practice("UTC");
        Map<String, Object> wish = Map.of("name", "Cleo", "email", "cleo@example.org");
        String first = practice.admin()
                .postWithKey("/api/v1/staff", "k1", wish)
                .then()
                .statusCode(201)
                .extract()
                .asString();
        String second = practice.admin()
                .postWithKey("/api/v1/staff", "k1", wish)
                .then()
                .statusCode(201)
                .extract()
                .asString();
        assertThat(second).isEqualTo(first);
        practice.admin()
                .postWithKey("/api/v1/staff", "k1", Map.of("name", "Other", "email", "cleo@example.org"))
                .then()
                .statusCode(422)
                .body("type", equalTo("/problems/idempotency-key-reused"));
        practice.admin().get("/api/v1/staff").then().body("items.size()", equalTo(1));
        Map<String, Object> twin = Map.of("name", "X", "slug", practice.slug(), "timeZone", "UTC", "plan", "STARTER");
        for (int i = 0; i < 2; i++) {
            Api.operator()
                    .postWithKey("/api/v1/organisations", "twin-" + practice.mark(), twin)
                    .then()
                    .statusCode(409)
                    .body("type", equalTo("/problems/already-exists"));
        }
    }
}
