package io.timetether.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.systemtests.Browser.Answer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All that an organisation's administrator can read: what must be the same after requests that were refused. */
final class Inventory {

    /** Change by themselves while calendars are synced. */
    private static final Set<String> RESTLESS = Set.of(
            "version",
            "updatedAt",
            "lastSyncedAt",
            "lastRefreshedAt",
            "processedAt",
            "confirmedAt",
            "knownFrom",
            "knownUntil",
            "progress",
            "notifications",
            "calendarFreshness");

    /** Runs come by themselves, a hold ends by itself. */
    private static final Set<String> PASSING = Set.of("listSyncRuns", "getHold");

    private Inventory() {}

    /** The answers by operation, without what changes by itself. */
    static Map<String, JsonNode> of(Product product, Household house) {
        Map<String, JsonNode> everything = new TreeMap<>();
        for (Operation operation : Operation.in("gateway.yaml")) {
            if (operation.isRead()
                    && !operation.isOpen()
                    && !operation.isStream()
                    && !PASSING.contains(operation.id())) {
                Map<String, String> headers = new HashMap<>(Household.as(house.admin()));
                headers.put("Accept", "*/*");
                Answer answer = new Browser(product.home())
                        .api("GET", SampleRequest.of(operation, house.ids()).target(), null, headers);
                if (answer.status() == 200) {
                    everything.put(operation.id(), settled(answer.body().deepCopy()));
                }
            }
        }
        assertThat(everything).hasSizeGreaterThan(20);
        return everything;
    }

    private static JsonNode settled(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(RESTLESS);
        }
        node.forEach(Inventory::settled);
        return node;
    }
}
