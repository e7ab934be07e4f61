package io.timetether.calendarsync.connection;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One staff member's authorisation to use one Microsoft account.
 *
 * @param accountId      null while nobody has signed in
 * @param reason         why it does not run, null when it does
 * @param reasonText     more about this very case, for people
 * @param wantedClaims   what Microsoft wants to see at the next sign-in
 * @param accountAddress of the account, for display
 */
public record Connection(
        UUID id,
        UUID organisationId,
        UUID staffId,
        UUID personId,
        @Nullable UUID accountId,
        ConnectionState state,
        @Nullable Trouble reason,
        @Nullable String reasonText,
        @Nullable WrittenEvents writtenEvents,
        @Nullable String wantedClaims,
        int removalTotal,
        @Nullable Instant lastRefreshedAt,
        Instant createdAt,
        long version,
        @Nullable String accountAddress,
        @Nullable String accountName) {}
