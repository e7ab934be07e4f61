package io.timetether.scheduling.http;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.jspecify.annotations.Nullable;

/**
 * Answers "who is calling, and may they?" for one request. Every resource method begins by asking; the answer carries
 * the organisation by which its queries are fenced.
 */
@RequestScoped
public class Callers {

    private static final String INTERNAL_SCOPE = "internal:sync";

    /** A sign-in as a token proves it. */
    public record SignIn(String issuer, String subject) {}

    private final SecurityIdentity identity;
    private final SimpleResourceInfo operation;
    private final SignIns signIns;
    private final String scopeClaim;
    private @Nullable Caller resolved;

    Callers(
            SecurityIdentity identity,
            SimpleResourceInfo operation,
            SignIns signIns,
            @ConfigProperty(name = "timetether.identity.scope-claim") String scopeClaim) {
        this.identity = identity;
        this.operation = operation;
        this.signIns = signIns;
        this.scopeClaim = scopeClaim;
    }

    /** Anyone with a valid token, bound to a person or not. */
    public SignIn signedIn() {
        JsonWebToken token = token();
        return new SignIn(token.getIssuer(), token.getSubject());
    }

    /** A person of ours: an operator or a member of an organisation. */
    public Caller person() {
        if (resolved == null) {
            JsonWebToken token = token();
            resolved = isMachine(token)
                    ? machine(token)
                    : signIns.find(signedIn())
                            .orElseThrow(() -> ProblemType.NOT_INVITED.because(
                                    "Ask your administrator for an invitation and accept it with this sign-in."));
        }
        return Objects.requireNonNull(resolved);
    }

    /** A member of an organisation, whatever the role. */
    public Caller.Member member() {
        if (person() instanceof Caller.Member member) {
            return member;
        }
        throw ProblemType.NOT_ALLOWED.because("Operators belong to no organisation; sign in as a member of one.");
    }

    public Caller.Member admin() {
        Caller.Member member = member();
        if (member.isAdmin()) {
            return member;
        }
        throw ProblemType.NOT_ALLOWED.because("Only an administrator of the organisation may do this.");
    }

    public Caller.Operator operator() {
        if (person() instanceof Caller.Operator operator) {
            return operator;
        }
        throw ProblemType.NOT_ALLOWED.because("Only an operator of the installation may do this.");
    }

    /** Our own calendar-sync-service, by the scope of its client-credentials token. */
    public void internal() {
        if (!scopes(token()).contains(INTERNAL_SCOPE)) {
            throw ProblemType.NOT_ALLOWED.because("This part of the API needs the scope " + INTERNAL_SCOPE + ".");
        }
    }

    private JsonWebToken token() {
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw ProblemType.SIGN_IN_REQUIRED.because("Send a bearer token, or sign in at the gateway.");
        }
        if (token.getIssuer() == null || token.getSubject() == null) {
            throw ProblemType.SIGN_IN_REQUIRED.because("The token names no issuer or no subject.");
        }
        if (isMachine(token)) {
            mustBeAllowed(token);
        }
        return token;
    }

    private boolean isMachine(JsonWebToken token) {
        return signIns.isOurOwn(token.getIssuer());
    }

    /** Programs may do what the table of their operations says and nothing else, so every way in passes here. */
    private void mustBeAllowed(JsonWebToken token) {
        String needed = MachineOperations.scopeFor(operation.getMethodName())
                .orElseThrow(() -> ProblemType.NOT_ALLOWED.because("This is for people only; sign in as one."))
                .toString();
        if (!scopes(token).contains(needed)) {
            throw ProblemType.INSUFFICIENT_SCOPE.because(
                    "The token does not carry " + needed + "; ask an administrator for a client that has it.");
        }
    }

    /** A program acts for its organisation as an administrator would, within its scopes, and is nobody's colleague. */
    private static Caller machine(JsonWebToken token) {
        return new Caller.Member(
                UUID.fromString(token.getSubject()),
                UUID.fromString(token.getClaim("organisation_id").toString()),
                Role.ADMIN,
                null);
    }

    /** Our own tokens have a text with spaces in between; identity providers have that, or a list, under a name of theirs. */
    private List<String> scopes(JsonWebToken token) {
        Object scope = token.getClaim(isMachine(token) ? "scope" : scopeClaim);
        return scope == null ? List.of() : Arrays.asList(scope.toString().split("[\\s,\\[\\]\"]+"));
    }
}
