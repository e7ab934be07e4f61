package io.timetether.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.timetether.systemtests.Outlook.Entry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people decide about a connected account: who else uses it, how events look, and who approves it at Microsoft. */
class SyncChoicesIT {

    @RegisterExtension
    static final Windows WINDOWS = Windows.on("choices");

    private final Gallery gallery = WINDOWS.gallery();

    @Test
    void anAccountIsSharedWithAColleagueWhoUsesOneOfItsCalendars() {
        Practice practice = Practice.open(WINDOWS.product(), "BUSINESS", "Olga");
        String typed = practice.employ("Karl");
        Outlook outlook = practice.mailbox("UTC");
        outlook.addCalendar("Rooms");
        StaffWindow olga = WINDOWS.signInAs(practice.subject(), "Olga");
        olga.connect(outlook);
        assertThat(olga.feeds()).containsText("Active", StaffWindow.IN_A_WHILE);

        olga.choose("More for " + outlook.address(), "Share with colleagues");
        Locator sharing = olga.window("Share " + outlook.address());
        assertThat(sharing).containsText("Nobody else uses this account yet");
        sharing.getByRole(AriaRole.COMBOBOX, new Locator.GetByRoleOptions().setName("Colleague"))
                .click();
        olga.page().getByRole(AriaRole.OPTION, StaffWindow.named("Karl")).click();
        StaffWindow.button(sharing, "Share").click();
        Locator shared = sharing.getByRole(AriaRole.LIST, new Locator.GetByRoleOptions().setName("Shared with"));
        assertThat(shared).containsText("Karl");
        gallery.keep(olga.page(), "share");
        StaffWindow.button(sharing, "Done").click();
        assertThat(sharing).isHidden();
        assertThat(olga.button("More for " + outlook.address())).isFocused();

        StaffWindow karl = WINDOWS.signInAs(typed, "Karl");
        karl.openCalendarSync();
        assertThat(karl.feeds()).containsText("Shared by Olga");
        // The account is not his: he can neither stop it nor sign in to it.
        assertThat(karl.button("More for " + outlook.address())).hasCount(0);
        karl.press("Add a calendar");
        Locator adding = karl.window("Add a calendar");
        adding.getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName("Rooms"))
                .check();
        StaffWindow.button(adding, "Add the calendar").click();
        Locator row = karl.feeds().getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Rooms"));
        assertThat(row).containsText("Active", StaffWindow.IN_A_WHILE);
        assertThat(karl.button("Stop Sync: Rooms")).isVisible();
        gallery.keep(karl.page(), "shared");
        // Karl's feed is his own, and not in Olga's list.
        assertThat(olga.feeds()).not().containsText("Rooms");

        olga.choose("More for " + outlook.address(), "Share with colleagues");
        StaffWindow.button(sharing, "End the share with Karl").click();
        Locator ending = olga.window("End the share with Karl?");
        assertThat(StaffWindow.button(ending, "Keep it")).isFocused();
        gallery.keep(olga.page(), "share-end");
        StaffWindow.button(ending, "End the share").click();
        assertThat(ending).isHidden();
        assertThat(sharing).containsText("Nobody else uses this account yet");
        assertThat(sharing.locator(":focus").or(sharing.and(olga.page().locator(":focus"))))
                .hasCount(1);
        karl.page().reload();
        assertThat(karl.tile()).isVisible();
        assertThat(karl.feeds()).isHidden();
    }

    @Test
    void onePreviewsHowEventsLookAndSeesWhatBecameOfAnEditInOutlook() {
        Practice practice = Practice.open(WINDOWS.product(), "BUSINESS", "Edith");
        Instant start = Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .plus(5, ChronoUnit.DAYS)
                .plus(10, ChronoUnit.HOURS);
        practice.book(start, "Berta Blum").expect(201);
        Outlook outlook = practice.mailbox("UTC");
        StaffWindow edith = WINDOWS.signInAs(practice.subject(), "Edith");
        edith.connect(outlook);
        assertThat(edith.feeds()).containsText("Active", StaffWindow.IN_A_WHILE);

        edith.choose("More for Calendar", "Settings");
        Locator settings = edith.window("Settings of “Calendar”");
        Locator preview = settings.getByRole(AriaRole.REGION, new Locator.GetByRoleOptions().setName("Preview"));
        assertThat(preview).containsText("[tt] Massage – Berta Blum");
        settings.getByLabel("Title").fill("{client} comes");
        assertThat(preview).containsText("[tt] Berta Blum comes");
        preview.scrollIntoViewIfNeeded();
        gallery.keep(edith.page(), "preview");
        settings.getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName("Leave it, and report it"))
                .check();
        StaffWindow.button(settings, "Save").click();
        assertThat(settings).isHidden();

        Awaitility.await("the event, with its new title")
                .atMost(Duration.ofSeconds(60))
                .until(() -> ours(outlook, start).stream()
                        .anyMatch(event -> event.subject().equals("[tt] Berta Blum comes")));
        outlook.move(
                ours(outlook, start).getFirst().id(),
                start.plus(1, ChronoUnit.HOURS),
                start.plus(90, ChronoUnit.MINUTES));
        assertThat(edith.feeds()).containsText("Edited in Office 365", StaffWindow.IN_A_WHILE);
        gallery.keep(edith.page(), "edited-outside");
        edith.press("View Feed: Calendar");
        Locator feed = edith.window("Feed of “Calendar”");
        feed.getByRole(AriaRole.TAB, new Locator.GetByRoleOptions().setName("Runs"))
                .click();
        assertThat(feed.getByRole(AriaRole.TABLE)).containsText("Succeeded");
        gallery.keep(edith.page(), "runs");
    }

    private static List<Entry> ours(Outlook outlook, Instant start) {
        return outlook.entries(start, start.plus(3, ChronoUnit.HOURS)).stream()
                .filter(Entry::isOurs)
                .toList();
    }

    @Test
    void whereMicrosoftWantsAnAdministratorsApprovalThereIsALinkToSend() {
        Practice practice = Practice.open(WINDOWS.product(), "BUSINESS", "Wanda");
        Outlook outlook = practice.mailbox("UTC");
        String wall = outlook.trouble(Map.of("trouble", "ADMIN_APPROVAL", "times", -1));
        StaffWindow wanda = WINDOWS.signInAs(practice.subject(), "Wanda");
        wanda.openCalendarSync();
        wanda.tile().click();
        wanda.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(outlook.address()))
                .click();
        Locator why = wanda.said("Your IT must approve Timetether first");
        assertThat(why).containsText("administrator of your Microsoft organisation");
        gallery.keep(wanda.page(), "admin-consent");
        // The administrator would approve for everybody in the stand-in, other tests' people too: only the way there.
        Page administrator = WINDOWS.open();
        administrator.navigate(why.getByRole(AriaRole.LINK).getAttribute("href"));
        assertThat(administrator.getByRole(AriaRole.BUTTON, StaffWindow.named("Accept")))
                .isVisible();

        outlook.withdraw(wall);
        wanda.tile().click();
        wanda.throughMicrosoft(outlook);
        assertThat(wanda.feeds()).containsText("Active", StaffWindow.IN_A_WHILE);
        assertThat(why).hasCount(0);
    }
}
