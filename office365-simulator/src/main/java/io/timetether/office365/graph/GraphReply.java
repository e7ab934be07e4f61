package io.timetether.office365.graph;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.office365.mailbox.Refusal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What Graph answers: a status, headers, and JSON or nothing.
 *
 * @param inFlight for the journal: how many requests about the mailbox were being answered, this one included; 0 outside the limit
 */
record GraphReply(
        int status, Map<String, String> headers, @Nullable ObjectNode body, int inFlight) {

    private static final int NO_ANSWER = 0;

    static GraphReply ok(ObjectNode body) {
        return new GraphReply(200, new LinkedHashMap<>(), body, 0);
    }

    static GraphReply created(ObjectNode body) {
        return new GraphReply(201, new LinkedHashMap<>(), body, 0);
    }

    static GraphReply empty(int status) {
        return new GraphReply(status, new LinkedHashMap<>(), null, 0);
    }

    /** The connection ends without an answer. */
    static GraphReply none() {
        return empty(NO_ANSWER);
    }

    boolean isNone() {
        return status == NO_ANSWER;
    }

    static GraphReply refused(Refusal refusal, Instant now) {
        return error(refusal.status(), refusal.code(), refusal.text(), now);
    }

    static GraphReply error(int status, String code, String message, Instant now) {
        String id = UUID.randomUUID().toString();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode error = body.putObject("error").put("code", code).put("message", message);
        error.putObject("innerError")
                .put("date", now.toString().substring(0, 19))
                .put("request-id", id)
                .put("client-request-id", id);
        return new GraphReply(status, new LinkedHashMap<>(), body, 0).with("request-id", id);
    }

    GraphReply taking(int places) {
        return new GraphReply(status, headers, body, places);
    }

    GraphReply with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** Adds one more preference to {@code Preference-Applied}. */
    GraphReply applied(String preference) {
        headers.merge("Preference-Applied", preference, (a, b) -> a + ", " + b);
        return this;
    }
}
