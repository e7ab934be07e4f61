package io.timetether.calendarsync.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.calendarsync.ConnectedMailbox;
import io.timetether.calendarsync.graph.GraphReply.Failed;
import io.timetether.calendarsync.graph.GraphReply.Ok;
import io.timetether.calendarsync.graph.RoundOutcome.Complete;
import io.timetether.calendarsync.plan.EventTime;
import io.timetether.calendarsync.plan.RemoteEvent;
import io.timetether.calendarsync.plan.RoundEvidence;
import io.timetether.calendarsync.plan.Sensitivity;
import io.timetether.calendarsync.plan.ShowAs;
import io.timetether.calendarsync.plan.SyncWindow;
import io.timetether.office365.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading and writing a calendar of the stand-in; the numbers are those of the scenarios in docs/graph-notes. */
class GraphCalendarIT {
    private static final String ANNA = ConnectedMailbox.ADDRESS;
    private static final String BERLIN = "W. Europe Standard Time";
    private static final SyncWindow WINDOW =
            new SyncWindow(Instant.parse("2027-03-01T00:00:00Z"), Instant.parse("2027-06-01T00:00:00Z"));
    private static final String MARK_ID = "String {6f1b2c1e-8d4a-4a35-9a3c-2d7a5c0b94e1} Name TimetetherMark";
    private static final LocalDateTime MONDAY = LocalDateTime.parse("2027-03-08T09:00:00");

    private ConnectedMailbox mailbox;
    private Outlook outlook;
    private GraphCalendar graph;
    private GraphAccess access;
    private String calendarId;

    @BeforeEach
    void start() {
        mailbox = ConnectedMailbox.withPagesOf(2);
        outlook = mailbox.outlook;
        graph = mailbox.graph;
        access = mailbox.access;
        calendarId = ok(graph.defaultCalendar(access)).id();
    }

    @AfterEach
    void stop() {
        mailbox.close();
    }

    @Test
    void listsCalendarsAndTellsWhoOwnsThem() {
        outlook.addCalendar(ANNA, "Practice");
        List<CalendarEntry> calendars = ok(graph.listCalendars(access));
        assertThat(calendars).extracting(CalendarEntry::name).contains("Practice");
        assertThat(calendars).filteredOn(CalendarEntry::isDefault).hasSize(1);
        assertThat(calendars).allSatisfy(calendar -> {
            assertThat(calendar.ownerAddress()).isEqualTo(ANNA);
            assertThat(calendar.canEdit()).isTrue();
        });
        assertThat(ok(graph.calendar(access, calendarId)).isDefault()).isTrue();
        assertThat(ok(graph.me(access)).address()).isEqualTo(ANNA);
        assertThat(ok(graph.mailboxZone(access))).isEqualTo(new GraphZone.Known(ZoneId.of("Europe/Berlin")));
    }

    @Test
    void readsTheFirstRoundPageByPage_14() {
        for (int i = 0; i < 5; i++) {
            outlook.addEvent(
                    ANNA, "Event " + i, MONDAY.plusDays(i), MONDAY.plusDays(i).plusHours(1), BERLIN);
        }
        Read first = baseline();
        assertThat(first.complete().pages()).isEqualTo(3);
        assertThat(first.complete().evidence()).isInstanceOfSatisfying(RoundEvidence.FullRead.class, full -> {
            assertThat(full.window()).isEqualTo(WINDOW);
            assertThat(full.seen()).hasSize(5);
        });
        assertThat(first.events().values())
                .extracting(RemoteEvent::subject)
                .containsExactlyInAnyOrder("Event 0", "Event 1", "Event 2", "Event 3", "Event 4");
        Read nothing = changes(first);
        assertThat(nothing.events()).isEmpty();
    }

    @Test
    void completesBareOccurrencesFromTheirSeriesAndLeavesTheMasterOut_16() {
        String series = outlook.addEvent(ANNA, """
                {"subject":"Supervision","showAs":"oof","sensitivity":"private",
                 "start":{"dateTime":"2020-01-06T09:00:00","timeZone":"W. Europe Standard Time"},
                 "end":{"dateTime":"2020-01-06T10:00:00","timeZone":"W. Europe Standard Time"},
                 "recurrence":{"pattern":{"type":"weekly","interval":1,"daysOfWeek":["monday"]},
                               "range":{"type":"noEnd","startDate":"2020-01-06"}}}
                """);
        assertThat(series).isNotEmpty();
        Read read = baseline();
        assertThat(read.events()).hasSize(14);
        assertThat(read.events().values()).allSatisfy(event -> {
            assertThat(event.subject()).isEqualTo("Supervision");
            assertThat(event.showAs()).isEqualTo(ShowAs.OOF);
            assertThat(event.sensitivity()).isEqualTo(Sensitivity.PRIVATE);
            assertThat(event.seriesId()).isNotNull();
            assertThat(event.iCalUId()).isNotNull();
            assertThat(event.lastModifiedAt()).isNotNull();
            assertThat(WINDOW.overlaps(start(event), start(event).plusSeconds(1)))
                    .isTrue();
        });
        // The clocks change on 28 March: nine o'clock stays nine o'clock. (29)
        assertThat(read.events().values())
                .extracting(GraphCalendarIT::start)
                .contains(Instant.parse("2027-03-22T08:00:00Z"), Instant.parse("2027-03-29T07:00:00Z"));
    }

    @Test
    void aSeriesOverflowsItsPage_23() {
        outlook.addSeries(ANNA, "Daily", MONDAY, MONDAY.plusHours(1), BERLIN, """
                {"pattern":{"type":"daily","interval":1},"range":{"type":"noEnd","startDate":"2027-03-08"}}
                """);
        List<Integer> sizes = new ArrayList<>();
        graph.changesSince(access, calendarId, new RoundStart.Baseline(WINDOW), page -> sizes.add(page.size()));
        assertThat(sizes).containsExactly(85);
    }

    @Test
    void aWindowThatSlidesFindsTheSameEventsUnderTheSameIds_27() {
        outlook.addEvent(ANNA, "Stays", MONDAY, MONDAY.plusHours(1), BERLIN);
        weekly();
        Read first = baseline();
        SyncWindow slid = new SyncWindow(
                WINDOW.from().plus(Duration.ofDays(7)), WINDOW.until().plus(Duration.ofDays(7)));
        Read second = read(new RoundStart.Baseline(slid));
        assertThat(second.events().keySet()).isEqualTo(first.events().keySet());
        assertThat(second.complete().evidence().window()).isEqualTo(slid);
    }

    @Test
    void aCalendarThatMayNotBeEditedSaysSo_45() {
        String other = outlook.addCalendar(ANNA, "Read only").id();
        outlook.setEditable(ANNA, other, false);
        CalendarEntry entry = ok(graph.listCalendars(access)).stream()
                .filter(calendar -> calendar.name().equals("Read only"))
                .findFirst()
                .orElseThrow();
        assertThat(entry.canEdit()).isFalse();
        assertThat(problem(graph.create(
                        access, entry.id(), draft("x"), UUID.randomUUID().toString(), mark("a"))))
                .isInstanceOf(GraphProblem.Forbidden.class);
    }

    @Test
    void aDeletedOccurrenceIsMissingFromItsSeries_18() {
        String series = weekly();
        Read first = baseline();
        outlook.deleteOccurrence(ANNA, series, LocalDate.parse("2027-03-15"));
        RoundEvidence.Changes changes = evidence(changes(first));
        assertThat(changes.series()).hasSize(1);
        assertThat(changes.series().values().iterator().next())
                .hasSize(first.events().size() - 1);
        assertThat(first.events().keySet())
                .containsAll(changes.series().values().iterator().next());
    }

    @Test
    void aMovedInstanceIsAtItsNewPlaceAndKnowsItsOldOne_19() {
        String series = weekly();
        Read first = baseline();
        String id = outlook.occurrenceId(ANNA, series, LocalDate.parse("2027-03-15"));
        outlook.move(ANNA, id, MONDAY.plusDays(8), MONDAY.plusDays(8).plusHours(2), BERLIN);
        Read second = changes(first);
        RemoteEvent moved = second.events().values().stream()
                .filter(event -> start(event).equals(Instant.parse("2027-03-16T08:00:00Z")))
                .findFirst()
                .orElseThrow();
        assertThat(moved.originalStart()).isEqualTo(Instant.parse("2027-03-15T08:00:00Z"));
        assertThat(moved.seriesId()).isNotNull();
        assertThat(second.events().values())
                .extracting(GraphCalendarIT::start)
                .doesNotContain(Instant.parse("2027-03-15T08:00:00Z"));
    }

    @Test
    void eventsOutsideAndLeavingTheWindowAreTombstones_20_21() {
        String inside = outlook.addEvent(ANNA, "Inside", MONDAY, MONDAY.plusHours(1), BERLIN);
        Read first = baseline();
        String known = first.events().keySet().iterator().next();
        outlook.addEvent(
                ANNA, "Outside", MONDAY.plusYears(1), MONDAY.plusYears(1).plusHours(1), BERLIN);
        outlook.move(ANNA, inside, MONDAY.plusYears(2), MONDAY.plusYears(2).plusHours(1), BERLIN);
        Read second = changes(first);
        assertThat(second.events()).isEmpty();
        assertThat(evidence(second).removed()).contains(known);
        outlook.move(ANNA, inside, MONDAY, MONDAY.plusHours(1), BERLIN);
        assertThat(changes(second).events()).containsOnlyKeys(known);
    }

    @Test
    void aDeletedSeriesIsTheTombstoneOfItsMaster() {
        String series = weekly();
        Read first = baseline();
        String master = first.events().values().iterator().next().seriesId();
        outlook.delete(ANNA, series);
        assertThat(evidence(changes(first)).removed()).contains(master);
    }

    @Test
    void aForgottenCursorAsksForAFullRead_25() {
        Read first = baseline();
        outlook.expireDeltaLinks(ANNA);
        RoundOutcome outcome = graph.changesSince(
                access, calendarId, new RoundStart.Cursor(first.complete().deltaLink(), WINDOW), page -> {});
        assertThat(outcome).isInstanceOf(RoundOutcome.CursorExpired.class);
    }

    @Test
    void anAllDayEventKeepsItsDate_28() {
        outlook.addAllDayEvent(ANNA, "Holiday", LocalDate.parse("2027-03-28"), LocalDate.parse("2027-03-29"), BERLIN);
        assertThat(baseline().events().values())
                .extracting(RemoteEvent::when)
                .containsExactly(new EventTime.AllDay(LocalDate.parse("2027-03-28"), LocalDate.parse("2027-03-29")));
    }

    @Test
    void tellsHowTimeIsShownAndWhatWasDeclined_30() {
        add("Free", "\"showAs\":\"free\"");
        add("Elsewhere", "\"showAs\":\"workingElsewhere\"");
        add(
                "Declined",
                "\"responseStatus\":{\"response\":\"declined\"},\"organizer\":{\"emailAddress\":{\"address\":\"x@y.example\"}}");
        add("Cancelled", "\"isCancelled\":true");
        Map<String, RemoteEvent> bySubject = new LinkedHashMap<>();
        baseline().events().values().forEach(event -> bySubject.put(event.subject(), event));
        assertThat(bySubject.get("Free").showAs()).isEqualTo(ShowAs.FREE);
        assertThat(bySubject.get("Elsewhere").showAs()).isEqualTo(ShowAs.WORKING_ELSEWHERE);
        assertThat(bySubject.get("Declined").declined()).isTrue();
        assertThat(bySubject.entrySet().stream()
                        .filter(e -> e.getKey().contains("Cancelled"))
                        .findFirst()
                        .orElseThrow()
                        .getValue()
                        .cancelled())
                .isTrue();
    }

    @Test
    void aDeletedCalendarIsNotFound_47() {
        String other = outlook.addCalendar(ANNA, "Practice").id();
        String id = ok(graph.listCalendars(access)).stream()
                .filter(calendar -> calendar.name().equals("Practice"))
                .findFirst()
                .orElseThrow()
                .id();
        outlook.deleteCalendar(ANNA, other);
        assertThat(graph.changesSince(access, id, new RoundStart.Baseline(WINDOW), page -> {}))
                .isInstanceOfSatisfying(
                        RoundOutcome.Stopped.class,
                        stopped -> assertThat(stopped.problem()).isInstanceOf(GraphProblem.NotFound.class));
    }

    @Test
    void writesOnceHoweverOftenItIsSent_34() {
        String transaction = UUID.randomUUID().toString();
        WrittenEvent first = ok(graph.create(access, calendarId, draft("[tt] Massage"), transaction, mark("a")));
        WrittenEvent again = ok(graph.create(access, calendarId, draft("[tt] Massage"), transaction, mark("a")));
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(problem(graph.create(access, calendarId, draft("[tt] Other"), transaction, mark("a"))))
                .isInstanceOf(GraphProblem.DuplicateTransaction.class);
        assertThat(ok(graph.findByMark(access, calendarId, mark("a"))))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.id()).isEqualTo(first.id());
                    assertThat(found.mark()).isEqualTo("a");
                    assertThat(found.transactionId()).isEqualTo(transaction);
                });
        assertThat(ok(graph.findByMark(access, calendarId, mark("it's not there"))))
                .isEmpty();
    }

    @Test
    void ourOwnEventComesBackWithIdAndTransactionIdAndWithoutMark_37() {
        String transaction = UUID.randomUUID().toString();
        WrittenEvent written = ok(graph.create(access, calendarId, draft("[tt] Massage"), transaction, mark("a")));
        assertThat(baseline().events().values()).singleElement().satisfies(event -> {
            assertThat(event.id()).isEqualTo(written.id());
            assertThat(event.transactionId()).isEqualTo(transaction);
        });
        assertThat(ok(graph.event(access, calendarId, written.id(), MARK_ID)).mark())
                .isEqualTo("a");
    }

    @Test
    void whatWasWrittenIsReadAsItWasMeant() {
        WrittenEvent written = ok(graph.create(
                access, calendarId, draft("[tt] Massage"), UUID.randomUUID().toString(), mark("a")));
        assertThat(written.when())
                .isEqualTo(new EventTime.Timed(
                        Instant.parse("2027-03-10T09:00:00Z"), Instant.parse("2027-03-10T10:00:00Z")));
        assertThat(written.location()).isEqualTo("Room 1");
        assertThat(written.categories()).containsExactly("Timetether");
        assertThat(written.reminderMinutes()).isEqualTo(15);
        assertThat(written.showAs()).isEqualTo(ShowAs.BUSY);
        assertThat(written.sensitivity()).isEqualTo(Sensitivity.NORMAL);
    }

    @Test
    void updatesOnlyTheFieldsNamedAndOnlyTheVersionRead_36() {
        WrittenEvent written = ok(graph.create(
                access, calendarId, draft("[tt] Massage"), UUID.randomUUID().toString(), mark("a")));
        EventDraft later = new EventDraft(
                "[tt] Moved",
                Instant.parse("2027-03-11T09:00:00Z"),
                Instant.parse("2027-03-11T10:00:00Z"),
                "<p>x</p>",
                null,
                ShowAs.BUSY,
                Sensitivity.NORMAL,
                List.of("Timetether"),
                null);
        WrittenEvent moved =
                ok(graph.update(access, calendarId, written.id(), written.etag(), later, EnumSet.of(EventField.TIME)));
        assertThat(moved.subject()).isEqualTo("[tt] Massage");
        assertThat(moved.when())
                .isEqualTo(new EventTime.Timed(
                        Instant.parse("2027-03-11T09:00:00Z"), Instant.parse("2027-03-11T10:00:00Z")));
        assertThat(problem(graph.update(
                        access, calendarId, written.id(), written.etag(), later, EnumSet.of(EventField.SUBJECT))))
                .isInstanceOf(GraphProblem.PreconditionFailed.class);
        WrittenEvent all =
                ok(graph.update(access, calendarId, written.id(), null, later, EnumSet.allOf(EventField.class)));
        assertThat(all.location()).isNullOrEmpty();
        assertThat(all.reminderMinutes()).isNull();
    }

    @Test
    void whatIsGoneCannotBeUpdatedButIsDeletedAlready_35() {
        WrittenEvent written = ok(graph.create(
                access, calendarId, draft("[tt] Massage"), UUID.randomUUID().toString(), mark("a")));
        assertThat(ok(graph.delete(access, calendarId, written.id(), null))).isEqualTo(GraphReply.Done.DONE);
        assertThat(ok(graph.delete(access, calendarId, written.id(), null))).isEqualTo(GraphReply.Done.DONE);
        assertThat(problem(graph.update(
                        access, calendarId, written.id(), null, draft("x"), EnumSet.of(EventField.SUBJECT))))
                .isInstanceOf(GraphProblem.NotFound.class);
    }

    @Test
    void anEventThatThePersonMovedToAnotherCalendarIsStillOurs() {
        WrittenEvent written = ok(graph.create(
                access, calendarId, draft("[tt] Massage"), UUID.randomUUID().toString(), mark("a")));
        String other = outlook.addCalendar(ANNA, "Practice").id();
        outlook.moveToCalendar(ANNA, written.id(), other);
        assertThat(ok(graph.update(
                                access,
                                calendarId,
                                written.id(),
                                null,
                                draft("[tt] New"),
                                EnumSet.of(EventField.SUBJECT)))
                        .subject())
                .isEqualTo("[tt] New");
    }

    private String weekly() {
        return outlook.addSeries(ANNA, "Weekly", MONDAY, MONDAY.plusHours(1), BERLIN, """
                {"pattern":{"type":"weekly","interval":1,"daysOfWeek":["monday"]},
                 "range":{"type":"endDate","startDate":"2027-03-08","endDate":"2027-05-01"}}
                """);
    }

    private void add(String subject, String fields) {
        outlook.addEvent(ANNA, """
                {"subject":"%s",%s,
                 "start":{"dateTime":"2027-03-09T09:00:00","timeZone":"UTC"},
                 "end":{"dateTime":"2027-03-09T10:00:00","timeZone":"UTC"}}
                """.formatted(subject, fields));
    }

    private static EventDraft draft(String subject) {
        return new EventDraft(
                subject,
                Instant.parse("2027-03-10T09:00:00Z"),
                Instant.parse("2027-03-10T10:00:00Z"),
                "<html><body>[Timetether]<br>x<br>[/Timetether]</body></html>",
                "Room 1",
                ShowAs.BUSY,
                Sensitivity.NORMAL,
                List.of("Timetether"),
                15);
    }

    private static ExtendedProperty mark(String value) {
        return new ExtendedProperty(MARK_ID, value);
    }

    private Read baseline() {
        return read(new RoundStart.Baseline(WINDOW));
    }

    private Read changes(Read before) {
        return read(new RoundStart.Cursor(before.complete().deltaLink(), WINDOW));
    }

    private Read read(RoundStart start) {
        Map<String, RemoteEvent> events = new LinkedHashMap<>();
        List<Integer> sizes = new ArrayList<>();
        RoundOutcome outcome = graph.changesSince(access, calendarId, start, page -> {
            sizes.add(page.size());
            page.forEach(event -> events.put(event.id(), event));
        });
        assertThat(outcome).isInstanceOf(Complete.class);
        assertThat(sizes).doesNotContain(0);
        return new Read((Complete) outcome, events);
    }

    private static RoundEvidence.Changes evidence(Read read) {
        return (RoundEvidence.Changes) read.complete().evidence();
    }

    private record Read(Complete complete, Map<String, RemoteEvent> events) {}

    private static Instant start(RemoteEvent event) {
        return ((EventTime.Timed) event.when()).startAt();
    }

    static <T> T ok(GraphReply<T> reply) {
        assertThat(reply).isInstanceOf(Ok.class);
        return ((Ok<T>) reply).value();
    }

    static GraphProblem problem(GraphReply<?> reply) {
        assertThat(reply).isInstanceOf(Failed.class);
        return ((Failed<?>) reply).problem();
    }
}
