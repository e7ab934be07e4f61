package io.timetether.office365.mailbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;

/** An occurrence that was changed on its own: Graph's type {@code exception}. It holds a full copy of what it shows. */
public record ChangedOccurrence(
        Span span, ObjectNode details, Map<String, String> extended, int version, Instant lastModifiedAt) {}
