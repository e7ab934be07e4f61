package io.timetether.scheduling.staff;

import io.timetether.scheduling.staff.WeeklyHours.Range;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A timetable rule by rule, for tests of other rooms. */
public final class TimetableSample {

    private final List<Timetable.WeeklyRule> weekly = new ArrayList<>();
    private final List<Timetable.DatedRule> dated = new ArrayList<>();

    /** {@code day} 1 is Monday. */
    public void weekly(int day, Range range, @Nullable UUID locationId) {
        weekly.add(new Timetable.WeeklyRule(day, range, locationId));
    }

    /** Without a range, the date is closed. */
    public void dated(LocalDate date, @Nullable Range range, @Nullable UUID locationId) {
        dated.add(new Timetable.DatedRule(date, range, locationId));
    }

    public Timetable timetable() {
        return new Timetable(weekly, dated);
    }
}
