package io.timetether.calendarsync.http;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How {@link Problem} looks on the wire, for the OpenAPI document. */
@Schema(name = "Problem", description = "RFC 9457 problem; some types carry further members, such as alternatives.")
record ProblemSchema(
        @Schema(required = true, examples = "/problems/slot-taken")
        String type,

        @Schema(required = true) String title,
        @Schema(required = true) int status,
        @Nullable String detail,
        @Nullable String instance,
        @Nullable List<Violation> violations) {}
