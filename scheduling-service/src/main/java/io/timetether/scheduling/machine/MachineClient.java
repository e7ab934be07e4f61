package io.timetether.scheduling.machine;

import io.timetether.scheduling.http.Scope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator has issued to a program.
 *
 * @param id also the client id that the program sends
 * @param scopes what its tokens allow
 * @param createdBy the person who issued it
 * @param lastUsedAt when it last got a token, to the minute
 * @param revokedAt since when it gets none
 */
@Schema(name = "MachineClient")
record MachineClient(
        UUID id,
        String name,
        List<Scope> scopes,
        UUID createdBy,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {

    /** The one answer that carries the secret. */
    @Schema(name = "IssuedMachineClient")
    record Issued(UUID id, String clientSecret, String name, List<Scope> scopes, UUID createdBy, Instant createdAt) {}
}
