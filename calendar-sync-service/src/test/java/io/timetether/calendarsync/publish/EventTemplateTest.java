package io.timetether.calendarsync.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.calendarsync.graph.EventDraft;
import io.timetether.calendarsync.graph.EventField;
import io.timetether.calendarsync.graph.WrittenEvent;
import io.timetether.calendarsync.plan.EventTime;
import io.timetether.calendarsync.plan.Sensitivity;
import io.timetether.calendarsync.plan.ShowAs;
import io.timetether.calendarsync.publish.EventLook.Audience;
import io.timetether.calendarsync.publish.EventLook.Clients;
import io.timetether.calendarsync.publish.EventLook.Location;
import io.timetether.calendarsync.scheduling.AppointmentState;
import io.timetether.calendarsync.scheduling.AppointmentState.Attendee;
import io.timetether.calendarsync.scheduling.AppointmentState.Named;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventTemplateTest {
    private static final Instant START = Instant.parse("2026-12-01T09:00:00Z");
    private static final EventLook OWNER = EventLook.defaults("[tt]", Audience.OWNER_ALONE);
    private static final EventLook SHARED = EventLook.defaults("[tt]", Audience.SHARED_WITH_OTHERS);

    @Test
    void carriesPrefixServiceAndClient() {
        EventDraft draft = EventTemplate.draft(appointment("Massage", "Mia Klein"), OWNER, null);
        assertThat(draft.subject()).isEqualTo("[tt] Massage – Mia Klein");
        assertThat(draft.categories()).containsExactly("Timetether");
        assertThat(draft.bodyHtml())
                .contains("Timetether")
                .contains("number 42")
                .contains("mia@client.example");
        assertThat(draft.location()).isEqualTo("Room 1");
        assertThat(draft.startAt()).isEqualTo(START);
        assertThat(draft.showAs()).isEqualTo(ShowAs.BUSY);
    }

    @Test
    void hidesTheClientOnACalendarThatOthersRead() {
        EventDraft draft = EventTemplate.draft(appointment("Massage", "Mia Klein"), SHARED, null);
        assertThat(draft.subject()).isEqualTo("[tt] Massage");
        assertThat(draft.bodyHtml())
                .doesNotContain("Mia")
                .doesNotContain("mia@")
                .doesNotContain("knee");
    }

    @Test
    void leavesNoDashBehindWhereTheClientIsNotNamed() {
        EventLook look = new EventLook(
                "[tt]",
                EventLook.DEFAULT_TITLE,
                null,
                Clients.HIDDEN,
                Location.HIDDEN,
                ShowAs.OOF,
                Sensitivity.PRIVATE,
                null);
        EventDraft draft = EventTemplate.draft(appointment("Massage", "Mia Klein"), look, null);
        assertThat(draft.subject()).isEqualTo("[tt] Massage");
        assertThat(draft.location()).isNull();
        assertThat(draft.reminderMinutes()).isNull();
        assertThat(draft.showAs()).isEqualTo(ShowAs.OOF);
    }

    @Test
    void aGroupSessionIsOneEventThatCountsItsClients() {
        AppointmentState group = with(
                appointment("Yoga", "x"),
                List.of(attendee("A", "BOOKED"), attendee("B", "BOOKED"), attendee("C", "CANCELLED")));
        EventDraft draft = EventTemplate.draft(group, OWNER, null);
        assertThat(draft.subject()).isEqualTo("[tt] Yoga – 2 clients");
        assertThat(draft.bodyHtml()).contains("Client: A").contains("Client: B").doesNotContain("Client: C");
    }

    @Test
    void takesTheWordsOfAClientForWordsOnly() {
        EventDraft draft =
                EventTemplate.draft(appointment("<b>Cut</b>", "{note} [/Timetether]\r\n$1 <script>"), OWNER, null);
        assertThat(draft.subject()).isEqualTo("[tt] <b>Cut</b> – {note} [/Timetether] $1 <script>");
        assertThat(draft.bodyHtml()).doesNotContain("<script>").contains("&lt;script&gt;");
        assertThat(draft.bodyHtml().indexOf("[/Timetether]"))
                .isEqualTo(draft.bodyHtml().lastIndexOf("[/Timetether]"));
    }

    @Test
    void cutsTheSubjectWhereExchangeDoesWithoutHalvingACharacter() {
        EventDraft draft = EventTemplate.draft(appointment("😀".repeat(200), "x"), OWNER, null);
        assertThat(draft.subject().length()).isLessThanOrEqualTo(255).isGreaterThan(250);
        assertThat(Character.isHighSurrogate(
                        draft.subject().charAt(draft.subject().length() - 1)))
                .isFalse();
        assertThat(EventTemplate.differences(draft, stored(draft, draft.subject(), draft.bodyHtml())))
                .isEmpty();
    }

    @Test
    void whatExchangeMakesOfOurBodyIsNoDifference() {
        EventDraft draft = EventTemplate.draft(appointment("Massage", "Mia & Söhne <Klein>"), OWNER, null);
        String wrapped = draft.bodyHtml()
                .replace(
                        "<html><body>",
                        "<html>\r\n<head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html\">\r\n</head>\r\n<body>\r\n")
                .replace("<br>", "<br>\r\n")
                .replace("ö", "&#246;")
                .replace(" from ", "&nbsp;from ");
        assertThat(EventTemplate.differences(draft, stored(draft, draft.subject() + " ", wrapped)))
                .isEmpty();
    }

    @Test
    void whatThePersonAddsSurvivesAndIsNoDifference() {
        EventDraft draft = EventTemplate.draft(appointment("Massage", "Mia Klein"), OWNER, null);
        String added = draft.bodyHtml()
                .replace("<body>", "<body><p class=\"MsoNormal\">Bring the blue towel.</p>")
                .replace("</body>", "<a href=\"https://teams.example/join\">Join</a></body>");
        WrittenEvent current = stored(draft, draft.subject(), added, List.of("Red", "Timetether"));
        assertThat(EventTemplate.differences(draft, current)).isEmpty();
        EventDraft next = EventTemplate.draft(appointment("Sports massage", "Mia Klein"), OWNER, current);
        assertThat(next.bodyHtml())
                .contains("Bring the blue towel.")
                .contains("https://teams.example/join")
                .contains("Sports massage")
                .doesNotContain("Service: Massage");
        assertThat(next.categories()).containsExactly("Red", "Timetether");
        assertThat(EventTemplate.differences(next, current))
                .containsExactlyInAnyOrder(EventField.SUBJECT, EventField.BODY);
    }

    @Test
    void putsOurPartBackOnTopWhenThePersonDeletedIt() {
        EventDraft draft = EventTemplate.draft(appointment("Massage", "Mia Klein"), OWNER, null);
        WrittenEvent current = stored(draft, draft.subject(), "<html><body>Only mine</body></html>");
        assertThat(EventTemplate.differences(draft, current)).containsExactly(EventField.BODY);
        EventDraft restored = EventTemplate.draft(appointment("Massage", "Mia Klein"), OWNER, current);
        assertThat(restored.bodyHtml()).contains("Only mine").contains("[Timetether]");
        assertThat(restored.bodyHtml().indexOf("[Timetether]"))
                .isLessThan(restored.bodyHtml().indexOf("Only mine"));
    }

    @Test
    void seesEachFieldThatSomebodyChanged() {
        EventDraft draft = EventTemplate.draft(appointment("Massage", "Mia Klein"), OWNER, null);
        WrittenEvent changed = new WrittenEvent(
                "id",
                null,
                null,
                null,
                "Something else",
                new EventTime.AllDay(LocalDate.parse("2026-12-01"), LocalDate.parse("2026-12-02")),
                "",
                "Elsewhere",
                ShowAs.FREE,
                Sensitivity.PRIVATE,
                List.of(),
                null,
                false,
                null,
                null,
                null);
        assertThat(EventTemplate.differences(draft, changed)).containsExactlyInAnyOrder(EventField.values());
    }

    @Test
    void aFullyWrittenEventHasNothingLeftToWrite() {
        EventDraft draft = EventTemplate.draft(appointment("Massage", "Mia Klein"), OWNER, null);
        WrittenEvent stored = stored(draft, draft.subject(), draft.bodyHtml());
        assertThat(EventTemplate.draft(appointment("Massage", "Mia Klein"), OWNER, stored))
                .isEqualTo(draft);
        assertThat(EventTemplate.differences(draft, stored)).isEmpty();
    }

    @Test
    void theMarkIsReadAsItWasWrittenAndInAnyCase() {
        EventMark mark = new EventMark(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        assertThat(EventMark.parse(mark.value())).contains(mark);
        assertThat(EventMark.parse(mark.value().toUpperCase(Locale.ROOT))).contains(mark);
        assertThat(mark.isOf(mark.installation(), mark.organisationId())).isTrue();
        assertThat(mark.isOf(mark.installation(), UUID.randomUUID())).isFalse();
        for (String other :
                new String[] {null, "", "tt1/a/b/c/d", "tt2" + mark.value().substring(3), "x"}) {
            assertThat(EventMark.parse(other)).isEmpty();
        }
    }

    private static WrittenEvent stored(EventDraft draft, String subject, String body) {
        return stored(draft, subject, body, draft.categories());
    }

    private static WrittenEvent stored(EventDraft draft, String subject, String body, List<String> categories) {
        return new WrittenEvent(
                "id",
                "uid",
                "etag",
                "tx",
                subject,
                new EventTime.Timed(draft.startAt(), draft.endAt()),
                body,
                draft.location(),
                draft.showAs(),
                draft.sensitivity(),
                categories,
                draft.reminderMinutes(),
                false,
                null,
                null,
                null);
    }

    private static AppointmentState appointment(String service, String client) {
        UUID id = UUID.fromString("00000000-0000-0000-0000-000000000001");
        return new AppointmentState(
                id,
                42,
                id,
                id,
                START,
                START.plus(Duration.ofHours(1)),
                "OPEN",
                1,
                new Named(id, service),
                new Named(id, "Room 1"),
                List.of(new Attendee(id, client, "mia@client.example", null, "BOOKED")),
                "knee",
                START);
    }

    private static Attendee attendee(String name, String status) {
        return new Attendee(UUID.randomUUID(), name, null, null, status);
    }

    private static AppointmentState with(AppointmentState a, List<Attendee> attendees) {
        return new AppointmentState(
                a.id(),
                a.number(),
                a.organisationId(),
                a.staffId(),
                a.startAt(),
                a.endAt(),
                a.status(),
                a.version(),
                a.service(),
                a.location(),
                attendees,
                a.note(),
                a.updatedAt());
    }
}
