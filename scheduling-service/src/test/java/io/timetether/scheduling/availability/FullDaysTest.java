package io.timetether.scheduling.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.scheduling.availability.FullDays.Taken;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FullDaysTest {

    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final ZoneId CHATHAM = ZoneId.of("Pacific/Chatham");
    private static final ZoneId UTC = ZoneId.of("UTC");

    private static long at(String instant) {
        return Instant.parse(instant).getEpochSecond();
    }

    @Test
    void countsDaysInTheStaffMembersZoneAndInTheOrganisations() {
        // 11:00Z is already the next day in Chatham (+13:45).
        List<Taken> taken = List.of(
                new Taken(ONE, at("2027-01-10T09:00:00Z")),
                new Taken(ONE, at("2027-01-10T11:00:00Z")),
                new Taken(OTHER, at("2027-01-10T12:00:00Z")));
        FullDays full = FullDays.of(ONE, CHATHAM, 1, UTC, 4, taken);
        assertThat(full.at(at("2027-01-10T10:00:00Z"))).isTrue();
        assertThat(full.at(at("2027-01-11T10:14:00Z"))).isTrue();
        assertThat(full.at(at("2027-01-11T10:15:00Z"))).isFalse();
        FullDays all = FullDays.of(OTHER, CHATHAM, null, UTC, 3, taken);
        assertThat(all.at(at("2027-01-10T23:59:00Z"))).isTrue();
        assertThat(all.at(at("2027-01-11T00:00:00Z"))).isFalse();
        assertThat(FullDays.NONE.at(at("2027-01-10T09:00:00Z"))).isFalse();
    }
}
