package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who connected, shared and stopped what is there for the organisation's administrators to read, and for nobody else. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class CalendarAuditLogIT {

    private static final String LOG = "/api/v1/calendar-audit-log";

    private final Surroundings around = Surroundings.get();

    @Test
    void tellsAdministratorsWhoDidWhatAndWhen() {
        Instant began = Instant.now();
        Person anna = Person.withMailbox("Europe/Berlin");
        Person ben = Person.without(anna.organisation, "Europe/Berlin");
        Person admin = Person.admin(anna.organisation);
        String connection = anna.connect().toString();
        String feed = anna.feed().toString();
        anna.json()
                .put("/api/v1/calendar-connections/" + connection + "/shares/" + ben.staff)
                .then()
                .statusCode(200);
        admin.post("/api/v1/sync-feeds/" + feed + "/pause", Map.of()).then().statusCode(200);
        anna.post("/api/v1/calendar-connections/" + connection + "/stop", Map.of("writtenEvents", "KEEP"))
                .then()
                .statusCode(202);

        List<String> expected = new ArrayList<>(List.of(
                entry("CONNECTION_BEGUN", connection, anna, anna),
                entry("CONNECTION_AUTHORISED", connection, anna, anna),
                entry("CONNECTION_SHARED", connection, anna, anna),
                entry("FEED_PAUSED", feed, admin, anna)));
        JsonPath all = admin.get(LOG).jsonPath();
        List<String> told = told(all);
        Collections.reverse(told);
        assertThat(told).startsWith(expected.toArray(String[]::new));
        assertThat(told.subList(expected.size(), told.size()))
                .contains(entry("CONNECTION_STOPPED", connection, anna, anna));
        assertThat(all.<String>getList("items.at").stream().map(Instant::parse).toList())
                .isSortedAccordingTo(Collections.reverseOrder())
                .allMatch(at -> !at.isBefore(began) && !at.isAfter(Instant.now()));
        assertThat(admin.get(LOG).asString()).doesNotContain(anna.address());

        // Page by page it is the same list.
        List<String> paged = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonPath page = admin.get(LOG + "?limit=2&after=" + next).jsonPath();
            assertThat(page.getList("items")).hasSizeBetween(1, 2);
            paged.addAll(told(page));
            next = page.getString("next");
        }
        assertThat(paged).isEqualTo(told(all));
    }

    @Test
    void isNobodyElsesToRead() {
        Person anna = Person.withMailbox("Europe/Berlin");
        anna.connect();
        Person admin = Person.admin(anna.organisation);
        assertThat(anna.get(LOG).statusCode()).isEqualTo(403);
        Person elsewhere = Person.admin(around.scheduling.organisation("BUSINESS"));
        assertThat(elsewhere.get(LOG).jsonPath().getList("items")).isEmpty();
        // A place in one organisation's list leads nowhere in another's.
        String next = admin.get(LOG + "?limit=1").jsonPath().getString("next");
        assertThat(elsewhere.get(LOG + "?after=" + next).jsonPath().getList("items"))
                .isEmpty();
        for (String wrong : List.of("limit=0", "limit=201", "limit=x", "after=x")) {
            assertThat(admin.get(LOG + "?" + wrong).statusCode()).as(wrong).isEqualTo(400);
        }
    }

    private String entry(String action, String entity, Person by, Person whose) {
        return action + " of " + entity + " by " + around.scheduling.personId(by.subject) + " at " + whose.staff;
    }

    private static List<String> told(JsonPath page) {
        List<String> told = new ArrayList<>();
        for (Map<String, String> item : page.<Map<String, String>>getList("items")) {
            told.add(item.get("action") + " of " + item.get("entityId") + " by " + item.get("actorId") + " at "
                    + item.get("staffId"));
        }
        return told;
    }
}
