package io.timetether.calendarsync.scheduling;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of scheduling-service's ordered log, with the entity as it is now (null when it has gone since). A reader may
 * see an entry twice or late and takes it as a hint to make the outside equal to the present.
 *
 * @param kind APPOINTMENT, ORGANISATION, STAFF, SERVICE, CLIENT, LOCATION, ERASURE or ITEM_VERDICT; a text, because a
 *     newer scheduling-service may know more kinds
 */
public record Change(
        long position,
        String kind,
        UUID organisationId,
        UUID entityId,
        @Nullable AppointmentState appointment,
        @Nullable OrganisationState organisation,
        @Nullable StaffState staff,
        @Nullable VerdictState verdict) {

    /** A verdict that scheduling-service changed by itself: a copy took over, or lost its place. */
    public record VerdictState(
            UUID feedId,
            String itemId,
            Outcome outcome,
            @Nullable String reasonCode,
            @Nullable Long number,
            long version) {}
}
