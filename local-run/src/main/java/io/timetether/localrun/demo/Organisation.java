package io.timetether.localrun.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.timetether.localrun.identity.Person;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One organisation as its administrator builds it up. Every step looks first whether it has been done. */
final class Organisation {

    private static final String V1 = "/api/v1";

    private final String id;
    private final String slug;
    private final Api administrator;
    private final Function<Person, Api> as;

    private Organisation(String id, String slug, Api administrator, Function<Person, Api> as) {
        this.id = id;
        this.slug = slug;
        this.administrator = administrator;
        this.as = as;
    }

    /** The operator founds it and invites its first administrator, who accepts. */
    static Organisation found(
            Function<Person, Api> as, Person operator, Person administrator, String name, String slug, String plan) {
        Api byOperator = as.apply(operator);
        JsonNode organisation = byOperator
                .find(V1 + "/organisations", item -> item.path("slug").asText().equals(slug))
                .orElseGet(() -> byOperator.post(
                        V1 + "/organisations",
                        "demo-" + slug,
                        Map.of("name", name, "slug", slug, "timeZone", "Europe/Berlin", "plan", plan)));
        String id = organisation.path("id").asText();
        Organisation founded = new Organisation(id, slug, as.apply(administrator), as);
        founded.join(byOperator, administrator, "ADMIN", Optional.empty(), Optional.of(id));
        return founded;
    }

    /** A staff member with the given hours, and the person who signs in as them. */
    String employ(Person person, String role, List<Hours> hours) {
        JsonNode staff = administrator
                .find(V1 + "/staff", item -> item.path("email").asText().equals(person.email()))
                .orElseGet(() -> administrator.post(
                        V1 + "/staff",
                        key("staff", person.subject()),
                        Map.of("name", person.name(), "email", person.email())));
        String staffId = staff.path("id").asText();
        List<Map<String, String>> rules = new ArrayList<>();
        for (Hours range : hours) {
            for (DayOfWeek day : range.days()) {
                rules.add(Map.of("dayOfWeek", day.name(), "start", range.start(), "end", range.end()));
            }
        }
        administrator.put(V1 + "/staff/" + staffId + "/working-hours", Map.of("rules", rules));
        join(administrator, person, role, Optional.of(staffId), Optional.empty());
        return staffId;
    }

    /** The same hours on several days; times as {@code HH:mm}. */
    record Hours(List<DayOfWeek> days, String start, String end) {}

    private void join(
            Api inviter, Person person, String role, Optional<String> staffId, Optional<String> organisationId) {
        Api self = as.apply(person);
        if (self.ask(V1 + "/me").status() == 200) {
            return;
        }
        Map<String, Object> wish = new HashMap<>();
        wish.put("name", person.name());
        wish.put("email", person.email());
        wish.put("role", role);
        staffId.ifPresent(value -> wish.put("staffId", value));
        organisationId.ifPresent(value -> wish.put("organisationId", value));
        // Invited already, but not come: under the same key the first answer comes again, with its token.
        JsonNode invited = inviter.post(V1 + "/people", key("person", person.subject()), wish);
        self.post(
                V1 + "/invitations/acceptance",
                key("acceptance", person.subject()),
                Map.of("token", invited.path("invitation").path("token").asText()));
    }

    String offer(String name, int minutes, int bufferAfter, List<String> staffIds) {
        return administrator
                .find(V1 + "/services", item -> item.path("name").asText().equals(name))
                .orElseGet(() -> administrator.post(
                        V1 + "/services",
                        key("service", name),
                        Map.of(
                                "name", name,
                                "durationMinutes", minutes,
                                "bufferAfterMinutes", bufferAfter,
                                "slotGridMinutes", 15,
                                "minimumNoticeMinutes", 60,
                                "horizonDays", 180,
                                "staffIds", staffIds)))
                .path("id")
                .asText();
    }

    String welcome(String name, String email, String phone) {
        return administrator
                .find(V1 + "/clients", item -> item.path("email").asText().equals(email))
                .orElseGet(() -> administrator.post(
                        V1 + "/clients", key("client", email), Map.of("name", name, "email", email, "phone", phone)))
                .path("id")
                .asText();
    }

    void book(String name, String serviceId, String staffId, Instant startAt, String clientId, String note) {
        Map<String, Object> wish = new HashMap<>();
        wish.put("serviceId", serviceId);
        wish.put("staffId", staffId);
        wish.put("startAt", startAt.toString());
        wish.put("attendees", List.of(Map.of("clientId", clientId)));
        if (!note.isEmpty()) {
            wish.put("note", note);
        }
        administrator.post(V1 + "/appointments", key("appointment", name), wish);
    }

    private String key(String kind, String name) {
        return ("demo-" + slug + "-" + kind + "-" + name).replaceAll("[^A-Za-z0-9._-]", "-");
    }

    String id() {
        return id;
    }
}
