package io.timetether.scheduling.machine;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.http.Problem;
import io.timetether.scheduling.http.ProblemException;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.http.Scope;
import io.timetether.scheduling.machine.ClientProof.Shown;
import io.timetether.scheduling.machine.ClientProof.Unusable;
import io.timetether.scheduling.machine.MachineClients.Known;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The token endpoint for programs (RFC 6749, client credentials). A refusal is a problem like any other that also carries
 * OAuth's own {@code error} and {@code error_description}.
 */
@Path("/api/v1/oauth")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Machine clients")
@Authenticated
@RunOnVirtualThread
class TokenResource {

    private static final String GRANT = "client_credentials";

    @Schema(name = "MachineToken")
    record MachineToken(String access_token, String token_type, long expires_in, String scope) {}

    private final MachineClients clients;
    private final MachineTokens tokens;
    private final SigningKeys keys;
    private final Clock clock;

    TokenResource(MachineClients clients, MachineTokens tokens, SigningKeys keys, Clock clock) {
        this.clients = clients;
        this.tokens = tokens;
        this.keys = keys;
        this.clock = clock;
    }

    @POST
    @Path("token")
    @PermitAll
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(
            summary = "Get a token for a program (client credentials)",
            description = "With client id and secret in the header (client_secret_basic) or the form"
                    + " (client_secret_post). Without scope, the token carries all that the client has.")
    @APIResponse(
            responseCode = "200",
            description = "A token for at most ten minutes",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MachineToken.class)))
    @APIResponse(responseCode = "401", description = "invalid-client")
    @APIResponse(responseCode = "503", description = "temporarily-unavailable: no signing key is configured")
    public Response issueMachineToken(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Parameter(hidden = true) @Nullable String authorization,
            @FormParam("grant_type") @Nullable String grant,
            @FormParam("scope") @Nullable String scope,
            @FormParam("client_id") @Nullable String clientId,
            @FormParam("client_secret") @Nullable String clientSecret) {
        Known client = switch (ClientProof.of(authorization, clientId, clientSecret)) {
            case Shown shown ->
                clients.find(shown.id(), shown.secret(), clock.instant()).orElseThrow(TokenResource::unknownClient);
            case ClientProof.Missing none -> throw unknownClient();
            case Unusable twice -> throw refusal("invalid_request", twice.why());
        };
        if (grant == null) {
            throw refusal("invalid_request", "grant_type is missing; it must be " + GRANT + ".");
        }
        if (!grant.equals(GRANT)) {
            throw refusal("unsupported_grant_type", "grant_type must be " + GRANT + ".");
        }
        List<Scope> scopes = narrowed(client.scopes(), scope);
        String token = tokens.issue(client.id(), client.organisationId(), scopes)
                .orElseThrow(() -> ProblemType.TEMPORARILY_UNAVAILABLE.because(
                        "The operator has to give scheduling-service TIMETETHER_SECRET_KEYS first."));
        return Response.ok(new MachineToken(
                        token,
                        "Bearer",
                        MachineTokens.LIFETIME.toSeconds(),
                        scopes.stream().map(Scope::toString).collect(Collectors.joining(" "))))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @GET
    @Path("jwks")
    @PermitAll
    @Operation(summary = "The public keys with which programs' tokens are verified (RFC 7517)")
    @APIResponse(
            responseCode = "200",
            description = "A JSON Web Key Set",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema =
                                    @Schema(
                                            type =
                                                    org.eclipse.microprofile.openapi.annotations.enums.SchemaType
                                                            .OBJECT)))
    public Response getMachineKeys() {
        return Response.ok(keys.keySet())
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=60")
                .build();
    }

    private static List<Scope> narrowed(List<Scope> granted, @Nullable String asked) {
        if (asked == null || asked.isBlank()) {
            return granted;
        }
        List<Scope> narrowed = new ArrayList<>();
        for (String name : asked.trim().split(" +")) {
            Optional<Scope> scope = Scope.find(name).filter(granted::contains);
            if (scope.isEmpty()) {
                throw refusal("invalid_scope", "This client does not have every scope that was asked for.");
            }
            narrowed.add(scope.get());
        }
        return narrowed.stream().distinct().sorted().toList();
    }

    private static ProblemException unknownClient() {
        String why = "No client has this id and secret, or it has been revoked.";
        return new ProblemException(oauth(Problem.of(ProblemType.INVALID_CLIENT, why), "invalid_client", why));
    }

    private static ProblemException refusal(String error, String why) {
        return new ProblemException(oauth(Problem.of(ProblemType.INVALID_REQUEST, why), error, why));
    }

    private static Problem oauth(Problem problem, String error, String why) {
        return problem.with("error", error).with("error_description", why);
    }
}
