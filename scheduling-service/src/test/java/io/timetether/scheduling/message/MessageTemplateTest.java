package io.timetether.scheduling.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageTemplateTest {

    private static final String LINK = "http://localhost:8080/book/seaside/manage/s3cret";
    private static final Instant WRITTEN = Instant.parse("2027-02-01T12:00:00Z");

    @Test
    void saysWhatWhenWhereAndWithWhomInTheZoneOfThePlace() {
        Letter letter = MessageTemplate.ofAppointment(MessageKind.BOOKED, SampleFacts.with("OPEN"), LINK);
        assertThat(letter.subject()).isEqualTo("Booked: Check-up, Mon 1 Mar 2027, 10:00");
        assertThat(letter.text())
                .contains("Hello Carla Client,")
                .contains("Check-up with Dana Doe")
                .contains("Mon 1 Mar 2027, 10:00 – 10:45 (Europe/Berlin)")
                .contains("Room 2, Beach Road 7")
                .contains("Number 1042")
                .contains(LINK)
                .endsWith("Seaside Practice\n");
        assertThat(letter.html()).contains("href=\"" + LINK + "\"");
    }

    @Test
    void whatNeedsAConfirmationIsNotCalledBooked() {
        Letter letter = MessageTemplate.ofAppointment(MessageKind.BOOKED, SampleFacts.with("PENDING"), LINK);
        assertThat(letter.subject()).startsWith("Received: ");
        assertThat(letter.text()).doesNotContain("is booked");
    }

    @Test
    void namesCannotBreakOutOfTheirLine() {
        Letter letter = MessageTemplate.ofAppointment(
                MessageKind.BOOKED, SampleFacts.named("Eve\r\nBcc: x@example.org\u2028<b>"), LINK);
        assertThat(letter.greeting()).isEqualTo("Hello Eve Bcc: x@example.org <b>,");
        assertThat(letter.html()).contains("&lt;b&gt;").doesNotContain("<b>");
    }

    @ParameterizedTest
    @EnumSource(
            value = MessageKind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RECONNECT_NEEDED"})
    void everySubjectIsOneLine(MessageKind kind) {
        assertThat(MessageTemplate.ofAppointment(kind, SampleFacts.with("OPEN"), LINK)
                        .subject())
                .matches("\\P{Cntrl}+");
    }

    @Test
    void theCalendarFileCanBeReadAndFollowsItsAppointment() throws Exception {
        byte[] booked = CalendarFile.of(SampleFacts.with("OPEN"), LINK, WRITTEN);
        String lines = new String(booked, StandardCharsets.UTF_8);
        assertThat(lines)
                .contains("DTSTART:20270301T090000Z")
                .contains("DTEND:20270301T094500Z")
                .contains("METHOD:PUBLISH")
                .contains("SEQUENCE:3")
                .contains("UID:appointment-" + SampleFacts.APPOINTMENT + "@timetether")
                .contains("DTSTAMP:20270201T120000Z")
                .contains("\r\n");
        assertThat(lines.split("\r\n")).allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 75);
        Calendar read = new CalendarBuilder().build(new ByteArrayInputStream(booked));
        VEvent event = (VEvent) read.getComponents().getFirst();
        assertThat(event.getSummary().getValue()).isEqualTo("Check-up – Seaside Practice");
        assertThat(event.getDescription().getValue()).contains(LINK);

        String cancelled =
                new String(CalendarFile.of(SampleFacts.with("CANCELLED"), LINK, WRITTEN), StandardCharsets.UTF_8);
        assertThat(cancelled)
                .contains("METHOD:CANCEL")
                .contains("STATUS:CANCELLED")
                .contains("UID:appointment-" + SampleFacts.APPOINTMENT + "@timetether");
    }
}
