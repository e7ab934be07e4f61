package io.timetether.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class OpenApiMergeTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static final String ONE = """
            security: [{bearer: []}]
            paths:
              /b: {get: {operationId: list, responses: {'200': {$ref: '#/components/responses/Ok'}}}}
              /internal/x: {get: {operationId: secret, responses: {'200': {$ref: '#/components/responses/Inner'}}}}
            components:
              responses:
                Ok: {description: ok, content: {a: {schema: {$ref: '#/components/schemas/Same'}}}}
                Inner: {description: inner}
              schemas:
                Same: {type: string}
                Page: {type: object, properties: {a: {type: string}}}
            """;
    private static final String TWO = """
            paths:
              /a:
                get:
                  operationId: list
                  security: []
                  responses: {'200': {description: ok, content: {a: {schema: {$ref: '#/components/schemas/Page'}}}}}
                post: {operationId: create, responses: {'200': {content: {a: {schema: {$ref: '#/components/schemas/Same'}}}}}}
            components:
              schemas:
                Same: {type: string}
                Page: {type: object, properties: {b: {$ref: '#/components/schemas/Same'}}}
            """;

    @Test
    void joinsWhatIsForwardedSortedAndSelfContained() throws Exception {
        ObjectNode merged = merge().add("One", read(ONE)).add("Two", read(TWO)).merged(read("openapi: 3.1.0"));

        assertThat(merged.path("paths").fieldNames()).toIterable().containsExactly("/a", "/b");
        assertThat(merged.path("components").path("schemas").fieldNames())
                .toIterable()
                .containsExactly("Same", "TwoPage");
        assertThat(merged.path("components").path("responses").fieldNames())
                .toIterable()
                .containsExactly("Ok");
        assertThat(merged.at("/paths/~1a/get/responses/200/content/a/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/TwoPage");
        assertThat(merged.at("/paths/~1a/get/operationId").asText()).isEqualTo("twoList");
        assertThat(merged.at("/paths/~1b/get/security").toString()).isEqualTo("[{\"bearer\":[]}]");
        assertThat(merged.at("/paths/~1a/get/security").toString()).isEqualTo("[]");
        assertThat(merged.toString()).doesNotContain("internal", "Inner");
    }

    @Test
    void refusesAPathThatTwoServicesDescribe() throws Exception {
        OpenApiMerge merge = merge().add("One", read(ONE));
        ObjectNode again = read(ONE);
        assertThatThrownBy(() -> merge.add("Two", again)).hasMessageContaining("/b");
    }

    @Test
    void refusesAReferenceToNothing() throws Exception {
        OpenApiMerge merge = merge().add("One", read("paths: {/x: {get: {$ref: '#/components/schemas/Gone'}}}"));
        assertThatThrownBy(() -> merge.merged(read("openapi: 3.1.0"))).hasMessageContaining("Gone");
    }

    private static OpenApiMerge merge() {
        return new OpenApiMerge(path -> !path.startsWith("/internal"));
    }

    private static ObjectNode read(String yaml) throws IOException {
        return (ObjectNode) YAML.readTree(yaml);
    }
}
