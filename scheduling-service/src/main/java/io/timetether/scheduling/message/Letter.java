package io.timetether.scheduling.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person reads: a subject of one line, paragraphs, and where to click. The same as plain text and as HTML. PURE.
 */
record Letter(
        String subject,
        String greeting,
        List<String> paragraphs,
        @Nullable Action action,
        String closing) {

    /** A link with its words. */
    record Action(String words, String url) {}

    String text() {
        StringBuilder text = new StringBuilder(greeting).append("\n\n");
        paragraphs.forEach(paragraph -> text.append(paragraph).append("\n\n"));
        if (action != null) {
            text.append(action.words()).append(":\n").append(action.url()).append("\n\n");
        }
        return text.append(closing).append('\n').toString();
    }

    String html() {
        StringBuilder html = new StringBuilder("<!doctype html><html lang=\"en\"><body style=\"font-family:sans-serif;"
                + "font-size:16px;line-height:1.5;color:#17212b;max-width:560px\">");
        html.append(paragraph(greeting));
        paragraphs.forEach(each -> html.append(paragraph(each)));
        if (action != null) {
            html.append("<p><a href=\"")
                    .append(escaped(action.url()))
                    .append("\" style=\"color:#0f6c62;font-weight:bold\">")
                    .append(escaped(action.words()))
                    .append("</a></p>");
        }
        return html.append(paragraph(closing)).append("</body></html>").toString();
    }

    private static String paragraph(String text) {
        return "<p>" + escaped(text).replace("\n", "<br>") + "</p>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
