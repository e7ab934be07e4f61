package io.timetether.systemtests;

import io.timetether.systemtests.Browser.Answer;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * An organisation in Berlin of its own, with one administrator who works there too, every day from 08:00 to 18:00, and one
 * service of 30 minutes on a grid of 30.
 *
 * @param admin who works there, signed in
 * @param subject what this person types to sign in
 */
record Practice(Product product, Person admin, String subject, String name, String staffId, String serviceId) {

    /** Set up as an operator and an administrator do it: organisation, invitation, staff member, hours, service. */
    static Practice open(Product product, String plan, String name) {
        String tag = UUID.randomUUID().toString().substring(0, 8);
        Person operator = Person.signIn(product.home(), product.operator());
        String organisation = operator.create(
                        "/api/v1/organisations",
                        Map.of(
                                "name",
                                "Practice of " + name,
                                "slug",
                                "practice-" + tag,
                                "timeZone",
                                "Europe/Berlin",
                                "plan",
                                plan))
                .expect(201)
                .text("/id");
        Map<String, Object> boss = Map.of(
                "name", "Boss", "email", tag + "@seaside.example", "role", "ADMIN", "organisationId", organisation);
        Person admin = join(product, operator, boss, "boss-" + tag);
        String staff = admin.create("/api/v1/staff", Map.of("name", name, "email", tag + "@seaside.example"))
                .expect(201)
                .text("/id");
        List<Map<String, String>> rules = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            rules.add(Map.of("dayOfWeek", day.name(), "start", "08:00", "end", "18:00"));
        }
        String etag = admin.get("/api/v1/staff/" + staff).etag();
        admin.change("PUT", "/api/v1/staff/" + staff + "/working-hours", Map.of("rules", rules), etag)
                .expect(200);
        String service = admin.create(
                        "/api/v1/services",
                        Map.of("name", "Massage", "durationMinutes", 30, "slotGridMinutes", 30, "horizonDays", 300))
                .expect(201)
                .text("/id");
        Map<String, Object> herself =
                Map.of("name", name, "email", name + tag + "@seaside.example", "role", "ADMIN", "staffId", staff);
        String subject = name.toLowerCase() + "-" + tag;
        return new Practice(product, join(product, admin, herself, subject), subject, name, staff, service);
    }

    /** Somebody else who works there; answers what they type to sign in. */
    String employ(String colleague) {
        String tag = UUID.randomUUID().toString().substring(0, 8);
        String email = tag + "@seaside.example";
        String staff = admin.create("/api/v1/staff", Map.of("name", colleague, "email", email))
                .expect(201)
                .text("/id");
        String typed = colleague.toLowerCase() + "-" + tag;
        join(product, admin, Map.of("name", colleague, "email", email, "role", "STAFF", "staffId", staff), typed);
        return typed;
    }

    /** Invites somebody, who signs in for the first time and takes the invitation. */
    private static Person join(Product product, Person by, Map<String, Object> whom, String subject) {
        String token = by.create("/api/v1/people", whom).expect(201).text("/invitation/token");
        Person person = Person.signIn(product.home(), subject);
        person.post("/api/v1/invitations/acceptance", Map.of("token", token)).expect(200);
        return person;
    }

    /** A mailbox of this staff member, empty, in the zone that Exchange would name so. */
    Outlook mailbox(String timeZone) {
        String address = name.toLowerCase() + "-" + UUID.randomUUID().toString().substring(0, 8) + "@seaside.example";
        return new Outlook(product.office365(), address, name, timeZone);
    }

    Answer book(Instant start, String client) {
        return admin.create("/api/v1/appointments", wish(start, client));
    }

    /** The body of a booking. */
    Map<String, Object> wish(Instant start, String client) {
        return Map.of(
                "serviceId",
                serviceId,
                "staffId",
                staffId,
                "startAt",
                start.toString(),
                "attendees",
                List.of(Map.of("name", client, "email", "client@example.com")));
    }

    static Map<String, String> freshKey() {
        return Map.of("Idempotency-Key", UUID.randomUUID().toString());
    }

    boolean hasSlot(Instant start) {
        return slots(start, start.plus(Duration.ofMinutes(30))).contains(start);
    }

    List<Instant> slots(Instant from, Instant until) {
        return slots(admin.browser(), from, until);
    }

    /** As this browser is told; it may talk to another gateway. */
    List<Instant> slots(Browser at, Instant from, Instant until) {
        Answer answer = at.get("/api/v1/availability?serviceId=" + serviceId + "&staffId=" + staffId + "&from=" + from
                        + "&to=" + until + "&timeZone=Europe/Berlin")
                .expect(200);
        return StreamSupport.stream(answer.body().get("slots").spliterator(), false)
                .map(slot -> OffsetDateTime.parse(slot.get("startAt").asText()).toInstant())
                .toList();
    }

    /** The staff member's feeds as the Calendar Sync tab lists them. */
    Answer feeds() {
        return admin.get("/api/v1/sync-feeds?staffId=" + staffId).expect(200);
    }
}
