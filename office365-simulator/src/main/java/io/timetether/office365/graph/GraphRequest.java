package io.timetether.office365.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.timetether.office365.mailbox.Refusal;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to Graph, from the wire or from a batch.
 *
 * @param path below {@code /v1.0}, as sent, without the query
 * @param headers by lower-case name; repeated ones are joined by commas
 * @param body as sent; empty when there is none
 */
record GraphRequest(String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {

    static final ObjectMapper JSON = new ObjectMapper();

    /** A request whose address still carries its query. */
    static GraphRequest of(String method, String url, Map<String, String> headers, byte[] body) {
        int question = url.indexOf('?');
        String path = question < 0 ? url : url.substring(0, question);
        return new GraphRequest(
                method, path, question < 0 ? Map.of() : query(url.substring(question + 1)), headers, body);
    }

    static Map<String, String> query(@Nullable String text) {
        Map<String, String> query = new LinkedHashMap<>();
        if (text == null || text.isEmpty()) {
            return query;
        }
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            query.put(name.toLowerCase(Locale.ROOT), equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return query;
    }

    /** The path's segments, decoded; functions without their namespace and empty brackets. */
    List<String> segments() {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/")) {
            if (!segment.isEmpty()) {
                String name = decode(segment.replace("+", "%2B"));
                if (name.startsWith("microsoft.graph.")) {
                    name = name.substring("microsoft.graph.".length());
                }
                segments.add(name.endsWith("()") ? name.substring(0, name.length() - 2) : name);
            }
        }
        return segments;
    }

    @Nullable
    String option(String name) {
        return query.get(name.toLowerCase(Locale.ROOT));
    }

    @Nullable
    String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    JsonNode json() {
        try {
            JsonNode json = JSON.readTree(body);
            if (json == null || !json.isObject()) {
                throw new Refusal(400, "BadRequest", "Empty Payload. JSON content expected.");
            }
            return json;
        } catch (JsonProcessingException malformed) {
            throw new Refusal(400, "BadRequest", "Unable to read JSON request payload.");
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new Refusal(400, "BadRequest", "Malformed escape in the request's address.");
        }
    }
}
