package io.timetether.office365.control;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.timetether.office365.mailbox.CalendarFolder;
import io.timetether.office365.mailbox.Mailbox;
import io.timetether.office365.mailbox.Mailboxes;
import io.timetether.office365.mailbox.Occurrence;
import io.timetether.office365.zone.Zones;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Two readable pages: the mailboxes, and the next four weeks of one of them. */
public final class Pages {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.UK);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.UK);
    private static final int DAYS = 28;

    private final Mailboxes mailboxes;
    private final Clock clock;

    public Pages(Mailboxes mailboxes, Clock clock) {
        this.mailboxes = mailboxes;
        this.clock = clock;
    }

    public void register(RoutesConfig routes) {
        routes.addHttpHandler(HandlerType.GET, "/", context -> context.html(front()));
        routes.addHttpHandler(HandlerType.GET, "/mailboxes/{address}", this::mailbox);
    }

    private String front() {
        StringBuilder body = new StringBuilder("<h1>Mailboxes</h1>");
        if (mailboxes.all().isEmpty()) {
            body.append("<p>There is no mailbox yet. Create one with <code>POST /simulator/mailboxes</code>.</p>");
        }
        body.append("<ul>");
        for (Mailbox mailbox : mailboxes.all()) {
            body.append("<li><a href=\"/mailboxes/")
                    .append(escape(mailbox.address()))
                    .append("\">")
                    .append(escape(mailbox.displayName()))
                    .append("</a> ")
                    .append(escape(mailbox.address()))
                    .append("</li>");
        }
        return page("Office 365 simulator", body.append("</ul>").toString());
    }

    private void mailbox(Context context) {
        Mailbox mailbox = mailboxes.find(context.pathParam("address")).orElse(null);
        if (mailbox == null) {
            context.status(404)
                    .html(page("No such mailbox", "<h1>No such mailbox</h1><p><a href=\"/\">All mailboxes</a></p>"));
            return;
        }
        ZoneId zone = Zones.get(mailbox.timeZone());
        Instant from =
                clock.instant().atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
        StringBuilder body = new StringBuilder("<p><a href=\"/\">All mailboxes</a></p><h1>")
                .append(escape(mailbox.displayName()))
                .append("</h1><p>")
                .append(escape(mailbox.address()))
                .append(" · times in ")
                .append(escape(mailbox.timeZone()))
                .append(" · the next four weeks</p>");
        for (CalendarFolder calendar : mailboxes.calendarsOf(mailbox)) {
            List<Occurrence> rows =
                    mailboxes.contents(calendar.id()).view(from, from.plus(DAYS, ChronoUnit.DAYS)).stream()
                            .sorted(Comparator.comparing(row -> row.span().startAt()))
                            .toList();
            body.append("<h2>")
                    .append(escape(calendar.name()))
                    .append("</h2><table><thead><tr><th>Day<th>From<th>To<th>Subject")
                    .append("<th>Shown as</tr></thead><tbody>");
            rows.forEach(row -> body.append(line(row, zone)));
            body.append("</tbody></table>").append(rows.isEmpty() ? "<p>Nothing in these weeks.</p>" : "");
        }
        context.html(page(mailbox.displayName(), body.toString()));
    }

    private static String line(Occurrence row, ZoneId zone) {
        boolean allDay = row.span().allDay();
        var start =
                allDay ? row.span().start() : row.span().startAt().atZone(zone).toLocalDateTime();
        var end = allDay ? row.span().end() : row.span().endAt().atZone(zone).toLocalDateTime();
        return "<tr><td>" + DAY.format(start) + "<td>" + (allDay ? "all day" : TIME.format(start)) + "<td>"
                + (allDay ? "" : TIME.format(end)) + "<td>"
                + escape(row.details().path("subject").asText())
                + "<td>" + escape(row.details().path("showAs").asText()) + "</tr>";
    }

    private static String page(String title, String body) {
        return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>"
                + escape(title)
                + "</title><style>body{font:16px/1.5 \"Segoe UI\",system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
                + "table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ddd}"
                + "</style></head><body>" + body + "</body></html>";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
