package io.timetether.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotAnimations;
import com.microsoft.playwright.options.ViewportSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Keeps a picture of each page and state, on a desktop and on a phone, for people to look at; and has it judged there: by
 * axe-core, and for whether it fits the width.
 */
final class Gallery {

    static final ViewportSize WIDE = new ViewportSize(1280, 800);
    private static final ViewportSize NARROW = new ViewportSize(390, 844);

    private static final Path FOLDER = Path.of(System.getProperty("screenshots", "target/screenshots"));
    private static final String AXE =
            read(Path.of(System.getProperty("playwright.cli.dir")).resolve("axe-core/axe.min.js"));

    /**
     * What is serious of what axe-core finds: the rule, and the first element that breaks it. Colours are the same at both
     * widths, and costly to judge.
     */
    private static final String SERIOUS = """
            async contrast => (await axe.run(document, { resultTypes: ['violations'], rules: { 'color-contrast': { enabled: contrast } } })).violations
              .filter(({ impact }) => impact === 'serious' || impact === 'critical')
              .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}): ${nodes[0].target} ${nodes[0].html}`)""";

    private static final String TOO_WIDE =
            "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth";
    private static final String SETTLED =
            "() => document.fonts.status === 'loaded' && document.body.innerText.trim() !== '' && !document.querySelector('.mantine-Loader-root')";

    private final String series;
    private final List<String> complaints = new ArrayList<>();
    private int failed;

    Gallery(String series) {
        this.series = series;
    }

    /** Looks at a page as it is now, at both widths; it is wide again afterwards. */
    void keep(Page page, String name) {
        for (ViewportSize size : List.of(NARROW, WIDE)) {
            page.setViewportSize(size.width, size.height);
            page.waitForFunction(SETTLED);
            String label = series + "-" + name + (size == WIDE ? "-wide" : "-narrow");
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(FOLDER.resolve(label + ".png"))
                    .setAnimations(ScreenshotAnimations.DISABLED));
            if (page.evaluate(TOO_WIDE) instanceof Integer excess && excess > 0) {
                complaints.add(label + ": " + excess + " pixels wider than the window");
            }
            if (page.evaluate("() => typeof axe === 'undefined'") instanceof Boolean missing && missing) {
                page.evaluate(AXE + "; undefined");
            }
            if (page.evaluate(SERIOUS, size == WIDE) instanceof List<?> found) {
                found.forEach(violation -> complaints.add(label + ": " + violation));
            }
        }
    }

    /** Keeps a picture of two windows side by side. */
    void keepBeside(Page left, String leftTitle, Page right, String rightTitle, String name) {
        String sheet = """
                <style>body { margin: 0; padding: 20px; background: #dfe6ea; display: flex; gap: 20px; font: 600 15px system-ui, sans-serif; color: #2c3742 }
                figure { margin: 0; flex: 1; border-radius: 10px; overflow: hidden; background: #fff; box-shadow: 0 8px 24px #0003 }
                figcaption { padding: 9px 14px; background: #f6f8f9; border-bottom: 1px solid #cbd3d9 } img { display: block; width: 100%% }</style>
                <figure><figcaption>%s</figcaption><img src="data:image/png;base64,%s"></figure>
                <figure><figcaption>%s</figcaption><img src="data:image/png;base64,%s"></figure>""".formatted(leftTitle, picture(left), rightTitle, picture(right));
        try (Page page = left.context().browser().newPage()) {
            page.setViewportSize(1600, 300);
            page.setContent(sheet);
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(FOLDER.resolve(name + ".png"))
                    .setFullPage(true));
        }
    }

    private static String picture(Page page) {
        page.setViewportSize(WIDE.width, 1100);
        page.waitForFunction(SETTLED);
        byte[] picture = page.screenshot(new Page.ScreenshotOptions().setAnimations(ScreenshotAnimations.DISABLED));
        page.setViewportSize(WIDE.width, WIDE.height);
        return Base64.getEncoder().encodeToString(picture);
    }

    /** Fails with all that was wrong with what was kept since the last time. */
    void judge() {
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        assertThat(all).isEmpty();
    }

    /** What was found is of no interest any more. */
    void forget() {
        complaints.clear();
    }

    /** What a window shows when its test has failed. */
    void keepFailed(Page page, String test) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(FOLDER.resolve("failed-" + series + "-" + test + "-" + ++failed + ".png")));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
