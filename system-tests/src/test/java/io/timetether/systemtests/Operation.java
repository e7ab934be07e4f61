package io.timetether.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * One operation of a committed OpenAPI document, with the document it stands in.
 *
 * @param path as described, with {@code {names}}
 */
record Operation(String method, String path, JsonNode described, JsonNode document) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete", "head", "options");

    /** All operations of {@code openapi/{name}}. */
    static List<Operation> in(String name) {
        Path file = Path.of(System.getProperty("timetether.root"), "openapi", name);
        try {
            JsonNode document = YAML.readTree(file.toFile());
            List<Operation> operations = new ArrayList<>();
            document.path("paths")
                    .properties()
                    .forEach(path -> path.getValue().properties().forEach(member -> {
                        if (METHODS.contains(member.getKey())) {
                            operations.add(new Operation(
                                    member.getKey().toUpperCase(), path.getKey(), member.getValue(), document));
                        }
                    }));
            if (operations.size() < 15) {
                throw new AssertionError("hardly any operation in " + file);
            }
            return operations;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String id() {
        return described.path("operationId").asText();
    }

    /** Whether it serves people who are not signed in. */
    boolean isOpen() {
        JsonNode security = described.has("security") ? described.get("security") : document.path("security");
        return security.isEmpty()
                || StreamSupport.stream(security.spliterator(), false).anyMatch(JsonNode::isEmpty);
    }

    boolean isRead() {
        return method.equals("GET");
    }

    boolean namesThings() {
        return path.contains("{");
    }

    /** Whether its answer goes on for as long as something happens. */
    boolean isStream() {
        return described.toString().contains("text/event-stream");
    }

    /** The body's schema; missing if it takes none. */
    JsonNode bodySchema() {
        JsonNode content = described.path("requestBody").path("content");
        return content.elements().hasNext() ? content.elements().next().path("schema") : content.path("none");
    }

    /** The media type of the body that it takes. */
    String bodyType() {
        return described.path("requestBody").path("content").fieldNames().next();
    }

    /** The schema itself where a reference stands. */
    JsonNode resolved(JsonNode schema) {
        JsonNode reference = schema.get("$ref");
        return reference == null
                ? schema
                : resolved(document.at(reference.asText().substring(1)));
    }

    @Override
    public String toString() {
        return method + " " + path + " (" + id() + ")";
    }
}
