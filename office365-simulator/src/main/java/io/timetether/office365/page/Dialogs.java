package io.timetether.office365.page;

import io.timetether.office365.mailbox.CalendarFolder;
import io.timetether.office365.mailbox.HtmlBody;
import io.timetether.office365.mailbox.ItemIds;
import io.timetether.office365.mailbox.Mailbox;
import io.timetether.office365.mailbox.Occurrence;
import io.timetether.office365.mailbox.Occurrence.Kind;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The windows of the page. Without the script they stand open in the page; with it they are real dialogs. */
final class Dialogs {

    private static final List<List<String>> SHOWN = List.of(
            List.of("busy", "Busy"),
            List.of("free", "Free"),
            List.of("tentative", "Tentative"),
            List.of("oof", "Away (out of office)"),
            List.of("workingElsewhere", "Working elsewhere"));

    /**
     * Where a window stands.
     *
     * @param date the day of the page behind it
     */
    record Place(Mailbox mailbox, List<CalendarFolder> calendars, LocalDate date) {
        String page() {
            return "/calendar/" + Html.url(mailbox.address()) + "?date=" + date;
        }

        String forms(String what) {
            return "/simulator/mailboxes/" + Html.url(mailbox.address()) + "/forms/" + what;
        }
    }

    private Dialogs() {}

    /** How the page says showAs. */
    static String shownAs(String showAs) {
        return SHOWN.stream()
                .filter(one -> one.getFirst().equals(showAs))
                .map(one -> one.get(1))
                .findFirst()
                .orElse(showAs);
    }

    /**
     * An event, new or old.
     *
     * @param row the event as it is, null for a new one
     * @param problem why the last attempt was refused, or empty
     */
    static String event(Place place, EventEntry entry, @Nullable Occurrence row, String problem) {
        boolean one = row != null && row.date() != null;
        boolean series = row != null && row.kind() == Kind.seriesMaster;
        String title = row == null ? "New event" : series ? "The whole series" : one ? "One of a series" : "Event";
        StringBuilder body = new StringBuilder();
        if (row != null) {
            body.append(about(place, row));
        }
        body.append(hidden("item", entry.item())).append(hidden("changeKey", entry.changeKey()));
        body.append(hidden("date", place.date().toString()));
        body.append(
                "<p class=\"field\"><label for=\"subject\">Subject</label><input id=\"subject\" name=\"subject\" maxlength=\"255\" autocomplete=\"off\" autofocus value=\"%s\"></p>"
                        .formatted(Html.text(entry.subject())));
        body.append(check("allDay", "All day", entry.allDay()));
        body.append(moment("start", "Start", entry.startDate(), entry.startTime()));
        body.append(moment("end", "End", entry.endDate(), entry.endTime()));
        body.append(choice("showAs", "Show as", SHOWN, entry.showAs()))
                .append(check("private", "Private", entry.isPrivate()));
        if (place.calendars().size() > 1 && !one) {
            body.append(choice("calendar", "Calendar", calendars(place), entry.calendar()));
        }
        if (row == null) {
            body.append(entry.repeat().html()).append(invitation(entry));
        }
        body.append("<div class=\"buttons\">");
        if (row != null && !row.details().path("isOrganizer").asBoolean()) {
            body.append(button("accepted", "Accept", ""))
                    .append(button("tentativelyAccepted", "Tentative", ""))
                    .append(button("declined", "Decline", ""));
        }
        if (one) {
            body.append(button("delete", "Delete this one", "danger"))
                    .append(button("deleteSeries", "Delete the whole series", "danger"));
        } else if (row != null) {
            body.append(button("delete", series ? "Delete the whole series" : "Delete", "danger"));
        }
        body.append("</div>");
        return window(place, title, "event", problem, body.toString(), "save", "Save");
    }

    private static String about(Place place, Occurrence row) {
        StringBuilder about = new StringBuilder();
        if (row.date() != null) {
            about.append(
                    "<p class=\"note\">Changes here are for this one only. <a data-dialog href=\"%s&amp;item=%s\">Open the whole series</a></p>"
                            .formatted(place.page(), Html.url(ItemIds.of(row.event(), null, false))));
        }
        if (row.details().path("isCancelled").asBoolean()) {
            about.append("<p class=\"note\">Cancelled by its organiser.</p>");
        }
        if (!row.details().path("isOrganizer").asBoolean()) {
            about.append("<p class=\"note\">Invitation from %s. Your answer: <b>%s</b></p>"
                    .formatted(
                            Html.text(row.details()
                                    .path("organizer")
                                    .path("emailAddress")
                                    .path("address")
                                    .asText()),
                            answer(row.details()
                                    .path("responseStatus")
                                    .path("response")
                                    .asText())));
        }
        String text = HtmlBody.text(row.details().path("body").path("content").asText(""))
                .strip();
        if (!text.isEmpty()) {
            about.append("<p class=\"body\">").append(Html.text(text)).append("</p>");
        }
        return about.toString();
    }

    private static String answer(String response) {
        return switch (response) {
            case "accepted" -> "accepted";
            case "tentativelyAccepted" -> "tentative";
            case "declined" -> "declined";
            default -> "none yet";
        };
    }

    private static String invitation(EventEntry entry) {
        return "<details class=\"more\"%s><summary>Somebody else invites</summary>"
                        .formatted(entry.organizer().isEmpty() ? "" : " open")
                + field("organizer", "Organiser’s e-mail", "type=\"email\"", entry.organizer(), "")
                + "</details>";
    }

    /** Loading an iCalendar file. */
    static String file(Place place, String problem) {
        StringBuilder body = new StringBuilder(hidden("date", place.date().toString()));
        body.append(
                "<p class=\"field\"><label for=\"file\">Calendar file (.ics)</label><input id=\"file\" name=\"file\" type=\"file\" accept=\".ics,text/calendar\" required autofocus></p>");
        String first = place.calendars().getFirst().id();
        body.append(choice("calendar", "Into", calendars(place), first))
                .append(check("shift", "Move an old file by whole years to around today", false));
        return window(place, "Load a calendar file", "file", problem, body.toString(), "load", "Load");
    }

    /** Adding a calendar. */
    static String calendar(Place place, String problem) {
        String body = hidden("date", place.date().toString())
                + "<p class=\"field\"><label for=\"name\">Name</label><input id=\"name\" name=\"name\" required maxlength=\"80\" autofocus></p>";
        return window(place, "New calendar", "calendar", problem, body, "add", "Add");
    }

    private static String window(
            Place place, String title, String form, String problem, String body, String action, String label) {
        String encoding = form.equals("file") ? " enctype=\"multipart/form-data\"" : "";
        return """
                <dialog id="dialog" open aria-labelledby="dialog-title"><form method="post" action="%s"%s>
                <header><h2 id="dialog-title">%s</h2><a class="button quiet" data-close href="%s" aria-label="Close">✕</a></header>
                %s%s
                <footer><a class="button" data-close href="%s">Cancel</a><button class="primary" name="action" value="%s">%s</button></footer>
                </form></dialog>""".formatted(
                        place.forms(form),
                        encoding,
                        title,
                        place.page(),
                        problem.isEmpty() ? "" : "<p class=\"problem\" role=\"alert\">" + Html.text(problem) + "</p>",
                        // The first button of a form is what Enter presses, so saving comes first, unseen.
                        "<button class=\"first\" name=\"action\" value=\"%s\" tabindex=\"-1\" aria-hidden=\"true\"></button>"
                                        .formatted(action)
                                + body,
                        place.page(),
                        action,
                        label);
    }

    private static String moment(String name, String label, String date, String time) {
        return """
                <div class="field" role="group" aria-labelledby="%1$s-label"><span id="%1$s-label">%2$s</span><span class="moment">
                <input type="date" name="%1$sDate" aria-label="%2$s date" required value="%3$s">
                <input type="time" name="%1$sTime" aria-label="%2$s time" value="%4$s"></span></div>""".formatted(name, label, Html.text(date), Html.text(time));
    }

    private static List<List<String>> calendars(Place place) {
        return place.calendars().stream()
                .map(calendar -> List.of(calendar.id(), calendar.name()))
                .toList();
    }

    /** One of a list: what is sent, and what is read. */
    static String choice(String name, String label, List<List<String>> choices, String chosen) {
        StringBuilder html = new StringBuilder(
                "<p class=\"field\"><label for=\"field-%1$s\">%2$s</label><select id=\"field-%1$s\" name=\"%1$s\">"
                        .formatted(name, label));
        choices.forEach(one ->
                html.append(option(one.getFirst(), one.get(1), one.getFirst().equals(chosen))));
        return html.append("</select></p>").toString();
    }

    /** A line of text, a number or a date, with what stands behind it. */
    static String field(String name, String label, String kind, String value, String behind) {
        return "<p class=\"field\"><label for=\"field-%1$s\">%2$s</label><span class=\"with\"><input id=\"field-%1$s\" name=\"%1$s\" %3$s value=\"%4$s\">%5$s</span></p>"
                .formatted(name, label, kind, Html.text(value), behind.isEmpty() ? "" : " <span>" + behind + "</span>");
    }

    private static String check(String name, String label, boolean checked) {
        return "<p class=\"check\"><label><input type=\"checkbox\" name=\"%s\" value=\"yes\"%s> %s</label></p>"
                .formatted(name, checked ? " checked" : "", label);
    }

    private static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"%s\" value=\"%s\">".formatted(name, Html.text(value));
    }

    private static String option(String value, String label, boolean selected) {
        return "<option value=\"%s\"%s>%s</option>"
                .formatted(Html.text(value), selected ? " selected" : "", Html.text(label));
    }

    private static String button(String action, String label, String kind) {
        return "<button name=\"action\" value=\"%s\" class=\"%s\" formnovalidate>%s</button>"
                .formatted(action, kind, label);
    }
}
