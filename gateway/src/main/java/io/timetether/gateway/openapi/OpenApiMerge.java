package io.timetether.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Makes one OpenAPI document of the services' documents: what is forwarded, and nothing else; paths and components
 * sorted, so that the result does not depend on who was asked first; without references to other files. Components that
 * two documents describe alike are one; where they differ, the later document's get its name in front.
 */
final class OpenApiMerge {

    private static final List<String> METHODS =
            List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final String COMPONENTS = "#/components/";

    private final Predicate<String> isForwarded;
    private final JsonNodeFactory nodes = JsonNodeFactory.instance;
    private final Map<String, JsonNode> paths = new TreeMap<>();
    private final Map<String, Map<String, JsonNode>> components = new TreeMap<>();
    private final Map<String, JsonNode> tags = new TreeMap<>();
    private final Set<String> operationIds = new HashSet<>();

    /** @param isForwarded whether the gateway forwards a path */
    public OpenApiMerge(Predicate<String> isForwarded) {
        this.isForwarded = isForwarded;
    }

    /**
     * Adds a service's document.
     *
     * @param prefix for components and operations whose name is taken by something else
     * @throws IllegalArgumentException if a path is described twice
     */
    public OpenApiMerge add(String prefix, ObjectNode document) {
        Map<String, String> renamed = addComponents(prefix, document.path("components"));
        document.path("paths").properties().forEach(path -> {
            if (!isForwarded.test(path.getKey())) {
                return;
            }
            JsonNode item = withReferences(path.getValue(), renamed);
            nameOperations(prefix, document, (ObjectNode) item);
            if (paths.put(path.getKey(), item) != null) {
                throw new IllegalArgumentException("Two services describe " + path.getKey());
            }
        });
        document.path("tags").forEach(tag -> tags.putIfAbsent(tag.path("name").asText(), tag));
        return this;
    }

    /**
     * The merged document.
     *
     * @param head openapi, info, servers and security, in the order in which they shall stand
     */
    public ObjectNode merged(ObjectNode head) {
        ObjectNode document = head.deepCopy();
        ArrayNode tagList = document.putArray("tags");
        Set<String> used = new TreeSet<>();
        paths.values()
                .forEach(path -> path.properties()
                        .forEach(
                                operation -> operation.getValue().path("tags").forEach(tag -> used.add(tag.asText()))));
        used.forEach(
                name -> tagList.add(tags.getOrDefault(name, nodes.objectNode().put("name", name))));
        document.putObject("paths").setAll(paths);
        ObjectNode all = document.putObject("components");
        Set<String> reached = reached(document);
        components.forEach((kind, named) -> {
            Map<String, JsonNode> kept = new TreeMap<>(named);
            kept.keySet().removeIf(name -> !kind.equals("securitySchemes") && !reached.contains(kind + "/" + name));
            if (!kept.isEmpty()) {
                all.putObject(kind).setAll(kept);
            }
        });
        return document;
    }

    private Map<String, String> addComponents(String prefix, JsonNode own) {
        Map<String, String> renamed = new LinkedHashMap<>();
        own.properties()
                .forEach(kind -> kind.getValue().properties().forEach(component -> {
                    JsonNode known =
                            components.getOrDefault(kind.getKey(), Map.of()).get(component.getKey());
                    if (known != null && !known.equals(component.getValue())) {
                        renamed.put(
                                COMPONENTS + kind.getKey() + "/" + component.getKey(),
                                COMPONENTS + kind.getKey() + "/" + prefix + component.getKey());
                    }
                }));
        own.properties()
                .forEach(kind -> kind.getValue().properties().forEach(component -> {
                    String reference = COMPONENTS + kind.getKey() + "/" + component.getKey();
                    String name = renamed.getOrDefault(reference, reference)
                            .substring((COMPONENTS + kind.getKey() + "/").length());
                    components
                            .computeIfAbsent(kind.getKey(), ignored -> new TreeMap<>())
                            .putIfAbsent(name, withReferences(component.getValue(), renamed));
                }));
        return renamed;
    }

    private void nameOperations(String prefix, ObjectNode document, ObjectNode item) {
        for (String method : METHODS) {
            if (!(item.get(method) instanceof ObjectNode operation)) {
                continue;
            }
            // What holds for a whole document must be said of each operation once documents are joined.
            if (!operation.has("security") && document.has("security")) {
                operation.set("security", document.get("security"));
            }
            String id = operation.path("operationId").asText("");
            if (!id.isEmpty() && !operationIds.add(id)) {
                operation.put(
                        "operationId",
                        Character.toLowerCase(prefix.charAt(0))
                                + prefix.substring(1)
                                + Character.toUpperCase(id.charAt(0))
                                + id.substring(1));
            }
        }
    }

    private JsonNode withReferences(JsonNode node, Map<String, String> renamed) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = nodes.objectNode();
            object.properties()
                    .forEach(member -> copy.set(
                            member.getKey(),
                            member.getKey().equals("$ref")
                                    ? TextNode.valueOf(renamed.getOrDefault(
                                            member.getValue().asText(),
                                            member.getValue().asText()))
                                    : withReferences(member.getValue(), renamed)));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = nodes.arrayNode();
            array.forEach(element -> copy.add(withReferences(element, renamed)));
            return copy;
        }
        return node instanceof TextNode text && renamed.containsKey(text.asText())
                ? TextNode.valueOf(renamed.get(text.asText())) // discriminator mappings
                : node;
    }

    /** All components that a path, or a component that a path reaches, refers to. */
    private Set<String> reached(JsonNode from) {
        Set<String> reached = new HashSet<>();
        Deque<JsonNode> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            JsonNode node = open.pop();
            node.forEach(open::push);
            JsonNode reference = node.get("$ref");
            if (reference != null && reference.asText().startsWith(COMPONENTS)) {
                String name = reference.asText().substring(COMPONENTS.length());
                if (reached.add(name)) {
                    String[] kindAndName = name.split("/", 2);
                    JsonNode component =
                            components.getOrDefault(kindAndName[0], Map.of()).get(kindAndName[1]);
                    if (component == null) {
                        throw new IllegalArgumentException("Nothing is described under " + reference.asText());
                    }
                    open.push(component);
                }
            }
        }
        return reached;
    }
}
