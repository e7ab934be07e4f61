package io.timetether.scheduling.person;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Who is signed in. An operator has no organisation; an administrator need not be a staff member. */
@Schema(name = "Me")
record Me(
        UUID personId,
        String name,
        String email,
        String role,
        @Nullable OfOrganisation organisation,
        @Nullable OfStaff staffMember) {

    @Schema(name = "MeOrganisation")
    record OfOrganisation(UUID id, String name, String slug, String plan, String timeZone) {}

    @Schema(name = "MeStaffMember")
    record OfStaff(UUID id, String name, String timeZone) {}
}
