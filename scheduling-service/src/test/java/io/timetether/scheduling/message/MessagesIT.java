package io.timetether.scheduling.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.mailer.Mailer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.timetether.scheduling.Api;
import io.timetether.scheduling.PostgresForTests;
import io.timetether.scheduling.Practice;
import io.timetether.scheduling.Visitor;
import io.timetether.scheduling.managementlink.ManagementLinks;
import io.timetether.scheduling.message.Inbox.Received;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Who is told what, once. The worker of the running service sends; some tests let another one die beside it. */
@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class MessagesIT {

    private static final Instant NEXT_WEEK =
            Instant.now().truncatedTo(ChronoUnit.DAYS).plus(7, ChronoUnit.DAYS);

    @Inject
    Messages messages;

    @Inject
    Writing writing;

    @Inject
    ManagementLinks links;

    @Inject
    Mailer mailer;

    @Inject
    Sending sending;

    @Inject
    DataSource dataSource;

    private final MeterRegistry metrics = new SimpleMeterRegistry();

    private static String at(int hour) {
        return NEXT_WEEK.plus(hour, ChronoUnit.HOURS).toString();
    }

    private static Map<String, Object> wish(String service, String startAt, Inbox inbox) {
        Map<String, Object> wish = new HashMap<>(Visitor.wish(service, null, startAt));
        wish.put("client", Map.of("name", "Carla Client", "email", inbox.address()));
        wish.put("note", "Buy cheap watches at http://spam.example");
        return wish;
    }

    private static String tokenOf(Received mail) {
        return mail.link().substring(mail.link().lastIndexOf('/') + 1);
    }

    @Test
    void aClientIsToldOnceOfEachThingThatHappens() {
        Practice practice = Api.practice("Europe/Berlin");
        practice.staffMember("Dana", "Europe/Berlin");
        String service = practice.service(30, Map.of());
        Visitor visitor = Visitor.at(practice.slug());
        Inbox inbox = Inbox.ofSomebody();
        String key = UUID.randomUUID().toString();
        Response booked = visitor.book(key, wish(service, at(8), inbox));
        visitor.book(key, wish(service, at(8), inbox)).then().statusCode(201);
        Received first = inbox.await(1).getFirst();
        assertThat(first.subject()).startsWith("Booked: Check-up 30, ");
        assertThat(first.text())
                .contains("Hello Carla Client")
                .contains("Number " + booked.path("number"))
                .doesNotContain("spam");
        assertThat(first.calendarFile()).contains("BEGIN:VEVENT").contains("DTSTART:" + at(8).replaceAll("[-:]", ""));
        visitor.get("/appointments/" + tokenOf(first))
                .then()
                .statusCode(200)
                .body("number", equalTo(booked.<Integer>path("number")));

        visitor.changing(tokenOf(first), "reschedule", 1, Map.of("startAt", at(10)))
                .then()
                .statusCode(200);
        Received moved = inbox.await(2).getLast();
        assertThat(moved.subject()).startsWith("Moved: ");
        assertThat(moved.calendarFile()).contains("SEQUENCE:2");
        visitor.changing(tokenOf(moved), "cancellation", 2, Map.of()).then().statusCode(200);
        List<Received> all = inbox.await(3);
        assertThat(all.getLast().subject()).startsWith("Cancelled: ");
        assertThat(all.getLast().calendarFile()).contains("METHOD:CANCEL");
        assertThat(all).extracting(Received::messageId).doesNotHaveDuplicates();
    }

    @Test
    void aConfirmationIsToldAndWhoHasNoAddressIsNot() {
        Practice practice = Api.practice("UTC");
        String dana = practice.staffMember("Dana", "UTC");
        String service = practice.service(30, Map.of("needsConfirmation", true));
        Inbox inbox = Inbox.ofSomebody();
        Visitor.at(practice.slug()).book(wish(service, at(8), inbox)).then().statusCode(201);
        assertThat(inbox.await(1).getFirst().subject()).startsWith("Received: ");
        String id = practice.admin().get("/api/v1/appointments").path("items[0].id");
        practice.admin()
                .changing("PUT", "/api/v1/appointments/" + id + "/status", 1, Map.of("status", "CONFIRMED"))
                .then()
                .statusCode(200);
        assertThat(inbox.await(2).getLast().subject()).startsWith("Confirmed: ");

        String silent = practice.admin()
                .book(service, dana, at(12), Map.of("name", "Norbert"))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        Awaitility.await().until(() -> stateOf(silent).equals("DROPPED NO_ADDRESS"));
    }

    @Test
    void aReminderComesOnceAndOnlyIfNobodyWasToldJustBefore() throws SQLException {
        Practice practice = Api.practice("UTC");
        practice.staffMember("Dana", "UTC");
        String service = practice.service(30, Map.of());
        Inbox longAgo = Inbox.ofSomebody();
        Inbox justNow = Inbox.ofSomebody();
        Visitor visitor = Visitor.at(practice.slug());
        String soon = Instant.now()
                .truncatedTo(ChronoUnit.HOURS)
                .plus(20, ChronoUnit.HOURS)
                .toString();
        String later = Instant.now()
                .truncatedTo(ChronoUnit.HOURS)
                .plus(21, ChronoUnit.HOURS)
                .toString();
        int number = visitor.book(wish(service, soon, longAgo))
                .then()
                .statusCode(201)
                .extract()
                .path("number");
        visitor.book(wish(service, later, justNow)).then().statusCode(201);
        longAgo.await(1);
        change(
                "UPDATE message SET created_at = created_at - interval '3 days' WHERE appointment_id = "
                        + "(SELECT id FROM appointment WHERE organisation_id = ? AND number = ?)",
                practice.id(),
                number);
        sending.remind();
        sending.remind();
        assertThat(longAgo.await(2).getLast().subject()).startsWith("Reminder: ");
        justNow.await(1);
    }

    @Test
    void aStaffMemberIsToldOnceThatAConnectionNeedsThem() {
        Practice practice = Api.practice("UTC");
        Inbox inbox = Inbox.ofSomebody();
        String staffId = practice.admin()
                .id(practice.admin().post("/api/v1/staff", Map.of("name", "Dana", "email", inbox.address())));
        Map<String, Object> message = Map.of(
                "kind",
                "RECONNECT_NEEDED",
                "organisationId",
                practice.id(),
                "staffId",
                staffId,
                "connectionId",
                UUID.randomUUID());
        String path = "/internal/v1/messages";
        practice.admin().postWithKey(path, "1", message).then().statusCode(403);
        Api.calendarSync().post(path, message).then().statusCode(400);
        String id = Api.calendarSync()
                .postWithKey(path, "version 4", message)
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        Received told = inbox.await(1).getFirst();
        assertThat(told.subject()).isEqualTo("Your calendar needs to be connected again");
        assertThat(told.link()).endsWith("/profile/calendar-sync");
        Api.calendarSync()
                .postWithKey(path, "version 4", message)
                .then()
                .statusCode(202)
                .body("id", equalTo(id))
                .body("state", equalTo("SENT"));
        inbox.await(1);

        Map<String, Object> elsewhere = new HashMap<>(message);
        elsewhere.put("organisationId", Api.practice("UTC").id());
        Api.calendarSync().postWithKey(path, "1", elsewhere).then().statusCode(404);
    }

    @Test
    void whoIsErasedIsErasedFromTheOutboxAndTheirLinksOpenNothing() throws SQLException {
        Practice practice = Api.practice("UTC");
        practice.staffMember("Dana", "UTC");
        Inbox inbox = Inbox.ofSomebody();
        Visitor visitor = Visitor.at(practice.slug());
        visitor.book(wish(practice.service(30, Map.of()), at(8), inbox)).then().statusCode(201);
        String token = tokenOf(inbox.await(1).getFirst());
        String clientId = practice.admin().get("/api/v1/clients").path("items[0].id");
        practice.admin()
                .request()
                .header("If-Match", "*")
                .delete("/api/v1/clients/" + clientId)
                .then()
                .statusCode(204);
        visitor.get("/appointments/" + token).then().statusCode(404);
        for (String table : List.of("message", "management_link")) {
            assertThat(one("SELECT count(*) FROM " + table + " WHERE organisation_id = ?", practice.id()))
                    .as(table)
                    .isEqualTo("0");
        }
    }

    /** A message that the running service leaves alone for half an hour, for workers that live an hour later. */
    private Inbox somethingToTell() {
        Practice practice = Api.practice("UTC");
        Inbox inbox = Inbox.ofSomebody();
        String staffId = practice.admin()
                .id(practice.admin().post("/api/v1/staff", Map.of("name", "Dana", "email", inbox.address())));
        messages.tellStaff(
                MessageKind.RECONNECT_NEEDED,
                practice.id(),
                UUID.fromString(staffId),
                "test",
                Instant.now().plus(2, ChronoUnit.DAYS),
                Instant.now().plus(30, ChronoUnit.MINUTES));
        return inbox;
    }

    private Sending worker(Mailer withMailer, Optional<String> host) {
        return worker(withMailer, host, writing);
    }

    private Sending worker(Mailer withMailer, Optional<String> host, Writing withWriting) {
        return new Sending(
                messages,
                new MailServer(withMailer, host, "Timetether <no-reply@localhost>"),
                withWriting,
                metrics,
                Duration.ofMinutes(1),
                Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));
    }

    /** Its time has come, and the lease of whoever died has run out. */
    private void letTheServiceSend(Inbox inbox) throws SQLException {
        change("""
                UPDATE message m SET next_attempt_at = now(), leased_until = now() - interval '1 second'
                FROM staff s WHERE s.id = m.staff_id AND s.email = ? AND m.state = 'WAITING'
                """, inbox.address());
    }

    private static final class Killed extends Error {}

    @Test
    void whoDiesBeforeHandingOverIsFollowedByAnother() throws SQLException {
        Inbox inbox = somethingToTell();
        Sending dying = worker(
                mails -> {
                    throw new Killed();
                },
                Optional.of("mail"));
        assertThatThrownBy(dying::send).isInstanceOf(Killed.class);
        assertThat(inbox.received()).isEmpty();
        letTheServiceSend(inbox);
        inbox.await(1);
    }

    @Test
    void whoDiesBeforeNotingWhatTheMailServerSaidCausesTheSameMessageAgain() throws SQLException {
        Inbox inbox = somethingToTell();
        Sending dying = worker(
                mails -> {
                    mailer.send(mails);
                    throw new Killed();
                },
                Optional.of("mail"));
        assertThatThrownBy(dying::send).isInstanceOf(Killed.class);
        letTheServiceSend(inbox);
        assertThat(inbox.await(2))
                .extracting(Received::messageId)
                .containsOnly(inbox.received().getFirst().messageId());
    }

    @Test
    void aMailServerThatIsAwayLosesNothing() throws SQLException {
        Inbox inbox = somethingToTell();
        worker(
                        mails -> {
                            throw new IllegalStateException("450 " + mails[0].getTo());
                        },
                        Optional.of("mail"))
                .send();
        assertThat(inbox.received()).isEmpty();
        letTheServiceSend(inbox);
        inbox.await(1);
    }

    @Test
    void aMessageThatCannotBeWrittenKeepsNobodyWaiting() throws SQLException {
        Inbox broken = somethingToTell();
        Inbox fine = somethingToTell();
        Writing stumbling = new Writing(links, "http://localhost") {
            @Override
            MailServer.Envelope write(Messages.Leased message, MessageFacts facts) {
                if (broken.address().equals(facts.address())) {
                    throw new IllegalStateException("nobody expected this");
                }
                return super.write(message, facts);
            }
        };
        worker(mailer, Optional.of("mail"), stumbling).send();
        fine.await(1);
        assertThat(broken.received()).isEmpty();
        assertThat(stateTo(broken)).isEqualTo("WAITING null");
        letTheServiceSend(broken);
        broken.await(1);
    }

    @Test
    void whoeverLostTheLeaseSendsNothing() throws SQLException {
        Inbox inbox = somethingToTell();
        Instant later = Instant.now().plus(1, ChronoUnit.HOURS);
        List<Messages.Leased> mine = messages.lease(100, Duration.ofSeconds(1), later);
        assertThat(mine).isNotEmpty();
        assertThat(messages.isStillOurs(mine.getFirst(), Duration.ofSeconds(1), later.plusSeconds(2)))
                .isFalse();
        letTheServiceSend(inbox);
        inbox.await(1);
        mine.forEach(message -> {
            assertThat(messages.isStillOurs(message, Duration.ofMinutes(1), Instant.now()))
                    .isFalse();
            messages.tryAgain(message, Instant.now());
        });
        inbox.await(1);
    }

    @Test
    void withoutAMailServerNothingIsSentAndWhatIsTooLateGoes() throws SQLException {
        Inbox inbox = somethingToTell();
        worker(mailer, Optional.empty()).send();
        assertThat(stateTo(inbox)).isEqualTo("WAITING null");
        change(
                "UPDATE message m SET useful_until = now() FROM staff s WHERE s.id = m.staff_id AND s.email = ?",
                inbox.address());
        worker(mailer, Optional.empty()).tidy();
        assertThat(stateTo(inbox)).isEqualTo("DROPPED TOO_LATE");
        assertThat(inbox.received()).isEmpty();
    }

    private String stateOf(String appointmentId) throws SQLException {
        return one(
                "SELECT state || ' ' || coalesce(reason, 'null') FROM message WHERE appointment_id = ?",
                UUID.fromString(appointmentId));
    }

    private String stateTo(Inbox inbox) throws SQLException {
        return one(
                "SELECT m.state || ' ' || coalesce(m.reason, 'null') FROM message m JOIN staff s ON s.id = m.staff_id WHERE s.email = ?",
                inbox.address());
    }

    private String one(String sql, Object argument) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, argument);
            var rows = statement.executeQuery();
            return rows.next() ? rows.getString(1) : "";
        }
    }

    private void change(String sql, Object... arguments) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            assertThat(statement.executeUpdate()).isPositive();
        }
    }
}
