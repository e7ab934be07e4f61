package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/office365-scenarios.md names every scenario and only tests that exist. */
class OfficeScenariosTest {

    private static final Path ROOT = Path.of(System.getProperty("timetether.root"));
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|[^|]+\\|(.*)\\|$");
    private static final Pattern NAMED = Pattern.compile("`(\\w+)(?:\\.(\\w+))?`");
    private static final Pattern NUMBERED = Pattern.compile("void (\\w+?)((?:_\\d+)+)\\(");

    @Test
    void everyScenarioIsListedWithTestsThatExistAndNoNumberedTestIsMissing() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("calendar-sync-service/src/test/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        String page = Files.readString(ROOT.resolve("docs/office365-scenarios.md"));
        Map<Integer, String> rows = new HashMap<>();
        for (Matcher row = ROW.matcher(page); row.find(); ) {
            rows.put(Integer.parseInt(row.group(1)), row.group(2));
        }
        assertThat(rows).hasSize(48);
        for (Matcher named = NAMED.matcher(String.join(" ", rows.values())); named.find(); ) {
            assertThat(sources).containsKey(named.group(1));
            if (named.group(2) != null) {
                assertThat(sources.get(named.group(1))).contains("void " + named.group(2) + "(");
            }
        }
        sources.forEach((type, text) -> {
            for (Matcher test = NUMBERED.matcher(text); test.find(); ) {
                for (String number : test.group(2).substring(1).split("_")) {
                    assertThat(rows.get(Integer.valueOf(number)))
                            .as("scenario " + number)
                            .contains("`" + type + "." + test.group(1) + test.group(2) + "`");
                }
            }
        });
    }
}
