package io.timetether.scheduling.http;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/**
 * Adds to the OpenAPI document what is the same for all operations (problems, headers, the bearer scheme), and says of
 * each property whether it can be null: what the compiler knows by {@code @Nullable} need not be written twice.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {

    private static final String PUBLIC = "/api/v1/public/";
    private static final String SCHEME = "bearer";
    private static final String MACHINE = "machine";

    /** Also those parts of a path that only a filter reads are parameters. */
    private static final Pattern PATH_PART = Pattern.compile("\\{(\\w+)}");

    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
    private static final DotName SCHEMA =
            DotName.createSimple("org.eclipse.microprofile.openapi.annotations.media.Schema");

    private final IndexView classes;

    public ApiDescription(IndexView classes) {
        this.classes = classes;
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.getComponents().setSecuritySchemes(null);
        api.getComponents()
                .addSecurityScheme(
                        SCHEME,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description(
                                        "A token of the identity provider; for /internal with the scope internal:sync."));
        api.getComponents().addSecurityScheme(MACHINE, machineScheme());
        api.security(List.of(OASFactory.createSecurityRequirement().addScheme(SCHEME)));
        api.getComponents().removeSchema("Problem1");
        describeSchemas(api.getComponents().getSchemas());
        api.getPaths()
                .getPathItems()
                .forEach((path, item) ->
                        item.getOperations().forEach((method, operation) -> describe(path, method, operation)));
    }

    private static SecurityScheme machineScheme() {
        Map<String, String> scopes = new LinkedHashMap<>();
        for (Scope scope : Scope.values()) {
            scopes.put(scope.toString(), scope.meaning());
        }
        return OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.OAUTH2)
                .description("A token for an integrator's program, with the scope that each operation names.")
                .flows(OASFactory.createOAuthFlows()
                        .clientCredentials(OASFactory.createOAuthFlow()
                                .tokenUrl("/api/v1/oauth/token")
                                .scopes(scopes)));
    }

    /** What is said of the whole document holds for people; a program's scope is the operation's own. */
    private static @Nullable List<SecurityRequirement> security(String path, Operation operation) {
        if (path.startsWith("/api/v1/oauth/")) {
            return List.of(OASFactory.createSecurityRequirement());
        }
        return MachineOperations.scopeFor(operation.getOperationId())
                .map(scope -> List.of(
                        OASFactory.createSecurityRequirement().addScheme(SCHEME),
                        OASFactory.createSecurityRequirement().addScheme(MACHINE, List.of(scope.toString()))))
                .orElse(null);
    }

    private void describeSchemas(Map<String, Schema> schemas) {
        Map<String, List<ClassInfo>> byName = new HashMap<>();
        for (ClassInfo type : classes.getKnownClasses()) {
            // How a problem looks in JSON is what ProblemSchema says.
            boolean described = !type.name().toString().equals(Problem.class.getName());
            if (described && type.name().toString().startsWith("io.timetether.scheduling.")) {
                AnnotationInstance schema = type.declaredAnnotation(SCHEMA);
                boolean named = schema != null && schema.value("name") != null;
                byName.computeIfAbsent(
                                named ? schema.value("name").asString() : type.simpleName(), any -> new ArrayList<>())
                        .add(type);
            }
        }
        schemas.forEach((name, schema) -> {
            List<ClassInfo> types = byName.get(name.startsWith("Page") ? "Page" : name);
            if (types == null || schema.getProperties() == null) {
                return;
            }
            // Classes may share a name: the one that is meant has what is described.
            ClassInfo type = types.stream()
                    .filter(one -> schema.getProperties().keySet().stream().allMatch(property -> has(one, property)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no class has what is described as " + name));
            List<String> required = new ArrayList<>();
            schema.getProperties().forEach((property, of) -> {
                boolean nullable = lineage(type).stream()
                        .map(one -> one.field(property))
                        .anyMatch(field -> field != null && field.type().hasAnnotation(NULLABLE));
                if (nullable) {
                    schema.addProperty(property, orNull(of));
                } else {
                    required.add(property);
                }
            });
            schema.setRequired(required.isEmpty() ? null : required);
        });
    }

    private boolean has(ClassInfo type, String property) {
        String ending = Character.toUpperCase(property.charAt(0)) + property.substring(1);
        return lineage(type).stream()
                .anyMatch(one -> one.field(property) != null
                        || one.firstMethod("is" + ending) != null
                        || one.firstMethod("get" + ending) != null);
    }

    /** The class and what it inherits from, as far as that is known. */
    private List<ClassInfo> lineage(ClassInfo type) {
        List<ClassInfo> lineage = new ArrayList<>();
        for (ClassInfo one = type; one != null; ) {
            lineage.add(one);
            DotName parent = one.superName();
            one = parent == null ? null : classes.getClassByName(parent);
        }
        return lineage;
    }

    private static Schema orNull(Schema schema) {
        if (schema.getRef() != null) {
            return OASFactory.createSchema()
                    .anyOf(List.of(
                            OASFactory.createSchema().ref(schema.getRef()),
                            OASFactory.createSchema().type(List.of(SchemaType.NULL))));
        }
        List<SchemaType> types = new ArrayList<>(schema.getType() == null ? List.of() : schema.getType());
        if (!types.contains(SchemaType.NULL)) {
            types.add(SchemaType.NULL);
        }
        return schema.type(types);
    }

    private static void describe(String path, PathItem.HttpMethod method, Operation operation) {
        problem(operation, "400", "The request is not valid: violations name the fields");
        if (path.startsWith(PUBLIC)) {
            operation.setSecurity(List.of(OASFactory.createSecurityRequirement()));
            problem(operation, "404", "not-found: no such organisation or link");
            problem(operation, "429", "too-many-requests, with Retry-After");
        } else {
            operation.setSecurity(security(path, operation));
            problem(operation, "401", "sign-in-required");
            problem(
                    operation,
                    "403",
                    path.startsWith("/internal") ? "not-allowed" : "not-allowed, not-invited, insufficient-scope");
        }
        problem(operation, "406", "not-acceptable: the header Accept");
        problem(operation, "500", "internal-error, with an id");
        if (path.contains("{") || method != PathItem.HttpMethod.GET) {
            problem(operation, "404", "not-found, also for what belongs to another organisation");
        }
        List<Parameter> parameters =
                operation.getParameters() == null ? List.of() : List.copyOf(operation.getParameters());
        PATH_PART
                .matcher(path)
                .results()
                .map(part -> part.group(1))
                .filter(name -> parameters.stream()
                        .noneMatch(parameter -> parameter.getName().equals(name)))
                .forEach(name -> operation.addParameter(OASFactory.createParameter()
                        .name(name)
                        .in(Parameter.In.PATH)
                        .required(true)
                        .schema(OASFactory.createSchema().type(List.of(SchemaType.STRING)))));
        for (Parameter parameter : parameters) {
            if (parameter.getName().equals("If-Match")) {
                parameter.description("The ETag of the version that you read.");
                parameter.required(!path.endsWith("/plan"));
                problem(operation, "412", "precondition-failed: it was changed in the meantime");
                problem(operation, "428", "precondition-required: the header If-Match is missing");
            } else if (parameter.getName().equals("Idempotency-Key")) {
                parameter.required(path.endsWith("/appointments") || path.endsWith("/messages"));
                parameter.description(
                        "A text of your own that names this request; a retry with it gets the same answer.");
                problem(operation, "409", "request-in-progress, or a refusal of this operation");
                problem(operation, "422", "idempotency-key-reused: the key was used for another request");
            }
        }
        for (String status :
                List.copyOf(operation.getResponses().getAPIResponses().keySet())) {
            if (status.startsWith("4")) {
                problem(operation, status, status);
            }
        }
        if (operation.getRequestBody() != null) {
            problem(operation, "415", "unsupported-media-type");
        }
    }

    /** A description that the resource gave stays, unless it is the generator's own. */
    private static void problem(Operation operation, String status, String description) {
        APIResponse present = operation.getResponses().getAPIResponse(status);
        boolean generated = present == null
                || List.of("Bad Request", "Not Authorized", "Not Allowed").contains(present.getDescription());
        operation
                .getResponses()
                .addAPIResponse(
                        status,
                        OASFactory.createAPIResponse()
                                .description(generated ? description : present.getDescription())
                                .content(OASFactory.createContent()
                                        .addMediaType(
                                                Problem.MEDIA_TYPE,
                                                OASFactory.createMediaType()
                                                        .schema(OASFactory.createSchema()
                                                                .ref("#/components/schemas/Problem")))));
    }
}
