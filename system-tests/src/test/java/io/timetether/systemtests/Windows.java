package io.timetether.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What every test in a browser stands on: the product, a Chromium of the class's own, and the gallery. After each test the
 * gallery judges what was kept, and nothing may have broken inside a page; a test that failed leaves a picture of every
 * window that stood open.
 */
final class Windows implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private final Gallery gallery;
    private final boolean demo;
    private @Nullable Product product;
    private @Nullable Chromium chromium;

    private Windows(String series, boolean demo) {
        this.gallery = new Gallery(series);
        this.demo = demo;
    }

    /** @param series begins the name of each picture */
    static Windows on(String series) {
        return new Windows(series, false);
    }

    /** With the people and mailboxes of the demo. */
    static Windows onTheDemo(String series) {
        return new Windows(series, true);
    }

    @Override
    public void beforeAll(ExtensionContext tests) {
        product = demo ? Product.withDemo() : Product.running();
        chromium = Chromium.start();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        if (test.getExecutionException().isPresent()) {
            chromium()
                    .pages()
                    .forEach(page -> gallery.keepFailed(
                            page, test.getRequiredTestMethod().getName()));
            gallery.forget();
        } else {
            gallery.judge();
            assertThat(chromium().takeBroken()).isEmpty();
        }
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        if (chromium != null) {
            chromium.close();
        }
    }

    Gallery gallery() {
        return gallery;
    }

    Product product() {
        return started(product);
    }

    /** Opens a window of somebody's own on the product's start page. */
    Page open() {
        return open(product().home());
    }

    Page open(URI site) {
        return chromium().window(site);
    }

    /** Somebody of the demo, in a window of their own. */
    StaffWindow signIn(String name) {
        return StaffWindow.signIn(open(), name);
    }

    /** Somebody else, who types how they are called. */
    StaffWindow signInAs(String typed, String name) {
        return StaffWindow.signInAs(open(), typed, name);
    }

    OutlookWindow outlook(String address) {
        return new OutlookWindow(open(product().office365()), address);
    }

    private Chromium chromium() {
        return started(chromium);
    }

    private static <T> T started(@Nullable T it) {
        if (it == null) {
            throw new IllegalStateException("before the first test");
        }
        return it;
    }
}
