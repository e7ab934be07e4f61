package io.timetether.systemtests;

import io.timetether.localrun.demo.Demo;
import io.timetether.localrun.product.DemoPeople;
import io.timetether.localrun.product.LocalProduct;
import io.timetether.localrun.product.Progress;
import io.timetether.localrun.settings.Port;
import io.timetether.localrun.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * The whole product, running. One for all tests of this JVM, on ports of its own and with empty data, started as
 * {@code ./run} starts it; or, with the system property {@code product.url} (and {@code office365.url}), one that runs
 * already.
 */
record Product(URI home, URI office365, String operator) {

    private static final class Shared {
        static @Nullable LocalProduct local;
        static final Product PRODUCT = start();
    }

    static Product running() {
        return Shared.PRODUCT;
    }

    /** What {@link #running} runs on, where this JVM has started it. */
    static LocalProduct local() {
        running();
        if (Shared.local == null) {
            throw new TestAbortedException(
                    "Tokens and the services' own addresses are known only of a product started here");
        }
        return Shared.local;
    }

    /** With the people and mailboxes of the demo in it; one that runs already is taken to have them. */
    static Product withDemo() {
        Product product = running();
        if (Shared.local != null) {
            Demo.fill(Shared.local, Clock.systemUTC());
        }
        return product;
    }

    private static Product start() {
        String operator = DemoPeople.OLIVIA.subject();
        String url = System.getProperty("product.url", "");
        if (!url.isEmpty()) {
            return new Product(URI.create(url), URI.create(System.getProperty("office365.url")), operator);
        }
        try {
            Path root = Path.of(System.getProperty("timetether.root")).toAbsolutePath();
            Path data = Files.createTempDirectory("timetether-system-tests");
            Settings settings = Settings.forTests(root, data);
            if (System.getProperty("prism") != null) {
                settings = behindPrism(settings);
            }
            String options = System.getProperty("product.java");
            if (options != null) {
                settings = withJavaOptions(settings, options);
            }
            LocalProduct product = LocalProduct.start(settings, new Progress() {
                @Override
                public void ready(String part) {}

                @Override
                public void notice(String sentence) {}
            });
            Shared.local = product;
            Runtime.getRuntime().addShutdownHook(new Thread(product::close, "product stops"));
            return new Product(
                    URI.create(product.settings().publicUrl()),
                    URI.create(product.simulatorUrl().orElseThrow()),
                    operator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, but its programs run with these options besides, which win over {@code ./run}'s own. */
    private static Settings withJavaOptions(Settings settings, String options) {
        Map<String, String> environment = new HashMap<>(settings.environment());
        environment.put("_JAVA_OPTIONS", options);
        return new Settings(
                settings.root(), settings.data(), settings.ports(), settings.publicUrl(), Map.copyOf(environment));
    }

    /** The same, but what people and programs reach under its address is {@link DescribedFront}. */
    private static Settings behindPrism(Settings settings) {
        int port = DescribedFront.freePort();
        DescribedFront.start(settings.root(), port, settings.port(Port.GATEWAY));
        return new Settings(
                settings.root(), settings.data(), settings.ports(), "http://localhost:" + port, settings.environment());
    }
}
