package io.timetether.calendarsync.http;

import io.quarkus.security.identity.SecurityIdentity;
import io.timetether.calendarsync.scheduling.Answer;
import io.timetether.calendarsync.scheduling.People;
import io.timetether.calendarsync.scheduling.PersonState;
import io.timetether.calendarsync.scheduling.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Answers "who is calling?" for one request; every resource method of the API begins by asking. */
@RequestScoped
public class Callers {

    private final SecurityIdentity identity;
    private final People people;
    private final ResourceInfo operation;
    private final String gatewayClient;
    private final String clientClaim;
    private final String machineIssuer;
    private @Nullable Caller resolved;

    /** @param machineIssuer under which scheduling-service issues the tokens of integrators' programs */
    Callers(
            SecurityIdentity identity,
            People people,
            ResourceInfo operation,
            @ConfigProperty(name = "timetether.identity.gateway-client-id") String gatewayClient,
            @ConfigProperty(name = "timetether.identity.client-claim") String clientClaim,
            @ConfigProperty(name = "timetether.public-url") String machineIssuer) {
        this.identity = identity;
        this.people = people;
        this.operation = operation;
        this.gatewayClient = gatewayClient;
        this.clientClaim = clientClaim;
        this.machineIssuer = machineIssuer;
    }

    /** A member of an organisation; 401, 403 or, when scheduling-service cannot be asked, 503. */
    public Caller member() {
        Caller known = resolved;
        if (known == null) {
            JsonWebToken token = token();
            known = machineIssuer.equals(token.getIssuer()) ? machine(token) : resolve(token);
            resolved = known;
        }
        return known;
    }

    /** A member who administers the organisation; as {@link #member()}, and 403 for anybody else. */
    public Caller admin() {
        Caller caller = member();
        if (caller.role() != Role.ADMIN) {
            throw ProblemType.NOT_ALLOWED.because("This is for administrators; ask one.");
        }
        return caller;
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
        Object client = token.getClaim(clientClaim);
        return new Caller(
                person.personId(),
                person.organisationId(),
                person.role(),
                person.staffId(),
                token.getIssuer(),
                token.getSubject(),
                gatewayClient.equals(client) ? Caller.Client.BROWSER_SESSION : Caller.Client.BEARER);
    }

    /** A program acts for its organisation as an administrator would, within its scopes, and is nobody's colleague. */
    private Caller machine(JsonWebToken token) {
        String needed = MachineOperations.scopeFor(operationId())
                .orElseThrow(() -> ProblemType.NOT_ALLOWED.because("This is for people only; sign in as one."));
        Object scope = token.getClaim("scope");
        if (scope == null || !List.of(scope.toString().split(" ")).contains(needed)) {
            throw ProblemType.INSUFFICIENT_SCOPE.because(
                    "The token does not carry " + needed + "; ask an administrator for a client that has it.");
        }
        return new Caller(
                UUID.fromString(token.getSubject()),
                UUID.fromString(token.getClaim("organisation_id").toString()),
                Role.ADMIN,
                null,
                token.getIssuer(),
                token.getSubject(),
                Caller.Client.BEARER);
    }

    /** As the API's description calls it. */
    private String operationId() {
        Operation described = operation.getResourceMethod().getAnnotation(Operation.class);
        return described == null ? "" : described.operationId();
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
