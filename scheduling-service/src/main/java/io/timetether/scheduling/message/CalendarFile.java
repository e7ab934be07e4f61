package io.timetether.scheduling.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.UUID;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Location;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/**
 * The appointment as an iCalendar file (RFC 5545). The same appointment always has the same UID, and its version as
 * sequence, so that a calendar that took in the first file changes that entry with the next. Times are in UTC.
 */
final class CalendarFile {

    private CalendarFile() {}

    static byte[] of(MessageFacts.OfAppointment facts, String link, Instant writtenAt) {
        boolean cancelled = facts.status().equals("CANCELLED");
        VEvent event = new VEvent(false);
        event.add(uid(facts.appointmentId()));
        event.add(new DtStamp(writtenAt));
        event.add(new Sequence(Math.toIntExact(facts.version())));
        event.add(new DtStart<>(facts.startAt()));
        event.add(new DtEnd<>(facts.endAt()));
        event.add(new Summary(facts.serviceName() + " – " + facts.organisationName()));
        event.add(new Description("With " + facts.staffName() + ". To look at it, move it or cancel it: " + link));
        String place = facts.locationAddress() == null ? facts.locationName() : facts.locationAddress();
        if (place != null) {
            event.add(new Location(place));
        }
        event.add(
                cancelled
                        ? ImmutableStatus.VEVENT_CANCELLED
                        : facts.status().equals("PENDING")
                                ? ImmutableStatus.VEVENT_TENTATIVE
                                : ImmutableStatus.VEVENT_CONFIRMED);
        Calendar calendar = new Calendar();
        calendar.add(new ProdId("-//Timetether//EN"));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(ImmutableCalScale.GREGORIAN);
        calendar.add(cancelled ? ImmutableMethod.CANCEL : ImmutableMethod.PUBLISH);
        calendar.add(event);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            new CalendarOutputter(false).output(calendar, file);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return file.toByteArray();
    }

    static String method(MessageFacts.OfAppointment facts) {
        return facts.status().equals("CANCELLED") ? "CANCEL" : "PUBLISH";
    }

    private static Uid uid(UUID appointmentId) {
        return new Uid("appointment-" + appointmentId + "@timetether");
    }
}
