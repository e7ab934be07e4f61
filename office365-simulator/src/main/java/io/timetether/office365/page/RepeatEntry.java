package io.timetether.office365.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.timetether.office365.mailbox.Refusal;
import io.timetether.office365.recurrence.Recurrence.Index;
import io.timetether.office365.recurrence.Recurrence.Type;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The part of an event's form that makes it a series, as typed.
 *
 * @param repeat a pattern type in Graph's words; empty when it happens once
 * @param interval every how many days, weeks or months
 * @param days the weekdays of a weekly series, in Graph's words; empty for the weekday of the start
 * @param ends {@code date} or {@code times}; empty for a series without end
 */
record RepeatEntry(String repeat, String interval, Set<String> days, String ends, String until, String times) {

    private static final List<List<String>> PATTERNS = List.of(
            List.of("", "Does not repeat"),
            List.of(Type.daily.name(), "Daily"),
            List.of(Type.weekly.name(), "Weekly"),
            List.of(Type.absoluteMonthly.name(), "Monthly, on the same date"),
            List.of(Type.relativeMonthly.name(), "Monthly, on the same weekday"));
    private static final List<List<String>> ENDS =
            List.of(List.of("", "Never"), List.of("date", "On a date"), List.of("times", "After a number of times"));

    static RepeatEntry once() {
        return new RepeatEntry("", "1", Set.of(), "", "", "10");
    }

    static RepeatEntry typed(Context context) {
        return new RepeatEntry(
                EventEntry.field(context, "repeat"),
                EventEntry.field(context, "interval"),
                new TreeSet<>(context.formParams("days")),
                EventEntry.field(context, "ends"),
                EventEntry.field(context, "until"),
                EventEntry.field(context, "times"));
    }

    boolean isSeries() {
        return !repeat.isEmpty();
    }

    /** Graph's JSON for a series that starts on a date of a zone. */
    void into(ObjectNode recurrence, LocalDate start, String zone) {
        ObjectNode pattern = recurrence
                .putObject("pattern")
                .put("type", repeat)
                .put("interval", number(interval, "Every"))
                .put("firstDayOfWeek", "monday");
        switch (repeat) {
            case "daily" -> {}
            case "absoluteMonthly" -> pattern.put("dayOfMonth", start.getDayOfMonth());
            case "relativeMonthly" -> {
                int week = (start.getDayOfMonth() - 1) / 7;
                pattern.put("index", (week < 4 ? Index.values()[week] : Index.last).name());
                pattern.putArray("daysOfWeek").add(name(start.getDayOfWeek()));
            }
            case "weekly" -> {
                ArrayNode chosen = pattern.putArray("daysOfWeek");
                days.forEach(chosen::add);
                if (days.isEmpty()) {
                    chosen.add(name(start.getDayOfWeek()));
                }
            }
            default -> throw Refusal.invalidRequest("Repeat: '" + repeat + "' is not known. Choose one of the list.");
        }
        ObjectNode range =
                recurrence.putObject("range").put("startDate", start.toString()).put("recurrenceTimeZone", zone);
        switch (ends) {
            case "date" ->
                range.put("type", "endDate")
                        .put("endDate", EventEntry.date(until, "Until").toString());
            case "times" -> range.put("type", "numbered").put("numberOfOccurrences", number(times, "Times"));
            default -> range.put("type", "noEnd");
        }
    }

    private static int number(String text, String name) {
        if (!text.matches("[1-9][0-9]{0,2}")) {
            throw Refusal.invalidRequest(name + ": must be a number from 1 to 999.");
        }
        return Integer.parseInt(text);
    }

    /** The fields; which of them count is said by the choices above them. */
    String html() {
        StringBuilder html =
                new StringBuilder("<fieldset class=\"repeat\"><legend class=\"unseen\">Repetition</legend>");
        html.append(Dialogs.choice("repeat", "Repeat", PATTERNS, repeat));
        html.append(Dialogs.field(
                "interval", "Every", "type=\"number\" min=\"1\" max=\"99\"", interval, "days, weeks or months"));
        html.append("<fieldset class=\"days\"><legend>On</legend>");
        for (DayOfWeek day : DayOfWeek.values()) {
            html.append("<label><input type=\"checkbox\" name=\"days\" value=\"%s\"%s> %s</label>"
                    .formatted(
                            name(day),
                            days.contains(name(day)) ? " checked" : "",
                            day.getDisplayName(TextStyle.SHORT, Locale.UK)));
        }
        html.append("</fieldset>").append(Dialogs.choice("ends", "Ends", ENDS, ends));
        html.append(Dialogs.field("until", "Until", "type=\"date\"", until, ""));
        html.append(Dialogs.field("times", "Times", "type=\"number\" min=\"1\" max=\"999\"", times, ""));
        return html.append("</fieldset>").toString();
    }

    private static String name(DayOfWeek day) {
        return day.name().toLowerCase(Locale.ROOT);
    }
}
