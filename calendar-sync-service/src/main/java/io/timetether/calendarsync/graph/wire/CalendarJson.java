package io.timetether.calendarsync.graph.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/** A calendar. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CalendarJson(
        @Nullable String id,
        @Nullable String name,
        @Nullable Boolean isDefaultCalendar,
        @Nullable Boolean canEdit,
        @Nullable Boolean canShare,
        @Nullable Owner owner) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Owner(@Nullable String name, @Nullable String address) {}
}
