package io.timetether.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an administrator sets up and looks after, in an organisation of the test's own. */
class OfficeIT {

    @RegisterExtension
    static final Windows WINDOWS = Windows.on("office");

    private final Gallery gallery = WINDOWS.gallery();

    @Test
    void aProgramGetsACredentialUntilItIsRevoked() {
        Practice practice = Practice.open(WINDOWS.product(), "BUSINESS", "Ida");
        StaffWindow ida = WINDOWS.signInAs(practice.subject(), "Ida");
        ida.page().navigate("/organisation/programs");
        assertThat(ida.page().getByRole(AriaRole.TABPANEL)).containsText("No programs yet");
        gallery.keep(ida.page(), "programs-none");
        ida.press("New program");
        Locator issuing = ida.window("New program");
        StaffWindow.field(issuing, "Name").fill("Till");
        assertThat(StaffWindow.button(issuing, "Issue the credential")).isDisabled();
        issuing.getByLabel("Read clients").check();
        gallery.keep(ida.page(), "program-new");
        StaffWindow.button(issuing, "Issue the credential").click();
        Locator issued = ida.window("Credential of “Till”");
        assertThat(issued).containsText("shown only now");
        gallery.keep(ida.page(), "program-issued");
        String id = issued.locator("pre").nth(0).innerText();
        String secret = issued.locator("pre").nth(1).innerText();
        assertThat(token(id, secret).status()).isEqualTo(200);
        StaffWindow.button(issued, "I have put it in place").click();
        assertThat(issued).isHidden();
        assertThat(ida.page().getByRole(AriaRole.TABLE)).containsText("Read clients");

        ida.press("Revoke Till");
        Locator revoking = ida.window("Revoke “Till”?");
        assertThat(StaffWindow.button(revoking, "Keep it")).isFocused();
        gallery.keep(ida.page(), "program-revoke");
        StaffWindow.button(revoking, "Revoke").click();
        assertThat(ida.page().getByRole(AriaRole.TABLE)).containsText("Revoked");
        assertThat(token(id, secret).status()).isEqualTo(401);
        gallery.keep(ida.page(), "programs");
    }

    private static Browser.Answer token(String id, String secret) {
        String form = "grant_type=client_credentials&client_id=" + encoded(id) + "&client_secret=" + encoded(secret);
        return new Browser(WINDOWS.product().home())
                .send("POST", "/api/v1/oauth/token", form, "application/x-www-form-urlencoded");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void theSettingsOfOrganisationLocationServiceAndStaffAreKept() {
        Practice practice = Practice.open(WINDOWS.product(), "BUSINESS", "Sara");
        StaffWindow sara = WINDOWS.signInAs(practice.subject(), "Sara");
        Page page = sara.page();
        page.navigate("/organisation");
        choose(page, "May cancel an appointment until", "1 day");
        choose(page, "Are reminded by e-mail", "2 h");
        sara.press("Save");
        assertThat(sara.said("The settings are saved")).isVisible();
        gallery.keep(page, "organisation");
        Browser.Answer organisation = practice.admin().get("/api/v1/organisation");
        assertThat(organisation.text("/cancelCutOffMinutes")).isEqualTo("1440");
        assertThat(organisation.text("/reminderMinutes")).isEqualTo("120");

        page.navigate("/organisation/locations");
        sara.press("New location");
        Locator location = sara.window("New location");
        StaffWindow.field(location, "Name").fill("By the harbour");
        StaffWindow.field(location, "Address").fill("Pier 3");
        gallery.keep(page, "location-new");
        StaffWindow.button(location, "Add the location").click();
        assertThat(page.getByRole(AriaRole.TABLE)).containsText("Pier 3");
        gallery.keep(page, "locations");

        page.navigate("/services");
        sara.press("Change Massage");
        Locator service = sara.window("Change “Massage”");
        service.getByLabel("At most, per day and staff member").fill("3");
        choose(page, "Can be booked until", "2 h");
        service.getByRole(AriaRole.COMBOBOX, new Locator.GetByRoleOptions().setName("Location"))
                .click();
        page.getByRole(AriaRole.OPTION, StaffWindow.named("By the harbour")).click();
        gallery.keep(page, "service-change");
        StaffWindow.button(service, "Save").click();
        assertThat(service).isHidden();
        assertThat(page.getByRole(AriaRole.TABLE)).containsText("2 h before");
        gallery.keep(page, "services");
        Browser.Answer kept = practice.admin().get("/api/v1/services/" + practice.serviceId());
        assertThat(kept.text("/maxPerDayStaff")).isEqualTo("3");
        assertThat(kept.text("/locationId")).isNotEmpty();

        page.navigate("/staff/" + practice.staffId() + "/working-hours");
        sara.press("Add a date");
        Locator date = sara.window("A date with other hours");
        date.getByLabel("Closed all day").check();
        gallery.keep(page, "date-new");
        StaffWindow.button(date, "Save").click();
        Locator dates = page.getByRole(AriaRole.REGION, StaffWindow.named("Dates with other hours"));
        assertThat(dates).containsText("Closed");
        dates.scrollIntoViewIfNeeded();
        gallery.keep(page, "dates");
        sara.press("Change");
        Locator member = sara.window("Change Sara");
        StaffWindow.field(member, "Name").fill("Sara Sol");
        gallery.keep(page, "staff-change");
        StaffWindow.button(member, "Save").click();
        assertThat(page.getByRole(AriaRole.HEADING, StaffWindow.named("Sara Sol")))
                .isVisible();

        page.navigate("/organisation/audit-log");
        assertThat(page.getByRole(AriaRole.TABLE)).containsText("Service changed");
        assertThat(page.getByRole(AriaRole.TABLE)).containsText("Sara Sol");
        gallery.keep(page, "audit-log");
        page.getByText("Calendar sync", new Page.GetByTextOptions().setExact(true))
                .click();
        assertThat(page.getByRole(AriaRole.MAIN)).containsText("Nothing yet");
        gallery.keep(page, "audit-log-of-calendars");
    }

    @Test
    void whatIsRefusedStandsAtItsField() {
        Practice practice = Practice.open(WINDOWS.product(), "BUSINESS", "Frank");
        StaffWindow frank = WINDOWS.signInAs(practice.subject(), "Frank");
        frank.page().navigate("/clients");
        frank.press("New client");
        Locator window = frank.window("New client");
        StaffWindow.field(window, "Name").fill("Nadja");
        StaffWindow.field(window, "E-mail").fill("nadja..n@example.org");
        StaffWindow.button(window, "Add the client").click();
        assertThat(window.getByRole(AriaRole.ALERT)).isVisible();
        assertThat(StaffWindow.field(window, "E-mail")).hasAttribute("aria-invalid", "true");
        gallery.keep(frank.page(), "refused-field");
    }

    @Test
    void clientsAreMergedAndErased() {
        Practice practice = Practice.open(WINDOWS.product(), "BUSINESS", "Mona");
        for (String name : new String[] {"Berta Blum", "B. Blum", "Carl Cohn"}) {
            practice.admin()
                    .create("/api/v1/clients", Map.of("name", name, "email", "client@example.com"))
                    .expect(201);
        }
        StaffWindow mona = WINDOWS.signInAs(practice.subject(), "Mona");
        Page page = mona.page();
        page.navigate("/clients");
        mona.choose("More for Berta Blum", "Merge with another client");
        Locator merging = mona.window("Merge with Berta Blum");
        merging.getByRole(AriaRole.COMBOBOX).click();
        page.getByRole(AriaRole.OPTION, StaffWindow.beginning("B\\. Blum")).click();
        gallery.keep(page, "client-merge");
        StaffWindow.button(merging, "Merge").click();
        assertThat(merging).isHidden();
        assertThat(page.getByRole(AriaRole.ROW)).hasCount(3);

        mona.choose("More for Carl Cohn", "Erase");
        Locator erasing = mona.window("Erase Carl Cohn?");
        assertThat(StaffWindow.button(erasing, "Erase")).isDisabled();
        StaffWindow.field(erasing, "Type “Carl Cohn” to confirm").fill("Carl Cohn");
        gallery.keep(page, "client-erase");
        StaffWindow.button(erasing, "Erase").click();
        assertThat(erasing).isHidden();
        assertThat(page.getByRole(AriaRole.ROW)).hasCount(2);
        assertThat(page.getByRole(AriaRole.TABLE)).containsText("Berta Blum");
        gallery.keep(page, "clients");
    }

    @Test
    void aStaffMemberWhoHasLeftIsErased() {
        Practice practice = Practice.open(WINDOWS.product(), "BUSINESS", "Lara");
        practice.employ("Leo");
        StaffWindow lara = WINDOWS.signInAs(practice.subject(), "Lara");
        Page page = lara.page();
        page.navigate("/staff");
        page.getByRole(AriaRole.LINK, StaffWindow.named("Leo")).click();
        lara.press("Erase");
        Locator erasing = lara.window("Erase Leo?");
        StaffWindow.field(erasing, "Type “Leo” to confirm").fill("Leo");
        gallery.keep(page, "staff-erase");
        StaffWindow.button(erasing, "Erase").click();
        assertThat(page.getByRole(AriaRole.HEADING, StaffWindow.named("Staff"))).isVisible();
        assertThat(page.getByRole(AriaRole.TABLE)).containsText("Lara");
        assertThat(page.getByRole(AriaRole.TABLE)).not().containsText("Leo");
    }

    @Test
    void aConflictIsListedWithBothSidesAndAnAppointmentHasItsHistory() {
        Practice practice = Practice.open(WINDOWS.product(), "BUSINESS", "Kira");
        Instant start = Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .plus(6, ChronoUnit.DAYS)
                .plus(10, ChronoUnit.HOURS);
        String number = practice.book(start, "Berta Blum").expect(201).text("/number");
        practice.admin()
                .create(
                        "/api/v1/time-off",
                        Map.of(
                                "staffId", practice.staffId(),
                                "title", "Inspection",
                                "startAt", start.toString(),
                                "endAt", start.plus(1, ChronoUnit.HOURS).toString()))
                .expect(201);
        StaffWindow kira = WINDOWS.signInAs(practice.subject(), "Kira");
        Page page = kira.page();
        page.getByRole(AriaRole.LINK, StaffWindow.named("Show all conflicts")).click();
        assertThat(page.getByRole(AriaRole.TABLE)).containsText("Berta Blum");
        assertThat(page.getByRole(AriaRole.TABLE)).containsText("Inspection");
        gallery.keep(page, "conflicts");
        page.getByRole(AriaRole.LINK, StaffWindow.named("#" + number)).click();
        kira.press("Show the history");
        assertThat(kira.window("Appointment #" + number)).containsText("Booked for");
        gallery.keep(page, "history");
    }

    private static void choose(Page page, String field, String value) {
        page.getByRole(AriaRole.COMBOBOX, StaffWindow.named(field)).click();
        page.getByRole(AriaRole.OPTION, StaffWindow.named(value)).click();
    }
}
