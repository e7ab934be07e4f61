package io.timetether.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever cannot use a pointer connects, looks into a feed and stops the sync, and never loses their place. */
class KeyboardIT {

    @RegisterExtension
    static final Windows WINDOWS = Windows.onTheDemo("keyboard");

    private static final int STOPS_AT_MOST = 60;

    @Test
    void everythingIsReachedAndTheFocusComesBack() {
        Page page = WINDOWS.open();
        go(page.getByRole(AriaRole.LINK, StaffWindow.named("Sign in")));
        go(page.getByRole(AriaRole.BUTTON, StaffWindow.beginning("Ben Ortiz")));
        StaffWindow ben = new StaffWindow(page, "Ben Ortiz");

        // Connect.
        Locator name = page.getByRole(AriaRole.BUTTON, StaffWindow.named("Ben Ortiz"));
        go(name);
        Locator profile = page.getByRole(AriaRole.MENUITEM, StaffWindow.named("My Profile"));
        assertThat(profile).isVisible();
        // The menu takes the focus a moment after it is there to be seen; a key pressed before is not for it.
        page.waitForFunction("() => document.activeElement.closest('[role=menu]') !== null");
        page.keyboard().press("Escape");
        assertThat(profile).isHidden();
        assertThat(name).isFocused();
        page.keyboard().press("Enter");
        press(profile, "ArrowDown");
        page.keyboard().press("Enter");
        reach(page.getByRole(AriaRole.TAB, StaffWindow.named("Profile")));
        press(page.getByRole(AriaRole.TAB, StaffWindow.named("Calendar Sync")), "ArrowRight");
        go(ben.tile());
        go(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("ben@seaside.example")));
        go(page.getByRole(AriaRole.BUTTON, StaffWindow.named("Accept")));
        assertThat(ben.feeds()).containsText("Active");

        // View feed: the focus is in the window, Escape closes it, the button has it again.
        Locator viewFeed = page.getByRole(AriaRole.BUTTON, StaffWindow.named("View Feed: Calendar"));
        go(viewFeed);
        Locator feed = ben.window("Feed of “Calendar”");
        assertThat(feed.getByRole(AriaRole.ROW).nth(1)).isVisible();
        assertThat(feed.locator(":focus")).hasCount(1);
        page.keyboard().press("Shift+Tab");
        assertThat(feed.locator(":focus")).hasCount(1);
        page.keyboard().press("Escape");
        assertThat(feed).isHidden();
        assertThat(viewFeed).isFocused();

        // A window that a menu opened gives the focus back to the menu's button.
        Locator more = page.getByRole(AriaRole.BUTTON, StaffWindow.named("More for Calendar"));
        go(more);
        press(page.getByRole(AriaRole.MENUITEM, StaffWindow.named("Settings")), "ArrowDown");
        page.keyboard().press("Enter");
        Locator settings = ben.window("Settings of “Calendar”");
        assertThat(settings).isVisible();
        page.keyboard().press("Escape");
        assertThat(settings).isHidden();
        assertThat(more).isFocused();

        // Stop sync: the safe answer has the focus first.
        Locator stopSync = page.getByRole(AriaRole.BUTTON, StaffWindow.named("Stop Sync: Calendar"));
        reachBackwards(stopSync);
        page.keyboard().press("Enter");
        Locator stopping = ben.window("Stop the sync");
        assertThat(StaffWindow.button(stopping, "Do not stop")).isFocused();
        page.keyboard().press("Escape");
        assertThat(stopping).isHidden();
        assertThat(stopSync).isFocused();
        page.keyboard().press("Enter");
        Locator keep = stopping.getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName("Keep them"));
        reach(keep);
        page.keyboard().press("ArrowDown");
        assertThat(stopping.getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName("Remove them")))
                .isChecked();
        go(StaffWindow.button(stopping, "Stop Sync"));
        assertThat(ben.said("The sync has been stopped")).isVisible();
        assertThat(ben.tile()).isEnabled();
        assertThat(page.getByRole(AriaRole.MAIN)).isFocused();
    }

    /** Walks to something and presses it. */
    private static void go(Locator to) {
        reach(to);
        to.page().keyboard().press("Enter");
    }

    private static void reach(Locator to) {
        press(to, "Tab");
    }

    private static void reachBackwards(Locator to) {
        press(to, "Shift+Tab");
    }

    /** Presses a key until something has the focus. */
    private static void press(Locator to, String key) {
        assertThat(to).isVisible();
        for (int stop = 0; stop < STOPS_AT_MOST; stop++) {
            if (to.evaluate("element => element === document.activeElement") instanceof Boolean there && there) {
                return;
            }
            to.page().keyboard().press(key);
        }
        throw new AssertionError("by " + key + " one does not come to " + to);
    }
}
