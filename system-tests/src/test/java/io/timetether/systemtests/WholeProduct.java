package io.timetether.systemtests;

import io.timetether.localrun.demo.Demo;
import io.timetether.localrun.identity.LocalIdentity;
import io.timetether.localrun.identity.Person;
import io.timetether.localrun.parts.RunningPart;
import io.timetether.localrun.product.LocalProduct;
import io.timetether.localrun.product.Progress;
import io.timetether.localrun.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The whole product as {@code ./run} starts it, on free ports, with the demo's organisations and mailboxes, and data of its
 * own. All tests of a run share one: it is started when first asked for and stopped with the JVM. Tests change only what
 * they have made themselves, or sign in as somebody no other test uses.
 */
final class WholeProduct {

    private final LocalProduct product;

    private WholeProduct(LocalProduct product) {
        this.product = product;
    }

    static WholeProduct running() {
        return Holder.RUNNING;
    }

    private static final class Holder {
        private static final WholeProduct RUNNING = start();
    }

    private static WholeProduct start() {
        try {
            Path root = Path.of(System.getProperty("timetether.root"));
            Path target = Files.createDirectories(root.resolve("system-tests/target"));
            Path data = Files.createTempDirectory(target, "product-");
            System.out.println("The whole product's data and logs: " + data);
            LocalProduct started = LocalProduct.start(Settings.forTests(root, data), Progress.silent());
            Runtime.getRuntime().addShutdownHook(new Thread(started::close, "stop-product"));
            Demo.fill(started, Clock.systemUTC());
            return new WholeProduct(started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one address of the product. */
    URI home() {
        return URI.create(product.gatewayUrl());
    }

    /** Where one acts as the person in Outlook. */
    URI simulator() {
        return URI.create(product.simulatorUrl().orElseThrow());
    }

    LocalIdentity identity() {
        return product.identity().orElseThrow();
    }

    /** What a program of this person's would send as its bearer token. */
    String tokenOf(Person person) {
        return identity().tokenFor(person.subject(), LocalIdentity.COMMAND_LINE);
    }

    /** A browser in which this person has signed in, by the pages, as a person does. */
    Browser signedIn(Person person) {
        Browser browser = new Browser(home());
        Browser.Page picking = browser.open("/sign-in?return=/");
        Browser.Page back = browser.press(picking, person.name());
        if (back.status() != 200 || !back.url().getAuthority().equals(home().getAuthority())) {
            throw new AssertionError(person.name() + " is not signed in: " + back);
        }
        return browser;
    }

    /** A program of the product by its name: gateway, scheduling, calendar-sync, office365-simulator. */
    RunningPart part(String name) {
        return product.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Ends a program as a crash would, and starts it again. */
    void crashAndRestart(String name) {
        RunningPart part = part(name);
        part.kill();
        product.startAgain(part);
    }
}
