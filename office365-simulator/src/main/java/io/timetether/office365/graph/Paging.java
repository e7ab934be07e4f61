package io.timetether.office365.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.office365.mailbox.Refusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code $top} and {@code $skip}, or {@code odata.maxpagesize}. */
record Paging(int skip, int size) {

    private static final int MOST = 1000;

    static Paging of(Call call, int defaultSize) {
        String top = call.request().option("$top");
        Integer preferred = call.prefer().pageSize();
        int size = top != null ? number("$top", top) : preferred != null ? preferred : defaultSize;
        String skip = call.request().option("$skip");
        if (size < 1) {
            throw new Refusal(400, "ErrorInvalidUrlQuery", "Invalid value for $top.");
        }
        return new Paging(skip == null ? 0 : number("$skip", skip), Math.min(size, MOST));
    }

    <T> List<T> slice(List<T> all) {
        int from = Math.min(skip, all.size());
        return all.subList(from, Math.min(from + size, all.size()));
    }

    void addNextLink(Call call, ObjectNode json, int total) {
        if (skip + size < total) {
            Map<String, String> query =
                    new java.util.LinkedHashMap<>(call.request().query());
            query.put("$skip", String.valueOf(skip + size));
            json.put(
                    "@odata.nextLink",
                    call.origin() + "/v1.0" + call.request().path() + "?"
                            + query.entrySet().stream()
                                    .map(option -> option.getKey().replace(" ", "%20") + "="
                                            + URLEncoder.encode(option.getValue(), StandardCharsets.UTF_8)
                                                    .replace("+", "%20"))
                                    .collect(Collectors.joining("&")));
        }
    }

    private static int number(String name, String text) {
        if (!text.matches("[0-9]{1,7}")) {
            throw new Refusal(400, "ErrorInvalidUrlQuery", "Invalid value '" + text + "' for " + name + ".");
        }
        return Integer.parseInt(text);
    }
}
