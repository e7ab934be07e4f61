package io.timetether.scheduling.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** An answer as it was first given, so that a retry can be given the very same one. */
public record Answer(
        int status, @Nullable String location, @Nullable String etag, String body) {

    public Response response() {
        Response.ResponseBuilder response = Response.status(status)
                .entity(body)
                .type(status < 400 ? MediaType.APPLICATION_JSON : Problem.MEDIA_TYPE);
        if (location != null) {
            response.header(HttpHeaders.LOCATION, location);
        }
        if (etag != null) {
            response.header(HttpHeaders.ETAG, etag);
        }
        return response.build();
    }
}
