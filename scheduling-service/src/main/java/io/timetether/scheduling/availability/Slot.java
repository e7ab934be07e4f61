package io.timetether.scheduling.availability;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A time at which a service can be booked, and with whom. */
public record Slot(Instant startAt, Instant endAt, List<UUID> staffIds) {

    /** From starts in epoch seconds, each with those who are free. */
    public static List<Slot> list(Map<Long, List<UUID>> starts, int durationMinutes) {
        List<Slot> slots = new ArrayList<>(starts.size());
        starts.forEach((start, free) -> slots.add(
                new Slot(Instant.ofEpochSecond(start), Instant.ofEpochSecond(start + durationMinutes * 60L), free)));
        return slots;
    }
}
