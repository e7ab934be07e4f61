package io.timetether.scheduling.availability;

import io.timetether.scheduling.staff.WeeklyHours;
import io.timetether.scheduling.time.Intervals;
import java.time.ZoneId;
import java.util.UUID;

/**
 * What is known about one staff member's time in a window. PURE.
 *
 * @param occupied by appointments and living holds, their buffers included: nobody may book over it
 * @param away time off and imported busy time: staff may book over it knowingly
 * @param unknown closed because an outside calendar is not known: staff may book over it knowingly
 */
public record StaffFacts(
        UUID staffId, ZoneId zone, WeeklyHours hours, Intervals occupied, Intervals away, Intervals unknown) {

    Intervals busy() {
        return occupied.union(away).union(unknown);
    }

    StaffFacts with(BusyTime busy) {
        return new StaffFacts(staffId, zone, hours, busy.occupied(), busy.away(), unknown);
    }
}
