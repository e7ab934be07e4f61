package io.timetether.scheduling.organisation;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.audit.AuditLog;
import io.timetether.scheduling.changes.ChangeKind;
import io.timetether.scheduling.changes.Changes;
import io.timetether.scheduling.http.Caller;
import io.timetether.scheduling.http.Callers;
import io.timetether.scheduling.http.Cursor;
import io.timetether.scheduling.http.EntityTag;
import io.timetether.scheduling.http.IanaZone;
import io.timetether.scheduling.http.IdempotencyKeys;
import io.timetether.scheduling.http.Page;
import io.timetether.scheduling.http.ProblemType;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What an operator does with organisations: create, list, set the plan. */
@Path("/api/v1/organisations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Organisations")
@Authenticated
@RunOnVirtualThread
class OperatorOrganisationResource {

    record NewOrganisation(
            @NotBlank @Size(max = 200) String name,

            @NotNull
            @Size(min = 2, max = 60)
            @Pattern(
                    regexp = "[a-z0-9](-?[a-z0-9])*",
                    message = "must be lower-case letters, digits and single hyphens between them")
            String slug,

            @NotNull @IanaZone String timeZone,
            @NotNull Plan plan) {}

    record NewPlan(@NotNull Plan plan) {}

    private final Callers callers;
    private final Organisations organisations;
    private final Changes changes;
    private final IdempotencyKeys keys;
    private final AuditLog audit;
    private final Clock clock;

    OperatorOrganisationResource(
            Callers callers,
            Organisations organisations,
            Changes changes,
            IdempotencyKeys keys,
            AuditLog audit,
            Clock clock) {
        this.callers = callers;
        this.organisations = organisations;
        this.changes = changes;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    @POST
    @Operation(summary = "Create an organisation (operator)")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Organisation.class)))
    public Response createOrganisation(
            @HeaderParam("Idempotency-Key") @Nullable String key, @Valid @NotNull NewOrganisation wish) {
        Caller.Operator caller = callers.operator();
        return keys.once(caller, "createOrganisation", key, wish, () -> {
            if (organisations.isSlugInUse(wish.slug())) {
                throw ProblemType.ALREADY_EXISTS.because("Another organisation has this slug; choose another one.");
            }
            Organisation organisation = new Organisation();
            organisation.id = UUID.randomUUID();
            organisation.slug = wish.slug();
            organisation.name = wish.name();
            organisation.timeZone = wish.timeZone();
            organisation.plan = wish.plan();
            organisation.outboundPrefix = "[tt]";
            organisation.stalePolicy = StalePolicy.KEEP_LAST_KNOWN;
            organisation.reminderMinutes = 24 * 60;
            organisation.createdAt = clock.instant();
            organisation.updatedAt = organisation.createdAt;
            organisations.add(organisation);
            changes.record(ChangeKind.ORGANISATION, organisation.id, organisation.id);
            audit.note(organisation.id, caller.actor(), "ORGANISATION_CREATED", organisation.id);
            return keys.created("/api/v1/organisations/" + organisation.id, organisation.version, organisation);
        });
    }

    @GET
    @Operation(summary = "List organisations (operator)")
    public Page<Organisation> listOrganisations(
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @QueryParam("after") @Nullable String after) {
        callers.operator();
        return Page.of(
                organisations.list(Cursor.decoded(after, 1), limit),
                limit,
                organisation -> Cursor.of(organisation.slug));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Get an organisation (operator)")
    @APIResponse(
            responseCode = "200",
            description = "The organisation",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Organisation.class)))
    public Response getOrganisationById(@PathParam("id") UUID id) {
        callers.operator();
        Organisation organisation = organisations.get(id);
        return Response.ok(organisation)
                .header("ETag", EntityTag.of(organisation.version))
                .build();
    }

    @PUT
    @Path("{id}/plan")
    @Transactional
    @Operation(summary = "Set an organisation's plan (operator)")
    @APIResponse(
            responseCode = "200",
            description = "The organisation",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Organisation.class)))
    public Response setPlan(
            @PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String ifMatch, @Valid @NotNull NewPlan wish) {
        Caller.Operator caller = callers.operator();
        Organisation organisation = organisations.get(id);
        EntityTag.requireIfPresent(ifMatch, organisation.version);
        if (organisation.plan != wish.plan()) {
            organisation.plan = wish.plan();
            organisation.updatedAt = clock.instant();
            organisations.flush();
            changes.record(ChangeKind.ORGANISATION, organisation.id, organisation.id);
            audit.note(organisation.id, caller.actor(), "PLAN_CHANGED", organisation.id);
        }
        return Response.ok(organisation)
                .header("ETag", EntityTag.of(organisation.version))
                .build();
    }
}
