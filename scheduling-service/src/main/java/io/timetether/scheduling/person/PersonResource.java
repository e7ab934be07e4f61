package io.timetether.scheduling.person;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.audit.AuditLog;
import io.timetether.scheduling.http.Caller;
import io.timetether.scheduling.http.Callers;
import io.timetether.scheduling.http.Cursor;
import io.timetether.scheduling.http.EntityTag;
import io.timetether.scheduling.http.IdempotencyKeys;
import io.timetether.scheduling.http.Page;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.http.Role;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
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

/** People and their invitations. Administrators invite into their own organisation, operators into any. */
@Path("/api/v1/people")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "People")
@Authenticated
@RunOnVirtualThread
class PersonResource {

    record NewPerson(
            @NotBlank @Size(max = 200) String name,
            @NotNull @Email @Size(max = 254) String email,
            @NotNull Role role,
            @Nullable UUID staffId,
            @Nullable UUID organisationId) {}

    private final Callers callers;
    private final People people;
    private final Invitations invitations;
    private final IdempotencyKeys keys;
    private final AuditLog audit;
    private final Clock clock;

    PersonResource(
            Callers callers,
            People people,
            Invitations invitations,
            IdempotencyKeys keys,
            AuditLog audit,
            Clock clock) {
        this.callers = callers;
        this.people = people;
        this.invitations = invitations;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    @POST
    @Operation(
            summary = "Add a person and invite them (administrator; operator with organisationId)",
            description = "The token of the invitation is in this answer only. Whoever accepts it becomes this person.")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Person.class)))
    public Response createPerson(@HeaderParam("Idempotency-Key") @Nullable String key, @Valid @NotNull NewPerson wish) {
        Caller caller = callers.person();
        UUID organisationId = organisationOf(caller, wish.organisationId());
        return keys.once(caller, "createPerson", key, wish, () -> {
            check(organisationId, wish);
            Person person = new Person();
            person.id = UUID.randomUUID();
            person.organisationId = organisationId;
            person.staffId = wish.staffId();
            person.role = wish.role();
            person.name = wish.name();
            person.email = wish.email();
            person.createdAt = clock.instant();
            person.updatedAt = person.createdAt;
            invitations.invite(person);
            people.persistAndFlush(person);
            audit.note(organisationId, actor(caller), "PERSON_INVITED", person.id);
            return keys.created("/api/v1/people/" + person.id, person.version, person);
        });
    }

    @GET
    @Operation(summary = "List people (administrator; operator with organisationId)")
    public Page<Person> listPeople(
            @QueryParam("organisationId") @Nullable UUID organisationId,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @QueryParam("after") @Nullable String after) {
        UUID fence = organisationOf(callers.person(), organisationId);
        return Page.of(
                people.list(fence, Cursor.decoded(after, 2), limit),
                limit,
                person -> Cursor.of(person.name, person.id));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Get a person (administrator)")
    @APIResponse(
            responseCode = "200",
            description = "The person",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Person.class)))
    public Response getPerson(@PathParam("id") UUID id) {
        Person person = people.get(callers.admin().organisationId(), id);
        return Response.ok(person).header("ETag", EntityTag.of(person.version)).build();
    }

    @POST
    @Path("{id}/invitation")
    @Transactional
    @Operation(
            summary = "Invite a person again (administrator)",
            description = "The earlier invitation is void. A person who has signed in already needs none: 409.")
    public Person inviteAgain(@PathParam("id") UUID id) {
        Caller.Member caller = callers.admin();
        Person person = people.get(caller.organisationId(), id);
        if (person.isBound()) {
            throw ProblemType.ALREADY_BOUND.because("This person has accepted an invitation already.");
        }
        invitations.invite(person);
        person.updatedAt = clock.instant();
        people.flush();
        audit.note(caller, "PERSON_INVITED", person.id);
        return person;
    }

    private static String actor(Caller caller) {
        return switch (caller) {
            case Caller.Operator operator -> operator.actor();
            case Caller.Member member -> member.actor();
        };
    }

    private static UUID organisationOf(Caller caller, @Nullable UUID named) {
        return switch (caller) {
            case Caller.Operator operator -> {
                if (named == null) {
                    throw ProblemType.invalid("organisationId", "must be given by an operator");
                }
                yield named;
            }
            case Caller.Member member -> {
                if (!member.isAdmin()) {
                    throw ProblemType.NOT_ALLOWED.because("Only an administrator of the organisation may do this.");
                }
                if (named != null && !named.equals(member.organisationId())) {
                    throw ProblemType.NOT_ALLOWED.because("Administrators invite into their own organisation only.");
                }
                yield member.organisationId();
            }
        };
    }

    private void check(UUID organisationId, NewPerson wish) {
        if (wish.role() == Role.OPERATOR) {
            throw ProblemType.invalid("role", "must be ADMIN or STAFF; operators come from the configuration");
        }
        if (wish.role() == Role.STAFF && wish.staffId() == null) {
            throw ProblemType.invalid("staffId", "must be given for the role STAFF");
        }
        if (!people.isOrganisation(organisationId)) {
            throw ProblemType.invalid("organisationId", "must be an organisation");
        }
        if (wish.staffId() != null && !people.isStaffMember(organisationId, wish.staffId())) {
            throw ProblemType.invalid("staffId", "must be a staff member of the organisation");
        }
    }
}
