package io.timetether.scheduling.message;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An appointment as messages see it. */
final class SampleFacts {

    static final Instant START = Instant.parse("2027-03-01T09:00:00Z");
    static final UUID APPOINTMENT = UUID.fromString("0192f0c4-0000-7000-8000-000000000001");

    private SampleFacts() {}

    static MessageFacts.OfAppointment with(String status) {
        return of(status, START, "carla@example.org", "Carla Client", false);
    }

    static MessageFacts.OfAppointment named(String client) {
        return of("OPEN", START, "carla@example.org", client, false);
    }

    static MessageFacts.OfAppointment movedTo(Instant start) {
        return of("OPEN", start, "carla@example.org", "Carla Client", false);
    }

    static MessageFacts.OfAppointment overtaken() {
        return of("OPEN", START, "carla@example.org", "Carla Client", true);
    }

    static MessageFacts.OfAppointment withoutAddress() {
        return of("OPEN", START, null, "Carla Client", false);
    }

    private static MessageFacts.OfAppointment of(
            String status, Instant start, @Nullable String address, String client, boolean overtaken) {
        return new MessageFacts.OfAppointment(
                UUID.randomUUID(),
                "Seaside Practice",
                "seaside",
                ZoneId.of("Europe/Berlin"),
                APPOINTMENT,
                UUID.randomUUID(),
                client,
                address,
                1042,
                status,
                3,
                start,
                start.plus(Duration.ofMinutes(45)),
                "Check-up",
                "Dana Doe",
                "Room 2",
                "Beach Road 7",
                START.toString(),
                overtaken);
    }
}
