package io.timetether.office365.page;

import io.timetether.office365.mailbox.CalendarFolder;
import io.timetether.office365.mailbox.ItemIds;
import io.timetether.office365.mailbox.Occurrence;
import io.timetether.office365.page.Dialogs.Place;
import io.timetether.office365.page.Week.Block;
import io.timetether.office365.page.Week.Day;
import io.timetether.office365.zone.Zones;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A week as HTML: seven columns on a wide screen, the chosen day alone on a narrow one. */
final class WeekHtml {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.UK);
    private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", Locale.UK);
    /** Begins with what stands there to be seen, so that it can be asked for by voice. */
    private static final DateTimeFormatter NAMED = DateTimeFormatter.ofPattern("EEE d MMMM yyyy", Locale.UK);

    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("EEE", Locale.UK);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.UK);
    private static final DateTimeFormatter DAY_MONTH = DateTimeFormatter.ofPattern("d MMM", Locale.UK);

    private final Place place;
    private final Week week;
    private final ZoneId zone;
    private final LocalDateTime now;
    private final StringBuilder html = new StringBuilder();

    private WeekHtml(Place place, Week week, LocalDateTime now) {
        this.place = place;
        this.week = week;
        this.now = now;
        zone = Zones.get(place.mailbox().timeZone());
    }

    /**
     * The whole of the page but its window.
     *
     * @param state what the script compares to learn of a change
     * @param note a sentence about what just happened, or empty
     */
    static String of(Place place, Week week, LocalDateTime now, String state, String note) {
        return new WeekHtml(place, week, now).whole(state, note);
    }

    private String whole(String state, String note) {
        html.append(
                "<main id=\"calendar\" data-state=\"%s\" data-changes=\"/simulator/mailboxes/%s/changes\" data-page=\"%s\">"
                        .formatted(Html.text(state), Html.url(place.mailbox().address()), place.page()));
        heading();
        html.append("<p class=\"note\" role=\"status\" id=\"status\">")
                .append(Html.text(note))
                .append("</p>");
        html.append("<div class=\"week\" style=\"--hours:%d\">".formatted(week.lastHour() - week.firstHour()));
        html.append("<div class=\"corner\"></div>");
        week.days().forEach(this::head);
        html.append("<div class=\"label\">All day</div>");
        for (Day day : week.days()) {
            html.append("<div class=\"%s whole\">".formatted(classes(day)));
            day.whole().forEach(row -> event(row, day, "", when(row)));
            html.append("</div>");
        }
        html.append("<div class=\"hours\" aria-hidden=\"true\">");
        for (int hour = week.firstHour(); hour < week.lastHour(); hour++) {
            html.append("<span>%02d:00</span>".formatted(hour));
        }
        html.append("</div>");
        week.days().forEach(this::column);
        return html.append("</div></main>").toString();
    }

    private void heading() {
        LocalDate first = week.days().getFirst().date();
        LocalDate last = first.plusDays(6);
        html.append(
                "<header class=\"top\"><div class=\"who\"><a href=\"/\">All mailboxes</a><h1>%s</h1><span>%s · times in %s</span></div>"
                        .formatted(
                                Html.text(place.mailbox().displayName()),
                                Html.text(place.mailbox().address()),
                                Html.text(place.mailbox().timeZone())));
        html.append("<nav aria-label=\"Weeks\">");
        html.append("<a class=\"button\" href=\"%s\" aria-label=\"Week before\">‹</a>"
                .formatted(link(place.date().minusWeeks(1))));
        html.append("<a class=\"button\" href=\"%s\">Today</a>".formatted(link(now.toLocalDate())));
        html.append("<a class=\"button\" href=\"%s\" aria-label=\"Week after\">›</a>"
                .formatted(link(place.date().plusWeeks(1))));
        html.append("<h2>%s</h2>"
                .formatted(
                        first.getMonth() == last.getMonth()
                                ? MONTH.format(first)
                                : DAY_MONTH.format(first) + " – " + DAY_MONTH.format(last) + " " + last.getYear()));
        html.append("</nav><div class=\"actions\">");
        html.append("<a class=\"button primary\" data-dialog href=\"%s&amp;open=new\">New event</a>"
                .formatted(place.page()));
        html.append("<a class=\"button\" data-dialog href=\"%s&amp;open=file\">Load file</a>".formatted(place.page()));
        html.append("<a class=\"button\" data-dialog href=\"%s&amp;open=calendar\">New calendar</a></div>"
                .formatted(place.page()));
        if (place.calendars().size() > 1) {
            html.append("<ul class=\"legend\" aria-label=\"Calendars\">");
            for (CalendarFolder calendar : place.calendars()) {
                html.append("<li class=\"%s\">%s</li>".formatted(colour(calendar.id()), Html.text(calendar.name())));
            }
            html.append("</ul>");
        }
        html.append("</header>");
    }

    private String link(LocalDate date) {
        return "/calendar/" + Html.url(place.mailbox().address()) + "?date=" + date;
    }

    private void head(Day day) {
        boolean today = day.date().equals(now.toLocalDate());
        html.append("<a class=\"head %s%s\" href=\"%s\" aria-label=\"%s\"%s><span>%s</span> <b>%d</b></a>"
                .formatted(
                        day.date().equals(place.date()) ? "chosen" : "",
                        today ? " today" : "",
                        link(day.date()),
                        NAMED.format(day.date()),
                        day.date().equals(place.date()) ? " aria-current=\"date\"" : "",
                        SHORT.format(day.date()),
                        day.date().getDayOfMonth()));
    }

    private String classes(Day day) {
        return "day" + (day.date().equals(place.date()) ? " chosen" : "")
                + (day.date().equals(now.toLocalDate()) ? " today" : "");
    }

    private void column(Day day) {
        html.append("<div class=\"%s column\" role=\"group\" aria-label=\"%s\">"
                .formatted(classes(day), LONG.format(day.date())));
        for (int hour = week.firstHour(); hour < week.lastHour(); hour++) {
            String at = day.date() + "T%02d:00".formatted(hour);
            // A pointer's shortcut; by keyboard "New event" does the same without seventy stops.
            html.append(
                    "<a class=\"slot\" data-dialog tabindex=\"-1\" aria-hidden=\"true\" href=\"%s&amp;open=new&amp;at=%s\"></a>"
                            .formatted(link(day.date()), at));
        }
        for (Block block : day.blocks()) {
            String style = "--from:%d;--length:%d;--lane:%d;--lanes:%d"
                    .formatted(
                            block.from() - week.firstHour() * 60,
                            block.to() - block.from(),
                            block.lane(),
                            block.lanes());
            event(block.row(), day, style, when(block.row()));
        }
        int minute = now.getHour() * 60 + now.getMinute();
        boolean drawn = minute >= week.firstHour() * 60 && minute < week.lastHour() * 60;
        if (day.date().equals(now.toLocalDate()) && drawn) {
            html.append("<i class=\"now\" style=\"--from:%d\"></i>".formatted(minute - week.firstHour() * 60));
        }
        html.append("</div>");
    }

    private void event(Occurrence row, Day day, String style, String when) {
        String showAs = row.details().path("showAs").asText();
        boolean isPrivate = row.details().path("sensitivity").asText().equals("private");
        boolean cancelled = row.details().path("isCancelled").asBoolean();
        String response = row.details().path("responseStatus").path("response").asText();
        String subject = row.details().path("subject").asText();
        StringBuilder marks = new StringBuilder();
        if (row.date() != null) {
            marks.append(mark("series"));
        }
        if (isPrivate) {
            marks.append(mark("private"));
        }
        if (response.equals("notResponded")) {
            marks.append(mark("not answered"));
        } else if (response.equals("declined")) {
            marks.append(mark("declined"));
        }
        html.append("<a class=\"event %s as-%s%s\" data-dialog href=\"%s&amp;item=%s\"%s>"
                .formatted(
                        colour(row.event().calendarId()),
                        Html.text(showAs),
                        cancelled || response.equals("declined") ? " off" : "",
                        link(day.date()),
                        Html.url(ItemIds.of(row.event(), row.date(), false)),
                        style.isEmpty() ? "" : " style=\"" + style + "\""));
        html.append("<b>%s</b> <span class=\"when\">%s</span> <span class=\"as\">%s</span>%s</a>"
                .formatted(
                        Html.text(subject.isEmpty() ? "(no subject)" : subject),
                        when,
                        Html.text(cancelled ? "Cancelled" : Dialogs.shownAs(showAs)),
                        marks));
    }

    private static String mark(String said) {
        return " <i class=\"mark\">" + said + "</i>";
    }

    private String when(Occurrence row) {
        if (row.span().allDay()) {
            return "all day";
        }
        return TIME.format(Week.start(row.span(), zone)) + "–" + TIME.format(Week.end(row.span(), zone));
    }

    /** Each calendar of the mailbox keeps a colour of its own, by its place in the list. */
    private String colour(String calendarId) {
        for (int i = 0; i < place.calendars().size(); i++) {
            if (place.calendars().get(i).id().equals(calendarId)) {
                return "calendar" + i % 4;
            }
        }
        return "calendar0";
    }
}
