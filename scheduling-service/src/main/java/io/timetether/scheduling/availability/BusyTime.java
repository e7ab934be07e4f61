package io.timetether.scheduling.availability;

import io.timetether.scheduling.time.Intervals;

/** What takes a staff member's time: appointments and holds with their buffers, and time off of any source. PURE. */
public record BusyTime(Intervals occupied, Intervals away) {

    static final BusyTime NONE = new BusyTime(Intervals.NONE, Intervals.NONE);
}
