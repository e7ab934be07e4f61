package io.timetether.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Acting as the person in Outlook, on the stand-in's page: everything that the demo's second window needs. */
class OutlookPageIT {

    @RegisterExtension
    static final Windows WINDOWS = Windows.on("outlook");

    private final Gallery gallery = WINDOWS.gallery();
    private final LocalDate monday = LocalDate.of(2027, 3, 1).with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));

    @Test
    void oneActsAsThePersonInOutlook() {
        Page page = WINDOWS.open(WINDOWS.product().office365());
        gallery.keep(page, "mailboxes");
        String address = "paula-" + Long.toHexString(System.nanoTime()) + "@page.example";
        page.getByLabel("E-mail address").fill(address);
        page.getByLabel("Name").fill("Paula Page");
        page.getByRole(AriaRole.BUTTON, StaffWindow.named("Add")).click();
        OutlookWindow outlook = new OutlookWindow(page, address);
        outlook.openDay(monday);
        gallery.keep(page, "empty");

        addsWhatACalendarHolds(outlook);
        movesAndDeletes(outlook);
        repeats(outlook);
        answersAnInvitation(outlook);
        loadsAFile(outlook);
        keepsASecondCalendar(outlook);
        isToldWhatIsWrong(outlook);

        outlook.openDay(monday);
        gallery.keep(page, "full");
    }

    private void addsWhatACalendarHolds(OutlookWindow outlook) {
        outlook.begin("Dentist", monday, "10:00", "11:00");
        outlook.dialog().getByLabel("Private").check();
        outlook.press("Save");
        assertThat(outlook.event("Dentist 10:00–11:00 Busy private")).isVisible();
        outlook.begin("Perhaps tennis", monday.plusDays(1), "12:00", "13:30");
        outlook.dialog().getByLabel("Show as").selectOption("Tentative");
        outlook.press("Save");
        assertThat(outlook.event("Perhaps tennis 12:00–13:30 Tentative")).isVisible();
        outlook.begin("Congress", monday.plusDays(2), "09:00", "10:00");
        outlook.dialog().getByLabel("All day").check();
        outlook.dialog().getByLabel("End date").fill(monday.plusDays(3).toString());
        outlook.dialog().getByLabel("Show as").selectOption("Away (out of office)");
        outlook.press("Save");
        assertThat(outlook.event("Congress all day")).hasCount(2);
    }

    private void movesAndDeletes(OutlookWindow outlook) {
        outlook.event("Dentist").click();
        gallery.keep(outlook.page(), "event");
        outlook.time(monday.plusDays(4), "15:00", "16:00");
        outlook.press("Save");
        assertThat(outlook.event("Dentist 15:00–16:00")).hasCount(1);
        outlook.event("Dentist").click();
        outlook.press("Delete");
        assertThat(outlook.event("Dentist")).hasCount(0);
    }

    private void repeats(OutlookWindow outlook) {
        outlook.begin("Gym", monday, "08:00", "09:00");
        choose(outlook, "Repeat", "Daily");
        outlook.dialog().getByLabel("Every").fill("2");
        choose(outlook, "Ends", "After a number of times");
        outlook.dialog().getByLabel("Times").fill("3");
        gallery.keep(outlook.page(), "series-daily");
        outlook.press("Save");
        assertThat(outlook.event("Gym")).hasCount(3);
        outlook.event("Gym").nth(1).click();
        assertThat(outlook.dialog()).containsText("One of a series");
        gallery.keep(outlook.page(), "one-of-a-series");
        outlook.press("Delete this one");
        assertThat(outlook.event("Gym")).hasCount(2);

        outlook.begin("Choir", monday, "18:00", "19:00");
        choose(outlook, "Repeat", "Weekly");
        outlook.dialog().getByLabel("Mon").check();
        outlook.dialog().getByLabel("Thu").check();
        choose(outlook, "Ends", "On a date");
        outlook.dialog().getByLabel("Until").fill(monday.plusDays(10).toString());
        gallery.keep(outlook.page(), "series-weekly");
        outlook.press("Save");
        assertThat(outlook.event("Choir")).hasCount(2);
        outlook.page().getByRole(AriaRole.LINK, StaffWindow.named("Week after")).click();
        assertThat(outlook.event("Choir")).hasCount(2);
        outlook.page().getByRole(AriaRole.LINK, StaffWindow.named("Week after")).click();
        assertThat(outlook.event("Choir")).hasCount(0);
        outlook.openDay(monday);

        outlook.begin("Book club", monday, "20:00", "21:00");
        choose(outlook, "Repeat", "Monthly, on the same weekday");
        outlook.press("Save");
        // The first Monday of the next month.
        outlook.openDay(monday.with(TemporalAdjusters.firstInMonth(DayOfWeek.MONDAY))
                .plusMonths(1)
                .with(TemporalAdjusters.firstInMonth(DayOfWeek.MONDAY)));
        assertThat(outlook.event("Book club")).hasCount(1);
        outlook.event("Book club").click();
        outlook.press("Delete the whole series");
        assertThat(outlook.event("Book club")).hasCount(0);
        outlook.openDay(monday);
        assertThat(outlook.event("Book club")).hasCount(0);
    }

    private void answersAnInvitation(OutlookWindow outlook) {
        outlook.begin("Board meeting", monday.plusDays(1), "09:00", "10:00");
        outlook.dialog().getByText("Somebody else invites").click();
        outlook.dialog().getByLabel("Organiser’s e-mail").fill("boss@page.example");
        outlook.press("Save");
        assertThat(outlook.event("Board meeting")).containsText("not answered");
        outlook.event("Board meeting").click();
        assertThat(outlook.dialog()).containsText("Invitation from boss@page.example. Your answer: none yet");
        gallery.keep(outlook.page(), "invitation");
        outlook.press("Accept");
        outlook.event("Board meeting").click();
        assertThat(outlook.dialog()).containsText("Your answer: accepted");
        outlook.press("Decline");
        assertThat(outlook.event("Board meeting")).containsText("declined");
    }

    private void loadsAFile(OutlookWindow outlook) {
        String day = monday.plusDays(5).format(DateTimeFormatter.BASIC_ISO_DATE);
        String file = """
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:-//Timetether//system tests//EN
                BEGIN:VEVENT
                UID:market
                DTSTAMP:20270101T000000Z
                DTSTART:%1$sT080000Z
                DTEND:%1$sT100000Z
                SUMMARY:Flea market
                END:VEVENT
                END:VCALENDAR
                """.formatted(day).replace("\n", "\r\n");
        outlook.page().getByRole(AriaRole.LINK, StaffWindow.named("Load file")).click();
        outlook.dialog()
                .getByLabel("Calendar file (.ics)")
                .setInputFiles(new FilePayload("market.ics", "text/calendar", file.getBytes(StandardCharsets.UTF_8)));
        gallery.keep(outlook.page(), "load-file");
        outlook.press("Load");
        assertThat(outlook.page().getByRole(AriaRole.STATUS)).containsText("Loaded 1 events and series from the file");
        assertThat(outlook.event("Flea market")).hasCount(1);
    }

    private void keepsASecondCalendar(OutlookWindow outlook) {
        outlook.page()
                .getByRole(AriaRole.LINK, StaffWindow.named("New calendar"))
                .click();
        outlook.dialog().getByLabel("Name").fill("Allotment");
        outlook.press("Add");
        assertThat(outlook.page().getByRole(AriaRole.LIST, StaffWindow.named("Calendars")))
                .containsText("Allotment");
        outlook.begin("Watering", monday.plusDays(6), "07:00", "08:00");
        choose(outlook, "Calendar", "Allotment");
        outlook.press("Save");
        assertThat(outlook.event("Watering")).isVisible();
    }

    private void isToldWhatIsWrong(OutlookWindow outlook) {
        outlook.begin("Backwards", monday, "12:00", "11:00");
        outlook.dialog()
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Save").setExact(true))
                .click();
        assertThat(outlook.dialog().getByRole(AriaRole.ALERT)).containsText("it is before the start");
        assertThat(outlook.dialog().getByLabel("Subject")).hasValue("Backwards");
        gallery.keep(outlook.page(), "refused");
        outlook.page().keyboard().press("Escape");
        assertThat(outlook.dialog()).isHidden();
        assertThat(outlook.page().getByRole(AriaRole.LINK, StaffWindow.named("New event")))
                .isFocused();
    }

    private static void choose(OutlookWindow outlook, String field, String value) {
        outlook.dialog()
                .getByLabel(field, new Locator.GetByLabelOptions().setExact(true))
                .selectOption(value);
    }
}
