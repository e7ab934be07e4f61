package io.timetether.calendarsync.graph.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of calendars. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CalendarPage(
        @JsonProperty("@odata.nextLink") @Nullable String nextLink,
        @Nullable List<CalendarJson> value) {}
