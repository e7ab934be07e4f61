package io.timetether.office365;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.timetether.office365.mailbox.CalendarFolder;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedCalendarsIT {

    private static final String ADA = "ada@simulator.example";
    private static final String BOB = "bob@simulator.example";
    private static final String WINDOW = "?startDateTime=2026-05-01T00:00:00Z&endDateTime=2026-06-01T00:00:00Z";
    private static final String EVENT = """
            {"subject":"From Bob","start":{"dateTime":"2026-05-04T09:00:00","timeZone":"UTC"},
             "end":{"dateTime":"2026-05-04T10:00:00","timeZone":"UTC"}}""";

    private final Office365Simulator simulator = Office365Simulator.start(SimulatorSettings.forTests());
    private CalendarFolder own;
    private Client bob;

    @BeforeEach
    void open() {
        simulator.outlook().createMailbox(ADA, "Ada Lovelace", "UTC");
        simulator.outlook().createMailbox(BOB, "Bob", "UTC");
        own = simulator.outlook().calendars(ADA).getFirst();
        simulator.outlook().addEvent(ADA, "Ada's", at(11), at(12), "UTC");
        bob = Client.signedIn(simulator, BOB);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void whoItIsSharedWithFindsACopyThatNamesItsOwner() {
        CalendarFolder copy = simulator.outlook().shareCalendar(ADA, own.id(), BOB, false);

        JsonNode listed = bob.get("/me/calendars/" + copy.id()).json();
        assertThat(copy.id()).isNotEqualTo(own.id());
        assertThat(listed.path("name").asText()).isEqualTo("Ada Lovelace");
        assertThat(listed.at("/owner/address").asText()).isEqualTo(ADA);
        assertThat(listed.path("canShare").asBoolean()).isFalse();
        assertThat(listed.path("canEdit").asBoolean()).isFalse();
        assertThat(bob.get("/me/calendars").json().path("value")).hasSize(2);
        assertThat(bob.get("/me/calendars/" + own.id()).error()).isEqualTo("ErrorItemNotFound");
    }

    @Test
    void aReaderReadsAndFollowsButCannotWriteOrSubscribe() {
        CalendarFolder copy = simulator.outlook().shareCalendar(ADA, own.id(), BOB, false);
        String path = "/me/calendars/" + copy.id();

        Client.Round round = bob.round(path + "/calendarView/delta" + WINDOW);
        assertThat(round.subjects()).containsExactly("Ada's");
        simulator.outlook().addEvent(ADA, "Another", at(13), at(14), "UTC");
        assertThat(bob.round(round.deltaLink()).subjects()).containsExactly("Another");

        assertThat(bob.post(path + "/events", EVENT).error()).isEqualTo("ErrorAccessDenied");
        String event = bob.get(path + "/events").json().at("/value/0/id").asText();
        assertThat(bob.delete(path + "/events/" + event).error()).isEqualTo("ErrorAccessDenied");
        assertThat(bob.post("/subscriptions", """
                        {"changeType":"created","resource":"%s/events","notificationUrl":"http://localhost:1/n",
                         "expirationDateTime":"2999-01-01T00:00:00Z"}""".formatted(path.substring(1))).status())
                .isEqualTo(403);
        assertThat(bob.get("/me/events").json().path("value")).as("Bob's own").isEmpty();
    }

    @Test
    void ofAPrivateEventAReaderSeesOnlyWhenItIs() {
        simulator.outlook().addEvent(ADA, """
                        {"subject":"Surgery","sensitivity":"private","location":{"displayName":"Clinic"},
                         "body":{"contentType":"text","content":"left knee"},"categories":["Health"],
                         "start":{"dateTime":"2026-05-05T09:00:00","timeZone":"UTC"},
                         "end":{"dateTime":"2026-05-05T10:00:00","timeZone":"UTC"}}""");
        CalendarFolder copy = simulator.outlook().shareCalendar(ADA, own.id(), BOB, true);
        String path = "/me/calendars/" + copy.id();

        Client.Round round = bob.round(path + "/calendarView/delta" + WINDOW);
        assertThat(round.subjects()).containsExactlyInAnyOrder("Ada's", "Private Appointment");
        String listed = bob.get(path + "/events").json().toString();
        assertThat(listed)
                .contains("2026-05-05T09:00:00.0000000", "\"sensitivity\":\"private\"")
                .doesNotContain("Surgery", "Clinic", "left knee", "Health");
        String id = Client.signedIn(simulator, ADA)
                .get("/me/calendarView" + WINDOW + "&$filter=subject%20eq%20'Surgery'")
                .json()
                .at("/value/0/id")
                .asText();
        assertThat(id).isNotEmpty();
        assertThat(bob.get(path + "/events/" + id).error()).isEqualTo("ErrorItemNotFound");
        assertThat(bob.get("/me/calendars/" + copy.id())
                        .json()
                        .path("canViewPrivateItems")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void anEditorWritesTheOwnersEvents() {
        CalendarFolder copy = simulator.outlook().shareCalendar(ADA, own.id(), BOB, true);
        String path = "/me/calendars/" + copy.id() + "/events";

        JsonNode written = bob.post(path, EVENT).json();

        assertThat(written.at("/organizer/emailAddress/address").asText()).isEqualTo(ADA);
        Client ada = Client.signedIn(simulator, ADA);
        assertThat(ada.get("/me/events").json().path("value")).hasSize(2);
        String id = written.path("id").asText();
        assertThat(bob.patch(path + "/" + id, "{\"subject\":\"changed\"}").status())
                .isEqualTo(200);
        assertThat(bob.delete("/me/events/" + id).status()).isEqualTo(204);
        assertThat(ada.get("/me/events").json().path("value")).hasSize(1);
    }

    @Test
    void aShareEndsWithItsCopyAndWithTheCalendar() {
        CalendarFolder copy = simulator.outlook().shareCalendar(ADA, own.id(), BOB, true);
        simulator.outlook().deleteCalendar(BOB, copy.id());
        assertThat(bob.get("/me/calendars/" + copy.id() + "/events").error()).isEqualTo("ErrorItemNotFound");
        assertThat(simulator
                        .outlook()
                        .occurrences(ADA, at(0).toInstant(ZoneOffset.UTC), at(23).toInstant(ZoneOffset.UTC)))
                .hasSize(1);

        CalendarFolder studio = simulator.outlook().addCalendar(ADA, "Studio");
        CalendarFolder seen = simulator.outlook().shareCalendar(ADA, studio.id(), BOB, false);
        simulator.outlook().deleteCalendar(ADA, studio.id());
        assertThat(bob.get("/me/calendars/" + seen.id()).error()).isEqualTo("ErrorItemNotFound");
    }

    private static LocalDateTime at(int hour) {
        return LocalDateTime.of(2026, 5, 4, hour, 0);
    }
}
