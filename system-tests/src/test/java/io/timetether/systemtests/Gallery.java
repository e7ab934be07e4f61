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

    /** Fails with all that was wrong with what was kept since the last time. */
    void judge() {
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        assertThat(all).isEmpty();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
