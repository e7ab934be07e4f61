package io.timetether.office365.calendarfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A component of an iCalendar file as it is written: unfolded, but with nothing interpreted yet. */
final class Component {

    /** One line: name, parameters (without quotes, names in upper case) and the value with its escapes. */
    record Line(String name, Map<String, String> parameters, String value) {
        String parameter(String parameterName) {
            return parameters.getOrDefault(parameterName, "");
        }
    }

    final String name;
    final List<Line> lines = new ArrayList<>();
    final List<Component> children = new ArrayList<>();

    Component(String name) {
        this.name = name.toUpperCase(Locale.ROOT);
    }

    Optional<Line> find(String lineName) {
        return lines.stream().filter(line -> line.name.equals(lineName)).findFirst();
    }

    /** The value of a line, trimmed; empty when there is none. */
    String value(String lineName) {
        return find(lineName).map(line -> line.value.trim()).orElse("");
    }

    List<Line> all(String lineName) {
        return lines.stream().filter(line -> line.name.equals(lineName)).toList();
    }

    /** Text with its escapes resolved. */
    String text(String lineName) {
        String value = value(lineName);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char letter = value.charAt(i);
            if (letter == '\\' && i + 1 < value.length()) {
                char next = value.charAt(++i);
                text.append(next == 'n' || next == 'N' ? '\n' : next);
            } else {
                text.append(letter);
            }
        }
        return text.toString();
    }

    void add(String lineName, Map<String, String> parameters, String value) {
        lines.add(new Line(lineName.toUpperCase(Locale.ROOT), new HashMap<>(parameters), value));
    }
}
