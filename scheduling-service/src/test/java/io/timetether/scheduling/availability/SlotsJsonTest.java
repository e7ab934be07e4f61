package io.timetether.scheduling.availability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotsJsonTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void writesEverySlotByStartWithWhoIsFree(long seed) throws Exception {
        Random random = new Random(seed);
        for (int staff = 1; staff <= 4; staff++) {
            List<UUID> ids = new ArrayList<>();
            Map<Long, List<String>> expected = new TreeMap<>();
            for (int i = 0; i < staff; i++) {
                ids.add(UUID.randomUUID());
            }
            SlotTable table = new SlotTable(ids);
            for (int i = 0; i < staff; i++) {
                long[] starts = random.longs(random.nextInt(200), 1_700_000_000L / 300, 1_702_000_000L / 300)
                        .map(start -> start * 300)
                        .distinct()
                        .sorted()
                        .toArray();
                table.add(i, starts);
                for (long start : starts) {
                    expected.computeIfAbsent(start, s -> new ArrayList<>())
                            .add(ids.get(i).toString());
                }
            }
            JsonNode json = new ObjectMapper().readTree(SlotsJson.array(table, 2700));
            List<String> written = new ArrayList<>();
            json.forEach(slot -> written.add(slot.get("startAt").asText() + " "
                    + slot.get("endAt").asText() + " " + slot.get("staffIds").toString()));
            assertThat(written)
                    .isEqualTo(expected.entrySet().stream()
                            .map(slot -> Instant.ofEpochSecond(slot.getKey()) + " "
                                    + Instant.ofEpochSecond(slot.getKey() + 2700) + " [\""
                                    + String.join("\",\"", slot.getValue()) + "\"]")
                            .toList());
        }
    }
}
