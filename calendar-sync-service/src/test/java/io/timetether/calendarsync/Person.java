package io.timetether.calendarsync;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.Map;
import java.util.UUID;

/** Somebody with a browser: signed in at the gateway, with the cookies that the service has set. */
final class Person {

    final String subject;
    final UUID organisation;
    final UUID staff;
    String flowCookie;

    private Person(String subject, UUID organisation, UUID staff) {
        this.subject = subject;
        this.organisation = organisation;
        this.staff = staff;
    }

    /** A staff member of a new organisation on BUSINESS, with an empty mailbox of the same name. */
    static Person withMailbox(String zone) {
        Surroundings around = Surroundings.get();
        return withMailbox(around.scheduling.organisation("BUSINESS"), zone);
    }

    static Person withMailbox(UUID organisation, String zone) {
        Person person = without(organisation, zone);
        Surroundings.get().outlook().createMailbox(person.address(), person.subject, "W. Europe Standard Time");
        return person;
    }

    static Person without(UUID organisation, String zone) {
        Surroundings around = Surroundings.get();
        String subject = "p-" + UUID.randomUUID();
        UUID staff = around.scheduling.staff(organisation, zone);
        around.scheduling.person(subject, "STAFF", organisation, staff);
        return new Person(subject, organisation, staff);
    }

    /** An administrator who is no staff member. */
    static Person admin(UUID organisation) {
        String subject = "a-" + UUID.randomUUID();
        Surroundings.get().scheduling.person(subject, "ADMIN", organisation, null);
        return new Person(subject, organisation, null);
    }

    String address() {
        return subject + "@practice.example";
    }

    /** A request in this person's browser session. */
    RequestSpecification request() {
        RequestSpecification request = RestAssured.given()
                .redirects()
                .follow(false)
                .header("Authorization", "Bearer " + Tokens.session(subject));
        return flowCookie == null ? request : request.cookie("tt_flow", flowCookie);
    }

    RequestSpecification json() {
        return request().contentType(ContentType.JSON);
    }

    Response get(String path) {
        return request().get(path);
    }

    Response post(String path, Map<String, ?> body) {
        return json().body(body).post(path);
    }

    /** Begins to connect; answers the connection's JSON. */
    Response begin() {
        Response begun = post("/api/v1/calendar-connections", Map.of("provider", "office365", "returnTo", "/profile"));
        flowCookie = begun.getCookie("tt_flow");
        return begun;
    }

    /** What Microsoft's page posts back, handed to the callback; answers where it sends the browser. */
    static String callback(Map<String, String> posted) {
        Response answer = RestAssured.given()
                .redirects()
                .follow(false)
                .contentType(ContentType.URLENC)
                .formParams(posted)
                .post("/oauth/microsoft/callback");
        if (answer.statusCode() != 303) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.asString());
        }
        URI location = URI.create(answer.getHeader("Location"));
        return location.getRawPath() + "?" + location.getRawQuery();
    }

    /** The whole way; answers the id of the connection. */
    UUID connect() {
        return connect(address());
    }

    UUID connect(String mailbox) {
        Response begun = begin();
        if (begun.statusCode() != 201) {
            throw new IllegalStateException(begun.statusCode() + " " + begun.asString());
        }
        String complete = callback(SignInPage.accept(begun.jsonPath().getString("authorizationUrl"), mailbox));
        Response back = request().urlEncodingEnabled(false).get(complete);
        if (back.statusCode() != 303 || !back.getHeader("Location").contains("outcome=connected")) {
            throw new IllegalStateException(back.statusCode() + " " + back.getHeader("Location") + back.asString());
        }
        Map<String, String> query = SignInPage.query(URI.create(back.getHeader("Location")));
        return UUID.fromString(query.get("connection"));
    }

    /** The one feed of this person. */
    UUID feed() {
        return UUID.fromString(get("/api/v1/sync-feeds").jsonPath().getString("items[0].id"));
    }
}
