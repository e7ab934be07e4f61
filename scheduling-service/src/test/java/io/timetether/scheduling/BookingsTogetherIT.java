package io.timetether.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.scheduling.Crowd.Reply;
import java.sql.Connection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Many who want different people at the same moment, at one instance of the packaged service. */
class BookingsTogetherIT {

    private static final int ROUNDS = Integer.getInteger("timetether.rounds", 3);
    private static final Instant TOMORROW =
            Instant.now().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    private static final int SPOILT = 7;

    @Test
    void allWinAndOneThatCannotBeWrittenSpoilsNoOther() throws Exception {
        try (Instances instances = Instances.start(1);
                Crowd crowd = new Crowd()) {
            Practice practice = Api.practice(instances.url(0), "UTC");
            String url = instances.url(0) + "/api/v1/appointments";
            String service = practice.service(30, Map.of());
            List<String> staff = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                staff.add(practice.staffMember("Many" + i, "UTC"));
            }
            for (int round = 0; round < ROUNDS; round++) {
                List<Callable<Reply>> all = new ArrayList<>();
                for (int i = 0; i < staff.size(); i++) {
                    Map<String, Object> wish = new HashMap<>();
                    wish.put("serviceId", service);
                    wish.put("staffId", staff.get(i));
                    wish.put("startAt", TOMORROW.plus(round, ChronoUnit.HOURS).toString());
                    wish.put("attendees", List.of(Map.of("name", "Client " + i)));
                    if (i == SPOILT) {
                        wish.put("note", "PostgreSQL takes no \u0000 in a text");
                    }
                    String key = round + "-" + i;
                    Callable<Reply> booking =
                            () -> crowd.send("POST", url, practice.admin().token(), key, null, wish);
                    all.add(booking);
                    if (i % 5 == 0) {
                        all.add(booking);
                    }
                }
                List<Reply> replies = crowd.together(all);
                assertThat(replies).extracting(Reply::status).isSubsetOf(201, 400, 409);
                assertThat(replies).filteredOn(reply -> reply.status() == 400).hasSize(1);
                assertThat(replies)
                        .filteredOn(reply -> reply.status() == 409)
                        .extracting(Reply::problem)
                        .allMatch("request-in-progress"::equals);
                assertThat(replies)
                        .filteredOn(reply -> reply.status() == 201)
                        .extracting(reply -> reply.body().path("staffId").asText())
                        .containsAll(staff.stream()
                                .filter(one -> !one.equals(staff.get(SPOILT)))
                                .toList());
            }
            try (Connection connection = instances.connection();
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT count(*) FROM appointment")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(ROUNDS * (staff.size() - 1));
                assertThat(TableChecker.overlaps(connection)).isEmpty();
                assertThat(TableChecker.gapsInHistory(connection)).isEmpty();
            }
        }
    }
}
