package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/known-complaints.md answers every complaint, with tests that exist. */
class KnownComplaintsTest {

    private static final Path ROOT = Path.of(System.getProperty("timetether.root"));
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|(?:[^|]+\\|){2}([^|]+)\\|$");
    private static final Pattern NAMED = Pattern.compile("`(\\w+)(?:\\.(\\w+))?`");

    @Test
    void eachOfTheTwentyFiveHasTestsThatExist() throws IOException {
        Map<String, String> tests = new HashMap<>();
        for (String service : List.of("calendar-sync-service", "scheduling-service")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(service).resolve("src/test/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    tests.merge(
                            file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
                }
            }
        }
        List<Integer> numbers = new ArrayList<>();
        for (Matcher row = ROW.matcher(Files.readString(ROOT.resolve("docs/known-complaints.md"))); row.find(); ) {
            numbers.add(Integer.valueOf(row.group(1)));
            Matcher named = NAMED.matcher(row.group(2));
            assertThat(named.find()).as("complaint " + row.group(1)).isTrue();
            do {
                assertThat(tests).containsKey(named.group(1));
                if (named.group(2) != null) {
                    assertThat(tests.get(named.group(1))).contains("void " + named.group(2) + "(");
                }
            } while (named.find());
        }
        assertThat(numbers).hasSize(25).doesNotHaveDuplicates();
    }
}
