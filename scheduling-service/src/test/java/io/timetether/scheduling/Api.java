package io.timetether.scheduling;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The API as one caller uses it, over real HTTP. */
public record Api(String token, String server) {

    /** Of the service under test in this process. */
    public Api(String token) {
        this(token, "");
    }

    public static Api operator() {
        return new Api(Tokens.of("operator"));
    }

    public static Api calendarSync() {
        return new Api(Tokens.ofCalendarSync());
    }

    public RequestSpecification request() {
        RequestSpecification request = given().urlEncodingEnabled(true).header("Authorization", "Bearer " + token);
        return server.isEmpty() ? request : request.baseUri(server);
    }

    public Response get(String path, Object... arguments) {
        return request().get(path, arguments);
    }

    public Response post(String path, Object body, Object... arguments) {
        return request().contentType("application/json").body(body).post(path, arguments);
    }

    public Response postWithKey(String path, String key, Object body) {
        return request()
                .contentType("application/json")
                .header("Idempotency-Key", key)
                .body(body)
                .post(path);
    }

    /** What is sent to book, to be added to. */
    public static Map<String, Object> booking(
            String service, @Nullable String staff, Object startAt, Map<String, ?> attendee) {
        Map<String, Object> booking = new HashMap<>();
        booking.put("serviceId", service);
        booking.put("startAt", startAt.toString());
        booking.put("attendees", List.of(attendee));
        if (staff != null) {
            booking.put("staffId", staff);
        }
        return booking;
    }

    /** Books under a key of its own. */
    public Response book(Map<String, Object> booking) {
        return postWithKey("/api/v1/appointments", UUID.randomUUID().toString(), booking);
    }

    public Response book(String service, @Nullable String staff, Object startAt, Map<String, ?> attendee) {
        return book(booking(service, staff, startAt, attendee));
    }

    /** When the free slots begin; {@code more} narrows the question down. */
    public List<String> starts(Object from, Object until, String more) {
        return get("/api/v1/availability?from=" + from + "&to=" + until + more)
                .then()
                .statusCode(200)
                .extract()
                .path("slots.startAt");
    }

    public Response put(String path, Object body, Object... arguments) {
        return request().contentType("application/json").body(body).put(path, arguments);
    }

    public Response delete(String path, Object... arguments) {
        return request().delete(path, arguments);
    }

    /** With the version that a change expects. */
    public Response changing(String method, String path, Object version, Object body) {
        return request()
                .contentType("application/json")
                .header("If-Match", "\"" + version + "\"")
                .body(body)
                .request(method, path);
    }

    public String id(Response created) {
        return created.then().statusCode(201).extract().path("id");
    }

    /** A new organisation with an administrator, as an operator sets it up. */
    public static Practice practice(String timeZone) {
        return practice("", timeZone);
    }

    /** The same on another server. */
    public static Practice practice(String server, String timeZone) {
        String mark = UUID.randomUUID().toString().substring(0, 8);
        Api operator = new Api(Tokens.of("operator"), server);
        String id = operator.id(operator.post(
                "/api/v1/organisations",
                Map.of(
                        "name",
                        "Practice " + mark,
                        "slug",
                        "practice-" + mark,
                        "timeZone",
                        timeZone,
                        "plan",
                        "BUSINESS")));
        Api admin = join(
                operator,
                "admin-" + mark,
                Map.of("name", "Ada", "email", "ada@example.org", "role", "ADMIN", "organisationId", id));
        return new Practice(UUID.fromString(id), "practice-" + mark, admin, mark);
    }

    /** Invites, accepts, and gives the API as that person uses it. */
    public static Api join(Api inviting, String subject, Map<String, Object> person) {
        String invitation = inviting.post("/api/v1/people", person)
                .then()
                .statusCode(201)
                .extract()
                .path("invitation.token");
        Api joined = new Api(Tokens.of(subject), inviting.server());
        joined.post("/api/v1/invitations/acceptance", Map.of("token", invitation))
                .then()
                .statusCode(200);
        return joined;
    }
}
