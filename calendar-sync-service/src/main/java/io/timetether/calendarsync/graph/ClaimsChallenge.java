package io.timetether.calendarsync.graph;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The claims that a 401 asks for: {@code WWW-Authenticate: Bearer …, error="insufficient_claims", claims="<base64>"}. */
final class ClaimsChallenge {

    private static final Pattern CLAIMS = Pattern.compile("(?i)\\bclaims=\"([A-Za-z0-9+/_=-]+)\"");

    private ClaimsChallenge() {}

    /** The claims as JSON. */
    static Optional<String> of(List<String> headers) {
        for (String header : headers) {
            Matcher matcher = CLAIMS.matcher(header);
            if (header.contains("insufficient_claims") && matcher.find()) {
                try {
                    String base64 = matcher.group(1).replace('-', '+').replace('_', '/');
                    return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException notBase64) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
