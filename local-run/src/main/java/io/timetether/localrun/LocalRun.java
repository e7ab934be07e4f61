package io.timetether.localrun;

import io.timetether.localrun.demo.Demo;
import io.timetether.localrun.demo.DemoRefused;
import io.timetether.localrun.files.Folder;
import io.timetether.localrun.product.DemoPeople;
import io.timetether.localrun.product.LocalProduct;
import io.timetether.localrun.product.Progress;
import io.timetether.localrun.product.RunLock;
import io.timetether.localrun.settings.Settings;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The program behind {@code ./run}: starts everything, says what a person needs to know, and waits for Ctrl-C. Arguments:
 * the repository's folder, then {@code --reset} to forget all data first.
 */
public final class LocalRun {

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private LocalRun() {}

    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        if (words.isEmpty()
                || words.size() > 2
                || words.size() == 2 && !words.get(1).equals("--reset")) {
            OUT.println("Usage: LocalRun FOLDER-OF-THE-REPOSITORY [--reset]");
            System.exit(2);
        }
        CountDownLatch done = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        // Ctrl-C may come at any time, also while parts are starting; this thread alone starts and stops them.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(main, done), "end"));
        int code = 0;
        try {
            Settings settings =
                    Settings.of(Path.of(words.getFirst()).toAbsolutePath().normalize(), System.getenv());
            if (words.contains("--reset")) {
                forget(settings);
            }
            run(settings);
        } catch (IllegalStateException | IllegalArgumentException e) {
            OUT.println();
            OUT.println(e.getMessage());
            OUT.println();
            OUT.println("Timetether was not started.");
            code = 1;
        } finally {
            done.countDown();
        }
        System.exit(code);
    }

    private static void end(Thread main, CountDownLatch done) {
        main.interrupt();
        try {
            done.await(2, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Settings settings) {
        try (RunLock alone = RunLock.take(settings.data())) {
            LocalProduct.stopLeftovers(settings, progress());
            Folder.empty(settings.data(), alone.file());
            OUT.println("  All data in " + settings.data() + " is forgotten.");
        }
    }

    private static void run(Settings settings) {
        Clock clock = Clock.systemUTC();
        Instant began = clock.instant();
        AtomicBoolean stopping = new AtomicBoolean();
        try (LocalProduct product = LocalProduct.start(settings, progress())) {
            fillDemo(product, clock);
            sayWhatIsThere(product, Duration.between(began, clock.instant()));
            product.parts()
                    .forEach(part -> part.ended().thenAccept(ended -> {
                        if (!stopping.get()) {
                            OUT.println();
                            OUT.println(ended.obituary());
                            OUT.println("The other parts go on. To start it again: Ctrl-C, then ./run");
                        }
                    }));
            awaitEnd();
            stopping.set(true);
            OUT.println();
            OUT.println("Stopping …");
        }
        OUT.println("Stopped.");
    }

    private static void awaitEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException end) {
            // Not kept: the stopping that follows waits for the parts.
        }
    }

    private static void fillDemo(LocalProduct product, Clock clock) {
        try {
            Demo.fill(product, clock);
        } catch (DemoRefused e) {
            OUT.println("  The demo data is not complete; the next ./run goes on with it. " + e.getMessage());
        }
    }

    private static Progress progress() {
        return new Progress() {
            @Override
            public void ready(String part) {
                OUT.println("  ready: " + part);
            }

            @Override
            public void notice(String sentence) {
                OUT.println("  " + sentence);
            }
        };
    }

    private static void sayWhatIsThere(LocalProduct product, Duration took) {
        OUT.println();
        OUT.println("Timetether is running:  " + product.settings().publicUrl());
        OUT.println();
        if (product.identity().isPresent()) {
            OUT.println("Sign in by picking a name:");
            DemoPeople.all().forEach(person -> OUT.printf(Locale.ROOT, "  %-16s %s%n", person.name(), person.part()));
            OUT.println("A token for the command line, for example Anna's:");
            OUT.println("  curl -s -d grant_type=password -d client_id=timetether-cli -d username=anna -d password=x "
                    + product.identity().get().issuer() + "/token");
            OUT.println();
        }
        product.simulatorUrl()
                .ifPresent(url -> OUT.println("Office 365 stand-in:    " + url
                        + "/   (mailboxes anna@, ben@, clara@seaside.example; no password)"));
        product.mail()
                .ifPresent(mail ->
                        OUT.println("Mail page:              " + mail.pageUrl() + "/   (every e-mail ends here)"));
        OUT.println("Booking page:           " + product.settings().publicUrl() + "/book/seaside");
        OUT.println("API:                    " + product.settings().publicUrl() + "/docs");
        OUT.println("Logs:                   " + product.settings().data().resolve("logs"));
        OUT.printf(
                Locale.ROOT,
                "Started in %.1f s. Data is kept; ./run --reset forgets it. Ctrl-C stops everything.%n",
                took.toMillis() / 1000.0);
    }
}
