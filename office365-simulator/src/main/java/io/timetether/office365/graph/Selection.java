package io.timetether.office365.graph;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.office365.mailbox.EventQueries;
import io.timetether.office365.mailbox.Occurrence;
import io.timetether.office365.mailbox.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code $select} and {@code $expand}: what of an event is shown. */
record Selection(Set<String> selected, Set<String> extendedIds, boolean exceptions) {

    private static final Pattern EXTENDED =
            Pattern.compile("(?is)singleValueExtendedProperties\\s*\\(\\s*\\$filter\\s*=\\s*(.*)\\)");
    private static final Pattern ID_IS = Pattern.compile("(?i)\\s*(?:\\w+/)?id\\s+eq\\s+'((?:[^']|'')*)'\\s*");

    static Selection of(Call call) {
        Set<String> selected = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        String select = call.request().option("$select");
        if (select != null && !select.isBlank()) {
            for (String name : select.split(",")) {
                selected.add(name.trim());
            }
        }
        Set<String> ids = new LinkedHashSet<>();
        boolean exceptions = false;
        for (String part : parts(call.request().option("$expand"))) {
            Matcher extended = EXTENDED.matcher(part);
            if (extended.matches()) {
                ids.addAll(extendedIds(extended.group(1)));
            } else if (part.toLowerCase(Locale.ROOT).startsWith("exceptionoccurrences")) {
                exceptions = true;
            } else {
                throw new Refusal(
                        400, "BadRequest", "Parsing OData Select and Expand failed: Could not expand '" + part + "'.");
            }
        }
        return new Selection(selected, ids, exceptions);
    }

    /** An event's row as this selection shows it. */
    ObjectNode show(Occurrence row, Preferences prefer, String origin) {
        ObjectNode json = EventJson.full(row, prefer, origin);
        if (selected.contains("cancelledOccurrences")) {
            json.set("cancelledOccurrences", EventJson.cancelledOccurrences(row.event(), prefer));
        }
        ObjectNode shown = applyTo(json);
        boolean master = row.kind() == Occurrence.Kind.seriesMaster;
        if (exceptions && master) {
            var rows = shown.putArray("exceptionOccurrences");
            row.event().exceptions().forEach(one -> rows.add(EventJson.full(one, prefer, origin)));
        }
        if (!extendedIds.isEmpty()) {
            var properties = JsonNodeFactory.instance.arrayNode();
            extendedIds.forEach(id -> {
                String value = row.extended().get(id);
                if (value != null) {
                    properties.addObject().put("id", id).put("value", value);
                }
            });
            // Nothing at all is shown for a property that the event does not have.
            if (!properties.isEmpty()) {
                shown.set("singleValueExtendedProperties", properties);
            }
        }
        return shown;
    }

    /** Keeps the selected properties; the id and annotations always stay. */
    ObjectNode applyTo(ObjectNode json) {
        if (selected.isEmpty()) {
            return json;
        }
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        json.fields().forEachRemaining(field -> {
            String name = field.getKey();
            if (name.startsWith("@") || name.equals("id") || selected.contains(name)) {
                kept.set(name, field.getValue());
            }
        });
        return kept;
    }

    private static Set<String> extendedIds(String filter) {
        Set<String> ids = new LinkedHashSet<>();
        for (String term : filter.split("(?i)\\s+or\\s+")) {
            Matcher id = ID_IS.matcher(term);
            if (!id.matches()) {
                throw new Refusal(
                        400, "ErrorInvalidUrlQueryFilter", "The query filter contains one or more invalid nodes.");
            }
            ids.add(EventQueries.extendedId(id.group(1).replace("''", "'")));
        }
        return ids;
    }

    /** The parts of an option, split at commas that stand outside brackets. */
    private static List<String> parts(@Nullable String option) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        StringBuilder part = new StringBuilder();
        for (char letter : (option == null ? "" : option).toCharArray()) {
            depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            if (letter == ',' && depth == 0) {
                parts.add(part.toString().trim());
                part.setLength(0);
            } else {
                part.append(letter);
            }
        }
        parts.add(part.toString().trim());
        parts.removeIf(String::isEmpty);
        return parts;
    }
}
