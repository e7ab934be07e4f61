package io.timetether.scheduling.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** RFC 9457: why a request was refused, for programs (type, violations) and for people (title, detail). */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"type", "title", "status", "detail", "instance", "violations"})
@Schema(name = "Problem", description = "RFC 9457 problem; some types carry further members, e.g. alternatives.")
public record Problem(
        @JsonIgnore @Schema(hidden = true) ProblemType problem,
        String detail,
        @Nullable String instance,
        List<Violation> violations,
        @JsonIgnore @Schema(hidden = true) Map<String, Object> members) {

    static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(ProblemType problem, String detail) {
        return new Problem(problem, detail, null, List.of(), Map.of());
    }

    public static Problem invalid(List<Violation> violations) {
        Violation first = violations.getFirst();
        return new Problem(
                ProblemType.INVALID_REQUEST,
                first.field().isEmpty() ? first.message() : first.field() + ": " + first.message(),
                null,
                violations,
                Map.of());
    }

    /** The same problem with one more member in its JSON. */
    public Problem with(String member, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Problem(problem, detail, instance, violations, more);
    }

    public Response response() {
        return Response.status(getStatus()).type(MEDIA_TYPE).entity(this).build();
    }

    public String getType() {
        return "/problems/" + problem.slug();
    }

    public String getTitle() {
        return problem.title();
    }

    public int getStatus() {
        return problem.status();
    }

    @JsonAnyGetter
    @Schema(hidden = true)
    public Map<String, Object> getMembers() {
        return members;
    }
}
