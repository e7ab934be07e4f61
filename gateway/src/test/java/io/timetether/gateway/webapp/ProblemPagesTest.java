package io.timetether.gateway.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.gateway.http.ProblemKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemPagesTest {

    private static final Path ROOT = Path.of(System.getProperty("timetether.root"));

    /** An enum's constant with its status, and its slug where that is not simply its name. */
    private static final Pattern KIND =
            Pattern.compile("(?m)^    ([A-Z][A-Z0-9_]+)\\((?:\"([a-z0-9-]+)\",\\s*)?\\d{3}\\b");

    private final Set<String> described =
            ProblemPages.sections(read(ROOT.resolve("docs/problems.md"))).keySet();

    @Test
    void explainsEveryProblemOfTheGateway() {
        assertThat(described)
                .containsAll(Arrays.stream(ProblemKind.values())
                        .map(ProblemKind::slug)
                        .toList());
    }

    @Test
    void explainsEveryProblemOfEveryServiceAndNoOther() throws IOException {
        Set<String> used = new TreeSet<>();
        for (String module : new String[] {"gateway", "scheduling-service", "calendar-sync-service"}) {
            Set<String> ofModule = slugsIn(ROOT.resolve(module).resolve("src/main/java"));
            assertThat(ofModule).as("problems of %s", module).isNotEmpty();
            used.addAll(ofModule);
        }
        assertThat(described).as("sections of docs/problems.md").containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void saysOnEachPageWhatItMeansAndWhatToDo() {
        ProblemPages.sections(read(ROOT.resolve("docs/problems.md")))
                .forEach((slug, html) ->
                        assertThat(html).as(slug).contains("What it means.", "What to do.", "(status "));
    }

    @Test
    void escapesWhatIsNotOurs() {
        assertThat(ProblemPages.sections("## a\n\n<script>x</script>").get("a")).doesNotContain("<script>");
    }

    private static Set<String> slugsIn(Path sources) throws IOException {
        Set<String> slugs = new TreeSet<>();
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(file -> file.getFileName().toString().matches("Problem(Kind|Type|s|Slug)?\\.java"))
                    .map(ProblemPagesTest::read)
                    .flatMap(source -> KIND.matcher(source).results())
                    .map(ProblemPagesTest::slug)
                    .forEach(slugs::add);
        }
        return slugs;
    }

    private static String slug(MatchResult kind) {
        return kind.group(2) != null
                ? kind.group(2)
                : kind.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
