package io.timetether.calendarsync.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.timetether.calendarsync.ConnectedMailbox;
import io.timetether.calendarsync.identity.TokenDemand;
import io.timetether.calendarsync.identity.TokenOutcome;
import io.timetether.office365.fault.Fault;
import io.timetether.office365.fault.Trouble;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Why we send no batches: of a batch Graph runs four requests at a time, which are all that a mailbox takes, while background
 * work may have three of them. The person who waits would be refused, or the batch in parts.
 */
class BatchesIT {

    private final ConnectedMailbox mailbox = ConnectedMailbox.withPagesOf(50);
    private final HttpClient http = HttpClient.newHttpClient();
    private final String token =
            ((TokenOutcome.Granted) mailbox.access.tokens().apply(new TokenDemand.Usual())).accessToken();

    @AfterEach
    void close() {
        http.close();
        mailbox.close();
    }

    @Test
    void aBatchTakesThePlaceOfThePersonWhoWaitsAndThreeRequestsLeaveIt_33() {
        mailbox.office
                .faults()
                .order(Fault.of(Trouble.LATE).on("GET", "/me/events").times(-1).lasting(400));

        CompletableFuture<HttpResponse<String>> batch = send("POST", "/v1.0/$batch", batchOf(20));
        assertThat(whileRunning(List.of(batch))).contains(429);

        List<CompletableFuture<HttpResponse<String>>> three = IntStream.range(0, 3)
                .mapToObj(i -> send("GET", "/v1.0/me/events", null))
                .toList();
        assertThat(whileRunning(three)).containsOnly(200);
        assertThat(three).allMatch(one -> one.join().statusCode() == 200);
    }

    @Test
    void andBesideOtherRequestsItIsRefusedInParts_33() throws JsonProcessingException {
        mailbox.office
                .faults()
                .order(Fault.of(Trouble.LATE).on("GET", "/me/events").times(-1).lasting(1_500));
        CompletableFuture<HttpResponse<String>> beside = send("GET", "/v1.0/me/events", null);
        while (mailbox.office.journal().peaks().isEmpty() && !beside.isDone()) {
            // The journal is written when an answer goes out; a quick request shows that the slow one has arrived.
            send("GET", "/v1.0/me/calendars", null).join();
        }
        JsonNode answers = new ObjectMapper()
                .readTree(send("POST", "/v1.0/$batch", batchOf(4)).join().body())
                .path("responses");
        List<Integer> statuses = new ArrayList<>();
        answers.forEach(answer -> statuses.add(answer.path("status").asInt()));
        assertThat(statuses).hasSize(4).contains(200, 429);
    }

    /** What a person's own requests are answered while these run. */
    private List<Integer> whileRunning(List<? extends CompletableFuture<?>> running) {
        List<Integer> answers = new ArrayList<>();
        while (!running.stream().allMatch(CompletableFuture::isDone)) {
            answers.add(send("GET", "/v1.0/me/calendars", null).join().statusCode());
        }
        return answers;
    }

    private static String batchOf(int requests) {
        return IntStream.range(0, requests)
                .mapToObj("{\"id\":\"%d\",\"method\":\"GET\",\"url\":\"/me/events\"}"::formatted)
                .collect(Collectors.joining(",", "{\"requests\":[", "]}"));
    }

    private CompletableFuture<HttpResponse<String>> send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(mailbox.office.origin() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }
}
