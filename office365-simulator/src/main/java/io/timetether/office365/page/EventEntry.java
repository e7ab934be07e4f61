package io.timetether.office365.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.timetether.office365.mailbox.Mailbox;
import io.timetether.office365.mailbox.Occurrence;
import io.timetether.office365.mailbox.Refusal;
import io.timetether.office365.mailbox.Span;
import io.timetether.office365.zone.Zones;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * What stands in the form of an event, as typed: dates and times on the mailbox's clock, the end date of an all-day event
 * inclusive, as people say it.
 *
 * @param item the event's id, empty for a new one
 * @param changeKey the state that the person saw, empty for a new one
 * @param repeat whether and how a new one is a series
 * @param organizer who invites, empty for the person's own event
 */
record EventEntry(
        String item,
        String changeKey,
        String subject,
        boolean allDay,
        String startDate,
        String startTime,
        String endDate,
        String endTime,
        String showAs,
        boolean isPrivate,
        String calendar,
        RepeatEntry repeat,
        String organizer) {

    /** An empty form for an hour. */
    static EventEntry at(LocalDateTime start, String calendar) {
        LocalDateTime end = start.plusHours(1);
        return new EventEntry(
                "",
                "",
                "",
                false,
                start.toLocalDate().toString(),
                clock(start),
                end.toLocalDate().toString(),
                clock(end),
                "busy",
                false,
                calendar,
                RepeatEntry.once(),
                "");
    }

    /** The form of an event that exists. */
    static EventEntry of(Occurrence row, String itemId, ZoneId zone) {
        Span span = row.span();
        LocalDateTime start = Week.start(span, zone);
        LocalDateTime end = Week.end(span, zone);
        LocalDate lastDate = span.allDay() ? end.toLocalDate().minusDays(1) : end.toLocalDate();
        return new EventEntry(
                itemId,
                row.changeKey(),
                row.details().path("subject").asText(),
                span.allDay(),
                start.toLocalDate().toString(),
                span.allDay() ? "09:00" : clock(start),
                lastDate.toString(),
                span.allDay() ? "10:00" : clock(end),
                row.details().path("showAs").asText(),
                row.details().path("sensitivity").asText().equals("private"),
                row.event().calendarId(),
                RepeatEntry.once(),
                "");
    }

    /** The form as it was sent. */
    static EventEntry typed(Context context) {
        return new EventEntry(
                field(context, "item"),
                field(context, "changeKey"),
                field(context, "subject"),
                context.formParam("allDay") != null,
                field(context, "startDate"),
                field(context, "startTime"),
                field(context, "endDate"),
                field(context, "endTime"),
                field(context, "showAs"),
                context.formParam("private") != null,
                field(context, "calendar"),
                RepeatEntry.typed(context),
                field(context, "organizer"));
    }

    static String field(Context context, String name) {
        String value = context.formParam(name);
        return value == null ? "" : value.trim();
    }

    /** Graph's JSON for a new event. */
    ObjectNode created(Mailbox mailbox) {
        ObjectNode wish = content();
        wish.put("sensitivity", isPrivate ? "private" : "normal");
        Moments when = moments(mailbox.timeZone(), Zones.get(mailbox.timeZone()));
        when.into(wish, allDay);
        if (repeat.isSeries()) {
            repeat.into(wish.putObject("recurrence"), when.start.toLocalDate(), mailbox.timeZone());
        }
        if (!organizer.isEmpty()) {
            wish.putObject("organizer").putObject("emailAddress").put("address", organizer);
        }
        return wish;
    }

    /** Graph's JSON for what differs from the event as it is; what the person left alone is not named. */
    ObjectNode changed(Occurrence before, Mailbox mailbox) {
        ObjectNode wish = content();
        boolean wasPrivate = before.details().path("sensitivity").asText().equals("private");
        if (isPrivate != wasPrivate) {
            wish.put("sensitivity", isPrivate ? "private" : "normal");
        }
        EventEntry shown = of(before, item, Zones.get(mailbox.timeZone()));
        boolean sameTimes = shown.allDay == allDay
                && shown.startDate.equals(startDate)
                && shown.endDate.equals(endDate)
                && (allDay || shown.startTime.equals(startTime) && shown.endTime.equals(endTime));
        if (!sameTimes) {
            // A series keeps its zone: Exchange refuses to change it without its pattern.
            String zone = before.span().startZone();
            moments(zone, Zones.get(mailbox.timeZone())).into(wish, allDay);
        }
        return wish;
    }

    private ObjectNode content() {
        ObjectNode wish = JsonNodeFactory.instance.objectNode().put("subject", subject);
        return showAs.isEmpty() ? wish : wish.put("showAs", showAs);
    }

    private record Moments(LocalDateTime start, LocalDateTime end, String zone) {
        void into(ObjectNode wish, boolean allDay) {
            wish.put("isAllDay", allDay);
            wish.putObject("start").put("dateTime", start.toString()).put("timeZone", zone);
            wish.putObject("end").put("dateTime", end.toString()).put("timeZone", zone);
        }
    }

    private Moments moments(String zone, ZoneId typedIn) {
        LocalDate first = date(startDate, "Start");
        LocalDate last = date(endDate.isEmpty() ? startDate : endDate, "End");
        if (allDay) {
            if (last.isBefore(first)) {
                throw Refusal.invalidRequest("End: the last day is before the first one. Choose a later day.");
            }
            return new Moments(first.atStartOfDay(), last.plusDays(1).atStartOfDay(), zone);
        }
        LocalDateTime start = first.atTime(time(startTime, "Start"));
        LocalDateTime end = last.atTime(time(endTime, "End"));
        if (end.isBefore(start)) {
            throw Refusal.invalidRequest("End: it is before the start. Choose a later time.");
        }
        ZoneId rules = Zones.get(zone);
        return new Moments(onClockOf(start, typedIn, rules), onClockOf(end, typedIn, rules), zone);
    }

    private static LocalDateTime onClockOf(LocalDateTime typed, ZoneId typedIn, ZoneId rules) {
        return typedIn.equals(rules)
                ? typed
                : typed.atZone(typedIn).withZoneSameInstant(rules).toLocalDateTime();
    }

    static LocalDate date(String text, String name) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException notADate) {
            throw Refusal.invalidRequest(name + ": choose a date (year-month-day).");
        }
    }

    private static LocalTime time(String text, String name) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException notATime) {
            throw Refusal.invalidRequest(name + ": choose a time (hours:minutes).");
        }
    }

    private static String clock(LocalDateTime at) {
        return at.toLocalTime().withSecond(0).withNano(0).toString();
    }
}
