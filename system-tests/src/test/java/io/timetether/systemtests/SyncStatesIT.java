package io.timetether.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the tab shows while a sync is running, and when it cannot go on: brought about at Microsoft's side, each with the way out. */
class SyncStatesIT {

    @RegisterExtension
    static final Windows WINDOWS = Windows.on("sync");

    private static final Pattern SEEN = Pattern.compile("([0-9,]+) events seen");

    private final Gallery gallery = WINDOWS.gallery();

    @Test
    void theFirstSyncOfAFullMailboxShowsHowFarItIs() {
        Practice practice = Practice.open(WINDOWS.product(), "BUSINESS", "Selma");
        Outlook outlook = practice.mailbox("W. Europe Standard Time");
        outlook.fill(3000);
        String slowly = outlook.trouble(
                Map.of("trouble", "LATE", "millis", 2500, "path", "delta", "method", "GET", "times", -1));
        StaffWindow selma = connected(practice, outlook);

        Locator bar = selma.feeds().getByRole(AriaRole.PROGRESSBAR);
        assertThat(bar).isVisible();
        assertThat(selma.feeds()).containsText("First sync running");
        long first = seenAfter(bar, 0);
        gallery.keep(selma.page(), "first-sync");
        long second = seenAfter(bar, first);
        assertThat(second).isGreaterThan(first);
        // Screen readers are told now and then, not at every event.
        Locator announced = selma.feeds().getByRole(AriaRole.STATUS);
        assertThat(announced).containsText(SEEN);

        outlook.withdraw(slowly);
        assertThat(selma.feeds()).containsText("Active", StaffWindow.IN_A_WHILE);
        assertThat(bar).hasCount(0);
        assertThat(announced).containsText("First sync of Calendar finished");
        assertThat(selma.feeds()).containsText(Pattern.compile("just now|seconds? ago|minutes? ago"));
        gallery.keep(selma.page(), "first-sync-done");
    }

    /** The number on the bar, as soon as it is higher. */
    private static long seenAfter(Locator bar, long before) {
        return await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(
                        () -> {
                            Matcher seen = SEEN.matcher(bar.getAttribute("aria-valuetext"));
                            return seen.find() ? Long.parseLong(seen.group(1).replace(",", "")) : 0;
                        },
                        count -> count > before);
    }

    @Test
    void aFeedIsPausedAndResumed() {
        Practice practice = Practice.open(WINDOWS.product(), "BUSINESS", "Paula");
        StaffWindow paula = active(practice, practice.mailbox("UTC"));

        paula.choose("More for Calendar", "Pause");
        assertThat(paula.feeds()).containsText("Paused");
        assertThat(paula.button("Sync now: Calendar")).isDisabled();
        gallery.keep(paula.page(), "paused");

        paula.choose("More for Calendar", "Resume");
        assertThat(paula.feeds()).containsText("Active", StaffWindow.IN_A_WHILE);
        assertThat(paula.button("Sync now: Calendar")).isEnabled();
    }

    @Test
    void whenMostEventsVanishTheFeedAsksBeforeTheirTimeIsBookable() {
        Practice practice = Practice.open(WINDOWS.product(), "BUSINESS", "Hella");
        Outlook outlook = practice.mailbox("UTC");
        Instant day = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(7, ChronoUnit.DAYS);
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            Instant start = day.plus(i, ChronoUnit.DAYS).plus(10, ChronoUnit.HOURS);
            events.add(outlook.add("Lesson " + i, start, start.plus(30, ChronoUnit.MINUTES), "busy"));
        }
        StaffWindow hella = active(practice, outlook);

        events.forEach(outlook::delete);
        assertThat(hella.feeds()).containsText("Held", StaffWindow.IN_A_WHILE);
        assertThat(hella.button("Read it again")).isVisible();
        gallery.keep(hella.page(), "held");
        hella.page().navigate("/appointments");
        assertThat(hella.said("Your calendar sync needs a decision")).isVisible();
        gallery.keep(hella.page(), "held-banner");
        assertThat(practice.hasSlot(day.plus(10, ChronoUnit.HOURS))).isFalse();

        hella.openCalendarSync();
        hella.press("They are really gone");
        assertThat(hella.feeds()).containsText("Active", StaffWindow.IN_A_WHILE);
        await().atMost(Duration.ofSeconds(60)).until(() -> practice.hasSlot(day.plus(10, ChronoUnit.HOURS)));
    }

    @Test
    void whenACalendarIsDeletedItsFeedIsParked() {
        Practice practice = Practice.open(WINDOWS.product(), "BUSINESS", "Petra");
        Outlook outlook = practice.mailbox("UTC");
        String studio = outlook.addCalendar("Studio");
        StaffWindow petra = active(practice, outlook);
        petra.press("Add a calendar");
        Locator adding = petra.window("Add a calendar");
        adding.getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName("Studio"))
                .check();
        adding.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Add the calendar"))
                .click();
        Locator row = petra.feeds().getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Studio"));
        assertThat(row).containsText("Active", StaffWindow.IN_A_WHILE);

        outlook.deleteCalendar(studio);
        petra.button("Sync now: Studio").click();
        assertThat(row).containsText("Parked", StaffWindow.IN_A_WHILE);
        assertThat(row).containsText("The calendar was deleted");
        gallery.keep(petra.page(), "parked");
    }

    @Test
    void whenMicrosoftNoLongerAcceptsTheAuthorisationOneReconnects() {
        Practice practice = Practice.open(WINDOWS.product(), "BUSINESS", "Rosa");
        Outlook outlook = practice.mailbox("UTC");
        StaffWindow rosa = active(practice, outlook);

        outlook.revoke();
        rosa.press("Sync now: Calendar");
        assertThat(rosa.feeds()).containsText("Reconnect needed", StaffWindow.IN_A_WHILE);
        gallery.keep(rosa.page(), "reconnect");
        rosa.page().navigate("/appointments");
        assertThat(rosa.said("Reconnect your Office 365 account")).isVisible();
        gallery.keep(rosa.page(), "reconnect-banner");

        rosa.openCalendarSync();
        rosa.press("Reconnect");
        rosa.throughMicrosoft(outlook);
        assertThat(rosa.feeds()).containsText("Active", StaffWindow.IN_A_WHILE);
        assertThat(rosa.feeds().getByRole(AriaRole.TABLE)).hasCount(1);
    }

    private static StaffWindow connected(Practice practice, Outlook outlook) {
        StaffWindow person = WINDOWS.signInAs(practice.subject(), practice.name());
        person.connect(outlook);
        return person;
    }

    private static StaffWindow active(Practice practice, Outlook outlook) {
        StaffWindow person = connected(practice, outlook);
        assertThat(person.feeds()).containsText("Active", StaffWindow.IN_A_WHILE);
        return person;
    }
}
