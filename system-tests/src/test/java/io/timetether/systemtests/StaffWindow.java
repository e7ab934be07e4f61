package io.timetether.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The app in the window of somebody who works in the practice: what they press and what they see, each by the name under
 * which a screen reader knows it.
 */
record StaffWindow(Page page, String name) {

    /** For what other programs have to bring about, on a machine that has more to do. */
    static final LocatorAssertions.ContainsTextOptions IN_A_WHILE =
            new LocatorAssertions.ContainsTextOptions().setTimeout(120_000);

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.UK);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.UK);

    /** Opens the app, is sent to the identity provider, and picks a name there. */
    static StaffWindow signIn(Page page, String name) {
        page.getByRole(AriaRole.LINK, named("Sign in")).click();
        page.getByRole(AriaRole.BUTTON, beginning(name)).click();
        return arrived(page, name);
    }

    /** The same for somebody who is not on the list there, and types how they are called. */
    static StaffWindow signInAs(Page page, String typed, String name) {
        page.getByRole(AriaRole.LINK, named("Sign in")).click();
        page.getByLabel("Someone new").fill(typed);
        page.getByRole(AriaRole.BUTTON, named("Sign in")).click();
        return arrived(page, name);
    }

    private static StaffWindow arrived(Page page, String name) {
        assertThat(page.getByRole(AriaRole.BUTTON, named(name))).isVisible();
        return new StaffWindow(page, name);
    }

    /** Name at the top right → My Profile → Calendar Sync. */
    void openCalendarSync() {
        page.getByRole(AriaRole.BUTTON, named(name)).click();
        page.getByRole(AriaRole.MENUITEM, named("My Profile")).click();
        page.getByRole(AriaRole.TAB, named("Calendar Sync")).click();
    }

    /** The tile of the provider. */
    Locator tile() {
        return page.getByRole(AriaRole.BUTTON, beginning("Office 365"));
    }

    /** Connects an account in one's own tab: the tile, Microsoft's pages, and back, with the first sync begun. */
    void connect(Outlook outlook) {
        openCalendarSync();
        tile().click();
        throughMicrosoft(outlook);
    }

    /** Picks the account on Microsoft's page and consents, where it asks; answers when the feeds are there. */
    void throughMicrosoft(Outlook outlook) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(outlook.address()))
                .click();
        Locator accept = button("Accept");
        assertThat(accept.or(feeds())).isVisible();
        if (accept.isVisible()) {
            accept.click();
        }
        assertThat(feeds()).isVisible();
    }

    /** The section that lists the feeds. */
    Locator feeds() {
        return page.getByRole(AriaRole.REGION, named("Office 365 Sync Feeds"));
    }

    /** A day of one's own calendar. */
    void openDay(LocalDate day) {
        page.navigate("/appointments?view=day&date=" + day);
        assertThat(page.getByRole(AriaRole.GRID)).isVisible();
    }

    /** An entry of the calendar, by a part of its title. */
    Locator entry(String title) {
        return page.getByRole(AriaRole.GRID).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(title));
    }

    /** The window that stands in front, by a part of its title. */
    Locator window(String title) {
        return page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName(title));
    }

    void press(String button) {
        button(button).click();
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, named(name));
    }

    /** Opens a menu and takes one of its lines. */
    void choose(String menu, String line) {
        press(menu);
        page.getByRole(AriaRole.MENUITEM, named(line)).click();
    }

    /** A button of a window that stands open. */
    static Locator button(Locator window, String name) {
        return window.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    /** A field of a window that stands open. */
    static Locator field(Locator window, String label) {
        return window.getByRole(
                AriaRole.TEXTBOX, new Locator.GetByRoleOptions().setName(label).setExact(true));
    }

    /** New → Appointment, and in its window a service and a day; answers the window. */
    Locator beginBooking(String service, LocalDate day) {
        press("New");
        page.getByRole(AriaRole.MENUITEM, named("Appointment")).click();
        Locator window = window("New appointment");
        window.getByLabel("Service").click();
        page.getByRole(AriaRole.OPTION, beginning(service)).click();
        chooseDay(window, day);
        return window;
    }

    /** Chooses a day in the month that is shown, turning the months until it is there. */
    static void chooseDay(Locator window, LocalDate day) {
        Locator wanted = window.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^" + DAY.format(day) + ", ")));
        Locator month = window.getByText(Pattern.compile("^[A-Z][a-z]+ [0-9]{4}$"));
        for (int turned = 0; turned < 3 && !month.innerText().equals(MONTH.format(day)); turned++) {
            window.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Month after"))
                    .click();
        }
        wanted.click();
    }

    /** A free time of a day, as a window that books or moves offers it. */
    static Locator slot(Locator window, LocalDate day, String time) {
        return window.getByRole(
                        AriaRole.GROUP, new Locator.GetByRoleOptions().setName("Free times on " + DAY.format(day)))
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(time).setExact(true));
    }

    /** A message that appears and goes by itself. */
    Locator said(String words) {
        return page.getByRole(AriaRole.ALERT).filter(new Locator.FilterOptions().setHasText(words));
    }

    static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    static Page.GetByRoleOptions beginning(String name) {
        return new Page.GetByRoleOptions().setName(Pattern.compile("^" + name));
    }
}
