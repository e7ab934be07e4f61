package io.timetether.systemtests;

import static org.awaitility.Awaitility.await;

import io.timetether.localrun.identity.LocalIdentity;
import io.timetether.systemtests.Browser.Answer;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An organisation with one of everything, whose people call with tokens.
 *
 * @param ids by collection ({@code staff}) and by the name of a property or parameter ({@code staffId})
 * @param secret stands in every name, so that it can be looked for where it must not be
 * @param admin token of an administrator who is the staff member of {@code ids}
 * @param weak token of another staff member
 */
record Household(Map<String, String> ids, String secret, String admin, String weak) {

    /**
     * @param entries how many appointments it has: numbers of a second organisation with fewer cannot reach the last
     */
    static Household furnish(Product product, LocalIdentity identity, int entries) {
        String tag = UUID.randomUUID().toString().substring(0, 8);
        String secret = "Secret-" + tag;
        Browser api = new Browser(product.home());
        String operator = identity.tokenFor(product.operator(), LocalIdentity.COMMAND_LINE);
        Map<String, String> ids = new HashMap<>();
        String organisation = create(
                        api,
                        operator,
                        "/api/v1/organisations",
                        Map.of("name", secret, "slug", "house-" + tag, "timeZone", "Europe/Berlin", "plan", "BUSINESS"))
                .text("/id");
        put(ids, "organisations", "organisationId", organisation);
        Map<String, Object> boss =
                Map.of("name", secret, "email", "a@example.org", "role", "ADMIN", "organisationId", organisation);
        String first = join(api, identity, operator, boss, "first-" + tag);
        String staff = staff(api, first, secret);
        String colleague = staff(api, first, secret + " colleague");
        put(ids, "staff", "staffId", staff);
        ids.put("shares", colleague);
        Map<String, Object> owner = Map.of("name", secret, "email", "b@example.org", "role", "ADMIN", "staffId", staff);
        String admin = join(api, identity, first, owner, "owner-" + tag);
        Map<String, Object> other =
                Map.of("name", secret, "email", "c@example.org", "role", "STAFF", "staffId", colleague);
        String weak = join(api, identity, admin, other, "weak-" + tag);
        put(
                ids,
                "people",
                "personId",
                create(api, admin, "/api/v1/people", Map.of("name", secret, "email", "d@example.org", "role", "ADMIN"))
                        .text("/id"));
        String service = create(api, admin, "/api/v1/services", Map.of("name", secret, "durationMinutes", 30))
                .text("/id");
        put(ids, "services", "serviceId", service);
        String client = create(api, admin, "/api/v1/clients", Map.of("name", secret, "email", "e@example.org"))
                .text("/id");
        ids.put("clientId", client);
        // Not the same as clientId: two clients can be merged.
        ids.put(
                "clients",
                create(api, admin, "/api/v1/clients", Map.of("name", secret)).text("/id"));
        put(
                ids,
                "locations",
                "locationId",
                create(api, admin, "/api/v1/locations", Map.of("name", secret)).text("/id"));
        put(
                ids,
                "machine-clients",
                "machineClientId",
                create(api, admin, "/api/v1/machine-clients", Map.of("name", secret, "scopes", List.of("clients:read")))
                        .text("/id"));
        Instant day = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(20, ChronoUnit.DAYS);
        Instant evening = day.plus(20, ChronoUnit.HOURS);
        Map<String, Object> timeOff = Map.of(
                "staffId",
                staff,
                "title",
                secret,
                "startAt",
                evening.toString(),
                "endAt",
                evening.plus(1, ChronoUnit.HOURS).toString());
        put(
                ids,
                "time-off",
                "timeOffId",
                create(api, admin, "/api/v1/time-off", timeOff).text("/id"));
        Instant night = day.plus(22, ChronoUnit.HOURS);
        Map<String, String> held = Map.of("serviceId", service, "staffId", staff, "startAt", night.toString());
        put(ids, "holds", "holdId", create(api, admin, "/api/v1/holds", held).text("/id"));
        put(
                ids,
                "hours-exceptions",
                "date",
                day.plus(3, ChronoUnit.DAYS).toString().substring(0, 10));
        for (int i = 0; i < entries; i++) {
            Answer booked = create(
                    api,
                    admin,
                    "/api/v1/appointments",
                    Map.of(
                            "serviceId",
                            service,
                            "staffId",
                            staff,
                            "startAt",
                            day.plus(9 * 60 + 30L * i, ChronoUnit.MINUTES).toString(),
                            "attendees",
                            List.of(Map.of("clientId", client))));
            put(ids, "appointments", "appointmentId", booked.text("/id"));
            ids.put("calendar-entries", booked.text("/number"));
        }
        connect(product, ids, staff, "owner-" + tag, secret);
        return new Household(Map.copyOf(ids), secret, admin, weak);
    }

    private static void connect(Product product, Map<String, String> ids, String staff, String subject, String secret) {
        Outlook outlook = new Outlook(product.office365(), secret.toLowerCase() + "@seaside.example", secret, "UTC");
        Person person = Person.signIn(product.home(), subject);
        put(ids, "calendar-connections", "connectionId", person.connect(staff, outlook.address()));
        String feeds = "/api/v1/sync-feeds?staffId=" + staff;
        await("first sync")
                .atMost(Duration.ofSeconds(30))
                .until(() -> person.get(feeds).text("/items/0/state"), "ACTIVE"::equals);
        Answer feed = person.get(feeds);
        put(ids, "sync-feeds", "feedId", feed.text("/items/0/id"));
        put(ids, "feeds", "feedId", feed.text("/items/0/id"));
    }

    private static String staff(Browser api, String admin, String name) {
        String id = create(api, admin, "/api/v1/staff", Map.of("name", name, "email", "s@example.org"))
                .text("/id");
        List<Map<String, String>> rules = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            rules.add(Map.of("dayOfWeek", day.name(), "start", "00:00", "end", "24:00"));
        }
        Map<String, String> headers = new HashMap<>(as(admin));
        headers.put("If-Match", "*");
        api.api("PUT", "/api/v1/staff/" + id + "/working-hours", Map.of("rules", rules), headers)
                .expect(200);
        return id;
    }

    private static String join(
            Browser api, LocalIdentity identity, String by, Map<String, Object> whom, String subject) {
        String invitation = create(api, by, "/api/v1/people", whom).text("/invitation/token");
        String token = identity.tokenFor(subject, LocalIdentity.COMMAND_LINE);
        api.api("POST", "/api/v1/invitations/acceptance", Map.of("token", invitation), as(token))
                .expect(200);
        return token;
    }

    private static Answer create(Browser api, String token, String path, Object body) {
        Map<String, String> headers = new HashMap<>(Practice.freshKey());
        headers.putAll(as(token));
        return api.api("POST", path, body, headers).expect(201);
    }

    private static void put(Map<String, String> ids, String collection, String property, String id) {
        ids.put(collection, id);
        ids.put(property, id);
    }

    static Map<String, String> as(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    /** For a request at another address than the product's own. */
    static Browser at(String origin) {
        return new Browser(URI.create(origin));
    }
}
