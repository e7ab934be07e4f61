package io.timetether.calendarsync.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.stream.Collectors;

/** An answer as it was first given, cookies included, so that a retry can be given the very same one. */
record KeptAnswer(int status, Map<String, String> headers, JsonNode body) {

    static KeptAnswer of(Response response, ObjectMapper json) {
        // The media type is settled later, where the answer is written.
        Map<String, String> headers = response.getStringHeaders().entrySet().stream()
                .filter(header -> !header.getKey().equalsIgnoreCase(HttpHeaders.CONTENT_TYPE))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, header -> header.getValue().getFirst()));
        return new KeptAnswer(response.getStatus(), headers, json.valueToTree(response.getEntity()));
    }

    static KeptAnswer of(Problem problem, ObjectMapper json) {
        return new KeptAnswer(problem.getStatus(), Map.of(), json.valueToTree(problem));
    }

    static KeptAnswer read(String text, ObjectMapper json) {
        try {
            return json.readValue(text, KeptAnswer.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    String text(ObjectMapper json) {
        try {
            return json.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    Response response() {
        Response.ResponseBuilder response = Response.status(status).entity(body);
        if (status >= 400) {
            response.type(Problem.MEDIA_TYPE);
        }
        headers.forEach(response::header);
        return response.build();
    }
}
