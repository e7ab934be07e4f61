package io.timetether.calendarsync.graph.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of events; in a delta round it ends with exactly one of the two links. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EventPage(
        @JsonProperty("@odata.nextLink") @Nullable String nextLink,
        @JsonProperty("@odata.deltaLink") @Nullable String deltaLink,
        @Nullable List<EventJson> value) {}
