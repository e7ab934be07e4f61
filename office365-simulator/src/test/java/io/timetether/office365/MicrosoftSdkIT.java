package io.timetether.office365;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.graph.core.content.BatchRequestContent;
import com.microsoft.graph.core.content.BatchResponseContent;
import com.microsoft.graph.core.tasks.PageIterator;
import com.microsoft.graph.models.BodyType;
import com.microsoft.graph.models.Calendar;
import com.microsoft.graph.models.DateTimeTimeZone;
import com.microsoft.graph.models.DayOfWeek;
import com.microsoft.graph.models.Event;
import com.microsoft.graph.models.EventCollectionResponse;
import com.microsoft.graph.models.EventType;
import com.microsoft.graph.models.FreeBusyStatus;
import com.microsoft.graph.models.ItemBody;
import com.microsoft.graph.models.PatternedRecurrence;
import com.microsoft.graph.models.RecurrencePattern;
import com.microsoft.graph.models.RecurrencePatternType;
import com.microsoft.graph.models.RecurrenceRange;
import com.microsoft.graph.models.RecurrenceRangeType;
import com.microsoft.graph.models.SingleValueLegacyExtendedProperty;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.graph.users.item.calendarview.delta.DeltaGetResponse;
import com.microsoft.kiota.RequestInformation;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Microsoft's own SDK for Java reads and writes, pages, follows changes and sends batches, as against the real service. */
class MicrosoftSdkIT {

    private static final String ADA = "ada@simulator.example";
    private static final String MARK = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Mark";

    private final Office365Simulator simulator = Office365Simulator.start(SimulatorSettings.forTests());
    private GraphServiceClient graph;

    @BeforeEach
    void signIn() {
        simulator.outlook().createMailbox(ADA, "Ada Lovelace", "W. Europe Standard Time");
        String token = Client.tokens(simulator.origin(), ADA, Client.SCOPES)
                .path("access_token")
                .asText();
        graph = new GraphServiceClient((request, context) -> request.headers.add("Authorization", "Bearer " + token));
        graph.getRequestAdapter().setBaseUrl(simulator.origin() + "/v1.0");
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void createsReadsChangesAndDeletesAnEvent() {
        String transaction = UUID.randomUUID().toString();
        Event created = graph.me().events().post(planning(transaction));
        Event again = graph.me().events().post(planning(transaction));

        assertThat(again.getId()).as("the same transaction").isEqualTo(created.getId());
        Event read = graph.me().events().byEventId(created.getId()).get(asked -> {
            asked.headers.add("Prefer", "outlook.timezone=\"Tokyo Standard Time\"");
            asked.queryParameters.expand = new String[] {"singleValueExtendedProperties($filter=id eq '" + MARK + "')"};
        });
        assertThat(read.getSubject()).isEqualTo("Planning");
        assertThat(read.getShowAs()).isEqualTo(FreeBusyStatus.Tentative);
        assertThat(read.getType()).isEqualTo(EventType.SingleInstance);
        assertThat(read.getStart().getDateTime()).isEqualTo("2026-05-04T18:00:00.0000000");
        assertThat(read.getStart().getTimeZone()).isEqualTo("Tokyo Standard Time");
        assertThat(read.getBody().getContent()).contains("Agenda");
        assertThat(read.getSingleValueExtendedProperties().getFirst().getValue())
                .isEqualTo("ours");

        Event change = new Event();
        change.setSubject("Planning, moved");
        assertThat(graph.me().events().byEventId(created.getId()).patch(change).getSubject())
                .isEqualTo("Planning, moved");

        graph.me().events().byEventId(created.getId()).delete();

        ODataError gone = catchThrowableOfType(
                ODataError.class,
                () -> graph.me().events().byEventId(created.getId()).get());
        assertThat(gone.getResponseStatusCode()).isEqualTo(404);
        assertThat(gone.getError().getCode()).isEqualTo("ErrorItemNotFound");
    }

    @Test
    void turnsThePagesOfAView() throws ReflectiveOperationException {
        for (int day = 1; day <= 25; day++) {
            simulator.outlook().addEvent(ADA, "day " + day, at(day, 9), at(day, 10), "UTC");
        }
        EventCollectionResponse first = graph.me().calendarView().get(asked -> {
            asked.queryParameters.startDateTime = "2026-05-01T00:00:00Z";
            asked.queryParameters.endDateTime = "2026-06-01T00:00:00Z";
        });
        List<String> subjects = new ArrayList<>();
        new PageIterator.Builder<Event, EventCollectionResponse>()
                .client(graph)
                .collectionPage(first)
                .collectionPageFactory(EventCollectionResponse::createFromDiscriminatorValue)
                .processPageItemCallback(event -> subjects.add(event.getSubject()))
                .build()
                .iterate();

        assertThat(first.getValue()).hasSize(10);
        assertThat(subjects).hasSize(25).doesNotHaveDuplicates();
        assertThat(graph.me().calendars().get().getValue())
                .singleElement()
                .satisfies(
                        calendar -> assertThat(calendar.getIsDefaultCalendar()).isTrue());
        assertThat(graph.me().mailboxSettings().get().getTimeZone()).isEqualTo("W. Europe Standard Time");
        assertThat(graph.me().get().getMail()).isEqualTo(ADA);
    }

    @Test
    void followsChangesByDelta() {
        Event series = event("Rounds", "2026-05-04T09:00:00", "2026-05-04T09:30:00");
        PatternedRecurrence weekly = new PatternedRecurrence();
        RecurrencePattern pattern = new RecurrencePattern();
        pattern.setType(RecurrencePatternType.Weekly);
        pattern.setInterval(1);
        pattern.setDaysOfWeek(List.of(DayOfWeek.Monday));
        weekly.setPattern(pattern);
        RecurrenceRange range = new RecurrenceRange();
        range.setType(RecurrenceRangeType.Numbered);
        range.setNumberOfOccurrences(4);
        range.setStartDate(LocalDate.parse("2026-05-04"));
        weekly.setRange(range);
        series.setRecurrence(weekly);
        graph.me().events().post(series);
        String single = graph.me()
                .events()
                .post(event("Once", "2026-05-06T09:00:00", "2026-05-06T10:00:00"))
                .getId();

        List<Event> items = new ArrayList<>();
        String link = round(items, graph.me().calendarView().delta().get(asked -> {
            asked.queryParameters.startDateTime = "2026-05-01T00:00:00Z";
            asked.queryParameters.endDateTime = "2026-06-01T00:00:00Z";
            asked.headers.add("Prefer", "odata.maxpagesize=1");
        }));
        assertThat(items)
                .extracting(Event::getType)
                .containsExactlyInAnyOrder(
                        EventType.SeriesMaster,
                        EventType.Occurrence,
                        EventType.Occurrence,
                        EventType.Occurrence,
                        EventType.Occurrence,
                        EventType.SingleInstance);

        graph.me().events().byEventId(single).delete();
        List<Event> changes = new ArrayList<>();
        round(changes, graph.me().calendarView().delta().withUrl(link).get());

        assertThat(changes).singleElement().satisfies(event -> {
            assertThat(event.getId()).isEqualTo(single);
            assertThat(event.getAdditionalData()).containsKey("@removed");
        });

        simulator.outlook().expireDeltaLinks(ADA);
        ODataError expired = catchThrowableOfType(
                ODataError.class,
                () -> graph.me().calendarView().delta().withUrl(link).get());
        assertThat(expired.getResponseStatusCode()).isEqualTo(410);
        assertThat(expired.getError().getCode()).isEqualTo("SyncStateNotFound");
    }

    @Test
    void sendsABatch() throws IOException {
        Event known = graph.me().events().post(event("Known", "2026-05-04T09:00:00", "2026-05-04T10:00:00"));
        BatchRequestContent batch = new BatchRequestContent(graph);
        RequestInformation create = graph.me()
                .events()
                .toPostRequestInformation(event("From a batch", "2026-05-05T09:00:00", "2026-05-05T10:00:00"));
        String created = batch.addBatchRequestStep(create);
        String read = batch.addBatchRequestStep(
                graph.me().events().byEventId(known.getId()).toGetRequestInformation());
        String missing = batch.addBatchRequestStep(graph.me()
                .events()
                .byEventId(known.getId().substring(0, 20) + "x" + known.getId().substring(21))
                .toGetRequestInformation());

        BatchResponseContent answers = graph.getBatchRequestBuilder().post(batch, null);

        assertThat(answers.getResponsesStatusCode()).containsEntry(created, 201).containsEntry(read, 200);
        assertThat(answers.getResponsesStatusCode().get(missing)).isBetween(400, 404);
        assertThat(answers.getResponseById(created, Event::createFromDiscriminatorValue)
                        .getSubject())
                .isEqualTo("From a batch");
        assertThat(answers.getResponseById(read, Event::createFromDiscriminatorValue)
                        .getSubject())
                .isEqualTo("Known");
    }

    @Test
    void usesASecondCalendar() {
        Calendar wish = new Calendar();
        wish.setName("Studio");
        String studio = graph.me().calendars().post(wish).getId();

        graph.me()
                .calendars()
                .byCalendarId(studio)
                .events()
                .post(event("There", "2026-05-04T09:00:00", "2026-05-04T10:00:00"));

        assertThat(graph.me()
                        .calendars()
                        .byCalendarId(studio)
                        .calendarView()
                        .get(asked -> {
                            asked.queryParameters.startDateTime = "2026-05-01T00:00:00Z";
                            asked.queryParameters.endDateTime = "2026-06-01T00:00:00Z";
                        })
                        .getValue())
                .extracting(Event::getSubject)
                .containsExactly("There");
        assertThat(graph.me().events().get().getValue()).isEmpty();
    }

    /** A new one each time: the SDK sends only what has been set since it sent an object before. */
    private static Event planning(String transaction) {
        Event wish = event("Planning", "2026-05-04T09:00:00", "2026-05-04T10:00:00");
        wish.setShowAs(FreeBusyStatus.Tentative);
        wish.setTransactionId(transaction);
        ItemBody body = new ItemBody();
        body.setContentType(BodyType.Html);
        body.setContent("<p>Agenda</p>");
        wish.setBody(body);
        SingleValueLegacyExtendedProperty mark = new SingleValueLegacyExtendedProperty();
        mark.setId(MARK);
        mark.setValue("ours");
        wish.setSingleValueExtendedProperties(List.of(mark));
        return wish;
    }

    /** Adds what all pages hold and answers the link for the next round. */
    private String round(List<Event> items, DeltaGetResponse page) {
        items.addAll(page.getValue());
        while (page.getOdataDeltaLink() == null) {
            page = graph.me()
                    .calendarView()
                    .delta()
                    .withUrl(page.getOdataNextLink())
                    .get(asked -> asked.headers.add("Prefer", "odata.maxpagesize=1"));
            items.addAll(page.getValue());
        }
        return page.getOdataDeltaLink();
    }

    private static LocalDateTime at(int day, int hour) {
        return LocalDate.of(2026, 5, day).atTime(hour, 0);
    }

    private static Event event(String subject, String start, String end) {
        Event event = new Event();
        event.setSubject(subject);
        event.setStart(time(start));
        event.setEnd(time(end));
        return event;
    }

    private static DateTimeTimeZone time(String text) {
        DateTimeTimeZone time = new DateTimeTimeZone();
        time.setDateTime(text);
        time.setTimeZone("UTC");
        return time;
    }
}
