package io.timetether.scheduling.availability;

import io.timetether.scheduling.service.Service;

/**
 * What a slot of a service must keep, in seconds. PURE. The grid divides the hour of the staff member's clock; buffers
 * must be free but may lie outside working hours.
 */
public record SlotRules(long duration, long bufferBefore, long bufferAfter, long grid) {

    public static SlotRules of(Service service) {
        return new SlotRules(
                service.durationMinutes * 60L,
                service.bufferBeforeMinutes * 60L,
                service.bufferAfterMinutes * 60L,
                service.slotGridMinutes * 60L);
    }
}
