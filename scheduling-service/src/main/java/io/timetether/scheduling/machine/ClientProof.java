package io.timetether.scheduling.machine;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a program says who it is: by the header (client_secret_basic) or by the form (client_secret_post), never both. */
sealed interface ClientProof {

    /** An id and a secret, which may be wrong. */
    record Shown(UUID id, ClientSecret secret) implements ClientProof {}

    /** Nothing that could be an id and a secret of ours. */
    record Missing() implements ClientProof {}

    /** Something that cannot be meant. */
    record Unusable(String why) implements ClientProof {}

    static ClientProof of(@Nullable String header, @Nullable String formId, @Nullable String formSecret) {
        if (header == null) {
            return formId == null || formSecret == null ? new Missing() : shown(formId, formSecret);
        }
        if (formSecret != null) {
            return new Unusable("Send the client's secret in the header or in the form, not in both.");
        }
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return new Missing();
        }
        try {
            String pair =
                    new String(Base64.getDecoder().decode(header.substring(6).trim()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? new Missing()
                    : shown(decoded(pair.substring(0, colon)), decoded(pair.substring(colon + 1)));
        } catch (IllegalArgumentException notEncoded) {
            return new Missing();
        }
    }

    private static ClientProof shown(String id, String secret) {
        try {
            return new Shown(UUID.fromString(id), new ClientSecret(secret));
        } catch (IllegalArgumentException notOurs) {
            return new Missing();
        }
    }

    /** RFC 6749 §2.3.1: both parts are form-encoded before they are put together. */
    private static String decoded(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }
}
