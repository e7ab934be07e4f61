package io.timetether.scheduling.http;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Adds to the served OpenAPI document what is the same for all operations: problems, headers, the bearer scheme. */
public class ApiDescription implements OASFilter {

    private static final String SCHEME = "bearer";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.getComponents()
                .addSecurityScheme(
                        SCHEME,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description(
                                        "A token of the identity provider; for /internal with the scope internal:sync."));
        api.security(List.of(OASFactory.createSecurityRequirement().addScheme(SCHEME)));
        if (api.getPaths() == null) {
            return;
        }
        api.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().forEach((method, operation) -> {
                    describe(path, method, operation);
                }));
    }

    private static void describe(String path, PathItem.HttpMethod method, Operation operation) {
        problem(operation, "400", "The request is not valid: violations name the fields");
        problem(operation, "401", "sign-in-required");
        problem(operation, "403", path.startsWith("/internal") ? "not-allowed" : "not-allowed, not-invited");
        problem(operation, "500", "internal-error, with an id");
        if (path.contains("{") || method != PathItem.HttpMethod.GET) {
            problem(operation, "404", "not-found, also for what belongs to another organisation");
        }
        List<Parameter> parameters = operation.getParameters() == null ? List.of() : operation.getParameters();
        for (Parameter parameter : parameters) {
            Map<String, String> headers = Map.of("If-Match", "If-Match", "Idempotency-Key", "Idempotency-Key");
            if (!headers.containsKey(parameter.getName())) {
                continue;
            }
            if (parameter.getName().equals("If-Match")) {
                parameter.description("The ETag of the version that you read.");
                problem(operation, "412", "precondition-failed: it was changed in the meantime");
                problem(operation, "428", "precondition-required: the header If-Match is missing");
            } else {
                parameter.description(
                        "A text of your own that names this request; a retry with it gets the same answer.");
                problem(operation, "409", "request-in-progress, or a refusal of this operation");
                problem(operation, "422", "idempotency-key-reused: the key was used for another request");
            }
        }
        if (operation.getRequestBody() != null) {
            problem(operation, "415", "unsupported-media-type");
        }
    }

    private static void problem(Operation operation, String status, String description) {
        if (operation.getResponses().hasAPIResponse(status)) {
            return;
        }
        APIResponse response = OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"))));
        operation.getResponses().addAPIResponse(status, response);
    }
}
