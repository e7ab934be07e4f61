package io.timetether.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request that an operation's description allows, made from the description alone, naming things of one organisation. An
 * operation that is new tomorrow gets one too.
 *
 * @param target path and query
 * @param body null where none is taken
 */
record SampleRequest(String target, JsonNode body) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern NAME = Pattern.compile("/([^/{]+)/\\{([^}]+)}");
    private static final Instant DAY =
            Instant.now().truncatedTo(ChronoUnit.DAYS).plus(12, ChronoUnit.DAYS);

    /** What a property of this name is, where its schema alone would allow nonsense. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("name", "Intruder"),
            Map.entry("title", "Intruder"),
            Map.entry("email", "intruder@example.com"),
            Map.entry("slug", "intruder"),
            Map.entry("timeZone", "UTC"),
            Map.entry("provider", "office365"),
            Map.entry("role", "ADMIN"),
            Map.entry("plan", "BUSINESS"),
            Map.entry("startAt", DAY.plus(Duration.ofHours(10)).toString()),
            Map.entry("endAt", DAY.plus(Duration.ofHours(11)).toString()),
            Map.entry("from", DAY.toString()),
            Map.entry("to", DAY.plus(Duration.ofDays(1)).toString()),
            Map.entry("start", "09:00"),
            Map.entry("end", "17:00"));

    private static final Set<String> WORTH_CHANGING = Set.of("name", "title", "reading", "note", "scopes");

    /**
     * @param ids of the organisation: by the collection's name in the path ({@code staff}), for properties and parameters
     *     by their own name ({@code staffId})
     */
    static SampleRequest of(Operation operation, Map<String, String> ids) {
        JsonNode schema = operation.bodySchema();
        return new SampleRequest(
                path(operation, ids) + query(operation, ids),
                schema.isMissingNode() ? null : value(operation, "", schema, ids));
    }

    private static String path(Operation operation, Map<String, String> ids) {
        Matcher names = NAME.matcher(operation.path());
        return names.replaceAll(name -> {
            String id = ids.get(name.group(1));
            if (id == null) {
                throw new AssertionError(operation + ": furnish the organisation of this test with one of "
                        + name.group(1) + ", so that others can try to get at it");
            }
            return "/" + name.group(1) + "/" + id;
        });
    }

    private static String query(Operation operation, Map<String, String> ids) {
        List<String> pairs = new ArrayList<>();
        operation.described().path("parameters").forEach(parameter -> {
            String name = parameter.path("name").asText();
            boolean wanted = parameter.path("required").asBoolean() || ids.containsKey(name);
            if (parameter.path("in").asText().equals("query") && wanted) {
                String value =
                        value(operation, name, parameter.path("schema"), ids).asText();
                pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }

    private static JsonNode value(Operation operation, String name, JsonNode described, Map<String, String> ids) {
        JsonNode schema = operation.resolved(described);
        if (ids.containsKey(name) && !schema.has("items")) {
            return NODES.textNode(ids.get(name));
        }
        if (schema.has("anyOf")) {
            return value(operation, name, schema.get("anyOf").get(0), ids);
        }
        if (VALUES.containsKey(name)) {
            return NODES.textNode(VALUES.get(name));
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(0);
        }
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? type.get(0).asText() : type.asText()) {
            case "object" -> object(operation, schema, ids);
            case "array" -> array(operation, name, schema, ids);
            case "boolean" -> NODES.booleanNode(true);
            case "integer", "number" -> NODES.numberNode(schema.path("minimum").asInt(30));
            default -> NODES.textNode(text(schema));
        };
    }

    private static ObjectNode object(Operation operation, JsonNode schema, Map<String, String> ids) {
        Set<String> wanted = new HashSet<>();
        schema.path("required").forEach(required -> wanted.add(required.asText()));
        schema.path("properties").fieldNames().forEachRemaining(property -> {
            boolean names = ids.containsKey(property) || ids.containsKey(property.replaceFirst("s$", ""));
            if (names || (wanted.isEmpty() && WORTH_CHANGING.contains(property))) {
                wanted.add(property);
            }
        });
        ObjectNode object = NODES.objectNode();
        schema.path("properties").properties().forEach(property -> {
            if (wanted.contains(property.getKey())
                    && !property.getValue().path("readOnly").asBoolean()) {
                object.set(property.getKey(), value(operation, property.getKey(), property.getValue(), ids));
            }
        });
        return object;
    }

    private static ArrayNode array(Operation operation, String name, JsonNode schema, Map<String, String> ids) {
        ArrayNode array = NODES.arrayNode();
        String one = name.replaceFirst("s$", "");
        if (ids.containsKey(one) || schema.path("minItems").asInt() > 0) {
            array.add(value(operation, one, schema.path("items"), ids));
        }
        return array;
    }

    private static String text(JsonNode schema) {
        return switch (schema.path("format").asText()) {
            case "uuid" -> UUID.randomUUID().toString();
            case "date-time" -> DAY.toString();
            case "date" -> DAY.toString().substring(0, 10);
            default -> "x".repeat(Math.max(1, schema.path("minLength").asInt()));
        };
    }
}
