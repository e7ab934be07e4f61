package io.timetether.office365.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.timetether.office365.mailbox.CalendarFolder;
import io.timetether.office365.mailbox.Calendaring;
import io.timetether.office365.mailbox.Mailbox;
import io.timetether.office365.mailbox.Mailboxes;
import io.timetether.office365.mailbox.Occurrence;
import io.timetether.office365.mailbox.Refusal;
import io.timetether.office365.page.Dialogs.Place;
import io.timetether.office365.zone.Zones;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The pages that a browser gets: the list of mailboxes, and a mailbox as a calendar. They only show; forms act. */
public final class CalendarPages {

    private static final String RULES =
            "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final Mailboxes mailboxes;
    private final Calendaring calendaring;
    private final Clock clock;

    public CalendarPages(Mailboxes mailboxes, Clock clock) {
        this.mailboxes = mailboxes;
        this.clock = clock;
        calendaring = Calendaring.forOutlook(mailboxes, clock);
    }

    public void register(RoutesConfig routes) {
        routes.addHttpHandler(HandlerType.GET, "/", context -> show(context, 200, "Mailboxes", front("")));
        routes.addHttpHandler(
                HandlerType.GET,
                "/mailboxes/{address}",
                context -> context.redirect("/calendar/" + Html.url(context.pathParam("address")), HttpStatus.FOUND));
        routes.addHttpHandler(HandlerType.GET, "/calendar/{address}", this::calendar);
        routes.addHttpHandler(
                HandlerType.GET, "/page/calendar.css", context -> asset(context, "calendar.css", "text/css"));
        routes.addHttpHandler(
                HandlerType.GET, "/page/calendar.js", context -> asset(context, "calendar.js", "text/javascript"));
    }

    static void show(Context context, int status, String title, String body) {
        context.status(status)
                .header("Content-Security-Policy", RULES)
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .html(Html.page(title, body));
    }

    private static void asset(Context context, String name, String type) {
        try (var file = Objects.requireNonNull(CalendarPages.class.getResourceAsStream("/page/" + name))) {
            context.contentType(type + "; charset=utf-8")
                    .header("Cache-Control", "no-cache")
                    .result(file.readAllBytes());
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** The list of mailboxes, with what went wrong when one should be added. */
    String front(String problem) {
        StringBuilder body = new StringBuilder("<main class=\"front\"><h1>Mailboxes</h1>");
        if (mailboxes.all().isEmpty()) {
            body.append("<p>There is no mailbox yet. Add the first one below.</p>");
        }
        body.append("<ul class=\"mailboxes\">");
        for (Mailbox mailbox : mailboxes.all()) {
            body.append("<li><a href=\"/calendar/%s\"><b>%s</b><span>%s · %s</span></a></li>"
                    .formatted(
                            Html.url(mailbox.address()),
                            Html.text(mailbox.displayName()),
                            Html.text(mailbox.address()),
                            Html.text(mailbox.timeZone())));
        }
        body.append(
                "</ul><form class=\"card\" method=\"post\" action=\"/simulator/forms/mailbox\"><h2>Add a mailbox</h2>");
        if (!problem.isEmpty()) {
            body.append("<p class=\"problem\" role=\"alert\">")
                    .append(Html.text(problem))
                    .append("</p>");
        }
        body.append("""
                <p class="field"><label for="address">E-mail address</label><input id="address" name="address" type="email" required></p>
                <p class="field"><label for="displayName">Name</label><input id="displayName" name="displayName"></p>
                <p class="field"><label for="timeZone">Time zone</label><input id="timeZone" name="timeZone" list="zones" value="Europe/Berlin"></p>
                <datalist id="zones">""");
        Zones.ianaNames().forEach(zone -> body.append("<option>").append(zone).append("</option>"));
        return body.append("</datalist><footer><button class=\"primary\">Add</button></footer></form></main>")
                .toString();
    }

    private void calendar(Context context) {
        Mailbox mailbox = mailboxes.find(context.pathParam("address")).orElse(null);
        if (mailbox == null) {
            show(
                    context,
                    404,
                    "No such mailbox",
                    "<main class=\"front\"><h1>No such mailbox</h1><p><a href=\"/\">All mailboxes</a></p></main>");
            return;
        }
        String item = context.queryParam("item");
        String open = context.queryParam("open");
        LocalDate asked = date(context.queryParam("date"));
        if (item != null && !item.isEmpty()) {
            item(context, mailbox, item, asked);
            return;
        }
        Place place = place(mailbox, asked);
        String dialog = switch (open == null ? "" : open) {
            case "new" ->
                Dialogs.event(
                        place,
                        EventEntry.at(
                                at(context.queryParam("at"), place),
                                place.calendars().getFirst().id()),
                        null,
                        "");
            case "file" -> Dialogs.file(place, "");
            case "calendar" -> Dialogs.calendar(place, "");
            default -> "";
        };
        show(context, 200, mailbox.displayName(), page(place, dialog, note(context)));
    }

    private void item(Context context, Mailbox mailbox, String item, @Nullable LocalDate asked) {
        try {
            Occurrence row = calendaring.get(mailbox, item);
            ZoneId zone = Zones.get(mailbox.timeZone());
            boolean series = row.kind() == Occurrence.Kind.seriesMaster;
            LocalDate shown = asked != null || series
                    ? asked
                    : Week.start(row.span(), zone).toLocalDate();
            Place place = place(mailbox, shown);
            String dialog = Dialogs.event(place, EventEntry.of(row, item, zone), row, "");
            show(context, 200, mailbox.displayName(), page(place, dialog, ""));
        } catch (Refusal gone) {
            Place place = place(mailbox, asked);
            show(
                    context,
                    gone.status(),
                    mailbox.displayName(),
                    page(place, "", "That event is no longer in this mailbox."));
        }
    }

    /** The mailbox's week around a day, with a window in front of it. */
    String page(Place place, String dialog, String note) {
        Mailbox mailbox = place.mailbox();
        ZoneId zone = Zones.get(mailbox.timeZone());
        LocalDate monday = Week.monday(place.date());
        // All-day events float, so up to a day on either side can belong to the week; the layout takes what does.
        Instant from = monday.minusDays(1).atStartOfDay(zone).toInstant();
        Instant to = monday.plusDays(8).atStartOfDay(zone).toInstant();
        // Read before the events: a change between the two is then seen again rather than never.
        String state = mailboxes.state(mailbox);
        List<Occurrence> rows = new ArrayList<>();
        place.calendars()
                .forEach(calendar ->
                        rows.addAll(mailboxes.contents(calendar.id()).view(from, to)));
        Week week = Week.of(monday, zone, rows);
        LocalDateTime now = clock.instant().atZone(zone).toLocalDateTime();
        return WeekHtml.of(place, week, now, state, note) + "<div id=\"window\">" + dialog + "</div>";
    }

    Place place(Mailbox mailbox, @Nullable LocalDate date) {
        List<CalendarFolder> calendars = mailboxes.calendarsOf(mailbox);
        LocalDate today = clock.instant().atZone(Zones.get(mailbox.timeZone())).toLocalDate();
        return new Place(mailbox, calendars, date == null ? today : date);
    }

    /** A date as it stands in an address or a form; nothing when it is none, for then the page shows today. */
    static @Nullable LocalDate date(@Nullable String text) {
        try {
            LocalDate date = text == null || text.isEmpty() ? null : LocalDate.parse(text);
            return date != null && (date.getYear() < 1900 || date.getYear() > 2200) ? null : date;
        } catch (DateTimeException none) {
            return null;
        }
    }

    private LocalDateTime at(@Nullable String text, Place place) {
        try {
            if (text != null) {
                return LocalDateTime.parse(text);
            }
        } catch (DateTimeException none) {
            // Falls through to a sensible hour.
        }
        LocalDateTime now = clock.instant()
                .atZone(Zones.get(place.mailbox().timeZone()))
                .toLocalDateTime()
                .truncatedTo(ChronoUnit.HOURS);
        return place.date().equals(now.toLocalDate())
                ? now.plusHours(1)
                : place.date().atTime(9, 0);
    }

    /** What the last form did; only known words are shown, an address can be anybody's. */
    private static String note(Context context) {
        String done = context.queryParam("done");
        String count = context.queryParam("count");
        String skipped = context.queryParam("skipped");
        if (!"file".equals(done) || count == null || skipped == null || !(count + skipped).matches("[0-9]{2,12}")) {
            return "";
        }
        return "Loaded " + count + " events and series from the file"
                + (skipped.equals("0") ? "." : "; " + skipped + " could not be loaded.");
    }
}
