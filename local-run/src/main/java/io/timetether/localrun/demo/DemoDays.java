package io.timetether.localrun.demo;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** The days of the demo, counted in working days from the day on which it is made. PURE. */
record DemoDays(LocalDate today, ZoneId zone) {

    /** The n-th day from Monday to Friday after today. */
    LocalDate workingDay(int n) {
        LocalDate day = today;
        int left = n;
        while (left > 0) {
            day = day.plusDays(1);
            if (day.getDayOfWeek().getValue() <= DayOfWeek.FRIDAY.getValue()) {
                left--;
            }
        }
        return day;
    }

    /** A time of that day, as {@code HH:mm} in the practice's zone. */
    Instant at(int workingDay, String time) {
        return workingDay(workingDay).atTime(LocalTime.parse(time)).atZone(zone).toInstant();
    }
}
