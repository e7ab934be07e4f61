package io.timetether.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Sends requests that chance has spoiled to every operation of the public document: no answer is a failure of ours, and
 * every refusal is a problem. {@code -Dfuzz.rounds=200} for more of it, {@code -Dfuzz.seed=…} for the same once more.
 */
class FuzzTrial {

    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    private static final boolean LONG = System.getProperty("fuzz.rounds") != null;
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 4);

    /** The limit of callers is over after seconds; that of the public pages, after minutes, is not waited for. */
    private static final int LONGEST_PAUSE_SECONDS = 10;

    private static final Pattern NAMED = Pattern.compile("/([^/{]+)/\\{");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Product product = Product.running();
    private final Household house =
            Household.furnish(product, Product.local().identity().orElseThrow(), 2);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Random random = new Random(SEED);
    private final List<String> wrong = new ArrayList<>();
    private final Map<Integer, Integer> statuses = new HashMap<>();

    @Test
    void nothingThatIsSentMakesItFail() throws Exception {
        List<Operation> operations = new ArrayList<>(Operation.in("gateway.yaml"));
        // What clients may do without a sign-in has narrow limits, which other tests need too.
        operations.removeIf(operation -> operation.isStream() || (operation.isOpen() && !operation.isRead() && !LONG));
        assertThat(operations).hasSizeGreaterThan(80);
        List<Operation> last = new ArrayList<>(operations);
        last.removeIf(operation -> !takesThingsAway(operation));
        operations.removeAll(last);
        for (List<Operation> part : List.of(operations, last)) {
            for (int round = 0; round < ROUNDS; round++) {
                Collections.shuffle(part, random);
                for (Operation operation : part) {
                    send(operation);
                }
            }
        }
        System.out.println("fuzz: seed " + SEED + ", answers by status " + statuses);
        assertThat(wrong).as("seed %d", SEED).isEmpty();
        assertThat(statuses.getOrDefault(429, 0)).as("refused for their number").isLessThan(statuses.get(400));
    }

    private static boolean takesThingsAway(Operation operation) {
        return operation.method().equals("DELETE") || operation.path().matches(".*/(erasure|stop|merge|deactivation)");
    }

    private void send(Operation operation) throws IOException, InterruptedException {
        List<String> authorizations = new ArrayList<>(Collections.nCopies(12, "Bearer " + house.admin()));
        authorizations.addAll(List.of("Bearer " + house.weak(), "", "Basic eDp5"));
        WildRequest wild = WildRequest.of(operation, ids(operation), authorizations, random);
        HttpRequest.Builder request = HttpRequest.newBuilder(product.home().resolve(wild.target()))
                .timeout(Duration.ofSeconds(60))
                .method(wild.method(), HttpRequest.BodyPublishers.ofByteArray(wild.body()));
        wild.headers().forEach(request::header);
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        for (int pause = pause(answer); pause > 0 && pause <= LONGEST_PAUSE_SECONDS; pause = pause(answer)) {
            Awaitility.await()
                    .pollDelay(Duration.ofSeconds(pause))
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> true);
            answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
        statuses.merge(answer.statusCode(), 1, Integer::sum);
        if (answer.statusCode() >= 500 || (answer.statusCode() >= 400 && !isProblem(answer))) {
            wrong.add(operation.id() + ": " + wild + "\n    answered " + answer.statusCode() + " "
                    + answer.headers().map().get("content-type") + " " + answer.body());
        }
    }

    /** How long to wait, in seconds, if the answer is that there were too many requests; else 0. */
    private static int pause(HttpResponse<String> answer) {
        return answer.statusCode() == 429
                ? answer.headers()
                        .firstValue("Retry-After")
                        .map(Integer::parseInt)
                        .orElse(0)
                : 0;
    }

    private static boolean isProblem(HttpResponse<String> answer) throws IOException {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (!type.startsWith("application/problem+json")) {
            return false;
        }
        JsonNode problem = JSON.readTree(answer.body());
        return problem.path("type").asText().startsWith("/problems/")
                && !problem.path("title").asText().isBlank()
                && problem.path("status").asInt() == answer.statusCode();
    }

    /** The household's own things, and where it has none of a kind, an id of nothing. */
    private Map<String, String> ids(Operation operation) {
        Map<String, String> ids = new HashMap<>(house.ids());
        Matcher named = NAMED.matcher(operation.path());
        while (named.find()) {
            ids.putIfAbsent(named.group(1), UUID.randomUUID().toString());
        }
        return ids;
    }
}
