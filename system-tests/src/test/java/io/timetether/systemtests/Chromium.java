package io.timetether.systemtests;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A headless Chromium, and the windows that people open in it: each with cookies of its own, like a browser of its own. */
final class Chromium implements AutoCloseable {

    private static final double SECONDS = 1000;

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> broken = new ArrayList<>();
    private final List<Page> pages = new ArrayList<>();

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(20 * SECONDS);
        Playwright playwright = Playwright.create();
        // Chromium's sandbox refuses to run as root, which is what a container usually is.
        boolean root = "root".equals(System.getProperty("user.name"));
        return new Chromium(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(installed())
                                .setChromiumSandbox(!root)));
    }

    /** The one that is named, else the one that is installed. */
    private static Path installed() {
        String named = System.getenv().getOrDefault("TIMETETHER_CHROMIUM", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        List<String> folders = List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("The browser tests need Chromium. Install it (Debian: apt install"
                        + " chromium), or name a Chromium or Chrome in TIMETETHER_CHROMIUM."));
    }

    /** A window of somebody's own, showing the start of a site. Its clock is in no zone that the practice is in. */
    Page window(URI site) {
        BrowserContext own = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(site.toString())
                .setViewportSize(Gallery.WIDE.width, Gallery.WIDE.height)
                .setLocale("en-GB")
                .setTimezoneId("America/New_York")
                .setReducedMotion(ReducedMotion.REDUCE));
        own.setDefaultTimeout(20 * SECONDS);
        Page page = own.newPage();
        page.onPageError(error -> broken.add("an error in the page " + page.url() + ": " + error));
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                broken.add("on " + page.url() + ": " + message.text());
            }
        });
        pages.add(page);
        page.navigate("/");
        return page;
    }

    /** What went wrong inside the pages since the last time, though nobody who looks at them need have seen it. */
    List<String> takeBroken() {
        List<String> all = List.copyOf(broken);
        broken.clear();
        return all;
    }

    /** The windows that stand open. */
    List<Page> pages() {
        return pages.stream().filter(page -> !page.isClosed()).toList();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
