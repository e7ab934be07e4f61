package io.timetether.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.LocalDate;

/** The second window: somebody's mailbox as they see it in Outlook, which is the stand-in's page. */
record OutlookWindow(Page page, String address) {

    void openDay(LocalDate day) {
        page.navigate("/calendar/" + address + "?date=" + day);
    }

    /** An event of the week that is shown, by a part of what it says. */
    Locator event(String subject) {
        return page.getByRole(AriaRole.MAIN).getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(subject));
    }

    Locator dialog() {
        return page.getByRole(AriaRole.DIALOG);
    }

    /** The window of a new event, with subject and times typed in. */
    void begin(String subject, LocalDate day, String from, String until) {
        page.getByRole(AriaRole.LINK, StaffWindow.named("New event")).click();
        dialog().getByLabel("Subject").fill(subject);
        time(day, from, until);
    }

    void time(LocalDate day, String from, String until) {
        dialog().getByLabel("Start date").fill(day.toString());
        dialog().getByLabel("Start time").fill(from);
        dialog().getByLabel("End date").fill(day.toString());
        dialog().getByLabel("End time").fill(until);
    }

    /** Presses a button of the window that stands open, and waits until the window has gone. */
    void press(String button) {
        dialog().getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(button).setExact(true))
                .click();
        assertThat(dialog()).isHidden();
    }
}
