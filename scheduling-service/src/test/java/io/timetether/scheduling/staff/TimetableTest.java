package io.timetether.scheduling.staff;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.scheduling.staff.Timetable.DatedRule;
import io.timetether.scheduling.staff.Timetable.WeeklyRule;
import io.timetether.scheduling.staff.WeeklyHours.Range;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimetableTest {

    private static final UUID NORTH = new UUID(0, 1);
    private static final UUID SOUTH = new UUID(0, 2);
    private static final Range MORNING = new Range(540, 720);
    private static final Range EVENING = new Range(1080, 1200);
    private static final LocalDate DATE = LocalDate.of(2027, 3, 1);

    @Test
    void aRuleWithoutLocationHoldsAtAllAndOneWithItThereOnly() {
        Timetable table =
                new Timetable(List.of(new WeeklyRule(1, MORNING, NORTH), new WeeklyRule(1, EVENING, null)), List.of());
        assertThat(table.at(NORTH).byDay().getFirst()).containsExactly(MORNING, EVENING);
        assertThat(table.at(SOUTH).byDay().getFirst()).containsExactly(EVENING);
        assertThat(table.at(null).byDay().getFirst()).containsExactly(MORNING, EVENING);
        assertThat(table.at(null).byDay().get(1)).isEmpty();
    }

    @Test
    void anExceptionReplacesItsDateAtAllLocations() {
        Timetable table =
                new Timetable(List.of(new WeeklyRule(1, MORNING, null)), List.of(new DatedRule(DATE, EVENING, NORTH)));
        assertThat(table.at(NORTH).exceptions().get(DATE)).containsExactly(EVENING);
        assertThat(table.at(SOUTH).exceptions().get(DATE)).isEmpty();
        Timetable closed =
                new Timetable(List.of(new WeeklyRule(1, MORNING, null)), List.of(new DatedRule(DATE, null, null)));
        assertThat(closed.at(null).exceptions().get(DATE)).isEmpty();
    }
}
