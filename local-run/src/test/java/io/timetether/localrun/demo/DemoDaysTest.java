package io.timetether.localrun.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class DemoDaysTest {

    private static final LocalDate FRIDAY = LocalDate.parse("2026-10-23");

    @Test
    void countsFromMondayToFridayOnly() {
        DemoDays days = new DemoDays(FRIDAY, ZoneId.of("Europe/Berlin"));
        assertThat(days.workingDay(1)).isEqualTo("2026-10-26");
        assertThat(days.workingDay(6)).isEqualTo("2026-11-02");
        assertThat(new DemoDays(FRIDAY.plusDays(2), ZoneId.of("Europe/Berlin")).workingDay(1))
                .isEqualTo("2026-10-26");
    }

    @Test
    void keepsTheHourOfThePracticeOverTheEndOfSummerTime() {
        DemoDays days = new DemoDays(FRIDAY.minusDays(1), ZoneId.of("Europe/Berlin"));
        assertThat(days.at(1, "09:00")).isEqualTo(Instant.parse("2026-10-23T07:00:00Z"));
        assertThat(days.at(2, "09:00")).isEqualTo(Instant.parse("2026-10-26T08:00:00Z"));
    }
}
