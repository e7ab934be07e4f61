package io.timetether.scheduling.appointment;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What happened to an appointment, and how it was afterwards.
 *
 * @param actor {@code person:} and an id, {@code client}, or another name of who acted
 * @param actorName of a person of the organisation, where they still are one
 * @param action BOOKED, MOVED, STATUS, CANCELLED or CLIENT_MERGED
 */
@Schema(name = "HistoryEntry")
record HistoryEntry(
        long version,
        Instant at,
        String actor,
        @Nullable String actorName,
        String action,
        AppointmentStatus status,
        UUID staffId,
        Instant startAt) {}
