package io.timetether.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.timetether.gateway.routes.OpenTo;
import io.timetether.gateway.routes.RouteTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes openapi/gateway.yaml: the services' committed documents and the gateway's own (openapi/shared/gateway-own.yaml)
 * in one, with the answers that the gateway itself can give added to every operation.
 */
public final class GatewayDescription {

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build());

    private static final String NOTE = """
            # Made from scheduling.yaml, calendar-sync.yaml and shared/gateway-own.yaml by openapi/merge: do not edit.
            """;

    private static final String TOKENS = "/api/v1/oauth/token";
    private static final String PROGRAM = "machine";

    /** What the gateway may answer in a service's place, whatever the operation. */
    private static final Map<String, String> OWN_ANSWERS = Map.of(
            "400", "BadRequest",
            "414", "AddressTooLong",
            "429", "TooManyRequests",
            "431", "HeadersTooLarge",
            "502", "UpstreamFailed",
            "503", "NotAvailable",
            "504", "UpstreamTimeout");

    /** Beside those, where something is changed. */
    private static final Map<String, String> OWN_ANSWERS_TO_CHANGES = Map.of(
            "403", "CrossSiteRequest",
            "408", "BodyTooSlow",
            "413", "PayloadTooLarge");

    private GatewayDescription() {}

    /**
     * Writes the document anew.
     *
     * @param arguments the folder openapi/
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Files.writeString(folder.resolve("gateway.yaml"), of(folder));
    }

    /** The document as it has to be, from the others in the folder. */
    public static String of(Path folder) throws IOException {
        ObjectNode own = read(folder.resolve("shared/gateway-own.yaml"));
        OpenApiMerge merge = new OpenApiMerge(GatewayDescription::isForwardedOrOwn).add("Gateway", own);
        for (Map.Entry<String, String> service : services().entrySet()) {
            Path file = folder.resolve(service.getValue());
            if (Files.exists(file)) {
                merge.add(service.getKey(), withOwnSecurity(withOwnAnswers(read(file))));
            }
        }
        ObjectNode head = own.objectNode();
        for (String member : List.of("openapi", "info", "servers", "security")) {
            head.set(member, own.get(member));
        }
        return NOTE + YAML.writeValueAsString(merge.merged(head));
    }

    private static Map<String, String> services() {
        Map<String, String> services = new LinkedHashMap<>();
        services.put("Scheduling", "scheduling.yaml");
        services.put("CalendarSync", "calendar-sync.yaml");
        return services;
    }

    /** What Microsoft calls is forwarded, but is no interface for anybody else. */
    private static boolean isForwardedOrOwn(String path) {
        return path.equals("/session")
                || path.equals("/sign-out")
                || RouteTable.find(path)
                        .filter(route -> route.openTo() != OpenTo.MICROSOFT)
                        .filter(route -> route.prefix().startsWith("/api/"))
                        .isPresent();
    }

    private static ObjectNode withOwnAnswers(ObjectNode document) {
        document.path("paths")
                .forEach(path -> path.properties().forEach(member -> {
                    if (member.getValue().get("responses") instanceof ObjectNode responses) {
                        addMissing(responses, OWN_ANSWERS);
                        if (!member.getKey().equals("get")) {
                            addMissing(responses, OWN_ANSWERS_TO_CHANGES);
                        }
                    }
                }));
        return document;
    }

    /** A service knows bearer tokens only; at the gateway a session is as good. Who needs neither stays so. */
    private static ObjectNode withOwnSecurity(ObjectNode document) {
        boolean opened = document.has("security") && isOpen(document.get("security"));
        document.remove("security");
        if (document.at("/components/securitySchemes") instanceof ObjectNode schemes) {
            // Of scheduling, which gives programs their tokens and knows all scopes.
            schemes.retain(document.path("paths").has(TOKENS) ? PROGRAM : "");
        }
        document.path("paths")
                .forEach(path -> path.forEach(member -> {
                    if (member instanceof ObjectNode operation && operation.has("responses")) {
                        JsonNode own = operation.remove("security");
                        if (own == null ? opened : isOpen(own)) {
                            ArrayNode anybody = operation.putArray("security");
                            anybody.addObject();
                            addPeople(anybody);
                        } else if (own != null) {
                            // The scope that a program needs is the operation's own.
                            ArrayNode all = operation.putArray("security");
                            addPeople(all);
                            own.forEach(requirement -> {
                                if (requirement.has(PROGRAM)) {
                                    all.add(requirement);
                                }
                            });
                        }
                    }
                }));
        return document;
    }

    private static void addPeople(ArrayNode security) {
        security.addObject().putArray("session");
        security.addObject().putArray("bearer");
    }

    private static boolean isOpen(JsonNode security) {
        return security.isEmpty() || security.valueStream().anyMatch(JsonNode::isEmpty);
    }

    private static void addMissing(ObjectNode responses, Map<String, String> answers) {
        answers.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(answer -> {
            if (!responses.has(answer.getKey())) {
                responses.putObject(answer.getKey()).put("$ref", "#/components/responses/" + answer.getValue());
            }
        });
    }

    private static ObjectNode read(Path file) throws IOException {
        JsonNode document = YAML.readTree(file.toFile());
        if (document instanceof ObjectNode object) {
            return object;
        }
        throw new IOException(file + " is not an OpenAPI document");
    }
}
