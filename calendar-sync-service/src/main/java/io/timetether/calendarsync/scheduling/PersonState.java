package io.timetether.calendarsync.scheduling;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who a sign-in belongs to. Organisation and staff member are null for operators; the latter for some administrators. */
public record PersonState(
        UUID personId,
        String name,
        @Nullable String email,
        Role role,
        @Nullable UUID organisationId,
        @Nullable UUID staffId) {}
