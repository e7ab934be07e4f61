package io.timetether.calendarsync.http;

import java.util.List;
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
                                .description("A token of the identity provider."));
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
        if (!path.startsWith("/api/")) {
            return;
        }
        problem(operation, "503", "identity-unknown or plan-unknown: the scheduling service does not answer");
        problem(operation, "400", "The request is not valid: violations name the fields");
        problem(operation, "401", "sign-in-required");
        problem(operation, "403", "not-allowed, not-invited");
        problem(operation, "500", "internal-error, with an id");
        if (path.contains("{") || method != PathItem.HttpMethod.GET) {
            problem(operation, "404", "not-found, also for what belongs to another organisation");
        }
        List<Parameter> parameters = operation.getParameters() == null ? List.of() : operation.getParameters();
        for (Parameter parameter : parameters) {
            if (!"If-Match".equals(parameter.getName())) {
                continue;
            }
            parameter.description("The ETag of the version that you read.");
            problem(operation, "412", "precondition-failed: it was changed in the meantime");
            problem(operation, "428", "precondition-required: the header If-Match is missing");
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
