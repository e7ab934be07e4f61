package io.timetether.calendarsync.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The claims of an id token that came from the token endpoint itself, over the connection that we opened: OpenID Connect
 * (3.1.3.7) lets TLS stand for the signature there.
 */
record IdToken(
        @Nullable String nonce,
        @Nullable String audience,
        @Nullable String tenantId,
        @Nullable String objectId,
        @Nullable String address,
        @Nullable String name) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Optional<IdToken> parse(@Nullable String token) {
        if (token == null) {
            return Optional.empty();
        }
        String[] parts = token.split("\\.", -1);
        if (parts.length < 2) {
            return Optional.empty();
        }
        try {
            byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
            JsonNode claims = JSON.readTree(new String(payload, StandardCharsets.UTF_8));
            return Optional.of(new IdToken(
                    text(claims, "nonce"),
                    text(claims, "aud"),
                    text(claims, "tid"),
                    text(claims, "oid"),
                    text(claims, "preferred_username"),
                    text(claims, "name")));
        } catch (IllegalArgumentException | IOException unreadable) {
            return Optional.empty();
        }
    }

    private static @Nullable String text(JsonNode claims, String name) {
        JsonNode value = claims.get(name);
        return value == null || !value.isTextual() || value.asText().isBlank() ? null : value.asText();
    }
}
