package io.timetether.office365.mailbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.timetether.office365.recurrence.Recurrence;
import io.timetether.office365.zone.Zones;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Start, end and recurrence as Graph's JSON spells them, with Exchange's rules about them. */
final class EventTimes {

    private record Moment(LocalDateTime at, String zone) {}

    private EventTimes() {}

    /**
     * The span after a wish.
     *
     * @param before the span so far, null for a new event, which must then name start and end
     */
    static Span span(@Nullable Span before, JsonNode wish) {
        boolean allDay = wish.has("isAllDay") ? wish.path("isAllDay").asBoolean() : before != null && before.allDay();
        Moment start =
                moment(wish.get("start"), before == null ? null : new Moment(before.start(), before.startZone()));
        Moment end = moment(wish.get("end"), before == null ? null : new Moment(before.end(), before.endZone()));
        Span span = new Span(start.at, end.at, start.zone, end.zone, allDay);
        if (allDay) {
            requireWholeDates(span);
        } else if (span.endAt().isBefore(span.startAt())) {
            throw new Refusal(400, "ErrorCalendarEndDateIsEarlierThanStartDate", "EndDate is earlier than StartDate.");
        }
        return span;
    }

    private static void requireWholeDates(Span span) {
        if (!span.start().toLocalTime().equals(LocalTime.MIDNIGHT)) {
            throw Refusal.invalidRequest(
                    "Your request can't be completed. The Event.Start property for an all-day event"
                            + " needs to be set to midnight.");
        }
        if (!span.end().toLocalTime().equals(LocalTime.MIDNIGHT)) {
            throw Refusal.invalidRequest("Your request can't be completed. The Event.End property for an all-day event"
                    + " needs to be set to midnight.");
        }
        if (!Zones.get(span.startZone()).equals(Zones.get(span.endZone()))) {
            throw Refusal.invalidRequest(
                    "Your request can't be completed. Start and end of an all-day event need to be in the same time zone.");
        }
        if (!span.end().isAfter(span.start())) {
            throw Refusal.invalidRequest(
                    "Your request can't be completed. The duration of an all-day event needs to be at least 24 hours.");
        }
    }

    private static Moment moment(@Nullable JsonNode value, @Nullable Moment before) {
        if (value == null || value.isNull()) {
            if (before == null) {
                throw Refusal.failedValidation("Start and end are required.");
            }
            return before;
        }
        String zone = value.path("timeZone").asText("UTC");
        ZoneId rules = Zones.find(zone).orElseThrow(() -> unknownZone(zone));
        String text = value.path("dateTime").asText("");
        try {
            if (text.length() == 10) {
                return new Moment(LocalDate.parse(text).atStartOfDay(), zone);
            }
            boolean hasOffset = text.endsWith("Z") || text.lastIndexOf('-') > 9 || text.indexOf('+') > 9;
            return hasOffset
                    ? new Moment(
                            OffsetDateTime.parse(text).atZoneSameInstant(rules).toLocalDateTime(), zone)
                    : new Moment(LocalDateTime.parse(text), zone);
        } catch (DateTimeException notATime) {
            throw new Refusal(400, "RequestBodyRead", "Cannot convert '" + text + "' to a date and time.");
        }
    }

    static Refusal unknownZone(String name) {
        return new Refusal(
                400,
                "TimeZoneNotSupportedException",
                "A valid TimeZone value must be specified. The following" + " TimeZone value is not supported: '" + name
                        + "'.");
    }

    /** The recurrence in a {@code patternedRecurrence}, which must begin on the date on which the span begins. */
    static Recurrence recurrence(JsonNode wish, Span span) {
        JsonNode range = wish.path("range");
        String zone = range.path("recurrenceTimeZone").asText("");
        if (!zone.isEmpty()) {
            ZoneId rules = Zones.find(zone).orElseThrow(() -> unknownZone(zone));
            if (!rules.equals(Zones.get(span.startZone()))) {
                throw Refusal.failedValidation("recurrenceTimeZone differs from the time zone of the event.");
            }
        }
        LocalDate startDate = date(range.path("startDate"), "range.startDate");
        if (!startDate.equals(span.start().toLocalDate())) {
            throw Refusal.failedValidation("range.startDate differs from the date of the event's start.");
        }
        LocalDate until = null;
        int count = 0;
        switch (range.path("type").asText("")) {
            case "endDate" -> {
                until = date(range.path("endDate"), "range.endDate");
                if (until.isBefore(startDate)) {
                    throw Refusal.failedValidation("range.endDate is before range.startDate.");
                }
            }
            case "numbered" -> count = between(range.path("numberOfOccurrences"), 1, 999, "numberOfOccurrences");
            case "noEnd" -> {}
            default -> throw Refusal.failedValidation("range.type must be endDate, noEnd or numbered.");
        }
        Recurrence recurrence = new Recurrence(
                pattern(wish.path("pattern"), startDate),
                startDate,
                until,
                count,
                zone.isEmpty() ? span.startZone() : zone);
        if (recurrence.firstDate() == null) {
            throw new Refusal(400, "ErrorRecurrenceHasNoOccurrence", "Specified recurrence pattern has no occurrence.");
        }
        return recurrence;
    }

    private static Recurrence.Pattern pattern(JsonNode wish, LocalDate startDate) {
        Recurrence.Type type = constant(Recurrence.Type.values(), wish.path("type"), "pattern.type", null);
        int interval = between(wish.path("interval"), 1, 999, "pattern.interval");
        List<DayOfWeek> days = new ArrayList<>();
        for (JsonNode day : wish.path("daysOfWeek")) {
            days.add(constant(DayOfWeek.values(), day, "pattern.daysOfWeek", null));
        }
        boolean byDay = type == Recurrence.Type.weekly
                || type == Recurrence.Type.relativeMonthly
                || type == Recurrence.Type.relativeYearly;
        if (byDay && days.isEmpty()) {
            throw Refusal.failedValidation("pattern.daysOfWeek is required.");
        }
        boolean byDate = type == Recurrence.Type.absoluteMonthly || type == Recurrence.Type.absoluteYearly;
        boolean yearly = type == Recurrence.Type.absoluteYearly || type == Recurrence.Type.relativeYearly;
        int dayOfMonth = wish.path("dayOfMonth").asInt(0);
        // Fields that the type does not use are validated too, as the real service does.
        if (byDate || dayOfMonth != 0) {
            dayOfMonth = between(wish.path("dayOfMonth"), 1, 31, "pattern.dayOfMonth");
        }
        int month = wish.path("month").asInt(0);
        if (yearly || month != 0) {
            month = between(wish.path("month"), 1, 12, "pattern.month");
        }
        return new Recurrence.Pattern(
                type,
                interval,
                month,
                dayOfMonth,
                List.copyOf(days),
                constant(DayOfWeek.values(), wish.path("firstDayOfWeek"), "pattern.firstDayOfWeek", DayOfWeek.SUNDAY),
                constant(Recurrence.Index.values(), wish.path("index"), "pattern.index", Recurrence.Index.first));
    }

    private static <T extends Enum<T>> T constant(T[] all, JsonNode value, String name, @Nullable T ifMissing) {
        String text = value.asText("");
        if (text.isEmpty() && ifMissing != null) {
            return ifMissing;
        }
        for (T one : all) {
            if (one.name().equalsIgnoreCase(text)) {
                return one;
            }
        }
        throw Refusal.failedValidation(name + " '" + text.toLowerCase(Locale.ROOT) + "' is not known.");
    }

    private static int between(JsonNode value, int least, int most, String name) {
        if (!value.isIntegralNumber() || value.asInt() < least || value.asInt() > most) {
            throw Refusal.failedValidation(name + " must be between " + least + " and " + most + ".");
        }
        return value.asInt();
    }

    private static LocalDate date(JsonNode value, String name) {
        try {
            return LocalDate.parse(value.asText(""));
        } catch (DateTimeException notADate) {
            throw Refusal.failedValidation(name + " must be a date.");
        }
    }
}
