package io.timetether.office365.calendarfile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.fortuna.ical4j.model.Recur;

/** Turns an RRULE into Graph's {@code patternedRecurrence}, if Exchange has such a pattern. */
final class FileRule {

    private static final List<String> INDEX = List.of("first", "second", "third", "fourth");
    /** Every day of ten years. */
    private static final int MOST = 4_000;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);

    private final Map<String, String> parts = new HashMap<>();
    private final FileTimes times;
    private final long shiftDays;

    /**
     * @param times the first occurrence, already shifted
     * @param shiftDays by how many days the whole file is moved: fixed dates inside the rule move along
     */
    FileRule(String rule, FileTimes times, long shiftDays) {
        this.times = times;
        this.shiftDays = shiftDays;
        for (String part : rule.toUpperCase(Locale.ROOT).split(";")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).trim(),
                        part.substring(equals + 1).trim());
            }
        }
    }

    /** The pattern, or nothing if Exchange cannot express the rule. */
    Optional<ObjectNode> toGraph() {
        return pattern()
                .flatMap(pattern -> range().map(range -> {
                    ObjectNode json = JsonNodeFactory.instance.objectNode();
                    json.set("pattern", pattern);
                    json.set("range", range);
                    return json;
                }));
    }

    /**
     * The dates from one to another on which the event starts, on the clocks by which it repeats.
     *
     * @throws FileTimes.Unreadable when nobody understands the rule
     */
    List<LocalDate> dates(LocalDate from, LocalDate to) throws FileTimes.Unreadable {
        String endless = parts.entrySet().stream()
                .filter(part -> !part.getKey().equals("UNTIL"))
                .map(part -> part.getKey() + "=" + part.getValue())
                .collect(Collectors.joining(";"));
        Optional<LocalDate> until = until();
        LocalDate last = until.filter(date -> date.isBefore(to)).orElse(to);
        try {
            if (parts.containsKey("UNTIL") && until.isEmpty()) {
                throw new DateTimeException("UNTIL is no date");
            }
            return new Recur<LocalDateTime>(endless)
                            .getDates(
                                    times.startOnClocks(),
                                    from.atStartOfDay(),
                                    last.plusDays(1).atStartOfDay())
                            .stream()
                            .map(LocalDateTime::toLocalDate)
                            .distinct()
                            .limit(MOST)
                            .toList();
        } catch (RuntimeException notUnderstood) {
            throw new FileTimes.Unreadable("the rule '" + parts + "' is not understood");
        }
    }

    private Optional<ObjectNode> pattern() {
        for (String name : parts.keySet()) {
            boolean understood = List.of(
                            "FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS")
                    .contains(name);
            if (!understood) {
                return Optional.empty();
            }
        }
        ObjectNode pattern = JsonNodeFactory.instance.objectNode().put("interval", number("INTERVAL", 1));
        parts.computeIfPresent("WKST", (name, day) -> {
            pattern.put("firstDayOfWeek", day(day));
            return day;
        });
        boolean done = switch (parts.getOrDefault("FREQ", "")) {
            case "DAILY" -> daily(pattern);
            case "WEEKLY" -> weekly(pattern);
            case "MONTHLY" -> !parts.containsKey("BYMONTH") && monthly(pattern, "Monthly");
            case "YEARLY" -> yearly(pattern);
            default -> false;
        };
        return done ? Optional.of(pattern) : Optional.empty();
    }

    private boolean daily(ObjectNode pattern) {
        if (!parts.containsKey("BYDAY")) {
            pattern.put("type", "daily");
            return !parts.containsKey("BYMONTH") && !parts.containsKey("BYMONTHDAY");
        }
        // "Every weekday" is weekly to Exchange.
        return number("INTERVAL", 1) == 1 && weekly(pattern);
    }

    private boolean weekly(ObjectNode pattern) {
        pattern.put("type", "weekly");
        ArrayNode days = pattern.putArray("daysOfWeek");
        for (String day :
                parts.getOrDefault("BYDAY", name(times.start().getDayOfWeek())).split(",")) {
            if (day.trim().length() != 2) {
                return false;
            }
            days.add(day(day.trim()));
        }
        return !parts.containsKey("BYMONTH") && !parts.containsKey("BYMONTHDAY") && !parts.containsKey("BYSETPOS");
    }

    private boolean yearly(ObjectNode pattern) {
        int month = times.start().getMonthValue();
        if (parts.containsKey("BYMONTH")) {
            if (parts.get("BYMONTH").contains(",")) {
                return false;
            }
            // A fixed month only means something else than the start's when the file is not moved.
            month = shiftDays == 0 || parts.containsKey("BYDAY") ? number("BYMONTH", month) : month;
        } else if (parts.containsKey("BYDAY") || parts.containsKey("BYMONTHDAY")) {
            return false;
        }
        pattern.put("month", month);
        return monthly(pattern, "Yearly");
    }

    /** A day of the month, by its number or by its weekday. */
    private boolean monthly(ObjectNode pattern, String suffix) {
        String byDay = parts.getOrDefault("BYDAY", "");
        String byDate = parts.getOrDefault("BYMONTHDAY", "");
        if (byDay.isEmpty()) {
            int day = times.start().getDayOfMonth();
            if (!byDate.isEmpty() && shiftDays == 0) {
                if (!byDate.matches("-1|[0-9]{1,2}")) {
                    return false;
                }
                day = byDate.equals("-1") ? 31 : Integer.parseInt(byDate);
            }
            pattern.put("type", "absolute" + suffix).put("dayOfMonth", day);
            return !parts.containsKey("BYSETPOS");
        }
        if (!byDate.isEmpty()) {
            return false;
        }
        String position = parts.getOrDefault("BYSETPOS", "");
        List<String> days = new ArrayList<>();
        for (String one : byDay.split(",")) {
            String day = one.trim();
            String ordinal = day.substring(0, Math.max(0, day.length() - 2));
            if (!ordinal.isEmpty()) {
                if (!position.isEmpty() || byDay.contains(",")) {
                    return false;
                }
                position = ordinal;
            }
            days.add(day(day.substring(Math.max(0, day.length() - 2))));
        }
        int index = position.matches("[+]?[1-4]")
                ? Integer.parseInt(position.replace("+", ""))
                : position.equals("-1") ? -1 : 0;
        if (index == 0) {
            return false;
        }
        pattern.put("type", "relative" + suffix).put("index", index == -1 ? "last" : INDEX.get(index - 1));
        ArrayNode names = pattern.putArray("daysOfWeek");
        days.forEach(names::add);
        return true;
    }

    private Optional<ObjectNode> range() {
        ObjectNode range = JsonNodeFactory.instance.objectNode();
        LocalDate start = times.start().toLocalDate();
        range.put("startDate", start.toString()).put("recurrenceTimeZone", times.zone());
        if (parts.containsKey("COUNT")) {
            int count = number("COUNT", 0);
            range.put("type", "numbered").put("numberOfOccurrences", count);
            return count >= 1 && count <= 999 ? Optional.of(range) : Optional.empty();
        }
        if (parts.containsKey("UNTIL")) {
            Optional<LocalDate> until = until();
            until.ifPresent(date -> range.put("type", "endDate")
                    .put("endDate", date.isBefore(start) ? start.toString() : date.toString()));
            return until.map(date -> range);
        }
        return Optional.of(range.put("type", "noEnd"));
    }

    /** The last date that the rule allows, on the clocks of the series. */
    private Optional<LocalDate> until() {
        String text = parts.getOrDefault("UNTIL", "");
        try {
            if (text.length() == 8) {
                return Optional.of(
                        LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE).plusDays(shiftDays));
            }
            boolean utc = text.endsWith("Z");
            LocalDateTime given = LocalDateTime.parse(utc ? text.substring(0, text.length() - 1) : text, TIME);
            LocalDateTime local = utc && !times.allDay() ? times.onClocks(FileTimes.Moment.utc(given)) : given;
            boolean beforeThatDaysStart =
                    local.toLocalTime().isBefore(times.startOnClocks().toLocalTime());
            return Optional.of(
                    local.toLocalDate().minusDays(beforeThatDaysStart ? 1 : 0).plusDays(shiftDays));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private int number(String name, int ifMissing) {
        String text = parts.getOrDefault(name, "");
        return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : ifMissing;
    }

    private static String name(DayOfWeek day) {
        return day.name().substring(0, 2);
    }

    private static String day(String twoLetters) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (name(day).equals(twoLetters)) {
                return day.name().toLowerCase(Locale.ROOT);
            }
        }
        return twoLetters;
    }
}
