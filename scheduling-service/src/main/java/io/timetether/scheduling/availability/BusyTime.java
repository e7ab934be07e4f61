package io.timetether.scheduling.availability;

import io.timetether.scheduling.time.Intervals;
import java.util.List;

/**
 * What takes a staff member's time: appointments and holds with their buffers, and time off of any source. PURE.
 *
 * @param starts when each single appointment and hold begins, its buffer included, in epoch seconds
 * @param hasExpiredHolds whether there are holds that count no more, but are still there
 */
public record BusyTime(Intervals occupied, Intervals away, List<Long> starts, boolean hasExpiredHolds) {

    static final BusyTime NONE = new BusyTime(Intervals.NONE, Intervals.NONE, List.of(), false);
}
