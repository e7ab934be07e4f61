package io.timetether.scheduling.person;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.http.Caller;
import io.timetether.scheduling.http.Callers;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who is signed in, and how a sign-in becomes a person. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "People")
@Authenticated
@RunOnVirtualThread
class MeResource {

    record Acceptance(@NotBlank @Size(max = 200) String token) {}

    private final Callers callers;
    private final People people;
    private final Invitations invitations;

    MeResource(Callers callers, People people, Invitations invitations) {
        this.callers = callers;
        this.people = people;
        this.invitations = invitations;
    }

    @GET
    @Path("me")
    @Operation(summary = "Who am I", description = "403 not-invited for a sign-in that belongs to nobody here.")
    public Me getMe() {
        return people.me(
                switch (callers.person()) {
                    case Caller.Operator operator -> operator.personId();
                    case Caller.Member member -> member.personId();
                });
    }

    @POST
    @Path("invitations/acceptance")
    @Consumes(MediaType.APPLICATION_JSON) // a type of one text would also be made from a text
    @Transactional
    @Operation(summary = "Accept an invitation", description = "Any signed-in person who belongs to nobody yet.")
    @APIResponse(responseCode = "200", description = "Who you are now")
    @APIResponse(responseCode = "409", description = "already-bound: this sign-in belongs to a person")
    @APIResponse(responseCode = "410", description = "invitation-expired")
    public Me acceptInvitation(@Valid @NotNull Acceptance acceptance) {
        Person person = invitations.accept(callers.signedIn(), acceptance.token());
        return people.me(person.id);
    }
}
