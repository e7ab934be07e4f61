package io.timetether.scheduling.client;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.directory.Directory;
import io.timetether.scheduling.http.Caller;
import io.timetether.scheduling.http.Callers;
import io.timetether.scheduling.http.Cursor;
import io.timetether.scheduling.http.Page;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Clients of the caller's organisation. */
@Path("/api/v1/clients")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Clients")
@Authenticated
@RunOnVirtualThread
class ClientResource {

    record NewClient(
            @NotBlank @Size(max = 200) String name,
            @Nullable @Email @Size(max = 254) String email,
            @Nullable @Size(max = 40) String phone) {}

    /** Fields that are absent stay as they are (an empty text empties an optional field). */
    record ClientPatch(
            @Nullable @Size(max = 200) @Pattern(regexp = ".*\\S.*", message = "must not be blank")
            String name,

            @Nullable @Email @Size(max = 254) String email,
            @Nullable @Size(max = 40) String phone,
            @Nullable Boolean active) {}

    /** Which client is the same person. */
    record Merge(@NotNull UUID clientId) {}

    private final Callers callers;
    private final Clients clients;
    private final Farewells farewells;
    private final Directory directory;

    ClientResource(Callers callers, Clients clients, Farewells farewells, Directory directory) {
        this.callers = callers;
        this.clients = clients;
        this.farewells = farewells;
        this.directory = directory;
    }

    @POST
    @Operation(summary = "Add a client")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Client.class)))
    public Response createClient(@HeaderParam("Idempotency-Key") @Nullable String key, @Valid @NotNull NewClient wish) {
        return directory.add(callers.member(), clients, "createClient", key, wish, () -> {
            Client client = new Client();
            client.name = wish.name();
            client.email = Directory.orEmptied(wish.email(), null);
            client.phone = Directory.orEmptied(wish.phone(), null);
            return client;
        });
    }

    @GET
    @Operation(summary = "List clients")
    public Page<Client> listClients(
            @QueryParam("q") @Size(max = 100) @Nullable String q,
            @QueryParam("active") @Nullable Boolean active,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @QueryParam("after") @Nullable String after) {
        Caller.Member caller = callers.member();
        return Directory.page(clients.list(caller.organisationId(), q, active, Cursor.decoded(after, 2), limit), limit);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Get a client")
    @APIResponse(
            responseCode = "200",
            description = "The client",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Client.class)))
    public Response getClient(@PathParam("id") UUID id) {
        return Directory.answer(clients.get(callers.member().organisationId(), id));
    }

    @PATCH
    @Path("{id}")
    @Transactional
    @Operation(summary = "Change a client")
    @APIResponse(
            responseCode = "200",
            description = "The client",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Client.class)))
    public Response patchClient(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Valid @NotNull ClientPatch patch) {
        Caller.Member caller = callers.member();
        Client client = directory.toChange(caller, clients, id, ifMatch);
        client.name = patch.name() == null ? client.name : patch.name();
        client.email = Directory.orEmptied(patch.email(), client.email);
        client.phone = Directory.orEmptied(patch.phone(), client.phone);
        client.active = patch.active() == null ? client.active : patch.active();
        return directory.changed(caller, clients, client);
    }

    @POST
    @Path("{id}/merge")
    @Operation(
            summary = "Merge another client into this one (administrator)",
            description = "The other one's appointments become this one's; what this one lacks is taken over; then the "
                    + "other one is gone.")
    @APIResponse(
            responseCode = "200",
            description = "The client",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Client.class)))
    public Response mergeClient(
            @PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String ifMatch, @Valid @NotNull Merge merge) {
        return Directory.answer(farewells.merge(callers.admin(), id, ifMatch, merge.clientId()));
    }

    @DELETE
    @Path("{id}")
    @Operation(
            summary = "Erase a client (administrator)",
            description = "Completely and for good: the client, the appointments they alone attend with their history, "
                    + "kept answers, and what was written to outside calendars. To keep the past, set active to false.")
    @APIResponse(responseCode = "204", description = "Erased")
    public void eraseClient(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        farewells.erase(callers.admin(), id, ifMatch);
    }
}
