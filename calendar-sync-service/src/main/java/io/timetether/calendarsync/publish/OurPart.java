package io.timetether.calendarsync.publish;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Our part of an event's body, between two words that a reader sees: Outlook rewrites all markup, ids and comments of a
 * body that a person edits, but leaves the words. Everything outside them is the person's.
 */
final class OurPart {

    private static final String BEGIN = "[Timetether]";
    private static final String END = "[/Timetether]";

    private static final Pattern BODY_TAG = Pattern.compile("(?i)<body[^>]*>");
    private static final Pattern BREAK = Pattern.compile("(?i)<br\\s*/?>|</(p|div|li|tr)>");
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern ENTITY = Pattern.compile("&(#x?[0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});");
    private static final Map<String, String> NAMED = Map.of(
            "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ", "ndash", "–", "mdash", "—");

    private OurPart() {}

    /** The body with our part in it: in place of the old one, else on top of what the person wrote. */
    static String into(@Nullable String body, List<String> lines) {
        String part = BEGIN + "<br>"
                + lines.stream().map(OurPart::escaped).collect(Collectors.joining("<br>"))
                + "<br>" + END;
        if (body == null || body.isBlank()) {
            return "<html><body><div>" + part + "</div></body></html>";
        }
        int[] place = find(body);
        if (place.length == 2) {
            return body.substring(0, place[0]) + part + body.substring(place[1]);
        }
        Matcher tag = BODY_TAG.matcher(body);
        int top = tag.find() ? tag.end() : 0;
        return body.substring(0, top) + "<div>" + part + "</div><br>" + body.substring(top);
    }

    /** Whether both bodies say the same in our part, whatever the markup around it. */
    static boolean isSame(String wanted, @Nullable String actual) {
        return text(wanted).equals(text(actual));
    }

    /** The words of our part; empty when it is missing. */
    static Optional<String> text(@Nullable String body) {
        if (body == null) {
            return Optional.empty();
        }
        int[] place = find(body);
        return place.length == 2 ? Optional.of(words(body.substring(place[0], place[1]))) : Optional.empty();
    }

    private static int[] find(String body) {
        int begin = body.indexOf(BEGIN);
        int end = begin < 0 ? -1 : body.indexOf(END, begin);
        return end < 0 ? new int[0] : new int[] {begin, end + END.length()};
    }

    private static String words(String html) {
        String text = TAG.matcher(BREAK.matcher(html).replaceAll(" ")).replaceAll("");
        String read = ENTITY.matcher(text).replaceAll(found -> Matcher.quoteReplacement(entity(found.group(1))));
        return read.replace('\u00a0', ' ').replaceAll("\\s+", " ").strip();
    }

    private static String entity(String name) {
        if (!name.startsWith("#")) {
            return NAMED.getOrDefault(name, "&" + name + ";");
        }
        boolean hex = name.length() > 1 && Character.toLowerCase(name.charAt(1)) == 'x';
        try {
            int code = hex ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
            return Character.isValidCodePoint(code) ? Character.toString(code) : "";
        } catch (NumberFormatException notANumber) {
            return "&" + name + ";";
        }
    }

    /** The brackets of a client's text must not be taken for ours. */
    private static String escaped(String line) {
        return line.replace(BEGIN, "(Timetether)")
                .replace(END, "(/Timetether)")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
