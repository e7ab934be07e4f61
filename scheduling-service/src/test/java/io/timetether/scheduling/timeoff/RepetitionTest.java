package io.timetether.scheduling.timeoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.scheduling.timeoff.Repetition.Frequency;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RepetitionTest {

    private static final LocalDate WEDNESDAY = LocalDate.of(2027, 3, 3);

    private static List<String> dates(
            Frequency frequency, @Nullable Integer interval, @Nullable List<DayOfWeek> days, String until) {
        return new Repetition(frequency, interval, days, LocalDate.parse(until))
                .dates(WEDNESDAY).stream().map(LocalDate::toString).toList();
    }

    @Test
    void comesAgainByDaysWeeksAndMonths() {
        assertThat(dates(Frequency.DAILY, 3, null, "2027-03-10"))
                .containsExactly("2027-03-03", "2027-03-06", "2027-03-09");
        assertThat(dates(Frequency.WEEKLY, null, null, "2027-03-17"))
                .containsExactly("2027-03-03", "2027-03-10", "2027-03-17");
        assertThat(dates(Frequency.WEEKLY, 2, List.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), "2027-03-31"))
                .containsExactly("2027-03-05", "2027-03-15", "2027-03-19", "2027-03-29");
        assertThat(dates(Frequency.MONTHLY, 1, null, "2027-05-03"))
                .containsExactly("2027-03-03", "2027-04-03", "2027-05-03");
    }

    @Test
    void aMonthWithoutTheDayHasNone() {
        assertThat(new Repetition(Frequency.MONTHLY, null, null, LocalDate.of(2027, 6, 30))
                        .dates(LocalDate.of(2027, 1, 31)))
                .containsExactly(LocalDate.of(2027, 1, 31), LocalDate.of(2027, 3, 31), LocalDate.of(2027, 5, 31));
    }

    @Test
    void neverMoreThanItMay() {
        assertThat(dates(Frequency.DAILY, null, null, "9998-12-31")).hasSize(Repetition.MOST + 1);
        assertThat(dates(Frequency.MONTHLY, null, null, "9998-12-31")).hasSize(Repetition.MOST + 1);
        assertThat(dates(Frequency.DAILY, null, null, "2027-03-02")).isEmpty();
    }
}
