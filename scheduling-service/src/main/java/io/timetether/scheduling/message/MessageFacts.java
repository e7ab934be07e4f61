package io.timetether.scheduling.message;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a message is about, as it is when it is sent: a message waits as ids alone. */
sealed interface MessageFacts {

    UUID organisationId();

    String organisationName();

    /** Null where there is nobody to write to (any more). */
    @Nullable
    String address();

    /**
     * About an appointment, to one of its attendees.
     *
     * @param occasion what the message was written for: the appointment's version, or for a reminder its start
     * @param overtaken whether a later message of the same kind waits already
     */
    record OfAppointment(
            UUID organisationId,
            String organisationName,
            String slug,
            ZoneId zone,
            UUID appointmentId,
            UUID attendeeId,
            String attendeeName,
            @Nullable String address,
            long number,
            String status,
            long version,
            Instant startAt,
            Instant endAt,
            String serviceName,
            String staffName,
            @Nullable String locationName,
            @Nullable String locationAddress,
            String occasion,
            boolean overtaken)
            implements MessageFacts {}

    /** About a connection to an outside calendar, to the staff member whose it is. */
    record OfConnection(
            UUID organisationId,
            String organisationName,
            String staffName,
            @Nullable String address) implements MessageFacts {}
}
