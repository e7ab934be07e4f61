package io.timetether.scheduling.machine;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Recognises programs by tokens that we have issued ourselves; all other tokens are the identity provider's. */
@ApplicationScoped
class MachineSignIn implements HttpAuthenticationMechanism {

    private static final String SCHEME = "Bearer ";

    private final MachineTokens tokens;

    MachineSignIn(MachineTokens tokens) {
        this.tokens = tokens;
    }

    /** Before the identity provider's. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 100;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager ignored) {
        String header = context.request().getHeader(HttpHeaderNames.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Uni.createFrom().nullItem();
        }
        String token = header.substring(SCHEME.length()).trim();
        if (!tokens.claimsToBeOurs(token)) {
            return Uni.createFrom().nullItem();
        }
        return tokens.verified(token)
                .map(machine -> Uni.createFrom().item(identity(machine)))
                .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException()));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    private static SecurityIdentity identity(JsonWebToken machine) {
        return QuarkusSecurityIdentity.builder().setPrincipal(machine).build();
    }
}
