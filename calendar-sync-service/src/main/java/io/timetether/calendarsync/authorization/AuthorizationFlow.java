package io.timetether.calendarsync.authorization;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One way to Microsoft's sign-in page and back, begun by one person in one browser.
 *
 * @param verifier sealed, bound to this row, as are {@code nonce} and {@code code}
 * @param error    what Microsoft answered instead of a code
 */
record AuthorizationFlow(
        UUID id,
        UUID organisationId,
        UUID connectionId,
        UUID staffId,
        byte[] cookieHash,
        String issuer,
        String subject,
        String verifier,
        String nonce,
        @Nullable String code,
        @Nullable String error,
        byte @Nullable [] ticketHash,
        String returnTo) {

    /** What its sealed texts are bound to. */
    String row() {
        return row(id);
    }

    static String row(UUID id) {
        return "authorization-flow/" + id;
    }
}
