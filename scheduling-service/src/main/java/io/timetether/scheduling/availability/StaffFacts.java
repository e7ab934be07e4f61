package io.timetether.scheduling.availability;

import io.timetether.scheduling.staff.WeeklyHours;
import io.timetether.scheduling.time.Intervals;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;

/**
 * What is known about one staff member's time in a window. PURE.
 *
 * @param busy appointments and living holds with their buffers: nobody may book over them; time off and imported busy
 *     time: staff may book over it knowingly
 * @param unknown closed because an outside calendar is not known: staff may book over it knowingly
 * @param full the days on which the service has reached its maximum
 */
public record StaffFacts(
        UUID staffId, ZoneId zone, WeeklyHours hours, BusyTime busy, Intervals unknown, FullDays full) {

    /** Nobody may book over it. */
    public Intervals occupied() {
        return busy.occupied();
    }

    /** Staff may book over it knowingly. */
    public Intervals away() {
        return busy.away();
    }

    /** How many appointments and holds begin on the day of {@code start}. */
    public long bookedOnDayOf(long start) {
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochSecond(start), zone);
        long from = day.atStartOfDay(zone).toEpochSecond();
        long until = day.plusDays(1).atStartOfDay(zone).toEpochSecond();
        return busy.starts().stream().filter(at -> at >= from && at < until).count();
    }

    Intervals closed() {
        return occupied().union(away()).union(unknown);
    }

    StaffFacts with(BusyTime now, Intervals unknownNow, FullDays fullNow) {
        return new StaffFacts(staffId, zone, hours, now, unknownNow, fullNow);
    }
}
