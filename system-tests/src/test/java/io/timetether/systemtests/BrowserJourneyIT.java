package io.timetether.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The journey that must work, as people do it: the app in one window, Outlook in another, and a client in a third. */
class BrowserJourneyIT {

    @RegisterExtension
    static final Windows WINDOWS = Windows.onTheDemo("journey");

    private static final String ANNA = "Anna Weber";
    private static final String MAILBOX = "anna@seaside.example";

    private final Gallery gallery = WINDOWS.gallery();
    /** Beyond what the demo has put into anybody's calendar. */
    private final LocalDate monday = LocalDate.now(ZoneId.of("Europe/Berlin"))
            .with(TemporalAdjusters.next(DayOfWeek.MONDAY))
            .plusWeeks(2);

    @Test
    void onStarterTheTabSaysWhy() {
        StaffWindow jonas = WINDOWS.signIn("Jonas Berg");

        jonas.openCalendarSync();

        assertThat(jonas.tile()).isDisabled();
        assertThat(jonas.page().getByRole(AriaRole.ALERT)).containsText("Professional and Business");
        gallery.keep(jonas.page(), "j1-starter");
    }

    @Test
    void anAdministratorConnectsTwoAccountsOfAColleague() {
        StaffWindow frida = WINDOWS.signIn("Frida Keller");
        Page page = frida.page();
        page.getByRole(AriaRole.LINK, StaffWindow.named("Staff")).click();
        page.getByRole(AriaRole.LINK, StaffWindow.named("Calendar Sync of Clara Novak"))
                .click();
        String second = "clara-" + Long.toHexString(System.nanoTime()) + "@home.example";
        new Outlook(WINDOWS.product().office365(), second, "Clara at home", "UTC");
        for (String account : List.of("clara@seaside.example", second)) {
            frida.tile().click();
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(account))
                    .click();
            press(page, "Accept");
            assertThat(page.getByRole(AriaRole.TABLE, StaffWindow.named("Feeds of " + account)))
                    .containsText("Active");
        }
        assertThat(frida.feeds().getByRole(AriaRole.TABLE)).hasCount(2);
        gallery.keep(page, "j2-two-accounts");

        press(page, "More for " + second);
        page.getByRole(AriaRole.MENUITEM, StaffWindow.named("Stop all feeds of this account"))
                .click();
        frida.window("Stop the sync")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Stop Sync"))
                .click();
        assertThat(frida.feeds().getByRole(AriaRole.TABLE)).hasCount(1);
        assertThat(frida.feeds()).containsText("clara@seaside.example");
    }

    @Test
    void annaTiesHerCalendarUsesItAndUntiesIt() {
        StaffWindow anna = WINDOWS.signIn(ANNA);
        OutlookWindow outlook = WINDOWS.outlook(MAILBOX);

        connects(anna);
        hasMoreToChoose(anna);
        busyTimeInOutlookClosesTheSlotHere(anna, outlook);
        whatCameFromOutlookCannotBeChangedHere(anna);
        Page client = aClientBooksWhatIsFree(outlook);
        bothWindowsTellTheSameStory(anna, outlook);
        theAppointmentMovesInOutlookAndGoes(anna, client, outlook);
        theFeedSaysWhatBecameOfEachEvent(anna);
        changesKeepComing(anna, outlook);
        stops(anna, "Remove them");
        assertThat(outlook.event("[tt]")).hasCount(0);
        connects(anna);
        stops(anna, "Keep them");
    }

    /** J3: Microsoft asks who it is and, the first time, for consent; back here the first sync has begun by itself. */
    private void connects(StaffWindow anna) {
        Page page = anna.page();
        anna.openCalendarSync();
        gallery.keep(page, "j3-provider");
        anna.tile().click();
        Locator account = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(MAILBOX));
        assertThat(account).isVisible();
        gallery.keep(page, "j3-microsoft-account");
        account.click();
        Locator accept = page.getByRole(AriaRole.BUTTON, StaffWindow.named("Accept"));
        assertThat(accept.or(anna.feeds())).isVisible();
        if (accept.isVisible()) {
            gallery.keep(page, "j3-microsoft-consent");
            accept.click();
        }

        assertThat(anna.said("Office 365 is connected")).isVisible();
        Locator feed = anna.feeds().getByRole(AriaRole.ROW).filter(having("default calendar"));
        assertThat(feed).hasCount(1);
        assertThat(feed).containsText("Reads and writes");
        assertThat(feed).containsText("Active");
        assertThat(feed).containsText(Pattern.compile("just now|seconds ago"));
        assertThat(anna.feeds().getByRole(AriaRole.COLUMNHEADER))
                .hasText(new String[] {"Calendar", "State", "Last synced", "Actions"});
        gallery.keep(page, "j3-feeds");
    }

    /** J8, J10: another calendar of the account, and what is read and written. */
    private void hasMoreToChoose(StaffWindow anna) {
        anna.press("Add a calendar");
        assertThat(anna.window("Add a calendar")).containsText("already synced");
        gallery.keep(anna.page(), "j8-add-a-calendar");
        anna.page().keyboard().press("Escape");
        anna.press("More for Calendar");
        anna.page().getByRole(AriaRole.MENUITEM, StaffWindow.named("Settings")).click();
        assertThat(anna.window("Settings of “Calendar”")).isVisible();
        gallery.keep(anna.page(), "j10-settings");
        anna.page().keyboard().press("Escape");
        assertThat(anna.window("Settings of “Calendar”")).isHidden();
    }

    /** J4, J5. */
    private void busyTimeInOutlookClosesTheSlotHere(StaffWindow anna, OutlookWindow outlook) {
        anna.openDay(monday);
        Locator booking = anna.beginBooking("First consultation", monday);
        assertThat(StaffWindow.slot(booking, monday, "10:00")).isVisible();
        gallery.keep(anna.page(), "j4-free");
        anna.page().keyboard().press("Escape");
        assertThat(booking).isHidden();

        outlook.openDay(monday);
        outlook.begin("Piano tuner", monday, "10:00", "11:00");
        gallery.keep(outlook.page(), "j4-outlook-new");
        outlook.press("Save");
        outlook.begin("Quiet hour", monday, "14:00", "15:00");
        outlook.dialog().getByLabel("Show as").selectOption("Free");
        outlook.press("Save");
        assertThat(outlook.event("Piano tuner")).isVisible();

        assertThat(anna.entry("[ext] Piano tuner")).isVisible();
        booking = anna.beginBooking("First consultation", monday);
        assertThat(StaffWindow.slot(booking, monday, "11:00")).isVisible();
        assertThat(StaffWindow.slot(booking, monday, "14:00")).isVisible();
        assertThat(StaffWindow.slot(booking, monday, "10:00")).hasCount(0);
        anna.page().keyboard().press("Escape");
        assertThat(anna.entry("Quiet hour")).hasCount(0);
        gallery.keep(anna.page(), "j5-appointments");
    }

    /** J5, J6. */
    private void whatCameFromOutlookCannotBeChangedHere(StaffWindow anna) {
        anna.entry("[ext] Piano tuner").click();
        Locator timeOff = anna.window("Time Off");
        assertThat(timeOff).containsText("[ext] Piano tuner");
        assertThat(timeOff).containsText("Office 365 calendar “Calendar”");
        gallery.keep(anna.page(), "j5-time-off");

        anna.press("Change");

        Locator why = timeOff.getByRole(AriaRole.ALERT);
        assertThat(why).containsText("cannot make changes to this entry here");
        assertThat(why.getByRole(AriaRole.LINK)).hasText("Open it in Outlook");
        gallery.keep(anna.page(), "j6-why-not");
        anna.page().keyboard().press("Escape");
        assertThat(timeOff).isHidden();
    }

    /** J4, J7: a client, who sees no calendar and has no account, books what is free; it appears in Outlook. */
    private Page aClientBooksWhatIsFree(OutlookWindow outlook) {
        Page page = WINDOWS.open();
        page.navigate("/book/seaside");
        Locator booking = page.getByRole(AriaRole.MAIN);
        Locator service = page.getByRole(AriaRole.BUTTON, StaffWindow.beginning("First consultation"));
        assertThat(service).isVisible();
        gallery.keep(page, "client-service");
        service.click();
        StaffWindow.chooseDay(booking, monday);
        assertThat(StaffWindow.slot(booking, monday, "10:00")).hasCount(0);
        StaffWindow.slot(booking, monday, "15:00").click();
        gallery.keep(page, "client-time");
        press(page, "Continue");
        page.getByLabel("Name").fill("Berta Blum");
        page.getByLabel("E-mail").fill("berta@example.com");
        gallery.keep(page, "client-details");
        press(page, "Book it");
        assertThat(booking).containsText("Your appointment is booked");
        gallery.keep(page, "client-booked");
        assertThat(outlook.event("[tt] First consultation – Berta Blum 15:00–16:00"))
                .isVisible();
        gallery.keep(outlook.page(), "j7-outlook");
        outlook.event("[tt]").click();
        assertThat(outlook.dialog()).containsText("This appointment comes from Timetether");
        gallery.keep(outlook.page(), "j7-outlook-event");
        outlook.page().keyboard().press("Escape");
        page.getByRole(AriaRole.LINK, StaffWindow.named("your own link")).click();
        assertThat(booking).containsText("15:00 – 16:00");
        return page;
    }

    /** The picture of the README. */
    private void bothWindowsTellTheSameStory(StaffWindow anna, OutlookWindow outlook) {
        anna.page().navigate("/appointments?view=week&date=" + monday);
        assertThat(anna.entry("Berta Blum")).isVisible();
        assertThat(anna.entry("[ext] Piano tuner")).isVisible();
        gallery.keepBeside(anna.page(), "Timetether", outlook.page(), "Anna’s Outlook", "two-windows");
    }

    /** J7: staff reschedules, the client cancels. */
    private void theAppointmentMovesInOutlookAndGoes(StaffWindow anna, Page client, OutlookWindow outlook) {
        anna.entry("First consultation – Berta Blum").click();
        Locator appointment = anna.window("Appointment #");
        assertThat(appointment).containsText("berta@example.com");
        gallery.keep(anna.page(), "j7-appointment");
        anna.press("Reschedule");
        Locator moving = anna.window("Reschedule");
        StaffWindow.slot(moving, monday, "16:00").click();
        gallery.keep(anna.page(), "j7-reschedule");
        moving.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Move to"))
                .click();
        assertThat(outlook.event("[tt] First consultation – Berta Blum 16:00–17:00"))
                .isVisible();
        assertThat(outlook.event("[tt]")).hasCount(1);
        anna.press("Cancel the appointment");
        assertThat(anna.window("Cancel appointment")).isVisible();
        gallery.keep(anna.page(), "j7-cancel");
        anna.press("Keep it");
        anna.page().keyboard().press("Escape");
        assertThat(appointment).isHidden();

        client.reload();
        assertThat(client.getByRole(AriaRole.MAIN)).containsText("16:00 – 17:00");
        gallery.keep(client, "client-own-booking");
        press(client, "Cancel it");
        press(client, "Cancel the appointment");
        assertThat(client.getByRole(AriaRole.STATUS)).containsText("Your appointment was cancelled");
        gallery.keep(client, "client-cancelled");
        assertThat(outlook.event("[tt]")).hasCount(0);
        assertThat(anna.entry("Berta Blum")).hasCount(0);
    }

    /** J11: and the number leads to the entry, in the search box too. */
    private void theFeedSaysWhatBecameOfEachEvent(StaffWindow anna) {
        anna.openCalendarSync();
        anna.press("View Feed: Calendar");
        Locator window = anna.window("Feed of “Calendar”");
        assertThat(window.getByRole(AriaRole.COLUMNHEADER))
                .hasText(new String[] {"ID", "Starts at", "Ends at", "Subject", "Loaded", "Info"});
        assertThat(window).containsText("Europe/Berlin");
        assertThat(window).containsText("A red cross is normal");
        Locator rows = window.getByRole(AriaRole.ROW);
        Locator loaded = rows.filter(having("Piano tuner"));
        assertThat(loaded.getByRole(AriaRole.CELL).nth(4)).hasText("Loaded");
        assertThat(loaded.getByRole(AriaRole.CELL).nth(5)).containsText("Last changed in Office 365");
        Locator left = rows.filter(having("Quiet hour"));
        assertThat(left.getByRole(AriaRole.CELL).nth(0)).hasText("–");
        assertThat(left.getByRole(AriaRole.CELL).nth(4)).hasText("Not loaded");
        assertThat(left.getByRole(AriaRole.CELL).nth(5)).containsText("free");
        gallery.keep(anna.page(), "j11-view-feed");
        String number = loaded.getByRole(AriaRole.CELL).nth(0).innerText();
        anna.page().keyboard().press("Escape");
        assertThat(window).isHidden();

        Locator search = anna.page().getByRole(AriaRole.TEXTBOX, StaffWindow.named("Search by number or name"));
        search.fill(number);
        Locator found =
                anna.page().getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("[ext] Piano tuner"));
        assertThat(found).isVisible();
        gallery.keep(anna.page(), "j11-search");
        search.press("Enter");
        assertThat(anna.window("Time Off")).containsText("[ext] Piano tuner");
        anna.page().keyboard().press("Escape");
    }

    /** J12. */
    private void changesKeepComing(StaffWindow anna, OutlookWindow outlook) {
        anna.openDay(monday);
        outlook.event("Piano tuner").click();
        outlook.time(monday, "11:00", "12:00");
        outlook.press("Save");

        assertThat(anna.entry("[ext] Piano tuner 11:00 – 12:00")).isVisible();

        outlook.event("Piano tuner").click();
        outlook.press("Delete");
        assertThat(anna.entry("[ext] Piano tuner")).hasCount(0);
    }

    /** J13: and the tab is as it was before. */
    private void stops(StaffWindow anna, String writtenEvents) {
        anna.openCalendarSync();
        anna.press("Stop Sync: Calendar");
        Locator window = anna.window("Stop the sync");
        assertThat(window).containsText("What becomes bookable");
        window.getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName(writtenEvents))
                .check();
        gallery.keep(anna.page(), "j13-stop");
        window.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Stop Sync"))
                .click();

        assertThat(anna.said("The sync has been stopped")).isVisible();
        gallery.keep(anna.page(), "j13-stopped");
        assertThat(anna.feeds()).isHidden();
        assertThat(anna.tile()).isEnabled();
        gallery.keep(anna.page(), "j13-as-before");
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, StaffWindow.named(button)).click();
    }

    private static Locator.FilterOptions having(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
