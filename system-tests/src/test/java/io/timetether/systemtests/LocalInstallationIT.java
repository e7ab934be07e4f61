package io.timetether.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.localrun.demo.Demo;
import io.timetether.localrun.identity.LocalIdentity;
import io.timetether.localrun.identity.Person;
import io.timetether.localrun.parts.RunningPart;
import io.timetether.localrun.product.DemoPeople;
import io.timetether.localrun.product.LocalProduct;
import io.timetether.localrun.product.Progress;
import io.timetether.localrun.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What somebody meets who has just started {@code ./run}: an installation of its own with the demo, who can sign in and as
 * whom, and that it survives crashes and restarts. The restart comes last, as all others use what it stops.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocalInstallationIT {

    private Settings settings;
    private LocalProduct product;

    @BeforeAll
    void start() throws IOException {
        Path root = Path.of(System.getProperty("timetether.root")).toAbsolutePath();
        Path data =
                Files.createTempDirectory(Files.createDirectories(root.resolve("system-tests/target")), "local-run-");
        settings = Settings.forTests(root, data);
        product = LocalProduct.start(settings, Progress.silent());
        Demo.fill(product, Clock.systemUTC());
    }

    @AfterAll
    void stop() {
        if (product != null) {
            product.close();
        }
    }

    @Test
    void somebodyWhoPicksTheirNameIsThatPerson() {
        Browser.Answer me = signedIn(DemoPeople.ANNA).get("/api/v1/me").expect(200);

        assertThat(me.text("/name")).isEqualTo("Anna Weber");
        assertThat(me.text("/role")).isEqualTo("ADMIN");
        assertThat(me.text("/organisation/slug")).isEqualTo("seaside");
        assertThat(me.text("/staffMember/name")).isEqualTo("Anna Weber");
    }

    @Test
    void somebodyNewBelongsNowhereYet() {
        Browser browser = new Browser(home());
        Browser.Page picking = browser.open("/sign-in?return=/");
        browser.submit(picking, picking.form("Sign in"), Map.of("username", "Nora New"));

        Browser.Answer me = browser.get("/api/v1/me").expect(403);

        assertThat(me.text("/type")).isEqualTo("/problems/not-invited");
    }

    @Test
    void withoutSigningInNothingIsShown() {
        Browser.Answer me = new Browser(home()).get("/api/v1/me").expect(401);

        assertThat(me.text("/type")).isEqualTo("/problems/sign-in-required");
    }

    @Test
    void aProgramIsKnownByItsToken() {
        Browser.Answer me = as(tokenOf(DemoPeople.HANA), "/api/v1/me").expect(200);

        assertThat(me.text("/organisation/plan")).isEqualTo("STARTER");
    }

    @Test
    void theInternalInterfaceIsNotReachable() {
        String token = product.identity().orElseThrow().internalToken();

        assertThat(as(token, "/internal/v1/changes").status()).isEqualTo(404);
    }

    @Test
    void whoSignsOutIsOut() {
        Browser ben = signedIn(DemoPeople.BEN);
        ben.get("/api/v1/me").expect(200);

        ben.post("/sign-out", Map.of());

        ben.get("/api/v1/me").expect(401);
    }

    @Test
    void theDemoHasWhatThePeopleOfTheDemoNeed() {
        Browser frida = signedIn(DemoPeople.FRIDA);

        assertThat(frida.get("/api/v1/staff").expect(200).body().get("items")).hasSize(3);
        assertThat(frida.get("/api/v1/services").expect(200).body().get("items"))
                .hasSize(3);
        assertThat(frida.get("/api/v1/clients").expect(200).body().get("items")).hasSize(5);
        Browser outlook = new Browser(URI.create(product.simulatorUrl().orElseThrow()));
        assertThat(outlook.get("/simulator/mailboxes").expect(200).body().get("items"))
                .hasSize(4);
    }

    @Test
    void theDemoIsMadeOnceHoweverOftenItIsBrokenOff() throws IOException {
        String before = as(tokenOf(DemoPeople.ANNA), "/api/v1/clients").raw();
        Browser outlook = new Browser(URI.create(product.simulatorUrl().orElseThrow()));
        String mailboxes = outlook.get("/simulator/mailboxes").raw();

        // As it is found after a crash just before the end.
        Files.delete(settings.data().resolve("demo-complete"));
        Demo.fill(product, Clock.systemUTC());

        assertThat(as(tokenOf(DemoPeople.ANNA), "/api/v1/clients").raw()).isEqualTo(before);
        assertThat(outlook.get("/simulator/mailboxes").raw()).isEqualTo(mailboxes);
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void aSessionSurvivesTheCrashOfEveryService() {
        Browser clara = signedIn(DemoPeople.CLARA);
        for (String name : List.of("scheduling", "gateway")) {
            RunningPart part = product.parts().stream()
                    .filter(running -> running.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            part.kill();
            product.startAgain(part);
        }

        assertThat(clara.get("/api/v1/me").expect(200).text("/name")).isEqualTo("Clara Novak");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void dataAndSessionsSurviveAStop() {
        Browser anna = signedIn(DemoPeople.ANNA);
        String before = anna.get("/api/v1/clients").expect(200).raw();

        product.close();
        product = LocalProduct.start(settings, Progress.silent());

        assertThat(anna.get("/api/v1/clients").expect(200).raw()).isEqualTo(before);
    }

    private URI home() {
        return URI.create(product.gatewayUrl());
    }

    /** A browser in which this person has signed in, by the pages, as a person does. */
    private Browser signedIn(Person person) {
        Browser browser = new Browser(home());
        Browser.Page picking = browser.open("/sign-in?return=/");
        Browser.Page back = browser.press(picking, person.name());
        assertThat(back.status()).as(back.toString()).isEqualTo(200);
        assertThat(back.url().getAuthority()).isEqualTo(home().getAuthority());
        return browser;
    }

    private String tokenOf(Person person) {
        return product.identity().orElseThrow().tokenFor(person.subject(), LocalIdentity.COMMAND_LINE);
    }

    private Browser.Answer as(String token, String path) {
        return new Browser(home()).api("GET", path, null, Map.of("Authorization", "Bearer " + token));
    }
}
