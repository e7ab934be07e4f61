package io.timetether.office365.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The frame of every page, and safe text within it. */
final class Html {

    private Html() {}

    static String text(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    static String url(String raw) {
        return URLEncoder.encode(raw, StandardCharsets.UTF_8);
    }

    static String page(String title, String body) {
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
                <title>%s</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/page/calendar.css">
                <script src="/page/calendar.js" defer></script></head>
                <body><p class="standin"><b>Stand-in.</b> A pretended mailbox on this machine, to try calendars with. Not Microsoft’s Outlook; nothing leaves this machine.</p>
                %s</body></html>
                """.formatted(text(title), body);
    }
}
