package io.timetether.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every page that the journey does not pass, and the states in which there is nothing, or something is wrong. */
class EveryPageIT {

    @RegisterExtension
    static final Windows WINDOWS = Windows.onTheDemo("page");

    private final Gallery gallery = WINDOWS.gallery();

    @Test
    void beforeOneBelongsAnywhere() {
        Page page = WINDOWS.open();
        assertThat(page.getByRole(AriaRole.HEADING, StaffWindow.beginning("Your appointments")))
                .isVisible();
        gallery.keep(page, "sign-in");
        page.navigate("/invitation?token=none");
        assertThat(page.getByRole(AriaRole.LINK, StaffWindow.named("Sign in"))).isVisible();
        gallery.keep(page, "invitation-signed-out");
        page.getByRole(AriaRole.LINK, StaffWindow.named("Sign in")).click();
        page.getByLabel("Someone new").fill("Nora New");
        gallery.keep(page, "pick-a-name");
        page.getByRole(AriaRole.BUTTON, StaffWindow.named("Sign in")).click();
        page.getByRole(AriaRole.BUTTON, StaffWindow.named("Accept the invitation"))
                .click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        gallery.keep(page, "invitation-refused");
        page.navigate("/");
        assertThat(page.getByRole(AriaRole.HEADING, StaffWindow.beginning("You are not part of a practice")))
                .isVisible();
        gallery.keep(page, "not-invited");
        page.navigate("/problems/slot-taken");
        gallery.keep(page, "problem");
    }

    @Test
    void anOperatorBeginsAnOrganisationWithItsAdministrator() {
        StaffWindow olivia = WINDOWS.signIn("Olivia Operator");
        Page page = olivia.page();
        assertThat(page.getByRole(AriaRole.TABLE)).containsText("Seaside Practice");
        gallery.keep(page, "organisations");
        String tag = UUID.randomUUID().toString().substring(0, 8);
        olivia.press("New organisation");
        Locator window = olivia.window("New organisation");
        window.getByRole(AriaRole.TEXTBOX, exactly("Name")).fill("Praxis Müller " + tag);
        assertThat(window.getByLabel("Address of its booking page")).hasValue("praxis-muller-" + tag);
        window.getByLabel("Administrator’s name").fill("Mia Müller");
        window.getByLabel("Administrator’s e-mail").fill("mia@" + tag + ".example");
        gallery.keep(page, "new-organisation");
        olivia.press("Create the organisation");
        Locator link = window.getByRole(AriaRole.LINK);
        assertThat(link).isVisible();
        gallery.keep(page, "new-organisation-invitation");

        Page mias = WINDOWS.open();
        mias.navigate(link.innerText());
        mias.getByRole(AriaRole.LINK, StaffWindow.named("Sign in")).click();
        mias.getByLabel("Someone new").fill("Mia Müller " + tag);
        mias.getByRole(AriaRole.BUTTON, StaffWindow.named("Sign in")).click();
        Locator accept = mias.getByRole(AriaRole.BUTTON, StaffWindow.named("Accept the invitation"));
        assertThat(accept).isVisible();
        gallery.keep(mias, "invitation");
        accept.click();
        assertThat(mias.getByRole(AriaRole.MAIN)).containsText("There is nobody to book yet");
        gallery.keep(mias, "appointments-without-staff");
        for (String name : new String[] {"Clients", "Services", "Staff", "People"}) {
            mias.getByRole(AriaRole.LINK, StaffWindow.named(name)).first().click();
            assertThat(mias.getByRole(AriaRole.HEADING, StaffWindow.named(name)))
                    .isVisible();
            gallery.keep(mias, "empty-" + name.toLowerCase());
        }
        mias.getByRole(AriaRole.BUTTON, StaffWindow.named("Mia Müller")).click();
        mias.getByRole(AriaRole.MENUITEM, StaffWindow.named("My Profile")).click();
        mias.getByRole(AriaRole.TAB, StaffWindow.named("Calendar Sync")).click();
        gallery.keep(mias, "calendar-sync-without-a-calendar");
    }

    @Test
    void anAdministratorRunsTheOffice() {
        StaffWindow frida = WINDOWS.signIn("Frida Keller");
        Page page = frida.page();
        assertThat(page.getByRole(AriaRole.GRID)).isVisible();
        gallery.keep(page, "appointments-week");
        String[][] pages = {
            {"Clients", "New client"},
            {"Services", "New service"},
            {"Staff", "New staff member"},
            {"People", "Invite somebody"}
        };
        for (String[] each : pages) {
            page.getByRole(AriaRole.LINK, StaffWindow.named(each[0])).first().click();
            assertThat(page.getByRole(AriaRole.HEADING, StaffWindow.named(each[0])))
                    .isVisible();
            assertThat(page.getByRole(AriaRole.TABLE)).isVisible();
            gallery.keep(page, each[0].toLowerCase());
            frida.press(each[1]);
            assertThat(frida.window(each[1])).isVisible();
            gallery.keep(page, each[1].toLowerCase().replace(' ', '-'));
            page.keyboard().press("Escape");
            assertThat(frida.window(each[1])).isHidden();
        }
        page.getByRole(AriaRole.LINK, StaffWindow.named("Organisation")).click();
        assertThat(page.getByRole(AriaRole.BUTTON, StaffWindow.named("Copy the link")))
                .isVisible();
        gallery.keep(page, "organisation");
        page.getByRole(AriaRole.LINK, StaffWindow.named("Staff")).click();
        page.getByRole(AriaRole.LINK, StaffWindow.named("Clara Novak")).click();
        String[][] tabs = {{"Profile", "Time zone"}, {"Working hours", "Tuesday"}, {"Calendar Sync", "Office 365"}};
        for (String[] tab : tabs) {
            page.getByRole(AriaRole.TAB, StaffWindow.named(tab[0])).click();
            assertThat(page.getByRole(AriaRole.TABPANEL)).containsText(tab[1]);
            gallery.keep(page, "staff-" + tab[0].toLowerCase().replace(' ', '-'));
        }
        page.navigate("/nowhere-in-particular");
        page.navigate("/appointments/nowhere");
        assertThat(page.getByRole(AriaRole.MAIN)).containsText("There is no page at this address");
        gallery.keep(page, "not-found");
    }

    @Test
    void whatIsMissingOrBrokenIsSaid() {
        StaffWindow clara = WINDOWS.signIn("Clara Novak");
        Page page = clara.page();
        clara.press("New");
        page.getByRole(AriaRole.MENUITEM, StaffWindow.named("Time off")).click();
        assertThat(clara.window("New time off")).isVisible();
        gallery.keep(page, "new-time-off");
        page.keyboard().press("Escape");
        Locator search = page.getByRole(AriaRole.TEXTBOX, StaffWindow.named("Search by number or name"));
        search.fill("999999");
        assertThat(page.getByText("No entry has the number 999999.")).isVisible();
        gallery.keep(page, "search-nothing");
        page.navigate("/appointments?entry=999999");
        assertThat(clara.window("Entry")).containsText("No entry has the number 999999");
        gallery.keep(page, "no-such-entry");
        page.navigate("/profile");
        assertThat(page.getByRole(AriaRole.MAIN)).containsText("Public booking page");
        gallery.keep(page, "profile");
        page.getByRole(AriaRole.TAB, StaffWindow.named("Working hours")).click();
        assertThat(page.getByRole(AriaRole.GROUP, StaffWindow.named("Tuesday"))).isVisible();
        gallery.keep(page, "working-hours");

        page.route("**/api/v1/calendar?**", Route::abort);
        page.navigate("/appointments?view=week");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("No connection");
        gallery.keep(page, "no-connection");
        page.route("**/api/v1/sync-feeds?**", route -> route.fulfill(new Route.FulfillOptions().setStatus(502)));
        page.navigate("/profile/calendar-sync");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("does not answer");
        gallery.keep(page, "sync-does-not-answer");
    }

    private static Locator.GetByRoleOptions exactly(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }
}
