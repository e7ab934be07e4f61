package io.timetether.scheduling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An organisation of its own for one test, so that tests run in any order. */
public record Practice(UUID id, String slug, Api admin, String mark) {

    /** A staff member who works at all hours of all days. */
    public String staffMember(String name, String timeZone) {
        String staffId = admin.id(admin.post(
                "/api/v1/staff",
                Map.of("name", name, "email", name.toLowerCase() + "@example.org", "timeZone", timeZone)));
        hours(staffId, "00:00", "24:00");
        return staffId;
    }

    /** The same hours every day. */
    public void hours(String staffId, String start, String end) {
        List<Map<String, String>> rules = new ArrayList<>();
        for (String day : List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")) {
            rules.add(Map.of("dayOfWeek", day, "start", start, "end", end));
        }
        admin.put("/api/v1/staff/" + staffId + "/working-hours", Map.of("rules", rules))
                .then()
                .statusCode(200);
    }

    /** The API as this staff member uses it. */
    public Api signInAs(String staffId) {
        return Api.join(
                admin,
                "staff-" + staffId,
                Map.of("name", "Sam", "email", "sam@example.org", "role", "STAFF", "staffId", staffId));
    }

    public String service(int minutes, Map<String, Object> more) {
        Map<String, Object> service = new HashMap<>(more);
        service.put("name", "Check-up " + minutes);
        service.put("durationMinutes", minutes);
        return admin.id(admin.post("/api/v1/services", service));
    }

    public String client(String name) {
        return admin.id(admin.post("/api/v1/clients", Map.of("name", name, "email", "client@example.org")));
    }
}
