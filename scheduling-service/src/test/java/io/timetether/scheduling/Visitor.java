package io.timetether.scheduling;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody without a sign-in, at one organisation's public page; each comes from an address of their own. */
public record Visitor(String slug, String address) {

    public static Visitor at(String slug) {
        Random random = new Random();
        return new Visitor(slug, "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256));
    }

    public RequestSpecification request() {
        return given().header("X-Forwarded-For", address).contentType("application/json");
    }

    public String path(String rest) {
        return "/api/v1/public/organisations/" + slug + rest;
    }

    public Response get(String rest) {
        return request().get(path(rest));
    }

    public Response book(String key, Map<String, Object> wish) {
        return request().header("Idempotency-Key", key).body(wish).post(path("/appointments"));
    }

    public Response book(Map<String, Object> wish) {
        return book(UUID.randomUUID().toString(), wish);
    }

    /** @param staffId null: anybody */
    public static Map<String, Object> wish(String serviceId, @Nullable String staffId, String startAt) {
        Map<String, Object> wish = new HashMap<>(Map.of(
                "serviceId",
                serviceId,
                "startAt",
                startAt,
                "client",
                Map.of("name", "Carla Client", "email", "carla@example.org")));
        if (staffId != null) {
            wish.put("staffId", staffId);
        }
        return wish;
    }

    public Response changing(String token, String what, Object version, Map<String, Object> body) {
        return request()
                .header("If-Match", "\"" + version + "\"")
                .body(body)
                .post(path("/appointments/" + token + "/" + what));
    }

    public static String token(Response booked) {
        String link = booked.then().statusCode(201).extract().path("managementLink");
        return link.substring(link.lastIndexOf('/') + 1);
    }
}
