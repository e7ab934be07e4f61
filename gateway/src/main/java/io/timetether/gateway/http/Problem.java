package io.timetether.gateway.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer that says no, as RFC 9457 has it.
 *
 * @param kind which problem
 * @param detail what happened this time, and what the caller can do
 * @param extensions further members, written after the standard ones
 */
public record Problem(ProblemKind kind, String detail, Map<String, Object> extensions) {

    /** The media type of the JSON form. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** A problem without further members. */
    public static Problem of(ProblemKind kind, String detail) {
        return new Problem(kind, detail, Map.of());
    }

    /** The same problem with one more member. */
    public Problem with(String member, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(extensions);
        more.put(member, value);
        return new Problem(kind, detail, more);
    }

    /** The same problem, naming the field that is wrong. */
    public Problem violating(String field, String message) {
        return with(
                "violations",
                new JsonArray().add(new JsonObject().put("field", field).put("message", message)));
    }

    /** The JSON form. */
    public JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("type", "/problems/" + kind.slug())
                .put("title", kind.title())
                .put("status", kind.status())
                .put("detail", detail);
        extensions.forEach(json::put);
        return json;
    }
}
