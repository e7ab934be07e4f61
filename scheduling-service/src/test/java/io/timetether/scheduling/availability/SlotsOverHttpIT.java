package io.timetether.scheduling.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.timetether.scheduling.Api;
import io.timetether.scheduling.PostgresForTests;
import io.timetether.scheduling.Practice;
import io.timetether.scheduling.staff.WeeklyHours.Range;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The whole workload through the door: hours by the API, busy time in the tables, slots from /availability. */
@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class SlotsOverHttpIT {

    @Inject
    DataSource dataSource;

    @Test
    void findsTheSlotsOfTheWholeWorkload() throws SQLException {
        Practice practice = Api.practice("UTC");
        Api admin = practice.admin();
        List<String> wrong = new ArrayList<>();
        for (SlotFixtures.Case of : SlotFixtures.cases()) {
            String staff = practice.staffMember("Staff", of.zone().getId());
            admin.put("/api/v1/staff/" + staff + "/working-hours", Map.of("rules", rules(of)))
                    .then()
                    .statusCode(200);
            busy(practice.id(), UUID.fromString(staff), of.busy());
            String service = practice.service(
                    (int) (of.rules().duration() / 60),
                    Map.of("slotGridMinutes", of.rules().grid() / 60, "horizonDays", 1100, "staffIds", List.of(staff)));
            List<String> found = admin.get("/api/v1/availability?serviceId=" + service + "&from="
                            + Instant.ofEpochSecond(of.from()) + "&to=" + Instant.ofEpochSecond(of.until()))
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("slots.startAt");
            List<String> expected = Arrays.stream(of.expected())
                    .mapToObj(start -> Instant.ofEpochSecond(start).toString())
                    .toList();
            if (!found.equals(expected)) {
                wrong.add(of.id() + ": " + found.size() + " instead of " + expected.size());
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static List<Map<String, String>> rules(SlotFixtures.Case of) {
        List<Map<String, String>> rules = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            for (Range range : of.hours().byDay().get(day.getValue() - 1)) {
                int end = range.endMinute() > 1440 ? range.endMinute() - 1440 : range.endMinute();
                rules.add(Map.of("dayOfWeek", day.name(), "start", time(range.startMinute()), "end", time(end)));
            }
        }
        return rules;
    }

    private static String time(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
    }

    /** Straight into the table: thousands of them by the API would take minutes. */
    private void busy(UUID organisation, UUID staff, List<long[]> busy) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                        INSERT INTO time_off (id, organisation_id, staff_id, number, title, start_at, end_at, version,
                                              created_at, updated_at)
                        SELECT gen_random_uuid(), ?, ?, n, 'Busy', s, e, 1, now(), now()
                        FROM unnest(?, ?, ?) AS t (n, s, e) WHERE e > s
                        """)) {
            Long[] numbers = new Long[busy.size()];
            Object[] starts = new Object[busy.size()];
            Object[] ends = new Object[busy.size()];
            for (int i = 0; i < busy.size(); i++) {
                numbers[i] = nextNumber++;
                starts[i] = Instant.ofEpochSecond(busy.get(i)[0]).atOffset(ZoneOffset.UTC);
                ends[i] = Instant.ofEpochSecond(busy.get(i)[1]).atOffset(ZoneOffset.UTC);
            }
            insert.setObject(1, organisation);
            insert.setObject(2, staff);
            insert.setArray(3, connection.createArrayOf("int8", numbers));
            insert.setArray(4, connection.createArrayOf("timestamptz", starts));
            insert.setArray(5, connection.createArrayOf("timestamptz", ends));
            insert.executeUpdate();
        }
    }

    private long nextNumber = 1_000_000;
}
