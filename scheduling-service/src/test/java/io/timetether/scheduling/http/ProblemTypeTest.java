package io.timetether.scheduling.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProblemTypeTest {

    @Test
    void everyProblemHasItsPage() throws IOException {
        Set<String> explained =
                Files.readAllLines(Path.of(System.getProperty("timetether.root"), "docs", "problems.md")).stream()
                        .filter(line -> line.startsWith("## "))
                        .map(line -> line.substring(3).strip())
                        .collect(Collectors.toSet());
        assertThat(explained)
                .containsAll(Arrays.stream(ProblemType.values())
                        .map(ProblemType::slug)
                        .toList());
    }
}
