package io.timetether.office365.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.timetether.office365.mailbox.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How everything under {@code /simulator} answers: JSON in and out, refusals that look like Graph's, own pages only. */
final class ControlAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();

    interface Answer {
        @Nullable
        ObjectNode to(Context context);
    }

    private final String origin;

    ControlAnswers(String origin) {
        this.origin = origin;
    }

    void add(RoutesConfig routes, HandlerType method, String path, int status, Answer answer) {
        routes.addHttpHandler(method, path, context -> {
            try {
                OwnPages.require(context, origin);
                ObjectNode body = answer.to(context);
                context.status(status);
                if (body != null) {
                    write(context, body);
                }
            } catch (Refusal refusal) {
                ObjectNode body = JsonNodeFactory.instance.objectNode();
                body.putObject("error").put("code", refusal.code()).put("message", refusal.text());
                context.status(refusal.status());
                write(context, body);
            }
        });
    }

    static JsonNode body(Context context) {
        try {
            JsonNode json = JSON.readTree(context.bodyAsBytes());
            if (json == null || !json.isObject()) {
                throw Refusal.invalidRequest("The body must be a JSON object.");
            }
            return json;
        } catch (IOException malformed) {
            throw Refusal.invalidRequest("The body must be a JSON object.");
        }
    }

    static String required(JsonNode wish, String name) {
        String value = wish.path(name).asText("").trim();
        if (value.isEmpty()) {
            throw Refusal.invalidRequest(name + ": is required.");
        }
        return value;
    }

    private static void write(Context context, ObjectNode body) {
        try {
            context.contentType("application/json").result(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException cause) {
            throw new IllegalStateException(cause);
        }
    }
}
