package io.timetether.localrun.demo;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.TUESDAY;
import static java.time.DayOfWeek.WEDNESDAY;

import io.timetether.localrun.identity.LocalIdentity;
import io.timetether.localrun.identity.Person;
import io.timetether.localrun.product.DemoPeople;
import io.timetether.localrun.product.LocalProduct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Fills an empty installation: a practice on BUSINESS with three staff members, a salon on STARTER, and the mailboxes of
 * their staff. Once; broken off in the middle, it goes on where it was.
 */
public final class Demo {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final List<DayOfWeek> WEEK = List.of(MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY);

    private final String gatewayUrl;
    private final Optional<String> simulatorUrl;
    private final LocalIdentity identity;
    private final DemoDays days;

    private Demo(String gatewayUrl, Optional<String> simulatorUrl, LocalIdentity identity, DemoDays days) {
        this.gatewayUrl = gatewayUrl;
        this.simulatorUrl = simulatorUrl;
        this.identity = identity;
        this.days = days;
    }

    /**
     * Does what has not been done yet; nothing where people come from an identity provider of somebody else's.
     *
     * @throws DemoRefused when the product does not take it; calling again goes on
     */
    public static void fill(LocalProduct product, Clock clock) {
        product.identity()
                .ifPresent(identity -> fill(
                        product.gatewayUrl(),
                        product.simulatorUrl(),
                        identity,
                        product.settings().data(),
                        clock));
    }

    /**
     * Does what has not been done yet, in a product that somebody else has started.
     *
     * @param simulatorUrl where the mailboxes are; empty for none
     * @param folder remembers what has been done
     * @throws DemoRefused when the product does not take it, or is not there yet; calling again goes on
     */
    public static void fill(
            String gatewayUrl, Optional<String> simulatorUrl, LocalIdentity identity, Path folder, Clock clock) {
        Path complete = folder.resolve("demo-complete");
        if (Files.exists(complete)) {
            return;
        }
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            DemoDays days = new DemoDays(firstDay(folder.resolve("demo-begun"), clock), ZONE);
            Demo demo = new Demo(gatewayUrl, simulatorUrl, identity, days);
            demo.seaside(http);
            demo.harbour(http);
            demo.mailboxes(http);
            Files.createFile(complete);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + folder, e);
        }
    }

    /** The day on which it was begun, so that going on after midnight asks for the same appointments. */
    private static LocalDate firstDay(Path begun, Clock clock) throws IOException {
        if (!Files.exists(begun)) {
            Files.writeString(begun, LocalDate.now(clock.withZone(ZONE)).toString());
        }
        String day = Files.readString(begun).strip();
        return day.isEmpty() ? LocalDate.now(clock.withZone(ZONE)) : LocalDate.parse(day);
    }

    private Function<Person, Api> people(HttpClient http) {
        return person ->
                new Api(http, gatewayUrl, Optional.of(identity.tokenFor(person.subject(), LocalIdentity.COMMAND_LINE)));
    }

    private void seaside(HttpClient http) {
        Organisation seaside = Organisation.found(
                people(http), DemoPeople.OLIVIA, DemoPeople.FRIDA, "Seaside Practice", "seaside", "BUSINESS");
        String anna = seaside.employ(
                DemoPeople.ANNA,
                "ADMIN",
                List.of(
                        new Organisation.Hours(WEEK, "09:00", "12:30"),
                        new Organisation.Hours(WEEK, "13:30", "17:30")));
        String ben = seaside.employ(DemoPeople.BEN, "STAFF", List.of(new Organisation.Hours(WEEK, "08:00", "16:00")));
        String clara = seaside.employ(
                DemoPeople.CLARA,
                "STAFF",
                List.of(new Organisation.Hours(
                        List.of(TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY), "10:00", "18:00")));

        String physiotherapy = seaside.offer("Physiotherapy", 45, 15, List.of(anna, ben));
        String consultation = seaside.offer("First consultation", 60, 0, List.of(anna));
        seaside.offer("Massage", 30, 10, List.of(ben, clara));

        String mara = seaside.welcome("Mara Lindqvist", "mara.lindqvist@example.com", "+49 40 1234501");
        String tom = seaside.welcome("Tom Adeyemi", "tom.adeyemi@example.com", "+49 40 1234502");
        String ines = seaside.welcome("Ines Rossi", "ines.rossi@example.com", "+49 40 1234503");
        String paul = seaside.welcome("Paul Krüger", "paul.krueger@example.com", "+49 40 1234504");
        seaside.welcome("Yuki Tanaka", "yuki.tanaka@example.com", "+49 40 1234505");

        seaside.book("mara-1", physiotherapy, anna, days.at(1, "09:00"), mara, "Left knee, third session");
        seaside.book("tom-1", consultation, anna, days.at(2, "10:00"), tom, "");
        seaside.book("ines-1", physiotherapy, ben, days.at(1, "10:00"), ines, "");
        seaside.book("paul-1", physiotherapy, ben, days.at(3, "09:00"), paul, "Brings an X-ray");
        seaside.book("mara-2", physiotherapy, anna, days.at(6, "09:00"), mara, "");
    }

    private void harbour(HttpClient http) {
        Organisation harbour = Organisation.found(
                people(http), DemoPeople.OLIVIA, DemoPeople.HANA, "Harbour Salon", "harbour", "STARTER");
        String jonas =
                harbour.employ(DemoPeople.JONAS, "STAFF", List.of(new Organisation.Hours(WEEK, "09:00", "18:00")));
        String haircut = harbour.offer("Haircut", 30, 0, List.of(jonas));
        String client = harbour.welcome("Lena Falk", "lena.falk@example.com", "+49 40 1234601");
        harbour.book("lena-1", haircut, jonas, days.at(2, "11:00"), client, "");
    }

    private void mailboxes(HttpClient http) {
        if (simulatorUrl.isEmpty()) {
            return;
        }
        Api simulator = new Api(http, simulatorUrl.get(), Optional.empty());
        DemoMailboxes mailboxes = new DemoMailboxes(simulator, days);
        mailboxes.annas(DemoPeople.ANNA);
        mailboxes.bens(DemoPeople.BEN);
        mailboxes.claras(DemoPeople.CLARA);
        mailboxes.empty(DemoPeople.JONAS);
    }
}
