package io.timetether.calendarsync.graph.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event, series master, exception, bare occurrence or tombstone; most fields are missing in the last two. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EventJson(
        @Nullable String id,
        @JsonProperty("@odata.etag") @Nullable String etag,
        @JsonProperty("@removed") @Nullable Removed removed,
        @Nullable String type,
        @Nullable String seriesMasterId,
        @Nullable String iCalUId,
        @Nullable String transactionId,
        @Nullable String subject,
        @Nullable DateTimeZone start,
        @Nullable DateTimeZone end,
        @Nullable Boolean isAllDay,
        @Nullable Boolean isCancelled,
        @Nullable String showAs,
        @Nullable String sensitivity,
        @Nullable ResponseStatus responseStatus,
        @Nullable String originalStart,
        @Nullable String lastModifiedDateTime,
        @Nullable String webLink,
        @Nullable Body body,
        @Nullable Place location,
        @Nullable List<String> categories,
        @Nullable Boolean isReminderOn,
        @Nullable Integer reminderMinutesBeforeStart,
        @Nullable List<Property> singleValueExtendedProperties) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Removed(@Nullable String reason) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ResponseStatus(@Nullable String response) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Body(
            @Nullable String contentType, @Nullable String content) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Place(@Nullable String displayName) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Property(@Nullable String id, @Nullable String value) {}
}
