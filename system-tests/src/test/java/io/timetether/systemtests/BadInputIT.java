package io.timetether.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.systemtests.Browser.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Sends nonsense to every operation of the public document, one field at a time: each time a problem that names the field,
 * and nothing is written. Requests are made from the document, so that an operation cannot be left out. (The public pages,
 * which need a link or an address that exists, have this in scheduling-service's own tests.)
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Product product = Product.running();
    private final Household house =
            Household.furnish(product, Product.local().identity().orElseThrow(), 2);
    private final List<String> wrong = new ArrayList<>();
    private Map<String, JsonNode> before = Map.of();
    private int asked;

    @BeforeEach
    void look() {
        before = Inventory.of(product, house);
        wrong.clear();
        asked = 0;
    }

    @AfterEach
    void nothingHasChanged() {
        assertThat(Inventory.of(product, house)).isEqualTo(before);
    }

    @Test
    void everyFieldOfABodyIsNamed() {
        for (Operation operation : Operation.in("gateway.yaml")) {
            if (takesJson(operation)) {
                ObjectNode sample =
                        (ObjectNode) SampleRequest.of(operation, house.ids()).body();
                operation
                        .resolved(operation.bodySchema())
                        .path("properties")
                        .properties()
                        .forEach(property -> {
                            ObjectNode spoiled = sample.deepCopy();
                            spoiled.set(property.getKey(), nonsense(operation.resolved(property.getValue())));
                            expectNamed(operation, property.getKey(), send(operation, spoiled));
                        });
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(asked).isGreaterThan(100);
    }

    @Test
    void aFieldThatDoesNotExistIsNamed() {
        for (Operation operation : Operation.in("gateway.yaml")) {
            if (takesJson(operation)) {
                ObjectNode sample =
                        (ObjectNode) SampleRequest.of(operation, house.ids()).body();
                expectNamed(
                        operation,
                        "noSuchField",
                        send(operation, sample.deepCopy().put("noSuchField", 1)));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(asked).isGreaterThan(25);
    }

    @Test
    void everyParameterIsNamed() {
        for (Operation operation : Operation.in("gateway.yaml")) {
            if (operation.isOpen() || operation.isStream()) {
                continue;
            }
            String target = SampleRequest.of(operation, house.ids()).target();
            operation.described().path("parameters").forEach(parameter -> {
                String name = parameter.path("name").asText();
                JsonNode schema = operation.resolved(parameter.path("schema"));
                boolean typed =
                        schema.has("format") || schema.path("type").asText().equals("integer");
                if (parameter.path("in").asText().equals("query") && typed) {
                    String query = target.contains("?") ? target.substring(target.indexOf('?') + 1) : "";
                    List<String> pairs = new ArrayList<>(List.of(query.split("&")));
                    pairs.removeIf(pair -> pair.isEmpty() || pair.startsWith(name + "="));
                    pairs.add(name + "=nonsense");
                    String spoiled = target.replaceFirst("\\?.*", "") + "?" + String.join("&", pairs);
                    expectNamed(operation, name, call(operation, spoiled, null));
                }
            });
        }
        assertThat(wrong).isEmpty();
        assertThat(asked).isGreaterThan(20);
    }

    private static boolean takesJson(Operation operation) {
        return !operation.isOpen()
                && !operation.bodySchema().isMissingNode()
                && operation.bodyType().equals("application/json")
                && operation.resolved(operation.bodySchema()).has("properties");
    }

    /** What no field of this kind can be. */
    private static JsonNode nonsense(JsonNode schema) {
        String type = schema.path("type").isArray()
                ? schema.path("type").get(0).asText()
                : schema.path("type").asText();
        return type.equals("object") || type.equals("array")
                ? NODES.textNode("nonsense")
                : NODES.objectNode().put("nonsense", true);
    }

    private Answer send(Operation operation, JsonNode body) {
        return call(operation, SampleRequest.of(operation, house.ids()).target(), body);
    }

    private Answer call(Operation operation, String target, JsonNode body) {
        Map<String, String> headers = new HashMap<>(Household.as(house.admin()));
        headers.put("If-Match", "*");
        headers.put("Idempotency-Key", UUID.randomUUID().toString());
        return new Browser(product.home()).api(operation.method(), target, body, headers);
    }

    private void expectNamed(Operation operation, String field, Answer answer) {
        asked++;
        boolean named = StreamSupport.stream(answer.body().path("violations").spliterator(), false)
                .anyMatch(violation -> violation.path("field").asText().startsWith(field)
                        && !violation.path("message").asText().isBlank());
        if (answer.status() != 400 || !named) {
            wrong.add(operation + " with a bad " + field + " answered " + answer.status() + " " + answer.raw());
        }
    }
}
