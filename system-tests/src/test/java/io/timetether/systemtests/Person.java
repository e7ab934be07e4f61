package io.timetether.systemtests;

import io.timetether.systemtests.Browser.Answer;
import io.timetether.systemtests.Browser.Page;
import java.net.URI;
import java.util.Map;

/** Somebody who signs in to Timetether with a browser of their own. */
final class Person {
    private final Browser browser;

    private Person(Browser browser) {
        this.browser = browser;
    }

    /** Opens the product, is sent to the identity provider, picks (or types) the name, comes back signed in. */
    static Person signIn(URI product, String subject) {
        Browser browser = new Browser(product);
        Page pickAName = browser.open("/sign-in?return=/session");
        Page home = browser.submit(
                pickAName, pickAName.html().getAllElements().forms().getFirst(), Map.of("username", subject));
        if (home.status() != 200 || !home.url().getAuthority().equals(product.getAuthority())) {
            throw new AssertionError("sign-in ended on " + home.url() + " (" + home.status() + "): " + home.body());
        }
        return new Person(browser);
    }

    /** Somebody who has signed in at an identity provider with another page. */
    static Person of(Browser signedIn) {
        return new Person(signedIn);
    }

    Browser browser() {
        return browser;
    }

    Answer get(String path) {
        return browser.get(path);
    }

    Answer post(String path, Object body) {
        return browser.post(path, body);
    }

    /** Creates something under a fresh idempotency key. */
    Answer create(String path, Object body) {
        return browser.api("POST", path, body, Practice.freshKey());
    }

    /** Changes something in the version last seen. */
    Answer change(String method, String path, Object body, String etag) {
        return browser.api(method, path, body, Map.of("If-Match", etag));
    }

    /** J3: choose the provider, sign in at Microsoft, consent, and come back; answers the connection's id. */
    String connect(String staffId, String mailboxAddress) {
        Answer begun = post("/api/v1/calendar-connections", Map.of("provider", "office365", "staffId", staffId))
                .expect(201);
        Page pickAccount = browser.open(begun.text("/authorizationUrl"));
        Page consent = browser.press(pickAccount, mailboxAddress);
        Page taken =
                consent.html().text().contains("Permissions requested") ? browser.press(consent, "Accept") : consent;
        Page back = taken.html().text().contains("Taking you back") ? browser.press(taken, "Continue") : taken;
        if (!back.url().toString().contains("outcome=connected")) {
            throw new AssertionError("connecting ended on " + back.url() + " (" + back.status() + "): " + back.body());
        }
        return begun.text("/id");
    }
}
