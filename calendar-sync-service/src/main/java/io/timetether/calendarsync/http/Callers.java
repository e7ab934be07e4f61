package io.timetether.calendarsync.http;

import io.quarkus.security.identity.SecurityIdentity;
import io.timetether.calendarsync.scheduling.Answer;
import io.timetether.calendarsync.scheduling.People;
import io.timetether.calendarsync.scheduling.PersonState;
import io.timetether.calendarsync.scheduling.Role;
import jakarta.enterprise.context.RequestScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Answers "who is calling?" for one request; every resource method of the API begins by asking. */
@RequestScoped
public class Callers {

    private final SecurityIdentity identity;
    private final People people;
    private final String gatewayClient;
    private @Nullable Caller resolved;

    Callers(
            SecurityIdentity identity,
            People people,
            @ConfigProperty(name = "timetether.identity.gateway-client-id") String gatewayClient) {
        this.identity = identity;
        this.people = people;
        this.gatewayClient = gatewayClient;
    }

    /** A member of an organisation; 401, 403 or, when scheduling-service cannot be asked, 503. */
    public Caller member() {
        Caller known = resolved;
        if (known == null) {
            known = resolve(token());
            resolved = known;
        }
        return known;
    }

    private Caller resolve(JsonWebToken token) {
        return switch (people.find(token.getIssuer(), token.getSubject())) {
            case Answer.Known<PersonState>(PersonState person) -> member(person, token);
            case Answer.Missing<PersonState> nobody ->
                throw ProblemType.NOT_INVITED.because(
                        "Ask your administrator for an invitation and accept it with this sign-in.");
            case Answer.Unavailable<PersonState> away ->
                throw ProblemType.IDENTITY_UNKNOWN.because(
                        "The scheduling service, which knows people and roles, does not answer; try again soon.");
        };
    }

    private Caller member(PersonState person, JsonWebToken token) {
        if (person.organisationId() == null || person.role() == Role.OPERATOR) {
            throw ProblemType.NOT_ALLOWED.because("Operators belong to no organisation; sign in as a member of one.");
        }
        Object client = token.getClaim("azp");
        return new Caller(
                person.personId(),
                person.organisationId(),
                person.role(),
                person.staffId(),
                token.getIssuer(),
                token.getSubject(),
                gatewayClient.equals(client) ? Caller.Client.BROWSER_SESSION : Caller.Client.BEARER);
    }

    private JsonWebToken token() {
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw ProblemType.SIGN_IN_REQUIRED.because("Send a bearer token, or sign in at the gateway.");
        }
        if (token.getIssuer() == null || token.getSubject() == null) {
            throw ProblemType.SIGN_IN_REQUIRED.because("The token names no issuer or no subject.");
        }
        return token;
    }
}
