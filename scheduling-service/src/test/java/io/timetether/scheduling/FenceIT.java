package io.timetether.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tries to get across the fences between organisations, roles and services, on every operation that the API describes. */
@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class FenceIT {

    static final Instant TOMORROW = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);

    private record Operation(String method, String path, JsonNode described) {

        boolean isInternal() {
            return path.startsWith("/internal/");
        }

        boolean isPublic() {
            return path.startsWith("/api/v1/public/");
        }

        boolean hasBody() {
            return described.has("requestBody");
        }

        String id() {
            return described.get("operationId").asText();
        }

        /** Where programs show a secret instead of a token. */
        boolean isForTokens() {
            return path.startsWith("/api/v1/oauth/");
        }
    }

    private static List<Operation> operations() throws Exception {
        JsonNode api = new ObjectMapper()
                .readTree(RestAssured.get("/q/openapi?format=json").asString());
        List<Operation> operations = new ArrayList<>();
        api.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (List.of("get", "post", "put", "patch", "delete").contains(method.getKey())) {
                        Operation operation = new Operation(method.getKey(), path.getKey(), method.getValue());
                        if (!operation.isForTokens()) {
                            operations.add(operation);
                        }
                    }
                }));
        assertThat(operations).hasSizeGreaterThan(40);
        return operations;
    }

    private static Response call(RequestSpecification request, Operation operation, String path, Object body) {
        request.header("If-Match", "*")
                .header("Idempotency-Key", UUID.randomUUID().toString());
        if (operation.hasBody()) {
            request.contentType("application/json").body(body);
        }
        return request.request(operation.method(), path);
    }

    @Test
    void everyOperationAsksWhoIsCalling() throws Exception {
        Api stranger = new Api(Tokens.of("stranger-" + UUID.randomUUID()));
        for (Operation operation : operations()) {
            String path = operation
                    .path()
                    .replaceAll("\\{number}", "1")
                    .replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
            if (operation.isPublic()) {
                call(RestAssured.given(), operation, path, Map.of()).then().statusCode(404);
                continue;
            }
            call(RestAssured.given(), operation, path, Map.of())
                    .then()
                    .statusCode(401)
                    .contentType("application/problem+json")
                    .body("type", equalTo("/problems/sign-in-required"));
            int status = call(stranger.request(), operation, path, Map.of()).statusCode();
            assertThat(status).as("a stranger at %s", operation.id()).isIn(400, 403, 404);
        }
    }

    @Test
    void peopleDoNotGetIntoTheInternalApiAndCalendarSyncOnlyThere() throws Exception {
        Practice practice = Api.practice("UTC");
        for (Operation operation : operations()) {
            String path = operation
                    .path()
                    .replaceAll("\\{number}", "1")
                    .replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
            Api caller = operation.isInternal() ? practice.admin() : Api.calendarSync();
            int status = call(caller.request(), operation, path, Map.of()).statusCode();
            assertThat(status).as(operation.id()).isIn(400, 403, 404);
        }
        practice.admin().get("/internal/v1/changes").then().statusCode(403);
        practice.admin()
                .get("/internal/v1/staff/{s}?organisationId={o}", UUID.randomUUID(), practice.id())
                .then()
                .statusCode(403);
        practice.admin().get("/internal/v1/people?issuer=a&subject=b").then().statusCode(403);
        Api.calendarSync().get("/api/v1/staff").then().statusCode(403).body("type", equalTo("/problems/not-invited"));
        Api.operator().get("/api/v1/staff").then().statusCode(403);
        practice.admin().get("/api/v1/organisations").then().statusCode(403);
    }

    @Test
    void nothingOfAnotherOrganisationCanBeSeenOrChangedThroughItsIds() throws Exception {
        Practice mine = Api.practice("UTC");
        Practice theirs = Api.practice("UTC");
        Furnished target = Furnished.of(theirs);
        Map<String, Object> bodies = Map.ofEntries(
                Map.entry("patchStaffMember", Map.of("name", "Stolen")),
                Map.entry("replaceWorkingHours", Map.of("rules", List.of())),
                Map.entry("patchService", Map.of("name", "Stolen")),
                Map.entry("patchLocation", Map.of("name", "Stolen")),
                Map.entry("patchClient", Map.of("name", "Stolen")),
                Map.entry("mergeClient", Map.of("clientId", UUID.randomUUID())),
                Map.entry("putHoursException", Map.of("ranges", List.of())),
                Map.entry("patchTimeOff", Map.of("title", "Stolen")),
                Map.entry("setPlan", Map.of("plan", "STARTER")),
                Map.entry(
                        "rescheduleAppointment",
                        Map.of("startAt", TOMORROW.plus(5, ChronoUnit.HOURS).toString())),
                Map.entry("cancelAppointment", Map.of()),
                Map.entry("setAppointmentStatus", Map.of("status", "CONFIRMED")));
        int tried = 0;
        for (Operation operation : operations()) {
            if (operation.isInternal()
                    || operation.isPublic()
                    || !operation.path().contains("{")) {
                continue;
            }
            if (operation.hasBody()) {
                assertThat(bodies)
                        .as("a valid body, so that only the fence refuses")
                        .containsKey(operation.id());
            }
            Object body = bodies.getOrDefault(operation.id(), Map.of());
            Response response = call(mine.admin().request(), operation, target.path(operation.path()), body);
            assertThat(response.statusCode()).as(operation.id()).isIn(403, 404);
            assertThat(response.asString()).as(operation.id()).doesNotContain("Secret");
            tried++;
        }
        assertThat(tried).isGreaterThan(15);
        theirs.admin()
                .get("/api/v1/appointments/" + target.appointment())
                .then()
                .statusCode(200)
                .body("version", equalTo(1));
    }

    @Test
    void idsOfAnotherOrganisationAreRefusedInBodiesAndFindNothingInQueries() {
        Practice mine = Api.practice("UTC");
        Furnished target = Furnished.of(Api.practice("UTC"));
        Furnished own = Furnished.of(mine);
        Api admin = mine.admin();
        List<Map<String, Object>> bookings = List.of(
                booking(target.service(), own.staff(), Map.of("name", "A")),
                booking(own.service(), target.staff(), Map.of("name", "A")),
                booking(own.service(), own.staff(), Map.of("clientId", target.client())));
        for (Map<String, Object> booking : bookings) {
            admin.postWithKey("/api/v1/appointments", UUID.randomUUID().toString(), booking)
                    .then()
                    .statusCode(400);
        }
        admin.post(
                        "/api/v1/people",
                        Map.of("name", "A", "email", "a@example.org", "role", "STAFF", "staffId", target.staff()))
                .then()
                .statusCode(400);
        admin.post(
                        "/api/v1/people",
                        Map.of(
                                "name",
                                "A",
                                "email",
                                "a@example.org",
                                "role",
                                "ADMIN",
                                "organisationId",
                                target.practice().id()))
                .then()
                .statusCode(403);
        admin.post("/api/v1/services", Map.of("name", "S", "durationMinutes", 30, "staffIds", List.of(target.staff())))
                .then()
                .statusCode(400);
        admin.post("/api/v1/services", Map.of("name", "S", "durationMinutes", 30, "locationId", target.location()))
                .then()
                .statusCode(400);
        admin.post(
                        "/api/v1/time-off",
                        Map.of(
                                "staffId", target.staff(),
                                "startAt", TOMORROW.toString(),
                                "endAt", TOMORROW.plusSeconds(60).toString(),
                                "title", "T"))
                .then()
                .statusCode(400);
        admin.changing(
                        "POST",
                        "/api/v1/appointments/" + own.appointment() + "/reschedule",
                        1,
                        Map.of("startAt", TOMORROW.plus(3, ChronoUnit.HOURS).toString(), "staffId", target.staff()))
                .then()
                .statusCode(400);
        String range = "&from=" + TOMORROW + "&to=" + TOMORROW.plus(1, ChronoUnit.DAYS);
        admin.get("/api/v1/availability?serviceId=" + target.service() + range)
                .then()
                .statusCode(404);
        admin.get("/api/v1/availability?serviceId=" + own.service() + "&staffId=" + target.staff() + range)
                .then()
                .statusCode(404);
        for (String list : List.of("calendar", "time-off", "appointments", "conflicts")) {
            admin.get("/api/v1/" + list + "?staffId=" + target.staff() + range)
                    .then()
                    .statusCode(200)
                    .body("items", hasSize(0));
        }
        for (String list : List.of("staff", "services", "clients", "locations", "people")) {
            assertThat(admin.get("/api/v1/" + list).asString())
                    .doesNotContain(target.practice().id().toString());
        }
        Api.calendarSync()
                .get("/internal/v1/staff/" + target.staff() + "?organisationId=" + mine.id())
                .then()
                .statusCode(404);
        Api.calendarSync()
                .put(
                        "/internal/v1/feeds/" + UUID.randomUUID(),
                        Map.of(
                                "organisationId",
                                mine.id(),
                                "staffId",
                                target.staff(),
                                "fence",
                                1,
                                "calendarName",
                                "C",
                                "subjectsShared",
                                true,
                                "state",
                                "ACTIVE"))
                .then()
                .statusCode(404);
    }

    @Test
    void staffLookAtEverythingAndChangeOnlyTheirOwn() {
        Practice practice = Api.practice("UTC");
        Furnished colleague = Furnished.of(practice);
        String self = practice.staffMember("Self", "UTC");
        Api staff = practice.signInAs(self);
        staff.get("/api/v1/appointments/" + colleague.appointment()).then().statusCode(200);
        staff.changing("POST", "/api/v1/appointments/" + colleague.appointment() + "/cancellation", 1, Map.of())
                .then()
                .statusCode(403)
                .body("type", equalTo("/problems/not-allowed"));
        staff.postWithKey(
                        "/api/v1/appointments",
                        "x",
                        booking(colleague.service(), colleague.staff(), Map.of("name", "A")))
                .then()
                .statusCode(403);
        staff.postWithKey("/api/v1/appointments", "y", booking(colleague.service(), self, Map.of("name", "A")))
                .then()
                .statusCode(201);
        staff.changing("PATCH", "/api/v1/time-off/" + colleague.timeOff(), 1, Map.of("title", "X"))
                .then()
                .statusCode(403);
        staff.post("/api/v1/staff", Map.of("name", "A", "email", "a@example.org"))
                .then()
                .statusCode(403);
        staff.put("/api/v1/staff/" + colleague.staff() + "/working-hours", Map.of("rules", List.of()))
                .then()
                .statusCode(403);
        staff.put("/api/v1/staff/" + self + "/working-hours", Map.of("rules", List.of()))
                .then()
                .statusCode(200);
        staff.changing("PATCH", "/api/v1/organisation", 0, Map.of("name", "X"))
                .then()
                .statusCode(403);
        staff.post("/api/v1/services", Map.of("name", "S", "durationMinutes", 5))
                .then()
                .statusCode(403);
        staff.get("/api/v1/people").then().statusCode(403);
        staff.post("/api/v1/people", Map.of("name", "A", "email", "a@example.org", "role", "ADMIN"))
                .then()
                .statusCode(403);
    }

    private static Map<String, Object> booking(String service, String staff, Map<String, ?> attendee) {
        return Api.booking(service, staff, TOMORROW.plus(10, ChronoUnit.HOURS), attendee);
    }
}
