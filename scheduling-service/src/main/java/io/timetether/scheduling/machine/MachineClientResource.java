package io.timetether.scheduling.machine;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.audit.AuditLog;
import io.timetether.scheduling.http.Caller;
import io.timetether.scheduling.http.Callers;
import io.timetether.scheduling.http.Cursor;
import io.timetether.scheduling.http.Page;
import io.timetether.scheduling.http.Scope;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where an administrator issues, lists and revokes what integrators' programs sign in with. */
@Path("/api/v1/machine-clients")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Machine clients")
@Authenticated
@RunOnVirtualThread
class MachineClientResource {

    record NewMachineClient(
            @NotBlank @Size(max = 200) String name,
            @NotEmpty @Size(max = 20) List<@NotNull Scope> scopes) {}

    private final Callers callers;
    private final MachineClients clients;
    private final AuditLog audit;
    private final Clock clock;

    MachineClientResource(Callers callers, MachineClients clients, AuditLog audit, Clock clock) {
        this.callers = callers;
        this.clients = clients;
        this.audit = audit;
        this.clock = clock;
    }

    @POST
    @Transactional
    @Operation(
            summary = "Issue a client id and a secret for a program (administrator)",
            description =
                    "The secret is in this answer only. If the answer is lost, revoke the client and issue another.")
    @APIResponse(
            responseCode = "201",
            description = "Issued",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = MachineClient.Issued.class)))
    public Response createMachineClient(@Valid @NotNull NewMachineClient wish) {
        Caller.Member caller = callers.admin();
        ClientSecret secret = ClientSecret.create();
        MachineClient client = new MachineClient(
                UUID.randomUUID(),
                wish.name(),
                wish.scopes().stream().distinct().sorted().toList(),
                caller.personId(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                null,
                null);
        clients.add(caller.organisationId(), client, secret);
        audit.note(caller, "MACHINE_CLIENT_ISSUED", client.id());
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, "/api/v1/machine-clients/" + client.id())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new MachineClient.Issued(
                        client.id(),
                        secret.value(),
                        client.name(),
                        client.scopes(),
                        client.createdBy(),
                        client.createdAt()))
                .build();
    }

    @GET
    @Operation(summary = "List machine clients, revoked ones too, newest first (administrator)")
    public Page<MachineClient> listMachineClients(
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @QueryParam("after") @Nullable String after) {
        Caller.Member caller = callers.admin();
        return Page.of(
                clients.list(caller.organisationId(), Cursor.decoded(after, 2), limit),
                limit,
                client -> Cursor.of(client.createdAt(), client.id()));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Get a machine client (administrator)")
    public MachineClient getMachineClient(@PathParam("id") UUID id) {
        return clients.get(callers.admin().organisationId(), id);
    }

    @DELETE
    @Path("{id}")
    @Transactional
    @Operation(
            summary = "Revoke a machine client (administrator)",
            description = "It gets no token from now on; the last one it has got expires within ten minutes.")
    @APIResponse(responseCode = "204", description = "Revoked, now or before")
    public void revokeMachineClient(@PathParam("id") UUID id) {
        Caller.Member caller = callers.admin();
        if (clients.revoke(caller.organisationId(), id, clock.instant())) {
            audit.note(caller, "MACHINE_CLIENT_REVOKED", id);
        } else {
            clients.get(caller.organisationId(), id); // 404 if there is none; else it was revoked before
        }
    }
}
