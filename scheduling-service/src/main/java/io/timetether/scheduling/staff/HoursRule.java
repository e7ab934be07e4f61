package io.timetether.scheduling.staff;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.DayOfWeek;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Working time of one weekday in the staff member's zone, as it is on the wire. An end that is not after the start lies
 * on the next day; "24:00" is the end of the day. Without a location it holds at all of them.
 */
public record HoursRule(
        @NotNull DayOfWeek dayOfWeek,

        @NotNull @Pattern(regexp = START, message = "must be a time of day, 00:00 to 23:59") @Schema(examples = "09:00")
        String start,

        @NotNull @Pattern(regexp = END, message = "must be a time of day, 00:00 to 24:00") @Schema(examples = "17:00")
        String end,

        @Nullable UUID locationId) {

    static final String START = "([01]\\d|2[0-3]):[0-5]\\d";
    static final String END = "([01]\\d|2[0-3]):[0-5]\\d|24:00";

    static HoursRule of(Timetable.WeeklyRule rule) {
        return new HoursRule(DayOfWeek.of(rule.day()), start(rule.range()), end(rule.range()), rule.locationId());
    }

    WeeklyHours.Range range() {
        return range(start, end);
    }

    static WeeklyHours.Range range(String start, String end) {
        int startMinute = minute(start);
        int endMinute = minute(end);
        return new WeeklyHours.Range(startMinute, endMinute <= startMinute ? endMinute + 1440 : endMinute);
    }

    static String start(WeeklyHours.Range range) {
        return text(range.startMinute());
    }

    static String end(WeeklyHours.Range range) {
        return text(range.endMinute() > 1440 ? range.endMinute() - 1440 : range.endMinute());
    }

    private static int minute(String text) {
        return Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3));
    }

    private static String text(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
    }
}
