package io.timetether.scheduling.person;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.http.Callers;
import io.timetether.scheduling.http.ProblemType;
import jakarta.validation.constraints.NotBlank;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tells calendar-sync-service who a sign-in is. */
@Path("/internal/v1/people")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Internal")
@Authenticated
@RunOnVirtualThread
class PersonStateResource {

    record PersonState(
            UUID personId,
            String name,
            String email,
            String role,
            @Nullable UUID organisationId,
            @Nullable UUID staffId) {}

    private final Callers callers;
    private final People people;

    PersonStateResource(Callers callers, People people) {
        this.callers = callers;
        this.people = people;
    }

    @GET
    @Operation(summary = "Get the person of a sign-in")
    @APIResponse(responseCode = "200", description = "The person")
    @APIResponse(responseCode = "404", description = "person-unknown")
    public PersonState getPersonBySignIn(
            @QueryParam("issuer") @NotBlank String issuer, @QueryParam("subject") @NotBlank String subject) {
        callers.internal();
        return people.findBySignIn(new Callers.SignIn(issuer, subject))
                .map(person -> new PersonState(
                        person.id,
                        person.name,
                        person.email,
                        person.role.name(),
                        person.organisationId,
                        person.staffId))
                .orElseThrow(() -> ProblemType.PERSON_UNKNOWN.because("Nobody here has this sign-in."));
    }
}
