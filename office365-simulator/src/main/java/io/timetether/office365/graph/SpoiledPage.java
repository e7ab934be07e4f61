package io.timetether.office365.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.office365.fault.Trouble;
import java.util.List;
import java.util.UUID;

/** A page as it would have been, with an ordered trouble in it. Only pages can be spoiled; other answers stay as they are. */
final class SpoiledPage {

    private static final List<String> LINKS = List.of("@odata.nextLink", "@odata.deltaLink");

    private SpoiledPage() {}

    static GraphReply of(GraphReply usual, Trouble trouble, String origin, String address) {
        ObjectNode json = usual.body();
        if (json == null || !(json.get("value") instanceof ArrayNode items)) {
            return usual;
        }
        switch (trouble) {
            case REPEATED_ITEMS -> items.addAll(items.deepCopy());
            case ENDLESS_ROUND -> {
                json.remove(LINKS);
                String separator = address.contains("?") ? "&" : "?";
                json.put("@odata.nextLink", origin + "/v1.0" + address + separator + "again=" + UUID.randomUUID());
            }
            case ORPHANED_OCCURRENCES -> {
                for (int i = items.size() - 1; i >= 0; i--) {
                    if (items.get(i).path("type").asText().equals("seriesMaster")) {
                        items.remove(i);
                    }
                }
            }
            case FOREIGN_LINK ->
                LINKS.forEach(name -> {
                    JsonNode link = json.get(name);
                    if (link != null) {
                        json.put(name, link.asText().replace(origin, "https://graph.elsewhere.example"));
                    }
                });
            default -> throw new IllegalArgumentException(trouble + " does not spoil a page");
        }
        return usual;
    }
}
