package io.timetether.office365.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.javalin.http.UploadedFile;
import io.timetether.office365.calendarfile.CalendarImport;
import io.timetether.office365.control.OwnPages;
import io.timetether.office365.mailbox.CalendarFolder;
import io.timetether.office365.mailbox.Calendaring;
import io.timetether.office365.mailbox.Event;
import io.timetether.office365.mailbox.ItemIds;
import io.timetether.office365.mailbox.Mailbox;
import io.timetether.office365.mailbox.Mailboxes;
import io.timetether.office365.mailbox.Occurrence;
import io.timetether.office365.mailbox.Refusal;
import io.timetether.office365.page.Dialogs.Place;
import io.timetether.office365.zone.Zones;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@code /simulator} that HTML forms speak, because a form can neither PATCH nor send JSON: each does what one call of
 * the JSON side does, then leads back to the page (303), or shows the page again with the reason and what was typed.
 */
public final class CalendarForms {

    private static final String FORMS = "/simulator/mailboxes/{address}/forms/";

    private final Mailboxes mailboxes;
    private final Calendaring calendaring;
    private final CalendarImport files;
    private final CalendarPages pages;
    private final String origin;

    public CalendarForms(Mailboxes mailboxes, Clock clock, CalendarPages pages, String origin) {
        this.mailboxes = mailboxes;
        this.pages = pages;
        this.origin = origin;
        calendaring = Calendaring.forOutlook(mailboxes, clock);
        files = new CalendarImport(mailboxes, clock);
    }

    public void register(RoutesConfig routes) {
        routes.addHttpHandler(HandlerType.POST, "/simulator/forms/mailbox", context -> own(context, this::addMailbox));
        routes.addHttpHandler(HandlerType.POST, FORMS + "event", context -> own(context, this::event));
        routes.addHttpHandler(HandlerType.POST, FORMS + "file", context -> own(context, this::file));
        routes.addHttpHandler(HandlerType.POST, FORMS + "calendar", context -> own(context, this::addCalendar));
    }

    private interface Act {
        void on(Context context);
    }

    private void own(Context context, Act act) {
        try {
            OwnPages.require(context, origin);
            act.on(context);
        } catch (Refusal refusal) {
            CalendarPages.show(
                    context,
                    refusal.status(),
                    "Not done",
                    "<main class=\"front\"><h1>Not done</h1><p role=\"alert\">" + Html.text(refusal.text())
                            + "</p><p><a href=\"/\">All mailboxes</a></p></main>");
        }
    }

    private void addMailbox(Context context) {
        try {
            String address = EventEntry.field(context, "address");
            String name = EventEntry.field(context, "displayName");
            String zone = EventEntry.field(context, "timeZone");
            if (!address.matches("[^@\\s/]+@[^@\\s/]+")) {
                throw Refusal.invalidRequest("E-mail address: type one such as ada@practice.example.");
            }
            if (Zones.find(zone).isEmpty()) {
                throw Refusal.invalidRequest("Time zone: '" + zone + "' is not known. Choose one from the list.");
            }
            Mailbox mailbox = mailboxes.create(address, name.isEmpty() ? address : name, zone);
            context.redirect("/calendar/" + Html.url(mailbox.address()), HttpStatus.SEE_OTHER);
        } catch (Refusal refusal) {
            CalendarPages.show(context, refusal.status(), "Mailboxes", pages.front(refusal.text()));
        }
    }

    private void event(Context context) {
        Mailbox mailbox = mailbox(context);
        Place place = place(context, mailbox);
        EventEntry entry = EventEntry.typed(context);
        try {
            back(context, place, act(mailbox, entry, EventEntry.field(context, "action")), "");
        } catch (Refusal refusal) {
            boolean overtaken = refusal.status() == 412;
            String why = overtaken
                    ? "Somebody changed this event meanwhile. Close this window and open the event again."
                    : refusal.text();
            Occurrence row = find(mailbox, entry.item());
            boolean gone = row == null && !entry.item().isEmpty();
            String dialog = gone ? "" : Dialogs.event(place, entry, row, why);
            CalendarPages.show(
                    context,
                    refusal.status(),
                    mailbox.displayName(),
                    pages.page(place, dialog, gone ? "That event is no longer in this mailbox." : ""));
        }
    }

    /** Does what a button of the event's window says; answers the day to show next, null for the one that was shown. */
    private @Nullable LocalDate act(Mailbox mailbox, EventEntry entry, String action) {
        String item = entry.item();
        switch (action) {
            case "save" -> {
                return item.isEmpty() ? create(mailbox, entry) : change(mailbox, entry);
            }
            case "delete" -> calendaring.delete(mailbox, item, null);
            case "deleteSeries" ->
                calendaring.delete(
                        mailbox, ItemIds.of(calendaring.get(mailbox, item).event(), null, false), null);
            case "accepted", "tentativelyAccepted", "declined" -> calendaring.respond(mailbox, item, action);
            default -> throw Refusal.invalidRequest("action: '" + action + "' is not known.");
        }
        return null;
    }

    private LocalDate create(Mailbox mailbox, EventEntry entry) {
        Event event = calendaring.create(mailbox, calendar(mailbox, entry.calendar()), entry.created(mailbox));
        return Week.start(event.span(), Zones.get(mailbox.timeZone())).toLocalDate();
    }

    private @Nullable LocalDate change(Mailbox mailbox, EventEntry entry) {
        Occurrence before = calendaring.get(mailbox, entry.item());
        String seen = entry.changeKey().isEmpty() ? null : entry.changeKey();
        return mailboxes.write(() -> {
            Occurrence after = calendaring.patch(mailbox, entry.item(), entry.changed(before, mailbox), seen);
            if (!entry.calendar().isEmpty()
                    && !entry.calendar().equals(after.event().calendarId())) {
                calendaring.move(mailbox, entry.item(), calendar(mailbox, entry.calendar()));
            }
            return after.kind() == Occurrence.Kind.seriesMaster
                    ? null
                    : Week.start(after.span(), Zones.get(mailbox.timeZone())).toLocalDate();
        });
    }

    private void file(Context context) {
        Mailbox mailbox = mailbox(context);
        Place place = place(context, mailbox);
        try {
            UploadedFile file = context.uploadedFile("file");
            if (file == null || file.size() == 0) {
                throw Refusal.invalidRequest("Calendar file: choose a file that is not empty.");
            }
            CalendarImport.Result result = files.load(
                    mailbox,
                    calendar(mailbox, EventEntry.field(context, "calendar")),
                    text(file),
                    context.formParam("shift") != null);
            int skipped = result.skipped().size();
            back(
                    context,
                    place,
                    null,
                    "&done=file&count=" + (result.events() + result.series()) + "&skipped=" + skipped);
        } catch (Refusal refusal) {
            CalendarPages.show(
                    context,
                    refusal.status(),
                    mailbox.displayName(),
                    pages.page(place, Dialogs.file(place, refusal.text()), ""));
        }
    }

    private void addCalendar(Context context) {
        Mailbox mailbox = mailbox(context);
        Place place = place(context, mailbox);
        String name = EventEntry.field(context, "name");
        if (name.isEmpty()) {
            CalendarPages.show(
                    context,
                    400,
                    mailbox.displayName(),
                    pages.page(place, Dialogs.calendar(place, "Name: type one."), ""));
            return;
        }
        mailboxes.addCalendar(mailbox, name, false);
        back(context, place, null, "");
    }

    private static void back(Context context, Place place, @Nullable LocalDate day, String more) {
        Place next = day == null ? place : new Place(place.mailbox(), place.calendars(), day);
        context.redirect(next.page() + more, HttpStatus.SEE_OTHER);
    }

    private @Nullable Occurrence find(Mailbox mailbox, String item) {
        try {
            return item.isEmpty() ? null : calendaring.get(mailbox, item);
        } catch (Refusal gone) {
            return null;
        }
    }

    private Place place(Context context, Mailbox mailbox) {
        return pages.place(mailbox, CalendarPages.date(context.formParam("date")));
    }

    private Mailbox mailbox(Context context) {
        return mailboxes
                .find(context.pathParam("address"))
                .orElseThrow(() -> new Refusal(
                        404, "MailboxNotFound", "There is no mailbox " + context.pathParam("address") + "."));
    }

    private CalendarFolder calendar(Mailbox mailbox, String id) {
        return id.isEmpty()
                ? mailboxes.defaultCalendar(mailbox)
                : mailboxes.findCalendar(mailbox, id).orElseThrow(Refusal::itemNotFound);
    }

    private static String text(UploadedFile file) {
        try (InputStream content = file.content()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
