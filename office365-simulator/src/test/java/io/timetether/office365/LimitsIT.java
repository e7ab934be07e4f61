package io.timetether.office365;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.timetether.office365.journal.Journal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitsIT {

    private static final String ADA = "ada@simulator.example";
    private static final String BOB = "bob@simulator.example";

    private Office365Simulator simulator;

    private Client start(Duration delay) {
        simulator = Office365Simulator.start(SimulatorSettings.forTests().withAnswerDelay(delay));
        simulator.outlook().createMailbox(ADA, "Ada Lovelace", "UTC");
        simulator.outlook().createMailbox(BOB, "Bob", "UTC");
        return Client.signedIn(simulator, ADA);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void theFifthRequestAtATimeIsThrottledAndOtherMailboxesAreNot() {
        Client ada = start(Duration.ofMillis(700));
        Client bob = Client.signedIn(simulator, BOB);
        List<CompletableFuture<Client.Reply>> running = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> ada.get("/me/events"), task -> Thread.ofVirtual().start(task)))
                .toList();
        assertThat(bob.get("/me/events").status()).isEqualTo(200);
        List<Client.Reply> replies =
                running.stream().map(CompletableFuture::join).toList();
        assertThat(replies).extracting(Client.Reply::status).containsExactlyInAnyOrder(200, 200, 200, 200, 429, 429);
        Client.Reply throttled = replies.stream()
                .filter(reply -> reply.status() == 429)
                .findFirst()
                .orElseThrow();
        assertThat(throttled.error()).isEqualTo("ApplicationThrottled");
        assertThat(throttled.header("retry-after")).isNotEmpty();
        assertThat(ada.get("/me/events").status()).as("places are given back").isEqualTo(200);
        assertThat(simulator.journal().after(0))
                .extracting(Journal.Entry::status)
                .contains(429);
        assertThat(simulator.journal().peaks())
                .containsEntry(simulator.outlook().mailbox(ADA).id(), 5);
    }

    @Test
    void aBatchRunsFourAtATimeInDependencyOrder() {
        Client ada = start(Duration.ZERO);
        JsonNode replies = ada.post("/$batch", """
                {"requests":[
                 {"id":"read","method":"GET","url":"/me/events?$top=5","dependsOn":["make"]},
                 {"id":"make","method":"POST","url":"/me/events","headers":{"Content-Type":"application/json"},"body":
                   {"subject":"b","start":{"dateTime":"2026-05-04T09:00","timeZone":"UTC"},"end":{"dateTime":"2026-05-04T09:30","timeZone":"UTC"}}},
                 {"id":"bad","method":"GET","url":"/me/events/nonsense"},
                 {"id":"after","method":"GET","url":"/me","dependsOn":["bad"]},
                 {"id":"zone","method":"GET","url":"/me/events","headers":{"Prefer":"outlook.timezone=\\"Tokyo Standard Time\\""},"dependsOn":["make"]}]}""").json().path("responses");
        assertThat(reply(replies, "make").path("status").asInt()).isEqualTo(201);
        assertThat(reply(replies, "read").path("body").path("value")).hasSize(1);
        assertThat(reply(replies, "bad").path("status").asInt()).isEqualTo(400);
        assertThat(reply(replies, "after").path("status").asInt()).isEqualTo(424);
        assertThat(reply(replies, "zone")
                        .path("body")
                        .path("value")
                        .get(0)
                        .path("start")
                        .path("timeZone")
                        .asText())
                .isEqualTo("Tokyo Standard Time");

        String item = "{\"id\":\"%d\",\"method\":\"GET\",\"url\":\"/me\"}";
        String many = IntStream.range(0, 21)
                .mapToObj(item::formatted)
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        assertThat(ada.post("/$batch", "{\"requests\":[" + many + "]}").status())
                .isEqualTo(400);
        assertThat(ada.post(
                                "/$batch",
                                "{\"requests\":[{\"id\":\"1\",\"method\":\"GET\",\"url\":\"/me\",\"dependsOn\":[\"2\"]}]}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void tenThousandEventsComeInMillisecondsPerPage() {
        Client ada = start(Duration.ZERO);
        LocalDateTime start = LocalDateTime.parse("2026-01-01T08:00");
        StringBuilder file = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//\r\n");
        for (int i = 0; i < 10_000; i++) {
            String at = start.plusMinutes(50L * i).toString().replace("-", "").replace(":", "") + "00";
            file.append("BEGIN:VEVENT\r\nUID:")
                    .append(i)
                    .append("\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:")
                    .append(at)
                    .append("Z\r\nDURATION:PT30M\r\nSUMMARY:event ")
                    .append(i)
                    .append("\r\nEND:VEVENT\r\n");
        }
        assertThat(simulator
                        .outlook()
                        .load(ADA, file.append("END:VCALENDAR\r\n").toString(), false)
                        .events())
                .isEqualTo(10_000);

        Client.Round round = ada.preferring("odata.maxpagesize=200")
                .round("/me/calendarView/delta?startDateTime=2026-01-01T00:00:00Z&endDateTime=2027-01-01T00:00:00Z");
        assertThat(round.items()).hasSize(10_000);
        assertThat(round.subjects()).doesNotHaveDuplicates();
        long slowest = simulator.journal().after(0).stream()
                .filter(entry -> entry.path().contains("delta"))
                .skip(10)
                .mapToLong(Journal.Entry::millis)
                .sorted()
                .skip(20)
                .findFirst()
                .orElseThrow();
        assertThat(slowest).as("the median page of 200, in milliseconds").isLessThan(150);
    }

    private static JsonNode reply(JsonNode replies, String id) {
        return StreamSupport.stream(replies.spliterator(), false)
                .filter(reply -> reply.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
