package io.timetether.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One of everything, with names that must not leak. */
record Furnished(
        Practice practice,
        String staff,
        String service,
        String client,
        String location,
        String timeOff,
        String appointment,
        int number,
        String person,
        String program) {

    static Furnished of(Practice practice) {
        Api admin = practice.admin();
        String staff = practice.staffMember("Secret", "UTC");
        String service = practice.service(30, Map.of());
        String client = practice.client("Secret");
        String location = admin.id(admin.post("/api/v1/locations", Map.of("name", "Secret")));
        String timeOff = admin.id(admin.post(
                "/api/v1/time-off",
                Map.of(
                        "staffId",
                        staff,
                        "startAt",
                        FenceIT.TOMORROW.plus(20, ChronoUnit.HOURS).toString(),
                        "endAt",
                        FenceIT.TOMORROW.plus(21, ChronoUnit.HOURS).toString(),
                        "title",
                        "Secret")));
        Response appointment =
                admin.book(service, staff, FenceIT.TOMORROW.plus(8, ChronoUnit.HOURS), Map.of("clientId", client));
        String person = admin.id(
                admin.post("/api/v1/people", Map.of("name", "Secret", "email", "s@example.org", "role", "ADMIN")));
        return new Furnished(
                practice,
                staff,
                service,
                client,
                location,
                timeOff,
                admin.id(appointment),
                appointment.path("number"),
                person,
                admin.id(admin.post(
                        "/api/v1/machine-clients", Map.of("name", "Secret", "scopes", List.of("appointments:read")))));
    }

    /** A path of the API with the ids of this organisation. */
    String path(String template) {
        String id = null;
        if (template.startsWith("/api/v1/staff/")) {
            id = staff;
        } else if (template.startsWith("/api/v1/services/")) {
            id = service;
        } else if (template.startsWith("/api/v1/clients/")) {
            id = client;
        } else if (template.startsWith("/api/v1/locations/")) {
            id = location;
        } else if (template.startsWith("/api/v1/time-off/")) {
            id = timeOff;
        } else if (template.startsWith("/api/v1/appointments/")) {
            id = appointment;
        } else if (template.startsWith("/api/v1/holds/")) {
            id = UUID.randomUUID().toString();
        } else if (template.startsWith("/api/v1/people/")) {
            id = person;
        } else if (template.startsWith("/api/v1/machine-clients/")) {
            id = program;
        } else if (template.startsWith("/api/v1/organisations/")) {
            id = practice.id().toString();
        } else if (template.equals("/api/v1/calendar-entries/{number}")) {
            // Numbers repeat between organisations: one that only the other organisation can have reached.
            return "/api/v1/calendar-entries/" + (number + 1000);
        }
        assertThat(id).as("an id for " + template).isNotNull();
        return template.replace("{date}", "2027-03-01").replaceAll("\\{[^}]+}", id);
    }
}
