package io.timetether.localrun;

import io.timetether.localrun.demo.Demo;
import io.timetether.localrun.identity.LocalIdentity;
import io.timetether.localrun.product.DemoPeople;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The identity provider as a program of its own, for containers, where nobody runs {@code ./run}; it also fills the product
 * with the demo once that answers. Told by the environment, see {@link #main}.
 */
public final class StandIns {

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final long SECONDS_BETWEEN_TRIES = 3;

    private StandIns() {}

    /**
     * {@code IDENTITY_HOST} and {@code IDENTITY_PORT} make its origin, the same for browsers and services; {@code
     * IDENTITY_BIND} (127.0.0.1) is where it listens, {@code IDENTITY_DATA} a folder that is kept. The two clients' secrets and
     * the addresses of product and mailboxes come under the names that the services have for them.
     */
    public static void main(String[] arguments) throws UnknownHostException {
        Map<String, String> environment = System.getenv();
        Path data = Path.of(environment.getOrDefault("IDENTITY_DATA", "."));
        String product = needed(environment, "TIMETETHER_PUBLIC_URL");
        LocalIdentity identity = LocalIdentity.start(
                new LocalIdentity.Place(
                        InetAddress.getByName(environment.getOrDefault("IDENTITY_BIND", "127.0.0.1")),
                        Integer.parseInt(environment.getOrDefault("IDENTITY_PORT", "8091")),
                        environment.getOrDefault("IDENTITY_HOST", "localhost")),
                DemoPeople.all(),
                Map.of(
                        LocalIdentity.GATEWAY, needed(environment, "TIMETETHER_IDENTITY_GATEWAY_CLIENT_SECRET"),
                        LocalIdentity.CALENDAR_SYNC, needed(environment, "TIMETETHER_IDENTITY_SYNC_CLIENT_SECRET")),
                Set.of(product),
                data.resolve("signing-key"));
        OUT.println("Identity provider: " + identity.issuer());
        fillWhenThere(
                product,
                Optional.ofNullable(environment.get("TIMETETHER_MICROSOFT_GRAPH_URL"))
                        .filter(url -> !url.isBlank()),
                identity,
                data);
    }

    private static void fillWhenThere(String product, Optional<String> mailboxes, LocalIdentity identity, Path data) {
        AtomicReference<String> said = new AtomicReference<>("");
        var tries = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("demo").daemon().factory());
        tries.scheduleWithFixedDelay(
                () -> {
                    try {
                        Demo.fill(product, mailboxes, identity, data, Clock.systemUTC());
                        OUT.println("The demo is there. " + product + ", sign in by picking a name: "
                                + String.join(", ", names()));
                        tries.shutdown();
                    } catch (RuntimeException later) {
                        String why = String.valueOf(later.getMessage());
                        if (!why.equals(said.getAndSet(why))) {
                            OUT.println("The demo waits for the product: " + why);
                        }
                    }
                },
                0,
                SECONDS_BETWEEN_TRIES,
                TimeUnit.SECONDS);
    }

    private static List<String> names() {
        return DemoPeople.all().stream().map(person -> person.name()).toList();
    }

    private static String needed(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException("Set " + name + ".");
        }
        return value;
    }
}
