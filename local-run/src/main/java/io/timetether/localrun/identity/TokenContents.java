package io.timetether.localrun.identity;

import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ResourceOwnerPasswordCredentialsGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.token.OAuth2TokenCallback;
import org.jspecify.annotations.Nullable;

/** What stands in a token, by who asks for it and how. */
final class TokenContents implements OAuth2TokenCallback {

    static final Duration LIFETIME = Duration.ofHours(1);

    private final List<Person> people;
    private final @Nullable String subject;

    TokenContents(List<Person> people) {
        this(people, null);
    }

    private TokenContents(List<Person> people, @Nullable String subject) {
        this.people = List.copyOf(people);
        this.subject = subject;
    }

    TokenContents asPerson(String person) {
        return new TokenContents(people, person);
    }

    static Map<String, Object> of(Person person) {
        return Map.of("name", person.name(), "email", person.email());
    }

    static Person find(List<Person> people, String name) {
        return people.stream()
                .filter(person -> person.subject().equals(name))
                .findFirst()
                .orElseGet(() -> Person.named(name));
    }

    @Override
    public String issuerId() {
        return LocalIdentity.ISSUER_PATH;
    }

    @Override
    public String subject(TokenRequest request) {
        if (subject != null) {
            return subject;
        }
        return request.getAuthorizationGrant() instanceof ResourceOwnerPasswordCredentialsGrant password
                ? password.getUsername()
                : clientOf(request);
    }

    @Override
    public String typeHeader(TokenRequest request) {
        return "JWT";
    }

    @Override
    public List<String> audience(TokenRequest request) {
        return List.of(LocalIdentity.AUDIENCE);
    }

    /** Name and address of somebody who signed in on the page are added by the library, from what the page sent. */
    @Override
    public Map<String, Object> addClaims(TokenRequest request) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("azp", clientOf(request));
        if (request.getAuthorizationGrant().getType().equals(GrantType.CLIENT_CREDENTIALS)) {
            claims.put("scope", "internal:sync");
            return claims;
        }
        claims.put("scope", "openid profile email");
        if (subject != null) {
            claims.putAll(of(find(people, subject)));
        } else if (request.getAuthorizationGrant() instanceof ResourceOwnerPasswordCredentialsGrant password) {
            claims.putAll(of(find(people, password.getUsername())));
        }
        return claims;
    }

    @Override
    public long tokenExpiry() {
        return LIFETIME.toSeconds();
    }

    private static String clientOf(TokenRequest request) {
        return request.getClientAuthentication() == null
                ? request.getClientID().getValue()
                : request.getClientAuthentication().getClientID().getValue();
    }
}
