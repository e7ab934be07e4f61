package io.timetether.office365.mailbox;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of OData's filter language that clients use on events; anything else is refused, never ignored. */
public final class EventQueries {

    private static final Pattern ANY_EXTENDED = Pattern.compile(
            "(?is)singleValueExtendedProperties\\s*/\\s*any\\s*\\(\\s*(\\w+)\\s*:\\s*\\1/id\\s+eq\\s+'((?:[^']|'')*)'\\s+and\\s+(.*?)\\s*\\)\\s*");
    private static final Pattern COMPARED = Pattern.compile("(?is)\\w+/value\\s+(eq|ne)\\s+'((?:[^']|'')*)'");
    private static final Pattern CALLED =
            Pattern.compile("(?is)(contains|startswith)\\s*\\(\\s*\\w+/value\\s*,\\s*'((?:[^']|'')*)'\\s*\\)?");
    private static final Pattern TERM = Pattern.compile(
            "(?is)\\s*(start/dateTime|end/dateTime|lastModifiedDateTime|subject|iCalUId|uid|type|showAs|isAllDay)"
                    + "\\s+(eq|ne|ge|gt|le|lt)\\s+(?:'((?:[^']|'')*)'|(\\S+))\\s*");

    private EventQueries() {}

    /** An extended property's id in the form in which events keep it; 400 when it is none. */
    public static String extendedId(String id) {
        return EventContent.extendedId(id);
    }

    /**
     * Reads a {@code $filter}.
     *
     * @throws Refusal 400 ErrorInvalidUrlQueryFilter for what is not understood
     */
    public static Predicate<Occurrence> filter(String text) {
        Matcher extended = ANY_EXTENDED.matcher(text);
        if (extended.matches()) {
            return extended(extendedId(unquoted(extended.group(2))), extended.group(3));
        }
        Predicate<Occurrence> all = row -> true;
        for (String term : text.split("(?i)\\s+and\\s+")) {
            all = all.and(term(term));
        }
        return all;
    }

    /** An extended property's value compares without case, its name with. */
    private static Predicate<Occurrence> extended(String id, String condition) {
        Matcher compared = COMPARED.matcher(condition);
        Matcher called = CALLED.matcher(condition);
        if (!compared.matches() && !called.matches()) {
            throw invalid();
        }
        Matcher used = compared.matches() ? compared : called;
        String operator = used.group(1).toLowerCase(Locale.ROOT);
        String wanted = unquoted(used.group(2)).toLowerCase(Locale.ROOT);
        return row -> {
            String value = row.extended().get(id);
            if (value == null) {
                return false;
            }
            String held = value.toLowerCase(Locale.ROOT);
            return switch (operator) {
                case "eq" -> held.equals(wanted);
                case "ne" -> !held.equals(wanted);
                case "contains" -> held.contains(wanted);
                default -> held.startsWith(wanted);
            };
        };
    }

    private static Predicate<Occurrence> term(String term) {
        Matcher parts = TERM.matcher(term);
        if (!parts.matches()) {
            throw invalid();
        }
        String name = parts.group(1).toLowerCase(Locale.ROOT);
        String operator = parts.group(2).toLowerCase(Locale.ROOT);
        String value = parts.group(3) != null ? unquoted(parts.group(3)) : parts.group(4);
        return switch (name) {
            case "start/datetime" -> compare(operator, value, row -> row.span().startAt());
            case "end/datetime" -> compare(operator, value, row -> row.span().endAt());
            case "lastmodifieddatetime" -> compare(operator, value, Occurrence::lastModifiedAt);
            case "subject" ->
                same(operator, value, row -> row.details().path("subject").asText());
            case "showas" ->
                same(operator, value, row -> row.details().path("showAs").asText());
            case "isallday" ->
                same(operator, value, row -> String.valueOf(row.span().allDay()));
            case "type" -> same(operator, value, row -> row.kind().name());
            default -> same(operator, value, row -> row.event().iCalUId());
        };
    }

    private static Predicate<Occurrence> same(
            String operator, String wanted, java.util.function.Function<Occurrence, String> held) {
        return switch (operator) {
            case "eq" -> row -> held.apply(row).equalsIgnoreCase(wanted);
            case "ne" -> row -> !held.apply(row).equalsIgnoreCase(wanted);
            default -> throw invalid();
        };
    }

    private static Predicate<Occurrence> compare(
            String operator, String wanted, java.util.function.Function<Occurrence, Instant> held) {
        Instant at = instant(wanted);
        return row -> {
            int order = held.apply(row).compareTo(at);
            return switch (operator) {
                case "eq" -> order == 0;
                case "ne" -> order != 0;
                case "ge" -> order >= 0;
                case "gt" -> order > 0;
                case "le" -> order <= 0;
                default -> order < 0;
            };
        };
    }

    /**
     * A point in time of a query: with its own offset, or in UTC without one.
     *
     * @throws Refusal 400 when it is none
     */
    public static Instant instant(String text) {
        try {
            if (text.length() == 10) {
                return java.time.LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            boolean offset = text.endsWith("Z") || text.indexOf('+') > 9 || text.lastIndexOf('-') > 9;
            // A plus sign that was not escaped has become a space.
            return offset || text.indexOf(' ') > 9
                    ? OffsetDateTime.parse(text.replace(' ', '+')).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException notATime) {
            throw new Refusal(400, "ErrorInvalidParameter", "The value '" + text + "' is not a valid date and time.");
        }
    }

    private static String unquoted(String text) {
        return text.replace("''", "'");
    }

    private static Refusal invalid() {
        return new Refusal(400, "ErrorInvalidUrlQueryFilter", "The query filter contains one or more invalid nodes.");
    }
}
