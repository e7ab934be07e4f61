package io.timetether.scheduling.publicbooking;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.scheduling.appointment.AppointmentStatus;
import io.timetether.scheduling.publicbooking.ManagementPolicy.CutOff;
import io.timetether.scheduling.publicbooking.ManagementPolicy.Decision;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementPolicyTest {

    private static final Instant START = Instant.parse("2027-03-01T10:00:00Z");

    private static Decision at(String now, int ofOrganisation, int ofService) {
        return ManagementPolicy.decide(
                AppointmentStatus.OPEN, START, new CutOff(ofOrganisation, ofService), Instant.parse(now));
    }

    @Test
    void theLongerCutOffCounts() {
        Instant dayBefore = Instant.parse("2027-02-28T10:00:00Z");
        assertThat(at("2027-02-28T09:00:00Z", 1440, 60)).isEqualTo(new Decision.Possible(dayBefore));
        assertThat(at("2027-02-28T09:00:00Z", 60, 1440)).isEqualTo(new Decision.Possible(dayBefore));
        assertThat(at("2027-02-28T11:00:00Z", 60, 1440)).isEqualTo(new Decision.TooLate(dayBefore));
    }

    @Test
    void exactlyAtTheCutOffItIsStillPossible() {
        assertThat(at("2027-03-01T09:00:00Z", 60, 0)).isInstanceOf(Decision.Possible.class);
        assertThat(at("2027-03-01T09:00:00.001Z", 60, 0)).isInstanceOf(Decision.TooLate.class);
    }

    @Test
    void onceItHasBegunNothingIsPossible() {
        assertThat(at("2027-03-01T09:59:59Z", 0, 0)).isInstanceOf(Decision.Possible.class);
        assertThat(at("2027-03-01T10:00:00Z", 0, 0)).isInstanceOf(Decision.TooLate.class);
        assertThat(at("2027-03-01T10:00:00Z", 0, 0).possibleUntil()).isNull();
    }

    @ParameterizedTest
    @EnumSource(AppointmentStatus.class)
    void onlyWhatHasNotBegunCanBeChanged(AppointmentStatus status) {
        Decision decision =
                ManagementPolicy.decide(status, START, new CutOff(0, 0), Instant.parse("2027-01-01T00:00:00Z"));
        switch (status) {
            case PENDING, OPEN, CONFIRMED -> assertThat(decision).isEqualTo(new Decision.Possible(START));
            case CHECKED_IN, IN_PROGRESS, COMPLETED, NO_SHOW, CANCELLED ->
                assertThat(decision).isEqualTo(new Decision.Over(status));
        }
    }

    /** What was refused stays refused: the later one asks, or the longer the cut-off, the less is possible. */
    @ParameterizedTest
    @ValueSource(longs = {1, 20261123, 987654321})
    void neverBecomesPossibleAgain(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            CutOff cutOff = new CutOff(random.nextInt(3000), random.nextInt(3000));
            CutOff longer = new CutOff(cutOff.ofOrganisation() + random.nextInt(100), cutOff.ofService());
            Instant now = START.minusSeconds(random.nextInt(400_000) - 20_000);
            Instant later = now.plusSeconds(random.nextInt(10_000));
            boolean before = possible(cutOff, now);
            String told = "seed " + seed + " case " + i;
            assertThat(before || !possible(cutOff, later)).as(told).isTrue();
            assertThat(before || !possible(longer, now)).as(told).isTrue();
            assertThat(before && !now.isBefore(START)).as(told).isFalse();
        }
    }

    private static boolean possible(CutOff cutOff, Instant now) {
        return ManagementPolicy.decide(AppointmentStatus.CONFIRMED, START, cutOff, now) instanceof Decision.Possible;
    }
}
