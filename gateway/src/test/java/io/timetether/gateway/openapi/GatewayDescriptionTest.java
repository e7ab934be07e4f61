package io.timetether.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.gateway.routes.RouteTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GatewayDescriptionTest {

    private static final Path FOLDER = Path.of(System.getProperty("timetether.root"), "openapi");

    @Test
    void isTheMergeOfTheServicesDocuments() throws IOException {
        assertThat(Files.readString(FOLDER.resolve("gateway.yaml")))
                .as("run openapi/merge and commit what it writes")
                .isEqualTo(GatewayDescription.of(FOLDER));
    }

    @Test
    void describesNothingThatIsNotForwardedOrOurOwn() throws IOException {
        String document = Files.readString(FOLDER.resolve("gateway.yaml"));
        assertThat(document)
                .doesNotContain("/internal/")
                .doesNotContain("$ref: \"./")
                .doesNotContain(".yaml#");
        Pattern.compile("(?m)^  \"?(/[^\":\n]*)\"?:$")
                .matcher(document)
                .results()
                .map(path -> path.group(1))
                .forEach(path -> {
                    assertThat(path.equals("/session")
                                    || path.equals("/sign-out")
                                    || RouteTable.find(path).isPresent())
                            .as(path)
                            .isTrue();
                });
    }
}
