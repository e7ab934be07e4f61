package io.timetether.localrun.identity;

import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.PlainClientSecret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which client may ask for what. The library would give anything to anybody. */
record Clients(Map<String, String> secrets, Set<String> publicOrigins) {

    /** Why this client does not get a token, as one of OAuth's error codes; empty when it does. */
    Optional<String> refusal(TokenRequest request) {
        String grant = request.getAuthorizationGrant().getType().getValue();
        return switch (grant) {
            case "client_credentials" -> authenticated(request, LocalIdentity.CALENDAR_SYNC);
            case "authorization_code", "refresh_token" -> authenticated(request, LocalIdentity.GATEWAY);
            case "password" ->
                request.getClientID() != null
                                && LocalIdentity.COMMAND_LINE.equals(
                                        request.getClientID().getValue())
                        ? Optional.empty()
                        : Optional.of("unauthorized_client");
            default -> Optional.of("unsupported_grant_type");
        };
    }

    private Optional<String> authenticated(TokenRequest request, String onlyClient) {
        if (!(request.getClientAuthentication() instanceof PlainClientSecret proof)) {
            return Optional.of("invalid_client");
        }
        String client = proof.getClientID().getValue();
        String secret = secrets.get(client);
        if (secret == null || !isSame(secret, proof.getClientSecret().getValue())) {
            return Optional.of("invalid_client");
        }
        return client.equals(onlyClient) ? Optional.empty() : Optional.of("unauthorized_client");
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    boolean mayReturnTo(URI address) {
        String host = address.getHost();
        if (host == null || address.getScheme() == null) {
            return false;
        }
        String name = host.toLowerCase(Locale.ROOT);
        String origin = address.getScheme() + "://" + address.getAuthority();
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("127.0.0.1")
                || name.equals("[::1]")
                || publicOrigins.contains(origin);
    }
}
