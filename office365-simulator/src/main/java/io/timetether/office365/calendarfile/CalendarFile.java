package io.timetether.office365.calendarfile;

import io.timetether.office365.mailbox.Refusal;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.fortuna.ical4j.data.CalendarParserImpl;
import net.fortuna.ical4j.data.ContentHandler;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.data.UnfoldingReader;

/**
 * Reads an iCalendar file into components. Only ical4j's tokenizer is used: real files hold values that its typed model refuses
 * (a bare date with a TZID, Outlook's zone names), and these must come through as they are.
 */
final class CalendarFile {

    private CalendarFile() {}

    /** @throws Refusal 400 when the text is no calendar */
    static Component read(String text) {
        Component root = new Component("VCALENDAR");
        Deque<Component> open = new ArrayDeque<>();
        open.push(root);
        String lines = text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
        try {
            new CalendarParserImpl(false).parse(new UnfoldingReader(new StringReader(lines), true), new Builder(open));
        } catch (IOException | ParserException malformed) {
            throw new Refusal(
                    400, "ErrorInvalidCalendarFile", "The file is no iCalendar file: " + malformed.getMessage());
        }
        return root;
    }

    private static final class Builder implements ContentHandler {
        private final Deque<Component> open;
        private final Map<String, String> parameters = new HashMap<>();
        private final List<String> values = new ArrayList<>();

        Builder(Deque<Component> open) {
            this.open = open;
        }

        @Override
        public void startCalendar() {
            // The root is open from the start.
        }

        @Override
        public void endCalendar() {
            // The root stays.
        }

        @Override
        public void startComponent(String name) {
            Component child = new Component(name);
            open.getFirst().children.add(child);
            open.push(child);
        }

        @Override
        public void endComponent(String name) {
            open.pop();
        }

        @Override
        public void startProperty(String name) {
            parameters.clear();
            values.clear();
        }

        @Override
        public void propertyValue(String value) {
            values.add(value);
        }

        @Override
        public void endProperty(String name) {
            open.getFirst().add(name, parameters, String.join("", values));
        }

        @Override
        public void parameter(String name, String value) {
            parameters.put(name.toUpperCase(Locale.ROOT), value.replace("\"", ""));
        }
    }
}
