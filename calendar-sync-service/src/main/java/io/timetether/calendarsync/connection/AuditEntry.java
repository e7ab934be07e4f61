package io.timetether.calendarsync.connection;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was done, by ids only.
 *
 * @param actorId the person or program that did it; null: the service itself
 * @param action such as {@code FEED_PAUSED}; what it was done to stands before the first underscore
 * @param entityId of the connection or feed, which may have been stopped since
 * @param staffId whose calendars it concerns
 */
@Schema(name = "CalendarAuditEntry")
record AuditEntry(
        UUID id,
        Instant at,
        @Nullable UUID actorId,

        @Schema(examples = {"CONNECTION_AUTHORISED", "FEED_STOPPED"})
        String action,

        UUID entityId,
        @Nullable UUID staffId) {}
