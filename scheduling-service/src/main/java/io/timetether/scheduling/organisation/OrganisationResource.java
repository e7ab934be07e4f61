package io.timetether.scheduling.organisation;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.audit.AuditLog;
import io.timetether.scheduling.changes.ChangeKind;
import io.timetether.scheduling.changes.Changes;
import io.timetether.scheduling.http.Caller;
import io.timetether.scheduling.http.Callers;
import io.timetether.scheduling.http.EntityTag;
import io.timetether.scheduling.http.IanaZone;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The caller's own organisation. */
@Path("/api/v1/organisation")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Organisations")
@Authenticated
@RunOnVirtualThread
class OrganisationResource {

    /** Fields that are absent stay as they are. */
    record OrganisationPatch(
            @Nullable @Size(max = 200) @Pattern(regexp = ".*\\S.*", message = "must not be blank")
            String name,

            @Nullable @IanaZone String timeZone,

            @Nullable
            @Size(max = 20)
            @Pattern(regexp = "\\S(.*\\S)?", message = "must not be empty or begin or end with a blank")
            String outboundPrefix,

            @Nullable StalePolicy stalePolicy,

            @Schema(description = "How long before the start a client may still move an appointment by themself.")
            @Nullable
            @Min(0)
            @Max(527_040)
            Integer moveCutOffMinutes,

            @Schema(description = "How long before the start a client may still cancel by themself.")
            @Nullable
            @Min(0)
            @Max(527_040)
            Integer cancelCutOffMinutes,

            @Schema(description = "How long before the start clients are reminded by e-mail; 0: never.")
            @Nullable
            @Min(0)
            @Max(20_160)
            Integer reminderMinutes) {}

    private final Callers callers;
    private final Organisations organisations;
    private final Changes changes;
    private final AuditLog audit;
    private final Clock clock;

    OrganisationResource(Callers callers, Organisations organisations, Changes changes, AuditLog audit, Clock clock) {
        this.callers = callers;
        this.organisations = organisations;
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "Get one's own organisation")
    @APIResponse(
            responseCode = "200",
            description = "The organisation",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Organisation.class)))
    public Response getOrganisation() {
        return answer(organisations.get(callers.member().organisationId()));
    }

    @PATCH
    @Transactional
    @Operation(summary = "Change one's own organisation (administrator)")
    @APIResponse(
            responseCode = "200",
            description = "The organisation",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Organisation.class)))
    public Response patchOrganisation(
            @HeaderParam("If-Match") @Nullable String ifMatch, @Valid @NotNull OrganisationPatch patch) {
        Caller.Member caller = callers.admin();
        Organisation organisation = organisations.get(caller.organisationId());
        EntityTag.require(ifMatch, organisation.version);
        organisation.name = or(patch.name(), organisation.name);
        organisation.timeZone = or(patch.timeZone(), organisation.timeZone);
        organisation.outboundPrefix = or(patch.outboundPrefix(), organisation.outboundPrefix);
        organisation.stalePolicy = or(patch.stalePolicy(), organisation.stalePolicy);
        organisation.moveCutOffMinutes = or(patch.moveCutOffMinutes(), organisation.moveCutOffMinutes);
        organisation.cancelCutOffMinutes = or(patch.cancelCutOffMinutes(), organisation.cancelCutOffMinutes);
        organisation.reminderMinutes = or(patch.reminderMinutes(), organisation.reminderMinutes);
        organisation.updatedAt = clock.instant();
        organisations.flush();
        changes.record(ChangeKind.ORGANISATION, organisation.id, organisation.id);
        audit.note(caller, "ORGANISATION_CHANGED", organisation.id);
        return answer(organisation);
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    private static Response answer(Organisation organisation) {
        return Response.ok(organisation)
                .header("ETag", EntityTag.of(organisation.version))
                .build();
    }
}
