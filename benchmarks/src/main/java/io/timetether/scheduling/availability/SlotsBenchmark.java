package io.timetether.scheduling.availability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.timetether.scheduling.staff.WeeklyHours;
import io.timetether.scheduling.staff.WeeklyHours.Range;
import io.timetether.scheduling.time.Intervals;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The bench cases of the slot workload: unsorted busy time in, slots out; and the same with the answer's JSON bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SlotsBenchmark {

    private static final Path WORKLOAD = Path.of(
            System.getProperty("timetether.workload", "scheduling-service/src/test/resources/slots/workload.json.gz"));

    /** Place of a bench case in the workload. */
    @Param({"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13"})
    public int bench;

    private final List<UUID> staffIds = List.of(new UUID(1, 1));
    private ZoneId zone = ZoneId.of("UTC");
    private WeeklyHours hours =
            WeeklyHours.of(List.of(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of()));
    private SlotRules rules = new SlotRules(1, 0, 0, 1);
    private List<long[]> busy = List.of();
    private long from;
    private long until;

    @Setup
    public void read() throws IOException {
        try (InputStream file = Files.newInputStream(WORKLOAD);
                InputStream text = new GZIPInputStream(file)) {
            List<JsonNode> cases = new ArrayList<>();
            for (JsonNode one : new ObjectMapper().readTree(text).get("cases")) {
                if (one.get("kind").asText().equals("bench")) {
                    cases.add(one);
                }
            }
            take(cases.get(bench));
        }
    }

    private void take(JsonNode one) {
        System.out.println("# case " + one.get("id").asText());
        zone = ZoneId.of(one.get("timeZone").asText());
        List<List<Range>> week = new ArrayList<>();
        for (int day = 0; day < 7; day++) {
            week.add(new ArrayList<>());
        }
        for (JsonNode rule : one.get("workingHours")) {
            for (JsonNode day : rule.get("days")) {
                week.get(day.asInt() - 1).add(new Range(minute(rule.get("start")), minute(rule.get("end"))));
            }
        }
        hours = WeeklyHours.of(week);
        rules = new SlotRules(
                one.get("durationMinutes").asLong() * 60,
                0,
                0,
                one.get("gridMinutes").asLong() * 60);
        busy = new ArrayList<>();
        for (JsonNode pair : one.get("busy")) {
            busy.add(new long[] {pair.get(0).asLong(), pair.get(1).asLong()});
        }
        from = one.get("window").get("from").asLong();
        until = one.get("window").get("to").asLong();
    }

    private static int minute(JsonNode time) {
        String text = time.asText();
        return Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3));
    }

    @Benchmark
    public long[] core() {
        return AvailabilityCalculator.slots(
                zone, hours.within(zone, from, until), Intervals.of(busy), rules, from, until);
    }

    @Benchmark
    public byte[] withJson() {
        SlotTable table = new SlotTable(staffIds);
        table.add(0, core());
        return SlotsJson.array(table, rules.duration());
    }
}
