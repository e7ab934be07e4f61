package io.timetether.scheduling.changes;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the log with the entity's state as it is now (null when it has gone since), so that reading an entry
 * twice, or late, does no harm: compare {@code version}. {@code entityId} of ITEM_VERDICT is the feed's.
 */
public record Change(
        long position,
        ChangeKind kind,
        UUID organisationId,
        UUID entityId,
        Instant at,
        @Nullable AppointmentState appointment,
        @Nullable OrganisationState organisation,
        @Nullable StaffState staff,
        @Nullable ServiceState service,
        @Nullable ClientState client,
        @Nullable LocationState location,
        @Nullable VerdictState verdict) {

    /** An appointment with all that is written about it elsewhere. */
    public record AppointmentState(
            UUID id,
            long number,
            UUID organisationId,
            UUID staffId,
            Instant startAt,
            Instant endAt,
            String status,
            long version,
            Named service,
            @Nullable Named location,
            List<AttendeeState> attendees,
            @Nullable String note,
            Instant updatedAt) {}

    @Schema(name = "NamedState")
    public record Named(UUID id, String name) {}

    public record AttendeeState(
            UUID clientId,
            String name,
            @Nullable String email,
            @Nullable String phone,
            String status) {}

    public record OrganisationState(
            UUID id, String slug, String name, String plan, String timeZone, String outboundPrefix, long version) {}

    public record StaffState(
            UUID id, UUID organisationId, String name, String email, String timeZone, boolean active, long version) {}

    public record ServiceState(UUID id, String name, long version) {}

    public record ClientState(
            UUID id,
            String name,
            @Nullable String email,
            @Nullable String phone,
            long version) {}

    public record LocationState(
            UUID id, String name, @Nullable String timeZone, long version) {}

    public record VerdictState(
            UUID feedId,
            String itemId,
            String outcome,
            @Nullable String reasonCode,
            @Nullable Long number,
            long version) {}
}
